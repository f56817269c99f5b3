"""From a question to passages: by meaning and by words, added on one scale.

Meaning is the cosine of a passage's best sentence group, without what all questions have in common
(`common`). Words are the share of the question's weight that a passage holds: BM25 by the most that
any passage could reach. Both are absolute, so each counts for as much as it has to say about this
question: where a passage repeats the question, words decide; where no passage does, meaning does.
Scaling each over the candidates instead makes noise as loud as evidence.
As far as no passage has the question's words, what articles say instead of everyday words
(`thesaurus`) is looked for too, as words and as the meaning of a second question.
A cross-encoder may look at the first hits again (`lhassist.rerank`); none does by default.
The weights and what else was tried: `docs/decisions/0009-retrieval.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Embedder
from lhassist.errors import IndexMismatch
from lhassist.index import Collection
from lhassist.rerank import Reranker
from lhassist.retrieve.common import CommonQuestions
from lhassist.retrieve.readings import Readings
from lhassist.retrieve.thesaurus import Thesaurus, reworded
from lhassist.schema import Hit
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

MEANING_SPREADS = 5.0
"""So many standard deviations of the cosine of unrelated texts count 1."""
WORDS_WEIGHT, CROWDED_WEIGHT = 1.5, 0.75
"""What all words of the question together count: where few passages hold them, and in a crowd."""
CROWD_SHARE, CROWD = 0.55, 4
"""More than so many passages with this share of the best one's words are a crowd: all of them are
about what is asked, and words no longer tell which one answers."""
GROUP_SHARE = 0.4
"""Of the words: what the best group contributes; the whole passage contributes the rest."""
KNOWN_ENOUGH = 2 / 3
"""Where a passage holds this share of the question's words, they need no others; the less the best
passage holds, the more the others count."""
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

RERANKED = 20
"""How many hits a cross-encoder looks at again."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a search found.

    Attributes:
        hits: Best first.
        query_vector: The question's vector, shape (dimension,), of length 1, for scoring sentences.
    """

    hits: tuple[Hit, ...]
    query_vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question looks for.

    Attributes:
        vector: The question's, of length 1.
        meaning: The same without what all questions share.
        words: The share of the question's words that each passage holds, shape (passages,).
        has_terms: Whether the question has words to search.
        pictures: Whether it asks for a picture.
        otherwise: The meaning of the question in the words of articles; None where that adds
            nothing.
        unknown: How far no passage has the question's own words, 0 to 1.
    """

    vector: NDArray[np.float32]
    meaning: NDArray[np.float32]
    words: NDArray[np.float64]
    has_terms: bool
    pictures: bool
    otherwise: NDArray[np.float32] | None = None
    unknown: float = 0.0


