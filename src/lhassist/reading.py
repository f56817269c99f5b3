"""A generation as one request sees it: searched, asked, and held against a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lhassist.answer import Evidence, compose
from lhassist.answer.checking.claims import check
from lhassist.answer.forms.further import is_answered, offers
from lhassist.answer.generation.quotes import quotes
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.names import Names
from lhassist.embedding import Embedder
from lhassist.index import Generation
from lhassist.rerank import Reranker
from lhassist.retrieve import Retrieved, Retriever
from lhassist.schema import Answer, Citation, Claim, Hit, ReaderScript
from lhassist.script import convert
from lhassist.terms import Analyzer

HITS = 12
"""Passages that an answer is looked for in; the right one is nearly always among the first five."""

_OFFERS, _OFFERS_TRIED = 3, 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A generation and what searches it. A request holds one from its beginning to its end."""

    generation: Generation
    retriever: Retriever
    reader: Reader

    @classmethod
    def of(cls, generation: Generation, embedder: Embedder, reranker: Reranker | None) -> Self:
        """Makes what a generation is searched and questions are read with."""
        retriever = Retriever(generation, embedder, reranker)
        names, analyzer = Names(generation.gazetteer), Analyzer(generation.gazetteer)
        return cls(generation, retriever, Reader(names, analyzer, retriever.unrelated))

    def search(self, asked: Question) -> Retrieved:
        """The passages that an answer is looked for in."""
        return self.retriever.search(asked.searched, HITS)

    def search_within(self, asked: Question, passage_ids: Collection[str]) -> Retrieved:
        """Passages that somebody has chosen, as a search finds them.

        Raises:
            ValueError: A passage is none of the generation.
        """
        passages = {passage.id: passage for passage in self.generation.passages}
        unknown = [name for name in passage_ids if name not in passages]
        if unknown:
            raise ValueError(f"{unknown[0]}: no passage of this generation")
        retrieved = self.retriever.search(asked.searched, len(passages))
        found = {hit.passage.id: hit for hit in retrieved.hits}
        # What the search did not come near has none of the question's words.
        chosen = (found.get(name) or Hit(passages[name], 0.0, "fused") for name in passage_ids)
        return replace(retrieved, hits=tuple(chosen))

    def quotes(self, asked: Question, retrieved: Retrieved) -> tuple[Citation, ...]:
        """Every retrieved sentence that can answer, as a citation, best first."""
        return quotes(asked, self._evidence(retrieved))

    def _evidence(self, retrieved: Retrieved) -> Evidence:
        return Evidence(retrieved.hits, retrieved.query_vector, self.generation, self.reader)

    def extract(self, asked: Question, script: ReaderScript) -> tuple[Answer, Retrieved]:
        """What the collection says to a question, and what was found for it."""
        began = perf_counter()
        retrieved = self.search(asked)
        found = perf_counter()
        answer = compose(
            asked,
            self._evidence(retrieved),
            lambda part: self._evidence(self.search(part)),
            script,
        )
        done = perf_counter()
        timings = (("retrieve", 1000 * (found - began)), ("answer", 1000 * (done - found)))
        return replace(answer, timings_ms=timings), retrieved

    def check(self, text: str, script: ReaderScript) -> tuple[Claim, ...]:
        """What the collection says to each statement of a text."""

        def search(statement: str) -> tuple[Sequence[Hit], NDArray[np.float32]]:
            found = self.retriever.search(statement, HITS)
            return found.hits, found.query_vector

        return check(text, search, self.generation, reader=self.reader, script=script)

    def further(self, answer: Answer) -> tuple[str, ...]:
        """Up to three questions, those that the answer offers first, then what its articles answer.

        Each of the latter has been asked and is answered by the very sentence that it was made of.
        """
        found = list(answer.suggestions)
        for offer in offers(answer, self.generation, self.reader)[:_OFFERS_TRIED]:
            if len(found) >= _OFFERS:
                break
            question = convert(offer.question, answer.script, "zh-Hans")
            told, _ = self.extract(self.reader.read(question), answer.script)
            if question not in found and is_answered(offer, told):
                found.append(question)
        return tuple(found)
