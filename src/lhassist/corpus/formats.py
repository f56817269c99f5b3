"""Which formats are read, and which of them a file is in by its content.

A row of `FORMATS` is all that a format needs to be found, read and offered. It names a module with
the function that reads it: of a plain text `parse(text, path) -> Draft`, which runs in this
process; of any other `parse(source) -> Draft`, which runs in the worker.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from lhassist.corpus.encoding import unmarked
from lhassist.errors import UnreadableFile

HEAD = 4096
"""How many of the first bytes of a file tell its format."""

_PDF_HEAD = 1024  # Readers of PDF allow for that much rubbish before the mark.


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read.

    Attributes:
        name: What people call it.
        suffixes: What files in it are usually called; a folder's files are listed by them.
        reader: The module that reads it.
        extra: The extra of this package that it needs; empty where it needs none.
        needs: The modules that the extra brings.
        shows_files: Whether its pictures are files beside it, which may change while it does not.
        is_medium: Whether the file itself is a picture, sound or film: an article may show it, and
            files beside it may describe it.
        is_text: Whether it is a plain text: it is read in this process, without limits on memory
            and time, which its length already gives.
        max_bytes: The longest file that is read.
        memory: How many bytes its reader may take.
        seconds: How many seconds of computing its reader may take; of recordings and films, for
            some minutes of sound each (`samples.WINDOW`).
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    extra: str = ""
    needs: tuple[str, ...] = ()
    shows_files: bool = False
    is_medium: bool = False
    is_text: bool = False
    max_bytes: int = 100_000_000
    memory: int = 700_000_000
    seconds: int = 60

    @property
    def is_installed(self) -> bool:
        """Whether what it needs is there."""
        return all(importlib.util.find_spec(module) for module in self.needs)


_TEXT_BYTES = 10_000_000  # A novel of a million characters has 3 MB.

MARKDOWN = Format(
    "Markdown",
    (".md", ".markdown"),
    "lhassist.corpus.markdown",
    shows_files=True,
    is_text=True,
    max_bytes=_TEXT_BYTES,
)
TEXT = Format("plain text", (".txt",), "lhassist.corpus.text", is_text=True, max_bytes=_TEXT_BYTES)
HTML = Format(
    "HTML",
    (".html", ".htm", ".xhtml"),
    "lhassist.corpus.html",
    shows_files=True,
    max_bytes=_TEXT_BYTES,
)

PDF = Format("PDF", (".pdf",), "lhassist.corpus.pdf", seconds=300)

# These are ZIP files; their reader looks at the members, away from this process.
_ZIPPED = "lhassist.corpus.archive"
WORD = Format("Word", (".docx", ".docm"), _ZIPPED)
SLIDES = Format("PowerPoint", (".pptx", ".pptm", ".ppsx"), _ZIPPED)
BOOK = Format("EPUB", (".epub",), _ZIPPED)

_HEARING_SECONDS = 1800
"""Six times as long as the sound lasts: larger models than the bundled one take as much."""

_MEDIUM_BYTES = 200_000_000
_ENGINE_MEMORY = 1_300_000_000
_HEARING_MEMORY = 2_600_000_000
"""Bytes that the recogniser of speech may set aside: its arithmetic library asks for more than
1.6 GB on some machines, and for less than 1.3 GB on others."""

PICTURE = Format(
    "a picture",
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".tif", ".tiff"),
    "lhassist.corpus.picture",
    is_medium=True,
    max_bytes=_MEDIUM_BYTES,
    memory=_ENGINE_MEMORY,
)
SOUND = Format(
    "a recording",
    (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac"),
    "lhassist.corpus.sound",
    extra="asr",
    needs=("faster_whisper", "av"),
    is_medium=True,
    max_bytes=_MEDIUM_BYTES,
    memory=_HEARING_MEMORY,
    seconds=_HEARING_SECONDS,
)
FILM = Format(
    "a film",
    (".mp4", ".webm", ".mov", ".mkv"),
    "lhassist.corpus.film",
    extra="asr",
    needs=("faster_whisper", "av"),
    is_medium=True,
    max_bytes=_MEDIUM_BYTES,
    memory=_HEARING_MEMORY,
    seconds=_HEARING_SECONDS,
)

FORMATS: tuple[Format, ...] = (
    MARKDOWN, TEXT, HTML, PDF, WORD, SLIDES, BOOK, PICTURE, SOUND, FILM
)  # fmt: skip
"""All formats that are read, whether what they need is installed or not."""

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SVG_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!doctype\s+svg[^>]*>\s*)*<svg\b",
    re.IGNORECASE | re.DOTALL,
)
_MEDIUM_MARKS = (
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1aE\xdf\xa3", FILM),
)
# Too short a mark to go by alone.
_MPEG_FRAME = re.compile(rb"\xff[\xe2-\xff]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/epub+zip")


def by_suffix(path: Path) -> Format | None:
    """The format that a file's name promises."""
    suffix = path.suffix.lower()
    return next((format for format in FORMATS if suffix in format.suffixes), None)


def recognise(path: Path, file: BufferedReader) -> Format:
    """Tells the format of a file by its content.

    The name decides between texts alone, since any text can be read as Markdown, too.

    Args:
        path: Where the file was, for its name.
        file: At its beginning; is left there.

    Raises:
        UnreadableFile: It is in a format that is not read.
    """
    head = file.read(HEAD)
    try:
        found: Format | None
        if head.startswith(_ZIP):
            promised = by_suffix(path)
            found = promised if promised and promised.reader == _ZIPPED else WORD
        elif head.startswith(_OLD_OFFICE):
            raise UnreadableFile(
                path,
                "an Office file with a password, or from before 2007",
                kind="old",
                hint="save it as .docx or .pptx without a password",
            )
        else:
            found = _by_mark(head) or _text(path, head)
    finally:
        file.seek(0)
    if found is None:
        raise UnreadableFile(
            path,
            "not a format that is read",
            kind="format",
            hint=f"give {', '.join(format.name for format in FORMATS)}",
        )
    return found


def is_marked(head: bytes) -> bool:
    """Whether the first bytes of a file alone tell that it is a document, whatever its name."""
    return _by_mark(head) is not None or bool(_HTML_START.match(unmarked(head)))


def _by_mark(head: bytes) -> Format | None:
    if head.startswith(_ZIP) and any(mark in head for mark in _ZIP_MARKS):
        return WORD
    for mark, format in _MEDIUM_MARKS:
        if head.startswith(mark):
            return format
    if head.startswith(b"RIFF"):
        return {b"WEBP": PICTURE, b"WAVE": SOUND, b"AVI ": FILM}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return {b"avif": PICTURE, b"M4A ": SOUND}.get(head[8:12], FILM)
    return PDF if b"%PDF-" in head[:_PDF_HEAD] else None


def _text(path: Path, head: bytes) -> Format | None:
    promised = by_suffix(path)
    if promised is SOUND and _MPEG_FRAME.match(head):
        return SOUND
    start = unmarked(head)
    if _SVG_START.match(start):
        raise UnreadableFile(
            path, "an SVG picture, which can carry scripts", kind="drawing", hint="save it as PNG"
        )
    if _HTML_START.match(start):
        return HTML
    if promised and (promised.is_text or promised is HTML):
        return promised
    return None if b"\0" in head else TEXT
