"""Bytes from a folder that may hold anything: bounded, and never from outside the folder."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lhassist.errors import UnreadableFile
from lhassist.schema import MediaKind

MEDIA_KINDS: dict[str, MediaKind] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"), "image"),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac"), "audio"),
    **dict.fromkeys((".mp4", ".webm", ".mov", ".mkv"), "video"),
}
"""Suffixes of the media that are taken along. SVG is not: it can carry scripts."""

_log = logging.getLogger(__name__)

_REASONS = {
    errno.ENOENT: ("there is no such file", "check the path"),
    errno.EACCES: ("no permission to read it", "give yourself the right to read it (chmod u+r)"),
    errno.EPERM: ("no permission to read it", "give yourself the right to read it (chmod u+r)"),
    errno.ELOOP: ("a symbolic link that leads back to itself", "remove the link"),
    errno.ENAMETOOLONG: ("the name is too long", "rename the file"),
    errno.EISDIR: ("a folder, not a file", "give the articles in it"),
    errno.ENOTDIR: ("there is no such file", "check the path"),
    errno.ENXIO: ("no regular file", "give a file with an article"),
}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that an article shows. `path` is relative to the root, with slashes."""

    kind: MediaKind
    path: str
    sha256: str


def open_file(path: Path, root: Path) -> BufferedReader:
    """Opens a regular file for reading.

    Args:
        path: The file.
        root: The folder that it must lie in after every symbolic link is followed.

    Raises:
        UnreadableFile: It is missing, not permitted, no regular file, outside the root, or its
            name cannot be written down.
    """
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in str(path)):
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise UnreadableFile(
            re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", shown),
            "the name is not UTF-8, or has control characters in it",
            kind="place",
            hint="rename the file",
        )
    if not is_inside(path, root):
        raise UnreadableFile(
            path,
            f"a symbolic link that leads out of {root}",
            kind="place",
            hint="give the file that it leads to by its own name, or copy it",
        )
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), ""))
        raise UnreadableFile(path, reason, kind="place", hint=hint) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableFile(
            path, "no regular file", kind="place", hint="give a file with an article"
        )
    return file


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path lies in a folder after every symbolic link is followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; False where that cannot be known."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: Path) -> bool:
    """Whether a path leads to a regular file; False where that cannot be known."""
    return stat.S_ISREG(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def find_media(target: str, *, article: Path, root: Path) -> MediaFile | None:
    """Finds the file that an article shows.

    Args:
        target: As the article writes it, percent-encoded or not; relative to the article.
        article: The article's file.
        root: The folder that the file must lie in after every symbolic link is followed.

    Returns:
        None, after a warning, where the file is missing, unreadable, on the network, outside the
        root, or of a kind that is not taken along; the article then has a caption alone.
    """
    try:
        path = _media_path(unquote(target), article, root)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        _log.warning("%s: the caption of %r stands alone: %s", article, target, reason)
        return None
    relative = path.relative_to(os.path.normpath(root)).as_posix()
    return MediaFile(MEDIA_KINDS[path.suffix.lower()], relative, digest)


def _media_path(target: str, article: Path, root: Path) -> Path:
    """Where the file lies, without `..`; a `ValueError` says why it is not taken."""
    if urlsplit(target).scheme or target.startswith("/"):
        raise ValueError("it is no path beside the article")
    if "\0" in target:
        raise ValueError("it is no path")
    path = Path(os.path.normpath(article.parent / target))
    if path.suffix.lower() not in MEDIA_KINDS:
        raise ValueError(f"it is none of {', '.join(MEDIA_KINDS)}")
    if not (path.is_relative_to(os.path.normpath(root)) and is_inside(path, root)):
        raise ValueError(f"it lies outside {root}")
    if not is_file(path):
        raise ValueError("there is no such file")
    return path


def _open_at_once(path: str, flags: int) -> int:
    """Opens a file; without `O_NONBLOCK`, a pipe would wait for somebody to write into it."""
    return os.open(path, flags | os.O_NONBLOCK)
