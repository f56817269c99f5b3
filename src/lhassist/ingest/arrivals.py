"""Files that arrive as bytes, checked and kept until they are filed among the articles."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from lhassist.corpus import FORMATS, Format, by_suffix
from lhassist.errors import UploadRefused
from lhassist.index.storage import write_bytes
from lhassist.ingest.folder import writing

_ARRIVED = ".arrived-"
_FORGOTTEN_SECONDS = 24 * 3600
_NAME_BYTES = 200
_LONGEST = 255
_FOLDERS_BYTES = 1000


def file_name(title: str) -> str:
    """The name for the file of an article that has only a title yet; ends in `.md`."""
    words = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-.")
    return f"{_cut(words, _NAME_BYTES - 3) or 'article'}.md"


def arrive(corpus_dir: Path, name: str, data: bytes, *, folder: str = "") -> Path:
    """Keeps bytes that arrived as a file, in a folder of its own that no ingest looks at.

    Args:
        corpus_dir: The folder of articles; made where it does not exist.
        name: What the file is to be called; folders in front of it are left out.
        data: Its bytes.
        folder: Where it is to lie below the folder of articles, as `bridges/stone`.

    Returns:
        Where it waits for `filing.add`.

    Raises:
        UploadRefused: The name cannot be that of an article, or the folder none of articles, or
            the file is empty or too long.
        ConfigError: The folder cannot be written.
    """
    name, format = _checked_name(name)
    folders = _checked_folders(folder)
    if not data:
        raise UploadRefused(name, "it is empty", rule="empty", hint="write the article first")
    if len(data) > format.max_bytes:
        raise UploadRefused(
            name,
            f"{len(data):,} bytes; {format.name} may have at most {format.max_bytes:,}",
            rule="size",
            hint="split it into several articles",
        )
    with writing(corpus_dir):
        corpus_dir.mkdir(parents=True, exist_ok=True)
        _remove_forgotten(corpus_dir)
        path = Path(tempfile.mkdtemp(prefix=_ARRIVED, dir=corpus_dir), *folders, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, data)
    return path


def discard(arrived: Iterable[Path]) -> None:
    """Removes files that arrived and are not to be added after all."""
    for path in arrived:
        shutil.rmtree(_waiting_in(path), ignore_errors=True)


def place_of(arrived: Path) -> str:
    """Where a file that arrived is to lie below the folder of articles."""
    return arrived.relative_to(_waiting_in(arrived)).as_posix()


def _waiting_in(arrived: Path) -> Path:
    """The folder that was made for one file that arrived."""
    return next(one for one in arrived.parents if one.name.startswith(_ARRIVED))


def _checked_name(name: str) -> tuple[str, Format]:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1].strip()
    if not _is_name(last):
        raise UploadRefused(
            repr(name), "this cannot be the name of a file", rule="name", hint="rename the file"
        )
    path = Path(last)
    format = by_suffix(path)
    if format is None:
        raise UploadRefused(
            last,
            f"{path.suffix or 'a name without a suffix'}: not a format that is read",
            rule="format",
            hint=f"give {', '.join(format.name for format in FORMATS)}",
        )
    return _cut(path.stem, _NAME_BYTES - len(path.suffix.encode())) + path.suffix, format


def _checked_folders(folder: str) -> list[str]:
    parts = unicodedata.normalize("NFC", folder).split("/") if folder else []
    longest = max((len(part.encode()) for part in parts), default=0)
    if not all(map(_is_name, parts)) or longest > _LONGEST or len(folder.encode()) > _FOLDERS_BYTES:
        raise UploadRefused(
            repr(folder), "this cannot be a folder of articles", rule="name", hint="rename it"
        )
    return parts


def _is_name(part: str) -> bool:
    """Whether a file or folder may be called so: not hidden, and nothing that leads elsewhere."""
    return (
        bool(part.strip())
        and not part.startswith(".")
        and not any(one in "/\\" or unicodedata.category(one)[0] == "C" for one in part)
    )


def _remove_forgotten(corpus_dir: Path) -> None:
    """Removes what arrived more than a day ago, before a process that was killed."""
    for folder in corpus_dir.glob(f"{_ARRIVED}*"):
        if time.time() - folder.stat().st_mtime > _FORGOTTEN_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _cut(text: str, size: int) -> str:
    """At most so many bytes of a text, in whole characters."""
    return text.encode()[:size].decode(errors="ignore")