class Retriever:
    """Searches one collection. Threads may share one as far as the embedder allows it.

    Args:
        collection: A `Generation`, or a collection built in memory.
        embedder: The one that made the collection's vectors.
        reranker: Looks at the first hits again; None leaves them as they are.

    Raises:
        IndexMismatch: The collection was made with another embedder.
    """

    def __init__(
        self, collection: Collection, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        if collection.embedder != embedder.fingerprint:
            raise IndexMismatch(
                f"the index was made with the model {collection.embedder}, "
                f"the one asked for is {embedder.fingerprint}",
                hint="type: lhassist ingest",
            )
        self._collection = collection
        self._embedder = embedder
        self._reranker = reranker
        self._analyzer = Analyzer(collection.gazetteer)
        self._readings = Readings(collection.gazetteer)
        self._thesaurus = Thesaurus.bundled(
            fold(form).lower()
            for entry in collection.gazetteer.entries
            for form in (entry.name, *entry.aliases)
        )
        self._common = CommonQuestions(embedder)
        self._captions = np.array([p.kind == "caption" for p in collection.passages], bool)

    @property
    def unrelated(self) -> tuple[float, float]:
        """Mean and standard deviation of the cosine of unrelated texts, as the model has it."""
        return self._common.unrelated_texts

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
        wanted = _Wanted(
            vector=vector,
            meaning=self._common.take_out(vector, chinese=chinese),
            words=self._words(terms),
            has_terms=bool(terms),
            pictures=_PICTURE.search(question) is not None,
        )
        if chinese:
            wanted = self._said_otherwise(wanted, question.lower(), terms)
        hits = self._hits(wanted)
        if self._reranker is not None:
            hits = _reranked(hits, question, self._reranker, captions=wanted.pictures)
        return Retrieved(hits[:k], vector)

    def _said_otherwise(self, wanted: _Wanted, question: str, terms: list[str]) -> _Wanted:
        """Adds what articles may say instead of the question's everyday words, where it is needed.

        Args:
            wanted: What the question itself wants.
            question: Folded, lower case.
            terms: All of the question.
        """
        lexical = self._collection.lexical
        unknown = 1 - min(float(wanted.words.max(initial=0)) / KNOWN_ENOUGH, 1)
        everyday = self._thesaurus.find(question) if terms and unknown else ()
        if not everyday:
            return wanted
        limit, _ = lexical.limits(terms)
        words = wanted.words.copy()
        for one in everyday:
            weight, _ = lexical.limits(self._analyzer.terms(question[one.start : one.end]))
            words += unknown * weight / limit * lexical.any_of(one.meant)
        other = self._embedder.embed_query(reworded(question, everyday, lexical.holds))
        return replace(
            wanted,
            words=np.minimum(words, 1),
            otherwise=self._common.take_out(other, chinese=True),
            unknown=unknown,
        )

    def _hits(self, wanted: _Wanted) -> tuple[Hit, ...]:
        collection = self._collection
        nearest = collection.dense.nearest(wanted.meaning, _GROUPS)
        if wanted.otherwise is not None:
            other = collection.dense.nearest(wanted.otherwise, _GROUPS)
            nearest = np.union1d(nearest, other)
        candidates = np.union1d(nearest, _best(wanted.words, _PASSAGES))
        words = wanted.words[candidates]
        cosines = collection.dense.score(wanted.vector, candidates)
        meaning = self._meaning(wanted, candidates)
        sums = meaning / MEANING_SPREADS + words_weight(wanted.words) * words
        if not wanted.pictures:
            sums -= CAPTION_COST * self._captions[candidates]
        scores = 1 / (1 + np.exp(-_STEEPNESS * (sums - _EVEN)))
        return tuple(
            Hit(
                passage=collection.passages[candidates[i]],
                score=float(scores[i]),
                source="fused" if words[i] > 0 else "dense",
                dense=float(cosines[i]),
                lexical=float(words[i]) if wanted.has_terms else None,
            )
            for i in np.lexsort((candidates, -sums))
        )

    def _meaning(self, wanted: _Wanted, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """How near each passage is in meaning, in spreads of unrelated texts.

        The question put otherwise can only bring a passage nearer, and only as far as the question
        itself is unknown.
        """
        score = self._collection.dense.score
        unrelated, spread = self._common.unrelated
        products = score(wanted.meaning, passages)
        if wanted.otherwise is not None:
            gain = score(wanted.otherwise, passages) - products
            products += wanted.unknown * np.maximum(gain, 0)
        nearness: NDArray[np.float64] = (products.astype(np.float64) - unrelated) / spread
        return nearness

    def _words(self, terms: list[str]) -> NDArray[np.float64]:
        """The share of the question's words that each passage holds, 0 to 1, by their weight."""
        lexical = self._collection.lexical
        whole, group = (
            scores / limit if limit else scores
            for scores, limit in zip(lexical.scores(terms), lexical.limits(terms), strict=True)
        )
        return (1 - GROUP_SHARE) * whole + GROUP_SHARE * group


def words_weight(words: NDArray[np.float64]) -> float:
    """What the words of a question count.

    Args:
        words: The share of them that each passage holds, shape (passages,).
    """
    rivals = np.count_nonzero(words > CROWD_SHARE * words.max(initial=0))
    told = min(CROWD / rivals, 1.0) ** 2 if rivals else 1.0
    return CROWDED_WEIGHT + (WORDS_WEIGHT - CROWDED_WEIGHT) * told


def _reranked(
    hits: Sequence[Hit], question: str, reranker: Reranker, *, captions: bool
) -> tuple[Hit, ...]:
    """The hits with the first of them in the order of a cross-encoder.

    Args:
        hits: Best first.
        question: Folded.
        reranker: The cross-encoder.
        captions: Whether captions are looked at too; otherwise they stay behind.
    """
    chosen = [hit for hit in hits if captions or hit.passage.kind == "body"][:RERANKED]
    if not chosen:
        return tuple(hits)
    scores = reranker.scores(question, [fold(hit.passage.with_headings) for hit in chosen])
    again = [
        replace(chosen[i], score=float(scores[i]), source="reranked")
        for i in np.argsort(-scores, kind="stable")
    ]
    # What was not looked at again stays below what was.
    least = again[-1].score
    rest = [replace(hit, score=min(hit.score, least)) for hit in hits if hit not in chosen]
    return (*again, *rest)


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The units of the highest scores above zero; ties in the order of their numbers."""
    found = np.flatnonzero(scores)
    order = np.argsort(-scores[found], kind="stable")[:count]
    return found[order]
