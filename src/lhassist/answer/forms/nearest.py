"""The nearest thing that is held, where the period or edition is another, or the language is.

It is offered as what it is and counts as a refusal: 2025上半年规上工业 gets
「收录的是2024年上半年的数据：…」 and the question that would have been answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lhassist.answer.citing.citations import Citations, prose, text_of
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question
from lhassist.answer.weighing import dated
from lhassist.answer.weighing.ranking import Scored
from lhassist.facts.dates import Period, without_periods
from lhassist.schema import Answer, AnswerSentence, ReaderScript, RefusalReason
from lhassist.script import convert

_LEADS: dict[ReaderScript, str] = {
    "zh-Hans": "收录的是{}的数据：",
    "zh-Hant": "收錄的是{}的數據：",
    "zh-TW": "收錄的是{}的數據：",
    "zh-HK": "收錄的是{}的數據：",
    "en": "What is held is of {}: ",
}
_EDITIONS: dict[ReaderScript, str] = {
    "zh-Hans": "收录的是{}：",
    "zh-Hant": "收錄的是{}：",
    "zh-TW": "收錄的是{}：",
    "zh-HK": "收錄的是{}：",
    "en": "What is held is {}: ",
}
_OTHERS: dict[ReaderScript, str] = {
    "zh-Hans": "收录的不是所问的时间，相近的是：",
    "zh-Hant": "收錄的不是所問的時間，相近的是：",
    "zh-TW": "收錄的不是所問的時間，相近的是：",
    "zh-HK": "收錄的不是所問的時間，相近的是：",
    "en": "Another time is held: ",
}
_BY_MEANING: dict[ReaderScript, str] = {
    "zh-Hans": "外文问题只能按意思与文章比对，所以这是最接近的原文，不一定是答案：",
    "zh-Hant": "外文問題只能按意思與文章比對，所以這是最接近的原文，不一定是答案：",
    "zh-TW": "外文問題只能按意思與文章比對，所以這是最接近的原文，不一定是答案：",
    "zh-HK": "外文問題只能按意思與文章比對，所以這是最接近的原文，不一定是答案：",
    "en": "A question in English can be matched with Chinese articles by meaning alone, so this is "
    "the nearest passage and may not answer it: ",
}
_PARTS = {
    "H1": "上半年",
    "H2": "下半年",
    "Q1": "一季度",
    "Q2": "二季度",
    "Q3": "三季度",
    "Q4": "四季度",
    "Q1-2": "前二季度",
    "Q1-3": "前三季度",
}
_EDITION = re.compile("第[零〇一二三四五六七八九十百0-9]+届")
_ALIKE = 6.0
"""Sentences whose log odds differ by less are alike; of those the nearest period is offered."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held instead.

    Attributes:
        label: The period or edition that it is of, in Simplified; empty where that is not known.
        question: The question that it answers, in Simplified; empty where none can be formed.
    """

    scored: Scored
    reason: RefusalReason
    label: str
    question: str


def held_instead(question: Question, evidence: Evidence) -> Held | None:
    """The sentence that would answer if another period or edition had been asked for.

    Args:
        question: One that nothing answers.
        evidence: What was retrieved for it.
    """
    if len(question.periods) == 1:
        undated = replace(question, periods=())
        if evidence.answering(undated):
            # Once one answers, what says as much of the question may be of a nearer period.
            return _of_period(question, evidence.ordered(undated), evidence)
    edition = _EDITION.search(question.folded)
    if edition:
        others = tuple(f for f in question.figures if f.measure != "rank")
        for one in evidence.answering(replace(question, figures=others)):
            named = _EDITION.search(one.candidate.text) or _EDITION.search(one.candidate.before)
            if named:
                asked = question.folded.replace(edition[0], named[0])
                return Held(one, "entity", named[0], _checked(asked, evidence))
    return None


def _of_period(question: Question, ranked: Sequence[Scored], evidence: Evidence) -> Held:
    wanted = question.periods[0]
    first = ranked[0]
    alike = [
        one
        for one in ranked
        if one.score >= first.score - _ALIKE
        and one.cover >= first.cover
        and (one.names_whom or not first.names_whom)
    ]
    best = min(alike, key=lambda one: _away(question, one, wanted))
    near = sorted(dated.value_periods(question, best.candidate), key=lambda p: _between(p, wanted))
    label = _label(near[0]) if near else ""
    asked = f"{label}{without_periods(question.folded).strip()}" if label else ""
    return Held(best, "period", label, _checked(asked, evidence))


def _away(question: Question, one: Scored, wanted: Period) -> tuple[int, float]:
    distances = (_between(p, wanted) for p in dated.value_periods(question, one.candidate))
    return min(distances, default=10**4), -one.score


def _between(one: Period, wanted: Period) -> int:
    """How far two periods are apart: years, and a little for another part of the year."""
    if one.year is None or wanted.year is None:
        return 10**4
    return 2 * abs(one.year - wanted.year) + (one.part != wanted.part)


def _label(period: Period) -> str:
    if period.year is None:
        return ""
    part = period.part
    return f"{period.year}年{_PARTS.get(part, part[1:] + '月' if part.startswith('M') else '')}"


def _checked(asked: str, evidence: Evidence) -> str:
    """The question, if the same sentences answer it; else empty."""
    return asked if asked and evidence.answering(evidence.reader.read(asked)) else ""


def offered(held: Held, refusal: Answer, evidence: Evidence, script: ReaderScript) -> Answer:
    """The refusal with what is held instead, in the reader's script."""
    citations = Citations(evidence.collection.documents)
    candidate = held.scored.candidate
    number = citations.cite(candidate.hit, candidate.span)
    leads = _EDITIONS if held.reason == "entity" else _LEADS
    label = convert(held.label, script, "zh-Hans")
    lead = leads[script].format(label) if label else _OTHERS[script]
    sentence = AnswerSentence(
        lead + prose(citations.all[0], evidence.article(candidate), script), (number,)
    )
    return replace(
        refusal,
        text=text_of([sentence]),
        sentences=(sentence,),
        citations=citations.all,
        form="nearest",
        reason=held.reason,
        suggestions=tuple(convert(_ended(q), script, "zh-Hans") for q in (held.question,) if q),
    )


def _ended(question: str) -> str:
    """As a reader of Chinese writes it, with GDP and ？ where folding has left gdp and ?."""
    return re.sub("[a-z]{2,}", lambda word: word[0].upper(), question.rstrip("?？")) + "？"


def by_meaning(answer: Answer, script: ReaderScript) -> Answer:
    """The answer to a question in another language, told as what is nearest.

    No word of it can be held against the articles, and its cosine does not tell a right sentence
    from a near one (`docs/answers.md`), so nothing is asserted.
    """
    first, *others = answer.sentences
    sentences = (replace(first, text=_BY_MEANING[script] + first.text), *others)
    return replace(
        answer,
        status="refused",
        text=text_of(sentences),
        sentences=sentences,
        form="nearest",
        reason="nothing",
    )
