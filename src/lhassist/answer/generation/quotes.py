"""The sentences that can answer a question, as numbered citations: evidence for other writers."""

from __future__ import annotations

from lhassist.answer.citing.citations import Citations
from lhassist.answer.citing.speaker import with_speaker
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question
from lhassist.schema import Citation


def quotes(question: Question, evidence: Evidence) -> tuple[Citation, ...]:
    """Cites every retrieved sentence that is good enough to answer, best first.

    These are the sentences that an extracted answer is chosen from: of the asked period, place and
    kind of figure, and near enough to the question.

    Args:
        question: What is asked.
        evidence: What was retrieved for it.
    """
    citations = Citations(evidence.collection.documents)
    for one in evidence.answering(question):
        candidate = one.candidate
        citations.cite(candidate.hit, with_speaker(candidate.hit.passage, candidate.span))
    return citations.all
