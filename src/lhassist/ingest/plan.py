"""What an ingest has to do: the difference between the files found and the articles held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lhassist.index import Source
from lhassist.ingest.report import Duplicate


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of every file and every article.

    An article is in exactly one of `keep`, `read` and `drop`.

    Attributes:
        keep: Articles that stay as they are held.
        read: Articles to read from their file, new ones and known ones.
        drop: Known articles to leave out.
        missing: Those of `keep` whose file is gone.
        duplicates: Files to leave out.
    """

    keep: tuple[Source, ...]
    read: tuple[Source, ...]
    drop: tuple[Source, ...]
    missing: tuple[Source, ...]
    duplicates: tuple[Duplicate, ...]


def make_plan(
    known: Sequence[Source],
    found: Iterable[Source],
    gone: Collection[str],
    *,
    reread: bool = False,
    prune: bool = False,
    drop: Collection[str] = (),
) -> Plan:
    """Compares files with articles.

    A known file keeps the id of its article. A new file with the bytes of an article whose file is
    gone is that article, moved; one with the bytes of another file is a duplicate; any other gets
    an id of its own, the one proposed if it is free.

    Args:
        known: The articles held, each with the file it was read from.
        found: The files to ingest with the ids that they propose; each path once. The checksum is
            empty for one that cannot be read: reading it says why.
        gone: The paths in `known` where there is no file now.
        reread: Whether to read every article again that has a file.
        prune: Whether to drop the articles whose file is gone.
        drop: Ids of articles to drop in any case; their files are not looked at.
    """
    dropped = [source for source in known if source.document_id in drop]
    known = [source for source in known if source.document_id not in drop]
    unseen = {source.path for source in dropped}
    now = {source.path: source for source in found if source.path not in unseen}
    keep: list[Source] = []
    read: list[Source] = []
    missing: list[Source] = []
    orphans: dict[str, Source] = {}
    holders: dict[str, str] = {}
    for source in known:
        file = now.pop(source.path, None)
        if source.path in gone:
            orphans.setdefault(source.sha256, source)
        elif file is not None and (reread or file.sha256 != source.sha256):
            read.append(replace(file, document_id=source.document_id))
        elif reread:
            read.append(source)
        else:
            keep.append(source)
    for source in (*keep, *read):
        holders.setdefault(source.sha256, source.document_id)
    taken = {source.document_id for source in known}
    duplicates = []
    moved = set()
    for file in now.values():
        if file.sha256 and file.sha256 in holders:
            duplicates.append(Duplicate(file.path, holders[file.sha256]))
            continue
        if file.sha256 in orphans:
            document_id = orphans.pop(file.sha256).document_id
            moved.add(document_id)
        else:
            document_id = free_id(file, taken)
        taken.add(document_id)
        holders[file.sha256] = document_id
        read.append(replace(file, document_id=document_id))
    for source in known:
        if source.path in gone and source.document_id not in moved:
            (dropped if prune else missing).append(source)
    return Plan(
        keep=(*keep, *missing),
        read=tuple(read),
        drop=tuple(dropped),
        missing=tuple(missing),
        duplicates=tuple(duplicates),
    )


def free_id(file: Source, taken: Collection[str]) -> str:
    """The id that a file proposes, with as many of its parent folders in front as it takes."""
    candidate = file.document_id
    depth = len(PurePosixPath(candidate).parts)
    for folder in list(Path(file.path).parents)[depth - 1 :]:
        if candidate not in taken:
            return candidate
        if folder.name:
            candidate = f"{folder.name}/{candidate}"
    number = 2
    unique = candidate
    while unique in taken:
        unique = f"{candidate}-{number}"
        number += 1
    return unique
