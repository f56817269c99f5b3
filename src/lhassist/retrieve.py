"""From a question to passages: by meaning and by words, fused.

Best sentence group by cosine, whole passage and best group by BM25; each scaled to 0..1 over the
candidates, then added with weights. Why scores and not ranks: `docs/decisions/0005-index.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Embedder
from lhassist.errors import IndexMismatch
from lhassist.index import Collection
from lhassist.schema import Hit
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

DENSE_WEIGHT = 0.5
GROUP_SHARE = 0.4
"""Of the lexical score: what the best group contributes; the whole passage contributes the rest."""

_GROUPS = 300
"""How many groups the dense search looks at; with 9 groups a passage, about 100 passages."""

_PASSAGES = 100
"""How many passages the lexical search nominates."""


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

    def search(self, question: str, k: int = 8) -> Retrieved:
        """Finds the passages nearest to a question, in either script; captions are among them.

        A question without Chinese characters is searched by meaning alone: its words could only
        meet the few Latin words of the passages.

        Args:
            question: Any text.
            k: How many hits, at most.

        Returns:
            Hits whose scores lie in 0..1 within this list, ties in the order of the collection,
            and the vector of the question.
        """
        vector = self._embedder.embed_query(fold(question))
        terms = self._analyzer.terms(question) if is_chinese(question) else []
        return Retrieved(self._hits(vector, terms, k), vector)

    def _hits(self, vector: NDArray[np.float32], terms: list[str], k: int) -> tuple[Hit, ...]:
        dense_index, passages = self._collection.dense, self._collection.passages
        nearest = dense_index.nearest(vector, _GROUPS)
        whole, group = self._collection.lexical.scores(terms)
        lexical = (1 - GROUP_SHARE) * whole + GROUP_SHARE * group
        candidates = np.union1d(nearest, _best(lexical, _PASSAGES))
        dense = dense_index.score(vector, candidates)
        lexical = lexical[candidates]
        fused = _scaled(dense)
        fuses = bool(lexical.any())
        if fuses:
            fused = DENSE_WEIGHT * fused + (1 - DENSE_WEIGHT) * _scaled(lexical)
        order = np.lexsort((candidates, -fused))[:k]
        return tuple(
            Hit(
                passage=passages[candidates[i]],
                score=float(fused[i]),
                source="fused" if fuses else "dense",
                dense=float(dense[i]),
                lexical=float(lexical[i]) if terms else None,
            )
            for i in order
        )


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The units of the highest scores above zero; ties in the order of their numbers."""
    found = np.flatnonzero(scores)
    order = np.argsort(-scores[found], kind="stable")[:count]
    return found[order]


def _scaled(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Scales to 0..1; scores that are all the same say nothing and become 0."""
    if not len(scores) or scores.min() == scores.max():
        return np.zeros(len(scores))
    low = float(scores.min())
    return (scores.astype(np.float64) - low) / (float(scores.max()) - low)
