"""Values that differ by date or by source, side by side and never blended.

Where a question asks for a value and fixes no year, and the articles give several, each is a row of
its own with its period, as its article has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from lhassist.answer.citing.citations import Citations
from lhassist.answer.citing.speaker import is_named, with_speaker
from lhassist.answer.evidence import Evidence
from lhassist.answer.forms import extractive
from lhassist.answer.forms.series import series_of
from lhassist.answer.forms.sources import asks_source
from lhassist.answer.forms.values import Value, differ, of_one_kind, published_in, values_in
from lhassist.answer.forms.versions import versions
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.kinds import ASKING, Kind
from lhassist.answer.weighing.ranking import Scored
from lhassist.answer.weighing.slots import filler
from lhassist.facts.relative import explained
from lhassist.schema import Answer, ReaderScript, Row
from lhassist.script import convert

MOST_ROWS = 6

_DEVELOPMENT = re.compile(
    r"(?:这|近)几年(?:来)?的?|历年的?|历次的?|是?(?:怎么|怎样|如何)(?:样)?(?:一步步)?(?:变化|变|增长|发展|变动)的?"
    r"|(?:有(?:什么|哪些|怎样的))?变化(?:过程|情况)?(?=[？?]?$)|各(?=是)"
)
_LESS_COVER = 0.12
_LEAST_COVER = 0.7
_LEAST_SHARE = 0.8
_OF_INDICATORS = frozenset(("share", "money"))
_FIGURES: frozenset[Kind] = frozenset(("number", "rank"))
_NAMED: frozenset[Kind] = frozenset(("person", "place", "what"))

_NUMBERS_DIFFER: dict[ReaderScript, str] = {
    "zh-Hans": "资料中的数字因时间或来源而不同：",
    "zh-Hant": "資料中的數字因時間或來源而不同：",
    "zh-TW": "資料中的數字因時間或來源而不同：",
    "zh-HK": "資料中的數字因時間或來源而不同：",
    "en": "The articles give different values, by date or by source:",
}
_ACCOUNTS_DIFFER: dict[ReaderScript, str] = {
    "zh-Hans": "资料中的说法不一：",
    "zh-Hant": "資料中的說法不一：",
    "zh-TW": "資料中的說法不一：",
    "zh-HK": "資料中的說法不一：",
    "en": "The articles do not agree:",
}
_HAPPENED: dict[ReaderScript, str] = {
    "zh-Hans": "资料中记载的经过，从近到远：",
    "zh-Hant": "資料中記載的經過，從近到遠：",
    "zh-TW": "資料中記載的經過，從近到遠：",
    "zh-HK": "資料中記載的經過，從近到遠：",
    "en": "What the articles tell, the latest first:",
}
_REPORTED: dict[ReaderScript, str] = {
    "zh-Hans": "按文章日期",
    "zh-Hant": "按文章日期",
    "zh-TW": "按文章日期",
    "zh-HK": "按文章日期",
    "en": "as of the article",
}


def tabled(question: Question, evidence: Evidence) -> list[Value]:
    """The values that answer a question, newest first; empty where there is no more than one.

    Args:
        question: As the evidence's reader read it.
        evidence: What was retrieved for it.
    """
    asked = _asked(question, evidence.reader)
    if asked is None:
        return []
    ranked = evidence.answering(asked)
    if not ranked:
        return []
    # Once one answers, what says as much of the question has a say, too, however short it is.
    near = _near(evidence.ordered(asked), len(ranked))
    values: list[Value] = []
    if any(period.year for period in asked.periods):
        values = _of_the_period(asked, near, evidence)
    else:
        values = versions(asked, near, evidence) or _differing(asked, near, evidence)
    newest = sorted(values, key=lambda value: value.ends, reverse=True)
    return newest[:MOST_ROWS]


def _differing(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """What articles give as the answer at several dates, or in disagreement."""
    if question.kind in _FIGURES:
        return _numbers(question, near, evidence)
    if question.kind == "date":
        return _dates(question, near, evidence)
    return _names(question, near, evidence) if question.kind in _NAMED else []


def written(
    question: Question,
    values: Sequence[Value],
    evidence: Evidence,
    script: ReaderScript,
) -> Answer:
    """The answer that has each value as a row with its own citation."""
    citations = Citations(evidence.collection.documents)
    rows = tuple(_row(question, value, citations, evidence, script) for value in values)
    lines = []
    for row, value in zip(rows, values, strict=True):
        source = convert(value.said_by, script, "zh-Hans") if is_named(value.said_by) else ""
        who = f"（{source}）" if source else ""
        lines.append(f"{row.period}：{row.value}{who}[{row.citation}]")
    lead = _NUMBERS_DIFFER if all(value.figure for value in values) else _ACCOUNTS_DIFFER
    if all(value.told_when for value in values):
        lead = _HAPPENED
    return Answer(
        question=question.text,
        status="answered",
        script=script,
        text="\n".join((lead[script], *lines)),
        sentences=(),
        citations=citations.all,
        hits=tuple(evidence.hits),
        generator=extractive.GENERATOR,
        timings_ms=(),
        form="table",
        rows=rows,
        series=series_of(rows, [value.period for value in values], script),
    )


def _asked(question: Question, reader: Reader) -> Question | None:
    """The question for the value alone; None where it asks for none, or for more than a figure."""
    if question.is_foreign or asks_source(question):
        return None
    if any(p.year for p in question.periods) and question.kind not in _FIGURES:
        return None
    if _DEVELOPMENT.search(question.folded):
        plain = re.sub("人数$", "", _DEVELOPMENT.sub("", question.folded.rstrip("？?。")))
        question = reader.read(plain if "多少" in plain else f"{plain}多少")
    return question


def _near(ordered: Sequence[Scored], answering: int) -> list[Scored]:
    """What says as much of the question as the best, and of what answers what says most of it.

    Args:
        ordered: All sentences, best first.
        answering: How many of them are sure enough to be said.
    """
    most = max((one.cover for one in ordered), default=0.0)
    return [
        one
        for place, one in enumerate(ordered)
        if one.cover >= _LEAST_COVER and (place < answering or one.cover >= most - _LESS_COVER)
    ]


def _numbers(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """The figures of several periods or sources; empty where there is one alone."""
    given = [
        value for value in _given(question, near, evidence) if _is_of_the_part(question, value)
    ]
    if not given or not _says_of_what(question):
        return []
    units = Counter(value.figure.unit for value in given if value.figure)
    # Of growth by 7.8% and growth to the 44fold, what most articles give.
    typical = max(given, key=lambda value: units[value.figure.unit] if value.figure else 0)
    # A second figure of one article and time measures something else: 长80米，宽3米.
    firsts: dict[tuple[object, ...], Value] = {}
    for value in sorted(given, key=lambda value: not _is_in_unit(question, value)):
        firsts.setdefault((value.scored.order[0], value.period), value)
    values: dict[tuple[object, ...], Value] = {}
    for value in sorted(firsts.values(), key=lambda value: value.is_round):
        if value.figure and of_one_kind(value, typical):
            values.setdefault((value.period, value.amount), value)
    kept = list(values.values())
    return _told_once(kept) if any(differ(value, kept[0]) for value in kept) else []


def _is_in_unit(question: Question, value: Value) -> bool:
    """Whether a figure has the measure word of the question: 12支 for 多少支, and not 29名."""
    return (
        value.figure is not None
        and re.search(f"(?:多少|几){re.escape(value.figure.unit or '-')}", question.folded)
        is not None
    )


def _told_once(values: Sequence[Value]) -> list[Value]:
    """The values without those that a more exact one of the same period says as well."""
    exact = sorted(values, key=lambda value: value.is_round)
    kept: list[Value] = []
    for value in exact:
        same = (other for other in kept if other.period == value.period)
        if all(differ(value, other) for other in same):
            kept.append(value)
    return kept


def _is_of_the_part(question: Question, value: Value) -> bool:
    """Whether a value is of the part of a year that is asked for, where one is: 上半年, no year."""
    parts = {period.part for period in question.periods if period.part}
    return not parts or value.period.part in parts


def _of_the_period(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """What several articles give as the figure of the one period that is asked for."""
    kept: list[Value] = []
    for value in _numbers(question, near, evidence):
        is_of_it = value.is_named and value.period in question.periods
        if is_of_it and all(_is_otherwise(value, other) for other in kept):
            kept.append(value)
    return kept if len(kept) > 1 else []


def _is_otherwise(one: Value, other: Value) -> bool:
    """Whether another article has another figure."""
    return one.scored.order[0] != other.scored.order[0] and differ(one, other)


def _says_of_what(question: Question) -> bool:
    """Whether a question for a share or sum says of what: 漯河增长了多少 is met by every rate."""
    return not question.measures & _OF_INDICATORS or any(
        term.is_noun and not term.is_place for term in question.terms
    )


def _dates(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """The points in time that articles give, where they disagree."""
    given = _given(question, near, evidence)
    return _of_articles(given, differ)


def _names(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """The names that articles give, where they disagree."""
    given = []
    for one in near:
        span = filler(question, one.candidate.text, evidence.reader)
        if span is not None:
            period = published_in(evidence.article(one.candidate).published)
            given.append(Value(one, span, period, is_named=False))
    return _of_articles(given, differ)


def _of_articles(given: Sequence[Value], differ: Callable[[Value, Value], bool]) -> list[Value]:
    """Of each article its best value; of those that agree the first; empty where all agree."""
    best: dict[str, Value] = {}
    for value in sorted(given, key=lambda value: -value.share):
        best.setdefault(value.scored.order[0], value)
    kept: list[Value] = []
    for value in best.values():
        if all(differ(value, other) for other in kept):
            kept.append(value)
    return kept if len(kept) > 1 else []


def _given(question: Question, near: Sequence[Scored], evidence: Evidence) -> list[Value]:
    """All values of sentences, but for those of which less of the question is said."""
    values = [value for one in near for value in values_in(question, one, evidence)]
    least = _LEAST_SHARE * max((value.share for value in values), default=0.0)
    return [value for value in values if value.share >= least]


def _row(
    question: Question,
    value: Value,
    citations: Citations,
    evidence: Evidence,
    script: ReaderScript,
) -> Row:
    candidate = value.scored.candidate
    document = evidence.article(candidate)
    published = document.published
    begin = candidate.span.start
    plain = _DEVELOPMENT.sub("", question.folded.rstrip("？?。"))
    label = re.sub("[是有的各]+$", "", ASKING.sub("", plain))
    words = document.text[begin + value.span.start : begin + value.span.end]
    source = convert(value.said_by, script, "zh-Hans") if is_named(value.said_by) else ""
    notes = ("" if value.is_named else _REPORTED[script], source)
    return Row(
        label=convert(_as_typed(label, question.text), script, "zh-Hans"),
        period=convert(value.when, script, "zh-Hans"),
        value=explained(convert(words, script, document.script), script, published),
        number=float(value.figure.value) if value.figure else None,
        unit=convert(value.figure.unit, script, "zh-Hans") if value.figure else "",
        citation=citations.cite(candidate.hit, with_speaker(candidate.hit.passage, candidate.span)),
        published=published.date if published else None,
        note="；".join(filter(None, notes)),
    )


def _as_typed(folded: str, text: str) -> str:
    """Folded words with their Latin letters as somebody typed them: GDP, where folding left gdp."""

    def typed(word: re.Match[str]) -> str:
        found = re.search(re.escape(word[0]), text, re.IGNORECASE)
        return found[0] if found else word[0]

    return re.sub(r"[a-z]+", typed, folded)
