"""What changed from one generation to the next, as their manifests tell it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from lhassist.errors import GenerationError
from lhassist.index.generations import NAME, current_name
from lhassist.index.manifest import Manifest, Source


@dataclass(frozen=True, slots=True)
class Change:
    """A generation, and what it has that the one before it on disk did not.

    Attributes:
        generation: Its name.
        created: When it was published, ISO 8601 with the time zone.
        articles: How many it holds.
        passages: How many it holds.
        added: Ids of articles that the one before did not hold.
        changed: Ids of articles whose file has other bytes.
        removed: Ids of articles that only the one before held.
        before: The name of the one before; None for the oldest that is kept, whose own changes
            are not known any more.
        remade: Whether everything was made again: with another model or version of lhassist.
    """

    generation: str
    created: str
    articles: int
    passages: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    before: str | None = None
    remade: bool = False

    def to_json(self) -> dict[str, Any]:
        """An entry of `lhassist history --json`."""
        return asdict(self)


def manifests(index_dir: Path) -> tuple[Manifest, ...]:
    """The manifests of the generations that are kept, the current one first.

    One that cannot be read is left out, unless it is the current one.

    Raises:
        IndexMissing: Nothing has been ingested yet.
        IndexCorrupt, IndexMismatch: The current one cannot be read.
    """
    folder = index_dir / "generations"
    current = current_name(index_dir)
    found = [Manifest.read(folder / current)]
    older = (path.name for path in folder.iterdir() if NAME.fullmatch(path.name))
    for name in sorted(older, key=int, reverse=True):
        if int(name) < int(current):
            try:
                found.append(Manifest.read(folder / name))
            except GenerationError:
                continue
    return tuple(found)


def history(index_dir: Path) -> tuple[Change, ...]:
    """What changed with each generation that is kept, the current one first.

    Raises:
        GenerationError: As `manifests`.
    """
    kept = manifests(index_dir)
    changes = [_between(older, newer) for newer, older in pairwise(kept)]
    oldest = kept[-1]
    first = Change(oldest.generation, oldest.created, len(oldest.sources), oldest.passages)
    return (*changes, first)


def _between(older: Manifest, newer: Manifest) -> Change:
    before, now = _by_id(older), _by_id(newer)
    return Change(
        generation=newer.generation,
        created=newer.created,
        articles=len(now),
        passages=newer.passages,
        added=tuple(name for name in now if name not in before),
        changed=tuple(
            name for name in now if name in before and now[name].sha256 != before[name].sha256
        ),
        removed=tuple(name for name in before if name not in now),
        before=older.generation,
        remade=(older.embedder, older.software) != (newer.embedder, newer.software),
    )


def _by_id(manifest: Manifest) -> dict[str, Source]:
    return {source.document_id: source for source in manifest.sources}
