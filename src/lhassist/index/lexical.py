"""BM25 over bags of terms, for passages and for their sentence groups.

An own inverted index in NumPy: it scores every passage exactly, so that fusion never compares a
score with a gap, and the same passages give the same bytes on disk whatever the history of the
index. Why not a library: `docs/decisions/0005-index.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.index.postings import Postings, PostingsBuilder
from lhassist.index.storage import load_array

K1 = 0.5
B = 0.4
"""Less than the customary 1.2 and 0.75: a bag holds a word also as its characters and pairs, so
that one occurrence already says much. `docs/decisions/0009-retrieval.md` has the gain."""


class Bm25:
    """Okapi BM25 as Lucene counts it: idf = ln(1 + (N - df + 0.5) / (df + 0.5)).

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
    the non-negative idf of Lucene.
    """

    def __init__(self, postings: Postings) -> None:
        frequency = np.diff(postings.starts)
        counts = postings.counts.astype(np.float32)
        lengths = np.bincount(postings.units, weights=counts, minlength=postings.size)
        mean = lengths.mean() if lengths.sum() else 1.0
        norm = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        idf = _idf(frequency, postings.size).astype(np.float32)
        saturated = counts * (K1 + 1) / (counts + norm[postings.units])
        self._postings = postings
        self._idf = idf
        self._impacts = (np.repeat(idf, frequency) * saturated).astype(np.float32)

    def scores(self, terms: Mapping[int, int]) -> NDArray[np.float64]:
        """The score of every unit, shape (units,), 0 where no term occurs.

        Args:
            terms: Term numbers and how often the question holds each.
        """
        postings = self._postings
        slices = [slice(postings.starts[term], postings.starts[term + 1]) for term in terms]
        if not slices:
            return np.zeros(postings.size)
        units = np.concatenate([postings.units[part] for part in slices])
        weights = np.concatenate(
            [
                self._impacts[part] * count
                for part, count in zip(slices, terms.values(), strict=True)
            ]
        )
        return np.bincount(units, weights=weights, minlength=postings.size).astype(np.float64)

    def saturation(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The units that hold a term, and how near each comes to the most it can score, 0 to 1."""
        part = slice(self._postings.starts[term], self._postings.starts[term + 1])
        most = (K1 + 1) * self._idf[term]
        return self._postings.units[part], self._impacts[part] / most

    def limit(self, terms: Mapping[int, int], unknown: int) -> float:
        """What the score of any unit stays below, however often it holds the terms.

        Args:
            terms: As for `scores`.
            unknown: How many terms the question has that occur nowhere; each is as rare as can be.
        """
        known = sum(float(self._idf[term]) * count for term, count in terms.items())
        rarest = float(_idf(np.zeros(1, np.int64), self._postings.size)[0])
        return (K1 + 1) * (known + unknown * rarest)


def _idf(frequency: NDArray[np.int64], units: int) -> NDArray[np.float64]:
    idf: NDArray[np.float64] = np.log1p((units - frequency + 0.5) / (frequency + 0.5))
    return idf


