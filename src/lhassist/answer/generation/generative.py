"""Answers in a language model's words, of which only what the quotes bear out is said.

The model is asked after the extracted answer stands: it can make an answer read better, and can
neither turn a refusal into an answer nor add a fact. Its own citation marks are thrown away; every
sentence is cited by what supports it (`grounding`). Where nothing is left, or what is left does not
answer, or the model fails, the extracted answer is given and says why.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lhassist.answer.citing.citations import text_of
from lhassist.answer.generation.drafts import drafts
from lhassist.answer.generation.grounding import Grounding
from lhassist.answer.generation.prompts import MOST_EVIDENCE, messages
from lhassist.answer.question import Question
from lhassist.answer.question.kinds import VALUE_KINDS
from lhassist.answer.weighing import sought
from lhassist.answer.weighing.enumeration import items, wanted_items
from lhassist.embedding import Embedder
from lhassist.errors import LanguageModelError
from lhassist.facts.dates import periods
from lhassist.llm import LanguageModel
from lhassist.schema import Answer, Citation, Document, Fallback, Passage
from lhassist.script import fold

_LOG = logging.getLogger(__name__)
# 长80米 does not answer 有多宽.
_MEASURE = re.compile("多([高长宽重远深厚])")


@dataclass(frozen=True, slots=True)
class Writer:
    """Has answers written by a model.

    Attributes:
        model: The model.
        embedder: Compares the meanings of sentences and quotes.
    """

    model: LanguageModel
    embedder: Embedder

    def write(
        self,
        question: Question,
        answer: Answer,
        evidence: Sequence[Citation],
        passages: Mapping[str, Passage],
        documents: Mapping[str, Document],
    ) -> Iterator[Answer]:
        """Writes an extracted answer anew, sentence by sentence, each verified before it is given.

        Refusals, tables and corrections stay as they are: each word in them has its place.

        Args:
            question: As it was read.
            answer: The extracted one.
            evidence: What else could answer, best first.
            passages: The passages of answer and evidence, by id.
            documents: The articles, by id.

        Yields:
            The extracted answer at once, for a model may take its time (`pending`); then the
            answer as it grows. The last one is complete, and may be the extracted one.
        """
        if answer.status != "answered" or answer.form != "sentences":
            yield answer
            return
        yield replace(answer, fallback="pending")
        quotes = _quotes(answer, evidence)
        grounding = Grounding(quotes, passages, documents, self.embedder, answer.script)
        prompt = messages(
            question.text, quotes, documents, answer.script, self.model.context_window
        )
        failure: Fallback | None = None
        spoke = False
        try:
            for text in drafts(self.model.stream(prompt)):
                spoke = True
                if grounding.add(text):
                    yield self._written(answer, grounding)
                if grounding.is_full:
                    break
        except LanguageModelError as error:
            _LOG.warning("%s (%s)", error.message, error.hint)
            failure = error.reason
        if failure is None and not spoke:
            failure = "empty"
        if failure is None and not _answers(question, answer, grounding):
            failure = "ungrounded"
        yield replace(answer, fallback=failure) if failure else self._written(answer, grounding)

    def _written(self, answer: Answer, grounding: Grounding) -> Answer:
        return replace(
            answer,
            sentences=tuple(grounding.sentences),
            text=text_of(grounding.sentences),
            citations=grounding.citations,
            generator=f"llm:{self.model.name}",
        )


def _quotes(answer: Answer, evidence: Sequence[Citation]) -> list[Citation]:
    """What the model gets and may be cited, the likeliest first.

    A quote for each extracted sentence, then the best of the evidence; those that only say what
    others say come last, for they tell a model nothing new.
    """
    first = [answer.citations[sentence.citations[0] - 1] for sentence in answer.sentences]
    by_place = {
        (one.document_id, one.start, one.end): one
        for one in (*first, *evidence[:MOST_EVIDENCE], *answer.citations)
    }
    return list(by_place.values())


def _answers(question: Question, extracted: Answer, grounding: Grounding) -> bool:
    """Whether what the model wrote does as well as what was extracted.

    It must have words of its own, rest on a source of the first extracted sentence, and give what
    that sentence has of what is asked: the figure and its period, the measure, all of a list.
    """
    first = extracted.sentences[0]
    sources = [one for one in extracted.citations if one.number in first.citations]
    if not grounding.own_words or not grounding.rests_on(sources):
        return False
    written = fold("".join(one.text for one in grounding.sentences))
    asked = fold(first.text)
    if wanted_items(question) and items(written) < items(asked):
        return False
    if question.kind not in VALUE_KINDS or not sought.value_clauses(question, asked):
        return True
    wanted = sought.values(question, asked)
    given = sought.values(question, written)
    if not sought.value_clauses(question, written) or (wanted and not wanted & given):
        return False
    measure = _MEASURE.search(question.folded)
    if measure and measure[1] in asked and measure[1] not in written:
        return False
    return question.kind not in ("number", "rank") or bool(periods(written)) >= bool(periods(asked))
