"""The voice that the tests have speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.gazetteer import Gazetteer
from lhassist.speaking import Voice, open_voice


@pytest.fixture(scope="session")
def voice(models_dir: Path, sample_corpus: Path) -> Voice:
    return open_voice(models_dir, Gazetteer.load(sample_corpus / "gazetteer.toml"))
