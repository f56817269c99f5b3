"""What a reader gets of a file, and where it leaves the pictures that the file holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader
from pathlib import Path

from lhassist.gazetteer import SpokenName

MAX_PICTURES = 300
MAX_PICTURE_BYTES = 200_000_000

_PICTURE_MARKS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
)


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps to read pictures, sounds and films.

    Attributes:
        names: Local names, the likeliest first.
        speech_model: `bundled`, or the folder of a Whisper model for CTranslate2.
        subtitles: The text of a `.srt` or `.vtt` file beside a sound or film; empty for none.
    """

    names: tuple[SpokenName, ...] = ()
    speech_model: str = "bundled"
    subtitles: str = ""


NO_AIDS = Aids()

Heard = Callable[[int, int], None]
"""Called with the seconds of a recording that have been heard, and all of them, 0 where unknown."""


def _nobody_listens(heard: int, total: int) -> None:
    pass


class Source:
    """A file that is open for reading, and a folder for the pictures in it.

    Attributes:
        path: As it was given, for messages and for the title of last resort. It is not opened: the
            file is open already, and nothing else of the disk is a reader's business.
        file: Seekable, at its beginning.
        aids: What helps to read it.
        heard: To be told how far a recording has been heard.
    """

    def __init__(
        self,
        path: Path,
        file: BufferedReader,
        folder: Path,
        aids: Aids = NO_AIDS,
        heard: Heard = _nobody_listens,
    ) -> None:
        self.path = path
        self.file = file
        self.aids = aids
        self.heard = heard
        self._folder = folder
        self._kept: dict[str, str] = {}
        self._bytes = 0

    @cached_property
    def data(self) -> bytes:
        """The whole file."""
        self.file.seek(0)
        return self.file.read()

    def keep(self, picture: bytes) -> str:
        """Keeps a picture of the file for the collection.

        Args:
            picture: A PNG, JPEG, GIF, WebP or AVIF.

        Returns:
            What to call it in `Part.picture`; empty where it is none of these, or more or larger
            than an article's pictures may be together.
        """
        suffix = _suffix(picture)
        digest = hashlib.sha256(picture).hexdigest()
        if digest in self._kept:
            return self._kept[digest]
        if (
            not suffix
            or len(self._kept) >= MAX_PICTURES
            or self._bytes + len(picture) > MAX_PICTURE_BYTES
        ):
            return ""
        name = digest + suffix
        (self._folder / name).write_bytes(picture)
        self._kept[digest] = name
        self._bytes += len(picture)
        return name


def _suffix(picture: bytes) -> str:
    for mark, suffix in _PICTURE_MARKS:
        if picture.startswith(mark):
            return suffix
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return ".webp"
    return ".avif" if picture[4:12] == b"ftypavif" else ""
