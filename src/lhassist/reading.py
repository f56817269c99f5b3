"""A generation as one request sees it: searched, and asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Self

from lhassist.answer import compose
from lhassist.answer.forms.further import is_answered, offers
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.names import Names
from lhassist.embedding import Embedder
from lhassist.index import Generation
from lhassist.rerank import Reranker
from lhassist.retrieve import Retrieved, Retriever
from lhassist.schema import Answer, ReaderScript
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

    def extract(self, asked: Question, script: ReaderScript) -> tuple[Answer, Retrieved]:
        """What the collection says to a question, and what was found for it."""
        began = perf_counter()
        retrieved = self.retriever.search(asked.searched, HITS)
        found = perf_counter()
        answer = compose(
            asked,
            retrieved.hits,
            retrieved.query_vector,
            self.generation,
            reader=self.reader,
            script=script,
        )
        done = perf_counter()
        timings = (("retrieve", 1000 * (found - began)), ("answer", 1000 * (done - found)))
        return replace(answer, timings_ms=timings), retrieved

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
