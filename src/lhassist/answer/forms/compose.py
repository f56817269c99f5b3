"""Decides how an answer is put: by its source, as a correction or table, by parts, or plainly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lhassist.answer.checking.counterparts import examine_names
from lhassist.answer.checking.premise import false_premise
from lhassist.answer.citing.citations import Citations, prose, text_of
from lhassist.answer.citing.speaker import with_speaker
from lhassist.answer.evidence import Evidence
from lhassist.answer.forms import extractive, nearest, table
from lhassist.answer.forms.aboutness import about_the_person, counted_there
from lhassist.answer.forms.extractive import GENERATOR
from lhassist.answer.forms.parts import joined, parts_of
from lhassist.answer.forms.refusal import reason_of, refused
from lhassist.answer.forms.sources import asks_source, source_of
from lhassist.answer.forms.timeline import asks_history, events
from lhassist.answer.question import Question
from lhassist.answer.question.kinds import Kind
from lhassist.answer.weighing.candidates import Candidate
from lhassist.schema import Answer, AnswerSentence, ReaderScript
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


Look = Callable[[Question], Evidence]
"""A question to what is retrieved for it."""


def compose(question: Question, evidence: Evidence, look: Look, script: ReaderScript) -> Answer:
    """Answers a question from the retrieved passages in the form that it needs, or refuses.

    Args:
        question: What is asked.
        evidence: What was retrieved for it.
        look: Retrieves for a part of it, where it asks for several things.
        script: What the answer is written in; quotes stay as their articles have them.

    Returns:
        An answer without timings.
    """
    forms = _Forms(evidence, script)
    if question.is_foreign:
        answer = forms.plain(question)
        return nearest.by_meaning(answer, script) if answer.sentences else answer
    return (
        forms.source(question)
        or forms.correction(question)
        or forms.parts(question, look)
        or forms.table(question)
        or forms.plain_or_nearest(question)
    )


class _Forms:
    """The forms that an answer from some passages may have; None where one does not fit."""

    def __init__(self, evidence: Evidence, script: ReaderScript) -> None:
        self._evidence = evidence
        self._script: ReaderScript = script

    def source(self, question: Question) -> Answer | None:
        """Who says what the question repeats."""
        if not asks_source(question):
            return None
        source = source_of(question, self._evidence)
        return self._said(question, source) if source else None

    def correction(self, question: Question) -> Answer | None:
        """What the articles say instead of what the question takes for granted."""
        finding = false_premise(question, self._evidence)
        if finding is None and question.kind in _TAKING:
            finding = examine_names(question, self._evidence)
        if finding is None:
            return None
        right, wrong = (
            convert(words, self._script, "zh-Hans")
            for words in (finding.instead, finding.assertion.said if finding.assertion else "")
        )
        lead = (_IS_NOT if right else _IS_OTHERWISE)[self._script].format(right=right, wrong=wrong)
        return replace(self._said(question, finding.scored.candidate, lead), form="correction")

    def parts(self, question: Question, look: Look) -> Answer | None:
        """Each of the things that the question asks for, looked for by itself.

        What is near the whole question is not near each of its parts.
        """
        reader = self._evidence.reader
        several = parts_of(question, reader)
        if not several:
            return None

        def answer(text: str) -> Answer:
            part = reader.read(text)
            return _Forms(look(part), self._script).plain(part)

        return joined(question, several, answer, self._script)

    def table(self, question: Question) -> Answer | None:
        """Values that differ, or what happened when."""
        values = table.tabled(question, self._evidence)
        if not values and asks_history(question):
            values = events(question, self._evidence)
        if not values:
            return None
        return table.written(question, values, self._evidence, self._script)

    def plain(self, question: Question) -> Answer:
        """The sentences that answer, or a refusal."""
        answering = self._evidence.answering(question)
        ranked = about_the_person(question, counted_there(question, answering))
        if ranked:
            return extractive.compose(question, ranked, self._evidence, self._script)
        reason = reason_of(question, self._evidence.weights)
        return refused(
            question.text,
            self._evidence.hits,
            self._evidence.collection.documents,
            self._script,
            reason,
        )

    def plain_or_nearest(self, question: Question) -> Answer:
        """The sentences that answer, else the nearest thing that is held, else a refusal."""
        answer = self.plain(question)
        if answer.status == "answered":
            return answer
        held = nearest.held_instead(question, self._evidence)
        return nearest.offered(held, answer, self._evidence, self._script) if held else answer

    def _said(self, question: Question, candidate: Candidate, lead: str = "") -> Answer:
        """An answer of one sentence, with who says so, behind words of the assistant's own."""
        citations = Citations(self._evidence.collection.documents)
        number = citations.cite(candidate.hit, with_speaker(candidate.hit.passage, candidate.span))
        document = self._evidence.article(candidate)
        text = lead + prose(citations.all[0], document, self._script)
        sentence = AnswerSentence(text, (number,))
        return Answer(
            question=question.text,
            status="answered",
            script=self._script,
            text=text_of([sentence]),
            sentences=(sentence,),
            citations=citations.all,
            hits=tuple(self._evidence.hits),
            generator=GENERATOR,
            timings_ms=(),
        )
