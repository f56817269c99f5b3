"""Pictures that come into the collection, and look like others that it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np

from lhassist.corpus import ALIKE
from lhassist.ingest.report import Copy
from lhassist.schema import Document, Media


def copies(documents: Mapping[str, Document], fresh: Collection[str]) -> tuple[Copy, ...]:
    """For each new picture that looks like one of another article, the likest of those.

    Of two new pictures the one whose article comes later is the copy. Articles that show the same
    file have no copies.

    Args:
        documents: All articles, by id.
        fresh: The ids of those that are new or changed.
    """
    held = list(_pictures(documents, sorted(documents.keys() - fresh)))
    pictures = [*held, *_pictures(documents, sorted(fresh))]
    looks = np.array([int(media.look or "", 16) for _, media in pictures], np.uint64)
    files = {(media.path, media.sha256) for _, media in held}
    found = []
    for number, (name, media) in enumerate(pictures[len(held) :], len(held)):
        file = (media.path, media.sha256)
        if file in files:
            continue
        files.add(file)
        differing = np.bitwise_count(looks[:number] ^ looks[number])
        near = np.flatnonzero(differing <= ALIKE)
        for other in near[np.argsort(differing[near], kind="stable")]:
            of, twin = pictures[other]
            if of != name:
                is_exact = media.sha256 == twin.sha256
                found.append(Copy(media.path or "", name, twin.path or "", of, is_exact))
                break
    return tuple(found)


def _pictures(
    documents: Mapping[str, Document], names: Iterable[str]
) -> Iterator[tuple[str, Media]]:
    for name in names:
        yield from ((name, media) for media in documents[name].media if media.look and media.path)
