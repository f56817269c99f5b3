"""Which files of a folder are articles, and what each is called."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lhassist.corpus.beside import describes_a_medium, is_medium
from lhassist.corpus.files import is_file, is_folder
from lhassist.corpus.formats import HEAD, by_suffix, is_marked

_MEDIA_FOLDER = "media"
_NO_ARTICLES = ("readme", "license")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be read as an article.

    Attributes:
        path: As given, or below the folder as given.
        document_id: The path below `root` with slashes, without its suffix; that of a picture,
            sound or film keeps it, since an article of the same name may be about it.
        root: The folder that was given; of a file that was given the folder of all articles, or
            where it lies elsewhere its own. The article's pictures must lie in it.
    """

    path: Path
    document_id: str
    root: Path


def scan(paths: Sequence[Path], home: Path | None = None) -> list[SourceFile]:
    """Lists the articles among files and folders.

    In a folder, and the folders below it, these are the files whose name or first bytes tell one of
    the formats, in the order of their paths, but for README and LICENSE and what begins with a dot,
    and for the descriptions of pictures, sounds and films, which are read with them. Pictures,
    sounds and films in a folder `media` belong to articles and are none themselves.
    A text is told by its name alone: not every text is an article. A file given
    by its own name is always listed, even one that is missing or no article: reading it says what
    is wrong. So is a folder that cannot be opened. Links to folders are not followed. A file found
    twice is listed once. `home` is the folder of all articles.
    """
    found: dict[str, SourceFile] = {}
    for given in paths:
        own = home if home and given.is_relative_to(home) else given.parent
        root = given if is_folder(given) else own
        for path in _articles(given) if root == given else (given,):
            name = path.relative_to(root) if path != root else Path(root.name)
            source = SourceFile(path, _id(name), root)
            found.setdefault(os.path.realpath(path), source)
    return list(found.values())


def _id(name: Path) -> str:
    return (name if is_medium(name) else name.with_suffix("")).as_posix()


def _articles(folder: Path) -> Iterator[Path]:
    unreadable: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename)))
    listed = [Path(place, name) for place, names in _visible(walk) for name in names]
    yield from sorted(unreadable + [path for path in listed if _is_article(path)])


def _visible(walk: Iterable[tuple[str, list[str], list[str]]]) -> Iterator[tuple[str, list[str]]]:
    for place, folders, names in walk:
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield place, names


def _is_article(path: Path) -> bool:
    if path.name.startswith(".") or path.stem.lower() in _NO_ARTICLES or describes_a_medium(path):
        return False
    if path.parent.name == _MEDIA_FOLDER and is_medium(path):
        return False
    return by_suffix(path) is not None or (is_file(path) and _is_marked(path))


def _is_marked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_marked(file.read(HEAD))
    except OSError:
        return False
