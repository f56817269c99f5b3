"""Of which period a sentence's values are."""

from __future__ import annotations

import re

from lhassist.answer.question import Question
from lhassist.answer.weighing.candidates import Candidate
from lhassist.answer.weighing.sought import value_clauses
from lhassist.facts.dates import Period, periods
from lhassist.schema import Span

_WHOLE_YEAR = re.compile("全年")


def is_whole_year(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence speaks of a whole year that is asked for, and not of a part of it."""
    asked = {period.year for period in question.periods if not period.part}
    return bool(asked) and any(
        not p.part and p.year in asked for p in periods(candidate.text, candidate.year)
    )


def periods_of(candidate: Candidate) -> tuple[Period, ...]:
    """What it names itself, else what was named last before it, else its article's year."""
    for text in (candidate.text, candidate.before, candidate.above):
        named = periods(text, candidate.year)
        if named:
            return named if text is candidate.text else named[-1:]
    return (Period(candidate.year),)


def value_periods(question: Question, candidate: Candidate) -> tuple[Period, ...]:
    """The periods that a sentence's values of the asked kind are of; else its own."""
    if question.kind in ("number", "rank"):
        clauses = value_clauses(question, candidate.text)
        held = tuple(p for clause in clauses for p in _periods_at(candidate, clause))
        if held:
            return held
    return periods_of(candidate)


def newest_year(question: Question, candidate: Candidate) -> int:
    """The latest year that a sentence's values are of; 0 where unknown."""
    years = [period.year for period in value_periods(question, candidate) if period.year]
    return max(years, default=0)


def _periods_at(candidate: Candidate, clause: Span) -> tuple[Period, ...]:
    """The periods of a clause: its own, else what was named last before it."""
    text = candidate.text
    before = periods(text[: clause.start], candidate.year)[-1:] or periods_of(candidate)[:1]
    named = periods(text[clause.start : clause.end], candidate.year)
    if named:
        return named
    if _WHOLE_YEAR.search(text[clause.start : clause.end]):
        return tuple(Period(period.year) for period in before)
    return before
