"""Holds a model's sentences against the quotes: which are borne out, and by which.

A sentence is compared with every quote by the pairs of characters that it shares with it and by
meaning. The first quote that bears it out wholly is cited. Where none does, the nearest quote
takes the sentence's place; where none is near, the sentence came from nowhere and is dropped. What
does not end as a sentence was broken off, or is a bare 7.8% that says nothing of what or when: it
too gives way to its quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.citing.citations import Citations, prose
from lhassist.answer.citing.speaker import without_speech
from lhassist.answer.citing.verify import problems
from lhassist.answer.weighing.candidates import pairs
from lhassist.embedding import Embedder
from lhassist.facts.relative import context_of, explained
from lhassist.schema import AnswerSentence, Citation, Document, Hit, Passage, ReaderScript, Span
from lhassist.script import convert, fold

LEAST_SUPPORT = 0.5
"""Of a sentence's pairs of characters: a quote that has fewer is not what it was written from."""
MEANING_WEIGHT = 0.5
"""Of the cosine beside the share of pairs: it decides between quotes with the same words."""
MOST_SENTENCES = 4
_ENDS = re.compile(r"[。！？!?；;.][”」』’\"）)]*$")
MOST_SOURCES = 3


class Grounding:
    """The sentences of one answer that are borne out, in the order they came in.

    Args:
        quotes: What may be cited, best first.
        passages: Those that the quotes are from, by id.
        documents: The articles, by id.
        embedder: Compares meanings.
        script: The reader's.
    """

    def __init__(
        self,
        quotes: Sequence[Citation],
        passages: Mapping[str, Passage],
        documents: Mapping[str, Document],
        embedder: Embedder,
        script: ReaderScript,
    ) -> None:
        self._quotes = quotes
        self._passages = passages
        self._documents = documents
        self._embedder = embedder
        self._script = script
        self._pairs = [set(pairs(fold(quote.quote).lower())) for quote in quotes]
        self._own_pairs = [set(pairs(without_speech(fold(one.quote)).lower())) for one in quotes]
        self._vectors: NDArray[np.float32] | None = None
        self._citations = Citations(documents)
        self._used: set[int] = set()
        self.sentences: list[AnswerSentence] = []
        self.own_words = False

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the sentences cite, numbered in the order of their first use."""
        return self._citations.all

    @property
    def is_full(self) -> bool:
        """Whether the answer is as long as answers get."""
        return len(self.sentences) == MOST_SENTENCES

    def add(self, text: str) -> bool:
        """Takes a sentence in, or what replaces it.

        Args:
            text: One sentence without marks, in either script.

        Returns:
            Whether the answer has grown.
        """
        ranked = self._ranked(text)
        said = convert(text, self._script)
        for place in ranked if _ENDS.search(text) else ():
            told = self._explained(said, place)
            if self._bears_out(place, told):
                self.own_words = True
                others = [one for one in ranked if one != place and self._bears_out(one, told)]
                return self._append(told, [place, *others[: MOST_SOURCES - 1]])
        if not ranked or ranked[0] in self._used:
            return False
        quote = self._quotes[ranked[0]]
        return self._append(
            prose(quote, self._documents[quote.document_id], self._script), ranked[:1]
        )

    def rests_on(self, citations: Sequence[Citation]) -> bool:
        """Whether one of these citations is among those of the sentences."""
        wanted = {(one.document_id, one.start, one.end) for one in citations}
        return any((one.document_id, one.start, one.end) in wanted for one in self.citations)

    def _append(self, text: str, places: Sequence[int]) -> bool:
        if any(fold(one.text) == fold(text) for one in self.sentences):
            return False
        numbers = tuple(self._cited(place) for place in places)
        self._used.update(places)
        self.sentences.append(AnswerSentence(text, numbers))
        return True

    def _cited(self, place: int) -> int:
        quote = self._quotes[place]
        hit = Hit(self._passages[quote.passage_id], 0.0, "fused")
        return self._citations.cite(hit, Span(quote.start, quote.end))

    def _ranked(self, text: str) -> list[int]:
        """The places of the quotes that a sentence may be from, the best supporting first."""
        said = set(pairs(fold(text).lower()))
        if not said:
            return []
        shares = [len(said & held) / len(said) for held in self._pairs]
        near = [place for place, share in enumerate(shares) if share >= LEAST_SUPPORT]
        if len(near) < 2:
            return near
        if self._vectors is None:
            self._vectors = self._embedder.embed_passages([fold(q.quote) for q in self._quotes])
        cosines = self._vectors @ self._embedder.embed_passages([fold(text)])[0]
        return sorted(near, key=lambda n: -(shares[n] + MEANING_WEIGHT * float(cosines[n])))

    def _explained(self, text: str, place: int) -> str:
        quote = self._quotes[place]
        context = context_of(quote, self._documents[quote.document_id])
        return explained(text, self._script, quote.published, context)

    def _bears_out(self, place: int, text: str) -> bool:
        """Whether a quote says so itself, and does not merely quote somebody who does."""
        quote = self._quotes[place]
        if problems(text, [(quote.quote, quote.published)]):
            return False
        folded = fold(text).lower()
        said = set(pairs(folded))
        is_speech = len(said & self._own_pairs[place]) < LEAST_SUPPORT * len(said)
        return not is_speech or without_speech(folded) != folded
