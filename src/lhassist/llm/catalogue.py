"""Language models in files: which are known by name, how one is installed, and which are.

    models_dir/NAME.gguf   the weights
    models_dir/NAME.json   name, size, licence, checksum, and where it came from

The description is written last, so a model without one was not installed whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import httpx

from lhassist.errors import ModelCorrupt, ModelError, ModelMissing

_MAGIC = b"GGUF"
_BLOCK = 1 << 20
_UNSAFE = re.compile(r"[^a-z0-9.-]+")

Progress = Callable[[str, int, int], None]
"""Called with `model`, the bytes so far, and those in all (0 where that is not known)."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be installed by its name.

    Attributes:
        title: What its publisher calls it.
        size: In bytes.
        sha256: Of the publisher's file.
    """

    title: str
    url: str
    size: int
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that is installed.

    Attributes:
        size: In bytes.
        licence: Empty where it is not known.
        source: The file or address that it was installed from.
    """

    name: str
    size: int
    licence: str
    sha256: str
    source: str

    def file(self, models_dir: Path) -> Path:
        """The weights."""
        return models_dir / f"{self.name}.gguf"


@cache
def known() -> Mapping[str, KnownModel]:
    """The models that can be installed by name."""
    table = tomllib.loads((files("lhassist.llm") / "models.toml").read_text("utf-8"))
    return {name: KnownModel(**fields) for name, fields in table.items()}


def install(
    models_dir: Path, source: str, *, sha256: str = "", progress: Progress | None = None
) -> InstalledModel:
    """Installs a model; one of the same name is replaced.

    Args:
        models_dir: Where models are kept; made where it does not exist.
        source: The name of a known model, a file, or an address of https (or http on loopback).
        sha256: What the file must have; of a known model, or of a file that has a known one's
            name, it is known.
        progress: Told how far it is.

    Raises:
        ModelMissing: There is no such name or file, or the address does not give it.
        ModelCorrupt: The checksum differs, or it is no model in GGUF. Nothing is changed then.
        ModelError: The folder cannot be written.
    """
    named = known().get(source)
    where = named.url if named else source
    name = source if named else _name_of(where)
    expected = sha256 or (known()[name].sha256 if name in known() else "")
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with _source(where) as (pieces, size), _beside(models_dir) as (file, path):
            digest = _copy(pieces, file, size, progress)
            _check(path, digest, expected, where)
            licence = known()[name].licence if name in known() else ""
            model = InstalledModel(name, path.stat().st_size, licence, digest, source)
            path.replace(model.file(models_dir))
            described = models_dir / f"{name}.json"
            described.write_text(json.dumps(asdict(model), indent=2) + "\n", "utf-8")
    except OSError as error:
        raise ModelError(
            f"{models_dir}: the model cannot be written: {error.strerror}",
            hint="make the folder writable, or name another with LHASSIST_MODELS_DIR",
        ) from error
    return model


def listed(models_dir: Path) -> tuple[InstalledModel, ...]:
    """The models that are installed, by name."""
    return tuple(_described(path) for path in sorted(models_dir.glob("*.json")))


def installed(models_dir: Path, name: str) -> Path:
    """The weights of a model.

    Args:
        models_dir: Where models are kept.
        name: Of one that is installed.

    Raises:
        ModelMissing: It is not installed.
        ModelCorrupt: Its file has another length than the one that was installed.
    """
    description = models_dir / f"{name}.json"
    if not description.is_file():
        raise ModelMissing(
            f"{models_dir}: the model {name!r} is not installed",
            hint=f"type: lhassist models install {name}; lhassist models lists what there is",
        )
    model = _described(description)
    path = model.file(models_dir)
    if not path.is_file() or path.stat().st_size != model.size:
        raise ModelCorrupt(
            f"{path}: not the file that was installed",
            hint=f"type: lhassist models install {model.source}",
        )
    return path


def _described(path: Path) -> InstalledModel:
    try:
        return InstalledModel(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise ModelCorrupt(
            f"{path}: no description of a model", hint="install the model again"
        ) from error


def _name_of(source: str) -> str:
    """What the model of a file or an address is called: as the known one of this file name is."""
    file = _file_of(source)
    called = (name for name, model in known().items() if _file_of(model.url).name == file.name)
    return next(called, _UNSAFE.sub("-", file.stem.lower()).strip("-.") or "model")


def _file_of(source: str) -> Path:
    return Path(unquote(urlsplit(source).path) if "://" in source else source)


@contextmanager
def _source(where: str) -> Iterator[tuple[Iterator[bytes], int]]:
    """The bytes of a file or an address, and how many there are, 0 where that is not known."""
    if "://" in where:
        with _download(where) as found:
            yield found
        return
    path = Path(where).expanduser()
    if not path.is_file():
        raise ModelMissing(
            f"{where}: neither a known model nor a file nor an address",
            hint="lhassist models lists the known ones",
        )
    with path.open("rb") as file:
        yield iter(lambda: file.read(_BLOCK), b""), path.stat().st_size


@contextmanager
def _download(url: str) -> Iterator[tuple[Iterator[bytes], int]]:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ModelMissing(f"{url}: only addresses of https are read", hint="give one of https")
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=60) as response:
            response.raise_for_status()
            size = int(response.headers.get("content-length", 0))
            yield response.iter_bytes(_BLOCK), size
    except httpx.HTTPError as error:
        raise ModelMissing(
            f"{url}: cannot be read: {error}",
            hint="download it elsewhere, and type: lhassist models install FILE",
        ) from error


@contextmanager
def _beside(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file on the folder's disk that is gone afterwards, unless it was moved."""
    # A temporary folder and not a temporary file, which nobody but its owner could read.
    with tempfile.TemporaryDirectory(prefix=".arriving-", dir=folder) as arriving:
        path = Path(arriving, "model")
        with path.open("wb") as file:
            yield file, path


def _copy(pieces: Iterator[bytes], file: BinaryIO, size: int, progress: Progress | None) -> str:
    digest = hashlib.sha256()
    done = 0
    for piece in pieces:
        file.write(piece)
        digest.update(piece)
        done += len(piece)
        if progress:
            progress("model", done, size)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()


def _check(path: Path, digest: str, expected: str, where: str) -> None:
    if expected and digest != expected.lower():
        raise ModelCorrupt(
            f"{where}: the checksum is {digest}, expected was {expected}",
            hint="the file is damaged, or another one; get it anew",
        )
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ModelCorrupt(
                f"{where}: no model in the format GGUF", hint="give a file that ends in .gguf"
            )


def to_json(models_dir: Path) -> dict[str, Any]:
    """What `models --json` prints: `installed` and `known`, each by name."""
    return {
        "folder": str(models_dir),
        "installed": {model.name: asdict(model) for model in listed(models_dir)},
        "known": {name: asdict(model) for name, model in known().items()},
    }
