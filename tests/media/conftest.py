"""A reader that every test of media shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lhassist.corpus import Aids, Reader
from lhassist.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def reader(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One that knows the local names, and keeps what it has read."""
    names = Gazetteer.load(sample_corpus / "gazetteer.toml").spoken()
    with Reader(aids=Aids(names), cache_dir=tmp_path_factory.mktemp("cache")) as reader:
        yield reader
