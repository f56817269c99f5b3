"""What happened when: a question for a history is answered by dated events, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lhassist.answer.evidence import Evidence
from lhassist.answer.forms.values import Value
from lhassist.answer.question import Question, Reader
from lhassist.answer.weighing.candidates import ABOVE, Candidate, pairs
from lhassist.answer.weighing.ranking import Scored
from lhassist.facts.dates import Period
from lhassist.facts.moments import Moment, moments
from lhassist.schema import Span

MOST_EVENTS = 12
LEAST_EVENTS = 2

_HISTORY = re.compile(
    "大事|大事记|年表|历程|沿革|发展史|来龙去脉|一步步|历史上|[前先]后(?:一共|总共)?.{1,6}几次"
    "|(?:哪些|什么)(?:重要|关键)?(?:的)?(?:事件|节点|阶段|变迁)"
)
_FRAME = frozenset(
    (
        "大事",
        "大事记",
        "年表",
        "历程",
        "沿革",
        "发展史",
        "历史",
        "前后",
        "事件",
        "节点",
        "阶段",
        "变迁",
        "发展",
    )
)
_CLAUSE_END = re.compile("[，。；：！？、]")
_RANGE = re.compile("[至到—–-]")
_SAME_YEAR = ("当年", "同年")
_RELATIVE = ("今年", "去年", "前年", "本年", "明年")
_EDGES = "，。；、：！？ "
_TELLING = 0.25
_SAME = 0.5


def asks_history(question: Question) -> bool:
    """Whether a question asks how something came about, and not for one fact."""
    return not question.is_foreign and _HISTORY.search(question.folded) is not None


def events(question: Question, evidence: Evidence) -> list[Value]:
    """The dated events of what a question is about, newest first; empty where there is one alone.

    Args:
        question: For a history.
        evidence: What was retrieved for it.
    """
    names = [
        term
        for term in question.terms
        if (term.name or term.is_place) and evidence.weights.of_term(term) >= _TELLING
    ]
    topics = _topics(question, evidence.reader)
    told: list[Value] = []
    for candidate in evidence.sentences:
        if not all(candidate.meets(term) >= ABOVE for term in names):
            continue
        for value in _events_of(candidate):
            is_about = not topics or any(
                topic in text for topic in topics for text in (value.words, candidate.above)
            )
            if is_about and not any(_same(value, known) for known in told):
                told.append(value)
    newest = sorted(told, key=_order, reverse=True)[:MOST_EVENTS]
    return newest if len(newest) >= LEAST_EVENTS else []


def _topics(question: Question, reader: Reader) -> list[str]:
    """What of a thing is asked for: 名字 of 用过哪些名字, else 发掘 of 发掘了几次."""
    words = [
        (word, tag)
        for word, tag in reader.analyzer.tagged(question.folded)
        if len(word) > 1 and word not in _FRAME and not reader.names.entry(word)
    ]
    nouns = [word for word, tag in words if tag == "n"]
    return nouns or [word for word, tag in words if tag in ("v", "vn")]


def _events_of(candidate: Candidate) -> Iterator[Value]:
    text = candidate.text
    scored = Scored(
        candidate,
        score=0.0,
        cover=0.0,
        said=(),
        names_whom=True,
        is_barred=False,
        order=(candidate.hit.passage.document_id, 0),
    )
    edges = [0, *(match.end() for match in _CLAUSE_END.finditer(text))]
    by_clause: dict[int, list[Moment]] = {}
    for moment in moments(text, candidate.year, candidate.before):
        if text[moment.start : moment.end] not in _SAME_YEAR:
            start = max(edge for edge in edges if edge <= moment.start)
            by_clause.setdefault(start, []).append(moment)
    ends = [*list(by_clause)[1:], len(text)]
    begun: tuple[int, Moment] | None = None
    for (start, named), end in zip(by_clause.items(), ends, strict=False):
        begin, first = begun or (start, named[0])
        last = named[1] if len(named) > 1 and _is_range(text, named) else named[0]
        is_leading = not text[start : named[0].start].strip(_EDGES)
        is_attribute = text.startswith("的", last.end)
        span = _trimmed(text, last.end if is_leading and not is_attribute else begin, end)
        if span.start == span.end:
            begun = last.end, first  # 明嘉靖三年，也就是1524年: the event comes after both.
            continue
        until = last.end if begun is None else first.end
        when = _when(first, text[first.start : until], candidate.year)
        begun = None
        yield Value(scored, span, Period(last.last), is_named=True, moment=last, told_when=when)


def _is_range(text: str, named: Sequence[Moment]) -> bool:
    """Whether two times are one: 1983年至2013年."""
    return _RANGE.fullmatch(text[named[0].end : named[1].start]) is not None


def _when(moment: Moment, words: str, year: int | None) -> str:
    """The words of a time, with the year that 今年, or a day without a year, means."""
    if words.startswith(_RELATIVE):
        return f"{moment.first}年{words[2:]}"
    is_bare = moment.month is not None and "年" not in words and moment.first == year
    return f"{year}年{words}" if is_bare else words


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _order(value: Value) -> tuple[int, int, int]:
    moment = value.moment
    return (moment.last, moment.month or 0, moment.day or 0) if moment else (0, 0, 0)


def _same(one: Value, other: Value) -> bool:
    """Whether two articles tell one event."""
    if one.moment is None or other.moment is None or not one.moment.agrees(other.moment):
        return False
    held, said = set(pairs(one.words)), set(pairs(other.words))
    return len(held & said) >= _SAME * min(len(held), len(said))
