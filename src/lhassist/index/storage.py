"""Files that survive a crash: written, synced to the disk, and only then named.

The product runs on Linux; `fsync` of a folder and `rename` over a name are what POSIX promises.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lhassist.errors import GenerationError

_HINTS = {
    errno.ENOSPC: "free some space, then type: lhassist ingest",
    errno.EDQUOT: "free some space, then type: lhassist ingest",
    errno.EFBIG: "free some space or raise the file size limit, then type: lhassist ingest",
    errno.EACCES: "make the folder writable, or choose another with --index",
    errno.EPERM: "make the folder writable, or choose another with --index",
    errno.EROFS: "choose a folder on a writable disk with --index",
}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the operating system refuses below a folder into an error that says what to do.

    Raises:
        GenerationError: The disk is full, the folder is read-only, or the like.
    """
    try:
        yield
    except OSError as error:
        path = error.filename or folder
        raise GenerationError(
            f"{path}: the index cannot be written: {error.strerror}",
            hint=_HINTS.get(error.errno or 0, "choose another folder with --index"),
        ) from error


def sha256(path: Path) -> str:
    """The checksum of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a new file and syncs it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_json(path: Path, value: Any) -> None:
    """Writes a new JSON file for people and machines, and syncs it."""
    write_bytes(path, json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")


def load_array(path: Path) -> NDArray[Any]:
    """Maps an `.npy` file, read-only; the array outlives the removal of the file."""
    # A plain view: slices of `np.memmap` are slow to make.
    array: NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


def sync_file(path: Path) -> None:
    """Makes a file's bytes durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_bytes(path: Path, data: bytes) -> None:
    """Replaces a file's content: a reader sees the old bytes or the new, never a part."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    write_bytes(temporary, data)
    temporary.replace(path)
    sync_folder(path.parent)