class LexicalIndex:
    """Scores passages by their own words and by those of their best sentence group.

    Args:
        vocabulary: Every term once, sorted; terms hold no line break.
        passages: Postings of whole passages.
        groups: Postings of sentence groups.
        owner: The passage number of every group, shape (groups,), not descending.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        passages: Postings,
        groups: Postings,
        owner: NDArray[np.int64],
    ) -> None:
        self.vocabulary = vocabulary
        self.passages = passages
        self.groups = groups
        self._owner = owner
        self._numbers = {term: number for number, term in enumerate(vocabulary)}
        self._passage_bm25 = Bm25(passages)
        self._group_bm25 = Bm25(groups)

    def scores(self, terms: Iterable[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scores every passage.

        Args:
            terms: The question's, repeated as often as the question holds them; unknown ones do
                not count.

        Returns:
            BM25 of each whole passage, and BM25 of each one's best group, both (passages,).
        """
        counted, _ = self._counted(terms)
        best = np.zeros(self.passages.size)
        np.maximum.at(best, self._owner, self._group_bm25.scores(counted))
        return self._passage_bm25.scores(counted), best

    def limits(self, terms: Iterable[str]) -> tuple[float, float]:
        """What the two scores of every passage stay below: what a perfect one would reach.

        Args:
            terms: The question's; unknown ones count in full, since a passage could hold them.
        """
        counted, unknown = self._counted(terms)
        return (
            self._passage_bm25.limit(counted, unknown),
            self._group_bm25.limit(counted, unknown),
        )

    def holds(self, term: str) -> bool:
        """Whether a term occurs anywhere."""
        return term in self._numbers

    def any_of(self, terms: Collection[str]) -> NDArray[np.float64]:
        """How much each whole passage says of terms that mean the same, whatever their rarity.

        Args:
            terms: Each once; unknown ones do not count, but make the known ones count less.

        Returns:
            Shape (passages,). The saturations of all terms are added, and divided by the square
            root of their number: who says more of them says it more surely, and a long list of
            terms is met more easily by chance.
        """
        found = np.zeros(self.passages.size)
        for term in terms:
            if term in self._numbers:
                units, shares = self._passage_bm25.saturation(self._numbers[term])
                found[units] += shares
        found /= np.sqrt(max(len(terms), 1))
        return found

    def _counted(self, terms: Iterable[str]) -> tuple[dict[int, int], int]:
        """How often the question holds each known term, and how many unknown ones it holds."""
        counts = sorted(Counter(terms).items())
        known = {self._numbers[term]: count for term, count in counts if term in self._numbers}
        return known, sum(count for _, count in counts) - sum(known.values())

    def save(self, folder: Path) -> None:
        """Writes `vocabulary.txt` and the postings as `.npy` files, not yet synced."""
        (folder / "vocabulary.txt").write_bytes("\n".join(self.vocabulary).encode())
        for name, postings in (("passage", self.passages), ("group", self.groups)):
            np.save(folder / f"{name}_starts.npy", postings.starts)
            np.save(folder / f"{name}_units.npy", postings.units)
            np.save(folder / f"{name}_counts.npy", postings.counts)

    @classmethod
    def load(cls, folder: Path, passages: int, owner: NDArray[np.int64]) -> LexicalIndex:
        """Reads what `save` wrote.

        Args:
            folder: The generation's.
            passages: How many passages there are.
            owner: As in the constructor.

        Raises:
            OSError, ValueError: A file is missing or is not an array.
        """
        text = (folder / "vocabulary.txt").read_bytes().decode()

        def postings(name: str, size: int) -> Postings:
            return Postings(
                starts=load_array(folder / f"{name}_starts.npy"),
                units=load_array(folder / f"{name}_units.npy"),
                counts=load_array(folder / f"{name}_counts.npy"),
                size=size,
            )

        return cls(
            text.split("\n") if text else [],
            postings("passage", passages),
            postings("group", len(owner)),
            owner,
        )


class LexicalBuilder:
    """Makes a `LexicalIndex` passage by passage: of new text, and of what an older index holds.

    Args:
        older: The index that `keep` takes from.
    """

    def __init__(self, older: LexicalIndex | None = None) -> None:
        self._numbers: dict[str, int] = {}
        if older is None:
            self._passages = PostingsBuilder(self._numbers)
            self._groups = PostingsBuilder(self._numbers)
        else:
            self._passages = PostingsBuilder(self._numbers, older.passages, older.vocabulary)
            self._groups = PostingsBuilder(self._numbers, older.groups, older.vocabulary)

    def add(self, passage: Iterable[str], groups: Iterable[Iterable[str]]) -> None:
        """Adds the next passage: its terms, and those of each of its groups, in order."""
        self._passages.add(passage)
        for group in groups:
            self._groups.add(group)

    def keep(self, passages: range, groups: range) -> None:
        """Adds a run of the older index's passages, and their groups."""
        self._passages.keep(passages)
        self._groups.keep(groups)

    def build(self, owner: NDArray[np.int64]) -> LexicalIndex:
        """Makes the index: the same one in whatever way the same passages came.

        Args:
            owner: The passage number of every group.
        """
        vocabulary = sorted(self._numbers)
        final = np.empty(len(vocabulary), np.int32)
        for number, term in enumerate(vocabulary):
            final[self._numbers[term]] = number
        return LexicalIndex(
            vocabulary, self._passages.build(final), self._groups.build(final), owner
        )
