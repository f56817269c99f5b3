"""Whether a sentence can answer a question at all, however near it sounds.

Nearness cannot tell last year's figure from this year's, or one city's from another's. These rules
can: a sentence that breaks one is out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lhassist.answer.dates import Period, periods
from lhassist.answer.evidence import ABOVE, Candidate, Weights
from lhassist.answer.numbers import Figure, Measure, figures
from lhassist.answer.question import Question
from lhassist.schema import Span
from lhassist.terms import Analyzer

_CLAUSE_END = re.compile(r"[，。；！？,;!?]+[」』”’）]*")
_ASKS = re.compile(r"[？?][」』”’）]*$")
_DATED = re.compile(
    r"[一-鿿]{2}[元一二三四五六七八九十]{1,3}年|(今|去|前|当|次|同|翌)年|[夏商周秦汉隋唐宋元明清]代|南北朝"
    r"|[东西]?[汉晋]|[南北]宋"
)
_FIRST = re.compile(r"首位|榜首|首个|首座|首家|唯一|居首")
_ONE = re.compile(r"唯一|只有(这)?一|仅(有)?一")
_PLACE = re.compile(r"[省市县区镇乡村街路河山湖园馆校院国岛]|北岸|南岸|中心|大厦|广场|社区")
_TITLED = re.compile(
    r"[一-鿿]{2,3}(先生|女士|教授|院士|兄弟|父子)|(知县|书记|市长|厂长|院长|主任)[一-鿿]{2}"
)

_BY_DEFAULT: frozenset[Measure] = frozenset(
    ("share", "money", "length", "area", "people", "weight", "heat", "count")
)
_LEAST_BARE: dict[Measure, int] = {"money": 10**6, "people": 10**4}
"""Newspapers leave the unit of large figures out: 常住人口236.8万, 收入48亿."""

_TELLING = 0.25

_SHORT_DATE = 12
"""A clause no longer than this that holds a date only says when: 1989年，「双汇」品牌创立."""


def fits(question: Question, candidate: Candidate, weights: Weights, analyzer: Analyzer) -> bool:
    """Whether the sentence is of the asked period and place, and has the kind of thing asked."""
    return (
        question.kind != "task"
        and not _ASKS.search(candidate.text)
        and _period_fits(question, candidate)
        and _figures_fit(question, candidate)
        and _places_fit(question, candidate, weights)
        and _kind_fits(question, candidate, analyzer)
    )


def is_whole_year(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence speaks of a whole year that is asked for, and not of a part of it."""
    asked = {period.year for period in question.periods if not period.part}
    return any(not p.part and p.year in asked for p in periods(candidate.text, candidate.year))


def value_clauses(question: Question, text: str) -> list[Span]:
    """The clauses of a folded sentence that hold the asked kind of figure, in order."""
    return [clause for clause in _clauses(text) if _has_value(question, text, clause)]


def values(question: Question, text: str) -> frozenset[tuple[str, str]]:
    """The figures of the asked kind in a folded text, comparable between texts."""
    return frozenset(
        (str(figure.value.normalize()), figure.unit)
        for figure in figures(text)
        if _answers(question, figure)
    )


def _period_fits(question: Question, candidate: Candidate) -> bool:
    if not question.periods:
        return True
    held = _periods_of(candidate)
    return any(period.answers(asked) for asked in question.periods for period in held)


def _periods_of(candidate: Candidate) -> tuple[Period, ...]:
    """What it names itself, else what was named last before it, else its article's year."""
    for text in (candidate.text, candidate.before, candidate.above):
        named = periods(text, candidate.year)
        if named:
            return named if text is candidate.text else named[-1:]
    return (Period(candidate.year),)


def _figures_fit(question: Question, candidate: Candidate) -> bool:
    """第二十一届 is not answered by the sixteenth, nor 增长8.7% by 7.8%."""
    if not question.figures:
        return True
    known = "\n".join((candidate.above, candidate.before, candidate.text))
    held = {(figure.value, figure.measure == "rank") for figure in figures(known)}
    return all((figure.value, figure.measure == "rank") in held for figure in question.figures)


def _places_fit(question: Question, candidate: Candidate, weights: Weights) -> bool:
    """Another place's figure is no answer, though the passage may name both.

    The place that most articles are about (漯河) needs no naming.
    """
    return all(
        candidate.meets(term) >= ABOVE
        for term in question.terms
        if term.is_place and weights.of(term.text) >= _TELLING
    )


def _kind_fits(question: Question, candidate: Candidate, analyzer: Analyzer) -> bool:
    text = candidate.text
    if question.kind == "person":
        return _names_person(question, text, analyzer)
    if question.kind == "place":
        return _PLACE.search(text) is not None
    if question.kind in ("number", "rank", "date"):
        clauses = value_clauses(question, text)
        return bool(clauses) and _asked_beside(question, text, clauses)
    return True


def _asked_beside(question: Question, text: str, clauses: list[Span]) -> bool:
    """What the figure is asked of stands in the figure's clause, if the sentence says the word."""
    if question.asked is None or question.kind != "number":
        return True
    asked = question.terms[question.asked]
    if not any(form in text for form in asked.forms):
        return True
    return any(form in text[c.start : c.end] for c in clauses for form in asked.forms)


def _has_value(question: Question, text: str, clause: Span) -> bool:
    part = text[clause.start : clause.end]
    if question.kind == "rank" and _FIRST.search(part):
        return True
    if question.kind == "date" and _DATED.search(part):
        return True
    if question.kind == "number" and not question.measures and _ONE.search(part):
        return True
    return any(_answers(question, figure) for figure in figures(part))


def _answers(question: Question, figure: Figure) -> bool:
    if any(figure.value == named.value for named in question.figures):
        return False
    if question.kind == "rank":
        return figure.measure == "rank"
    if question.kind == "date" and not question.measures:
        return figure.measure == "date"
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
        if piece < len(text) and len(part) <= _SHORT_DATE and _says_when(part):
            continue
        yield Span(start, piece)
        start = piece
    if start < len(text):
        yield Span(start, len(text))


def _says_when(part: str) -> bool:
    found = figures(part)
    return _DATED.search(part) is not None or (
        bool(found) and all(figure.measure in ("date", "span") for figure in found)
    )


def _names_person(question: Question, text: str, analyzer: Analyzer) -> bool:
    asked = {term.text for term in question.terms}
    return _TITLED.search(text) is not None or any(
        tag == "nr" and len(word) > 1 and word not in asked for word, tag in analyzer.tagged(text)
    )
