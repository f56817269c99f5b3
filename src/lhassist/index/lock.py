"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lhassist.errors import IndexLocked
from lhassist.index.storage import writing

LOCK = "lock"


@contextmanager
def locked(index_dir: Path) -> Iterator[None]:
    """Holds the right to write an index; the operating system takes it from a process that dies.

    The folder is made where it is missing. The lock file itself stays: removing it would let two
    writers hold locks on two files of one name.

    Raises:
        IndexLocked: Another process, or another thread of this one, is writing.
        GenerationError: The folder cannot be written.
    """
    with writing(index_dir):
        index_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(index_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            # `flock` belongs to the open file, so that threads of one process exclude each other.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            raise IndexLocked(
                f"{index_dir}: process {holder or 'unknown'} is writing this index",
                hint="wait until it has finished, then type the same again",
            ) from error
        with writing(index_dir):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
