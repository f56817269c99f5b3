"""Files that lie beside a picture, sound or film and belong to it: a description, subtitles."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lhassist.corpus.files import is_file
from lhassist.corpus.formats import by_suffix
from lhassist.corpus.subtitles import SUFFIXES

_DESCRIPTION = ".md"


def is_medium(path: Path) -> bool:
    """Whether a file is called like a picture, sound or film."""
    format = by_suffix(path)
    return format is not None and format.is_medium


def description_of(medium: Path) -> Path | None:
    """The article about a picture, sound or film: `bridge.png.md` for `bridge.png`."""
    path = medium.with_name(medium.name + _DESCRIPTION)
    return path if is_file(path) else None


def subtitles_of(medium: Path) -> Path | None:
    """The subtitles of a sound or film: `fair.srt` for `fair.mp4`."""
    paths = (medium.with_suffix(suffix) for suffix in SUFFIXES)
    return next((path for path in paths if is_file(path)), None)


def describes_a_medium(path: Path) -> bool:
    """Whether an article is the description of a picture, sound or film beside it."""
    medium = path.with_suffix("")
    format = by_suffix(medium)
    return (
        path.suffix == _DESCRIPTION and format is not None and format.is_medium and is_file(medium)
    )


def checksum(path: Path, digest: str) -> str:
    """The SHA-256 of an article: of its file, and of what lies beside a picture, sound or film.

    Args:
        path: The article's file.
        digest: The SHA-256 of its bytes.

    Raises:
        OSError: A file beside it cannot be read.
    """
    beside = (description_of(path), subtitles_of(path)) if is_medium(path) else ()
    digests = [digest, *(_sha256(file) for file in beside if file)]
    return digest if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
