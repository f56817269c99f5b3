"""The kind of figure that is asked for: which clauses of a sentence have it, with what values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lhassist.answer.question import Question
from lhassist.answer.question.kinds import priced_by, unit_asked
from lhassist.facts.moments import moments
from lhassist.facts.numbers import Figure, Measure, figures
from lhassist.schema import Span

_CLAUSE_END = re.compile(r"[，。；！？,;!?]+[」』”’）]*")
_YEARS = frozenset("年")
_ANY_YEAR = 2000
"""今年 is a date, whichever year it is."""
_FIRST = re.compile(r"首位|榜首|首个|首座|首家|唯一|居首")
_ONE = re.compile(r"唯一|只有(这)?一|仅(有)?一")
COMPARES = re.compile("比|[多少]了|多多少|相差")
"""The words of a question for a difference between figures."""
_DIFFERENCE = re.compile("(多出|少了|低了|高了|高出|低于|高于|快|慢|高|低)[了约近]?$")
_QUOTED = re.compile("[「“《『][^」”》』]{1,30}[」”》』]")
_BY_DEFAULT: frozenset[Measure] = frozenset(
    ("share", "money", "length", "area", "people", "weight", "heat", "count")
)
_LEAST_BARE: dict[Measure, int] = {"money": 10**6, "people": 10**4}
"""Newspapers leave the unit of large figures out: 常住人口236.8万, 收入48亿."""
_SHORT = 6
"""A clause with no more characters beside its dates only says when: 1989年，「双汇」品牌创立."""


def value_clauses(question: Question, text: str) -> list[Span]:
    """The clauses of a folded sentence that hold the asked kind of figure, in order."""
    plain = text
    if question.kind == "date":
        # A date inside a title is no date of what the sentence tells.
        plain = _QUOTED.sub(lambda match: "“" * len(match[0]), text)
    return [clause for clause in _clauses(plain) if _has_value(question, plain, clause)]


def values(question: Question, text: str) -> frozenset[tuple[str, str]]:
    """The figures of the asked kind in a folded text, comparable between texts."""
    return frozenset(
        (str(figure.value.normalize()), figure.unit)
        for figure in figures(text)
        if _answers(question, figure)
    )


def near(text: str, clauses: list[Span]) -> list[str]:
    """Each of these clauses of a text, with the one before it."""
    starts = [0, *(clause.start for clause in _clauses(text))]
    return [
        text[max((start for start in starts if start < clause.start), default=0) : clause.end]
        for clause in clauses
    ]


def _has_value(question: Question, text: str, clause: Span) -> bool:
    part = text[clause.start : clause.end]
    if question.kind == "rank" and _FIRST.search(part):
        return True
    if question.kind == "date" and question.units <= _YEARS and moments(part, _ANY_YEAR):
        return True
    if question.kind == "number" and not question.measures and _ONE.search(part):
        return True
    return any(
        _answers(question, figure) and _is_told(question, part, figure) for figure in figures(part)
    )


def _is_told(question: Question, part: str, figure: Figure) -> bool:
    """Whether a figure is the value itself, in the asked unit, and not a difference or a total."""
    unit, price = unit_asked(question.folded), priced_by(question.folded)
    if unit and unit not in part[figure.start : figure.end + 2]:
        return False
    if price and not re.search(rf"[每一/]{price}", part):
        return False
    found = _DIFFERENCE.search(part[: figure.start])
    if found is None or COMPARES.search(question.folded):
        return True
    return len(found[1]) == 1 and "百分点" not in figure.unit


def _answers(question: Question, figure: Figure) -> bool:
    if any(figure.value == named.value for named in question.figures):
        return False
    if question.kind == "rank":
        return figure.measure == "rank"
    if question.kind == "date" and not question.measures:
        return figure.measure == "date" and figure.unit in (question.units or (figure.unit,))
    wanted = question.measures or _BY_DEFAULT
    if figure.measure in wanted:
        return True
    bare = figure.measure == "count" and not figure.unit
    return bare and any(figure.value >= _LEAST_BARE.get(measure, 10**18) for measure in wanted)


def _clauses(text: str) -> Iterator[Span]:
    """Stretches up to a comma or stop; one that only says when goes on with the next."""
    start = piece = 0
    for match in _CLAUSE_END.finditer(text):
        part = text[piece : match.end()]
        piece = match.end()
        if piece < len(text) and _length_beside_dates(part) <= _SHORT and _says_when(part):
            continue
        yield Span(start, piece)
        start = piece
    if start < len(text):
        yield Span(start, len(text))


def _length_beside_dates(part: str) -> int:
    return len(part) - sum(moment.end - moment.start for moment in moments(part, _ANY_YEAR))


def _says_when(part: str) -> bool:
    found = figures(part)
    return bool(moments(part, _ANY_YEAR)) or (
        bool(found) and all(figure.measure in ("date", "span") for figure in found)
    )
