"""Decides how an answer is put: as a correction, as a table, by parts, or plainly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.answer import extractive, nearest, table
from lhassist.answer.citations import Citations, prose
from lhassist.answer.counterparts import examine_names
from lhassist.answer.evidence import Weights, candidates
from lhassist.answer.extractive import GENERATOR, text_of
from lhassist.answer.kinds import Kind
from lhassist.answer.parts import joined, parts_of
from lhassist.answer.premise import Finding, false_premise
from lhassist.answer.question import Question, Reader
from lhassist.answer.timeline import asks_history, events
from lhassist.index import Collection
from lhassist.schema import Answer, AnswerSentence, Hit, ReaderScript
from lhassist.script import convert

_TAKING: frozenset[Kind] = frozenset(("reason", "whether"))
"""Kinds of questions that take names for granted; the others name what they are about."""

_IS_NOT: dict[ReaderScript, str] = {
    "zh-Hans": "资料中是{right}，不是{wrong}：",
    "zh-Hant": "資料中是{right}，不是{wrong}：",
    "zh-TW": "資料中是{right}，不是{wrong}：",
    "zh-HK": "資料中是{right}，不是{wrong}：",
    "en": "The articles say {right}, not {wrong}: ",
}
_IS_OTHERWISE: dict[ReaderScript, str] = {
    "zh-Hans": "资料中的说法与“{wrong}”不同：",
    "zh-Hant": "資料中的說法與「{wrong}」不同：",
    "zh-TW": "資料中的說法與「{wrong}」不同：",
    "zh-HK": "資料中的說法與「{wrong}」不同：",
    "en": "The articles do not say {wrong}: ",
}


def compose(
    question: Question,
    hits: Sequence[Hit],
    query_vector: NDArray[np.float32],
    collection: Collection,
    *,
    reader: Reader,
    script: ReaderScript,
) -> Answer:
    """Answers a question from the retrieved passages in the form that it needs, or refuses.

    Args:
        question: As `reader` read it.
        hits: The retrieved passages, best first.
        query_vector: The folded question's, shape (dimension,), of length 1.
        collection: What the hits were found in.
        reader: Reads questions about this collection.
        script: What the answer is written in; quotes stay as their articles have them.

    Returns:
        An answer without timings.
    """
    if question.is_foreign:
        answer = extractive.compose(
            question, hits, query_vector, collection, reader=reader, script=script
        )
        return nearest.by_meaning(answer, script) if answer.sentences else answer
    found = candidates(hits, query_vector, collection)
    weights = Weights(collection)
    finding = false_premise(question, found, weights, reader)
    if finding is None and question.kind in _TAKING:
        finding = examine_names(question, found, weights, reader)
    if finding is not None:
        return _corrected(question, finding, hits, collection, script)
    several = parts_of(question, reader)
    if several:

        def answered(text: str) -> Answer:
            return extractive.compose(
                reader.read(text), hits, query_vector, collection, reader=reader, script=script
            )

        whole = joined(question, several, answered, script)
        if whole is not None:
            return whole
    values = table.tabled(question, found, weights, reader, collection)
    if not values and asks_history(question):
        values = events(question, found, weights, reader)
    if values:
        return table.written(question, values, hits, collection, script)
    answer = extractive.compose(
        question, hits, query_vector, collection, reader=reader, script=script
    )
    if answer.status == "refused":
        held = nearest.held_instead(question, found, weights, reader)
        if held is not None:
            return nearest.offered(held, answer, collection, script)
    return answer


def _corrected(
    question: Question,
    finding: Finding,
    hits: Sequence[Hit],
    collection: Collection,
    script: ReaderScript,
) -> Answer:
    """Says what the articles say instead of what the question takes for granted."""
    citations = Citations(collection.documents)
    candidate = finding.scored.candidate
    number = citations.cite(candidate.hit, candidate.span)
    document = collection.documents[candidate.hit.passage.document_id]
    right, wrong = (
        convert(words, script, "zh-Hans")
        for words in (finding.instead, finding.assertion.said if finding.assertion else "")
    )
    lead = (_IS_NOT if right else _IS_OTHERWISE)[script].format(right=right, wrong=wrong)
    sentence = AnswerSentence(lead + prose(citations.all[0], document, script), (number,))
    return Answer(
        question=question.text,
        status="answered",
        script=script,
        text=text_of([sentence]),
        sentences=(sentence,),
        citations=citations.all,
        hits=tuple(hits),
        generator=GENERATOR,
        timings_ms=(),
        form="correction",
    )
