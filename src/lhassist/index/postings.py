"""Which units hold which terms: the inverted index behind BM25, and how it is put together."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Postings:
    """Which units (passages, or sentence groups) hold a term, and how often.

    Attributes:
        starts: Where each term's entries begin, and the end of the last; shape (terms + 1,).
        units: Unit numbers, ascending within a term; shape (entries,).
        counts: How often the unit holds the term, at least 1; shape (entries,).
        size: How many units there are, those without a term included.
    """

    starts: NDArray[np.int64]
    units: NDArray[np.int32]
    counts: NDArray[np.int32]
    size: int


class PostingsBuilder:
    """Collects the terms of units, in the order of the units' numbers.

    Args:
        numbers: The vocabulary so far, shared with other builders; it grows.
        older: Postings from which units can be taken over, and their vocabulary.
    """

    def __init__(
        self, numbers: dict[str, int], older: Postings | None = None, words: Sequence[str] = ()
    ) -> None:
        self._numbers = numbers
        self._terms: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.int32]] = []
        self._words = words
        # Number here of every older term, -1 for one not met yet.
        self._known = np.full(len(words), -1, np.int32)
        if older is not None:
            order = np.argsort(older.units, kind="stable")
            terms = np.repeat(np.arange(len(words), dtype=np.int32), np.diff(older.starts))
            self._older_terms = terms[order]
            self._older_counts = older.counts[order]
            self._older_starts = starts_of(np.bincount(older.units, minlength=older.size))

    def add(self, terms: Iterable[str]) -> None:
        """Adds the next unit."""
        counted = Counter(terms)
        numbers = self._numbers
        found = array("i", (numbers.setdefault(term, len(numbers)) for term in counted))
        self._terms.append(np.array(found, np.int32))
        self._counts.append(np.fromiter(counted.values(), np.int32, len(counted)))

    def keep(self, units: range) -> None:
        """Adds a run of the older postings' units."""
        for unit in units:
            part = slice(self._older_starts[unit], self._older_starts[unit + 1])
            terms = self._older_terms[part]
            for term in terms[self._known[terms] < 0]:
                word = self._words[term]
                self._known[term] = self._numbers.setdefault(word, len(self._numbers))
            self._terms.append(self._known[terms])
            self._counts.append(self._older_counts[part])

    def build(self, final: NDArray[np.int32]) -> Postings:
        """Makes the postings.

        Args:
            final: The final number of every term, by its number in the shared vocabulary.
        """
        sizes = [len(terms) for terms in self._terms]
        units = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        terms = final[_joined(self._terms)]
        order = np.argsort(terms, kind="stable")
        return Postings(
            starts=starts_of(np.bincount(terms, minlength=len(final))),
            units=units[order],
            counts=_joined(self._counts)[order],
            size=len(sizes),
        )


def starts_of(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where runs of these sizes begin, and the end of the last."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def _joined(parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate(parts) if parts else np.empty(0, np.int32)
