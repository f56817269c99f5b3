from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from tests.answer.sample import open_sample


@pytest.fixture(scope="session")
def with_seed(
    tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path, seed: Path
) -> Assistant:
    """The committed articles and the newspaper page."""
    return open_sample(tmp_path_factory.mktemp("with-seed"), sample_corpus, seed)
