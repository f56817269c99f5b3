"""From a question to passages: by meaning and by words, added on one scale.

Meaning is the cosine of a passage's best sentence group, without what all questions have in common
(`common`). Words are the share of the question's weight that a passage holds: BM25 by the most that
any passage could reach. Both are absolute, so each counts for as much as it has to say about this
question: where a passage repeats the question, words decide; where no passage does, meaning does.
Scaling each over the candidates instead makes noise as loud as evidence.
The weights and what else was tried: `docs/decisions/0009-retrieval.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Embedder
from lhassist.errors import IndexMismatch
from lhassist.index import Collection
from lhassist.retrieve.common import CommonQuestions
from lhassist.retrieve.readings import Readings
from lhassist.schema import Hit
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

MEANING_SPREADS = 5.0
"""So many standard deviations of the cosine of unrelated texts count 1."""
WORDS_WEIGHT = 1.5
"""What all words of the question together count."""
GROUP_SHARE = 0.4
"""Of the words: what the best group contributes; the whole passage contributes the rest."""
CAPTION_COST = 1.0
"""A caption repeats the words of the question that its article answers, and answers nothing."""

_EVEN, _STEEPNESS = 0.7, 3.0
"""Where half of the first hits are right, and how fast that changes: between what logistic
regression gives for the first hits of the reading sets (0.4 to 0.9; 3 to 5) and of the project's
own, harder one (1.0; 1.7). The report of `lhassist eval` shows how well it fits."""

_PICTURE = re.compile("图|照片|相片|影像|picture|photo|image|chart|map|diagram", re.IGNORECASE)

_GROUPS = 300
"""How many groups the search by meaning looks at; with 9 groups a passage, about 100 passages."""

_PASSAGES = 100
"""How many passages the search by words nominates."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a search found.

    Attributes:
        hits: Best first.
        query_vector: The question's vector, shape (dimension,), of length 1, for scoring sentences.
    """

    hits: tuple[Hit, ...]
    query_vector: NDArray[np.float32]


class Retriever:
    """Searches one collection. Threads may share one as far as the embedder allows it.

    Args:
        collection: A `Generation`, or a collection built in memory.
        embedder: The one that made the collection's vectors.

    Raises:
        IndexMismatch: The collection was made with another embedder.
    """

    def __init__(self, collection: Collection, embedder: Embedder) -> None:
        if collection.embedder != embedder.fingerprint:
            raise IndexMismatch(
                f"the index was made with the model {collection.embedder}, "
                f"the one asked for is {embedder.fingerprint}",
                hint="type: lhassist ingest",
            )
        self._collection = collection
        self._embedder = embedder
        self._analyzer = Analyzer(collection.gazetteer)
        self._readings = Readings(collection.gazetteer)
        self._common = CommonQuestions(embedder)
        self._captions = np.array([p.kind == "caption" for p in collection.passages], bool)

    def search(self, question: str, k: int = 8) -> Retrieved:
        """Finds the passages nearest to a question, in either script; captions are among them.

        Of a question without Chinese characters the local names are searched as words, and nothing
        else: its words could only meet the few Latin words of the passages.

        Args:
            question: Any text.
            k: How many hits, at most.

        Returns:
            Hits whose scores lie in 0..1 and can be compared between questions: about how likely
            the hit is right. Ties are in the order of the collection. And the question's vector.
        """
        chinese = is_chinese(question)
        question = self._readings.in_characters(fold(question))
        vector = self._embedder.embed_query(question)
        terms = self._analyzer.terms(question)
        if not chinese:
            terms = [term for term in terms if is_chinese(term)]
        meaning = self._common.take_out(vector, chinese=chinese)
        pictures = _PICTURE.search(question) is not None
        hits = self._hits(vector, meaning, terms, pictures=pictures)
        return Retrieved(hits[:k], vector)

    def _hits(
        self,
        vector: NDArray[np.float32],
        meaning_of: NDArray[np.float32],
        terms: list[str],
        *,
        pictures: bool,
    ) -> tuple[Hit, ...]:
        collection = self._collection
        nearest = collection.dense.nearest(meaning_of, _GROUPS)
        words = self._words(terms)
        candidates = np.union1d(nearest, _best(words, _PASSAGES))
        words = words[candidates]
        cosines = collection.dense.score(vector, candidates)
        unrelated, spread = self._common.unrelated
        meaning = (collection.dense.score(meaning_of, candidates) - unrelated) / spread
        sums = meaning / MEANING_SPREADS + WORDS_WEIGHT * words
        if not pictures:
            sums -= CAPTION_COST * self._captions[candidates]
        scores = 1 / (1 + np.exp(-_STEEPNESS * (sums - _EVEN)))
        return tuple(
            Hit(
                passage=collection.passages[candidates[i]],
                score=float(scores[i]),
                source="fused" if words[i] > 0 else "dense",
                dense=float(cosines[i]),
                lexical=float(words[i]) if terms else None,
            )
            for i in np.lexsort((candidates, -sums))
        )

    def _words(self, terms: list[str]) -> NDArray[np.float64]:
        """The share of the question's words that each passage holds, 0 to 1, by their weight."""
        lexical = self._collection.lexical
        whole, group = (
            scores / limit if limit else scores
            for scores, limit in zip(lexical.scores(terms), lexical.limits(terms), strict=True)
        )
        return (1 - GROUP_SHARE) * whole + GROUP_SHARE * group


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The units of the highest scores above zero; ties in the order of their numbers."""
    found = np.flatnonzero(scores)
    order = np.argsort(-scores[found], kind="stable")[:count]
    return found[order]
