"""The folder of articles: what leaves it is set aside, and whoever cannot write to it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lhassist.errors import ConfigError

REMOVED = ".removed"
"""Where files go that are replaced or removed, below the folder of articles."""


def set_aside(path: Path, corpus_dir: Path) -> Path:
    """Moves a file to `.removed/`, under a name that nothing there has."""
    folder = corpus_dir / REMOVED
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = folder / f"{stamp}-{path.name}"
    number = 2
    while kept.exists():
        kept = folder / f"{stamp}-{number}-{path.name}"
        number += 1
    path.rename(kept)
    return kept


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tells an operator whose folder of articles cannot be written what to do.

    Raises:
        ConfigError: It cannot.
    """
    try:
        yield
    except OSError as error:
        raise ConfigError(
            f"{error.filename or folder}: the folder of articles cannot be written: "
            f"{error.strerror}",
            hint="make the folder writable, or choose another with LHASSIST_CORPUS_DIR",
        ) from error
