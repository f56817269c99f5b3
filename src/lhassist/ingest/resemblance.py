"""Articles that come into the collection, and say in nearly the same words what another says.

The same article in two files, a web page and the PDF of the newspaper, is two articles: both would
be cited for one fact. An ingest says so, and the operator removes one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from lhassist.ingest.report import Resemblance
from lhassist.schema import Document

LEAST = 0.6
"""The share of its samples that an article has in common with another, for the two to be named."""

_LENGTH = 8
"""Characters of a sample."""

_SAMPLES = 128
_FEWEST = 32
"""Of a shorter text nothing is said."""

_MARKS = re.compile(r"[\W_]+")
_BASE, _MIXED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def resemblances(
    documents: Mapping[str, Document], fresh: Collection[str]
) -> tuple[Resemblance, ...]:
    """For each new article that says nearly the same as another, the likest of those.

    The sets of all stretches of eight characters are compared by those with the smallest hashes, as
    in Broder's bottom-k sketches (1997). Script and punctuation are not made alike first.

    Args:
        documents: All articles, by id.
        fresh: The ids of those that are new or changed.
    """
    if not fresh:
        return ()
    sketches = {name: _sketch(document.text) for name, document in documents.items()}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    found = []
    # Of two new articles the one whose id comes later resembles the other.
    for name in (*sorted(documents.keys() - fresh), *sorted(fresh)):
        sketch = sketches.get(name, _NOTHING)
        if len(sketch) < _FEWEST:
            continue
        shared = Counter(other for hash in sketch.tolist() for other in holders[hash])
        if name in fresh and shared:
            share, other = max(
                (_share(sketch, sketches[other]), other) for other, _ in shared.most_common(5)
            )
            if share >= LEAST:
                found.append(Resemblance(name, other, round(share, 2)))
        for hash in sketch.tolist():
            holders[hash].append(name)
    return tuple(found)


_NOTHING = np.zeros(0, np.uint64)


def _sketch(text: str) -> NDArray[np.uint64]:
    """The smallest hashes of the stretches of a text, in order; of a short one there are none."""
    bare = _MARKS.sub("", text)
    if len(bare) < _LENGTH:
        return _NOTHING
    points = np.frombuffer(bare.encode("utf-32-le"), np.uint32).astype(np.uint64)
    hashes = np.zeros(len(points) - _LENGTH + 1, np.uint64)
    for offset in range(_LENGTH):
        hashes = hashes * _BASE + points[offset : offset + len(hashes)]
    hashes ^= hashes >> np.uint64(29)
    hashes = np.unique(hashes * _MIXED)
    return hashes[:_SAMPLES]


def _share(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """How alike two texts are: the share of the smallest hashes of both that both have."""
    smallest = np.union1d(one, other)[: min(len(one), len(other))]
    both = np.intersect1d(one, other)
    return float(np.isin(smallest, both).mean())
