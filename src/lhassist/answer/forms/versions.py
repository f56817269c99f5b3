"""What an article itself tells in several versions: 一说是…，另一说是…; 也有报道称….

Where an article says that accounts differ, each account is a value of its own, with whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lhassist.answer.citing.speaker import said_by
from lhassist.answer.evidence import Evidence
from lhassist.answer.forms.values import Value, differ, published_in, values_in
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.kinds import Kind
from lhassist.answer.weighing import sought
from lhassist.answer.weighing.candidates import Candidate
from lhassist.answer.weighing.ranking import Scored
from lhassist.answer.weighing.slots import filler
from lhassist.facts.dates import periods
from lhassist.facts.moments import moments
from lhassist.facts.numbers import figures
from lhassist.schema import Span

_BEGINS = re.compile(
    "(?:另一?种?说法|另一说|另说|也常?有(?:人|报道|报导|文章|资料)|有人(?:说|认为|把)"
    "|还有(?:人|一种说法)|通行的|一说)"
)
_TURNS = re.compile(
    r"(?:；|，(?=而))(?=(?:另一?种?说法|另一说|另说|也有(?:人|报道|报导|文章)|[而也]?[^，；。]{2,10}?"
    r"(?:则|却)?(?:记为|记作|写的是|写作|说的是|认为是|的说法是)))"
)
_ANNOUNCES = re.compile("说法.{0,12}(?:不同|不一|各异)|[两三几]种说法|有不同的?说法")
_TOLD = re.compile("(?:说法是|说是|只?说|称|认为|记为|记作|写作|写的是)[，：]?")
_QUOTED = re.compile("[「“『]([^」”』]+)[」”』]")
_VAGUE = re.compile("[数几上好][十百千万亿]+[余多]?([一-鿿])")
_SUBJECTS: frozenset[Kind] = frozenset(("number", "date", "person", "place", "what", "reason"))
_MEASURED: frozenset[Kind] = frozenset(("number", "date"))
_NAMED: frozenset[Kind] = frozenset(("person", "place", "what"))
_LATE, _FAR = 8, 3
_LESS_COVER = 0.15


@dataclass(frozen=True, slots=True)
class _Account:
    """A stretch of a sentence that is one of several accounts.

    Attributes:
        is_marked: Whether its own words say that it is one.
    """

    candidate: Candidate
    start: int
    end: int
    is_marked: bool

    @property
    def text(self) -> str:
        return self.candidate.text[self.start : self.end]


def versions(
    question: Question,
    ranked: Sequence[Scored],
    evidence: Evidence,
) -> list[Value]:
    """What the articles themselves set against each other as the answer; empty where nothing is.

    Args:
        question: As the evidence's reader read it.
        ranked: The sentences that answer, and what says as much of the question, best first.
        evidence: What they are from.
    """
    if question.kind not in _SUBJECTS:
        return []
    can_answer = {one.order: one for one in ranked}
    for one in ranked:
        if one.cover < ranked[0].cover - _LESS_COVER:
            continue
        for accounts in _accounts(one.candidate, evidence.sentences):
            values: list[Value] = []
            for account in accounts:
                known = can_answer.get(_place(account.candidate))
                if known is None and not account.is_marked:
                    continue
                if known is not None and not account.is_marked and question.kind in _MEASURED:
                    given = values_in(question, known, evidence)
                    values += sorted(given, key=lambda value: -value.share)[:1]
                else:
                    values += _value(question, one, account, evidence)
            if len(values) > 1 and differ(*values[:2]) and _of_one_unit(*values[:2]):
                return values
    return []


def _of_one_unit(one: Value, other: Value) -> bool:
    """Whether a vague count counts what the figure beside it does: 数千件 and 近6000件."""
    for value, figure in ((one, other.figure), (other, one.figure)):
        vague = _VAGUE.search(value.words)
        if figure is not None and value.figure is None and vague and vague[1] != figure.unit[:1]:
            return False
    return True


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.hit.passage.document_id, candidate.span.start


def _accounts(anchor: Candidate, found: Sequence[Candidate]) -> Iterator[list[_Account]]:
    """The accounts that stand in a sentence, or begin with it or before it, likeliest first."""
    near = _neighbours(anchor, found)
    place = near.index(anchor)
    after = near[place + 1 : place + 1 + _FAR]
    if two := _turned(anchor):
        yield two
    before = [one for one in near[:place] if not _ANNOUNCES.search(one.text) or _turned(one)]
    if before and _BEGINS.match(anchor.text):
        is_told = bool(said_by(before[-1].text))
        yield [_whole(before[-1], is_marked=is_told), _whole(anchor, is_marked=True)]
    while after and _ANNOUNCES.search(after[0].text) and not _turned(after[0]):
        after = after[1:]
    if after and (two := _turned(after[0])):
        yield two
    if after and _BEGINS.match(after[0].text):
        yield [_whole(anchor), _whole(after[0], is_marked=True)]


def _neighbours(anchor: Candidate, found: Sequence[Candidate]) -> list[Candidate]:
    """The sentences of its article that were retrieved, in order."""
    article = anchor.hit.passage.document_id
    return sorted(
        (one for one in found if one.hit.passage.document_id == article),
        key=lambda one: one.span.start,
    )


def _whole(candidate: Candidate, *, is_marked: bool = False) -> _Account:
    return _Account(candidate, 0, len(candidate.text), is_marked)


def _turned(candidate: Candidate) -> list[_Account]:
    """The two accounts of a sentence that turns from one to the other; empty where it does not."""
    turn = next((m for m in _TURNS.finditer(candidate.text) if m.start() >= _LATE), None)
    if turn is None:
        return []
    return [
        _Account(candidate, 0, turn.start(), is_marked=True),
        _Account(candidate, turn.end(), len(candidate.text), is_marked=True),
    ]


def _value(
    question: Question,
    one: Scored,
    account: _Account,
    evidence: Evidence,
) -> Iterator[Value]:
    span = _told(question, account, evidence.reader)
    if span is None:
        return
    text, start = account.text, account.start
    words = text[span.start : span.end]
    named = [p for p in periods(text[: span.start], account.candidate.year) if p.year]
    is_named = bool(named) and question.kind != "date"
    yield Value(
        replace(one, candidate=account.candidate),
        Span(start + span.start, start + span.end),
        named[-1] if is_named else published_in(evidence.article(one.candidate).published),
        is_named,
        figure=next(iter(figures(words)), None) if question.kind == "number" else None,
        moment=next(iter(moments(words, account.candidate.year)), None),
        said_by=said_by(text[: span.start]),
    )


def _told(question: Question, account: _Account, reader: Reader) -> Span | None:
    """What an account gives as the answer, in offsets of its own text."""
    text = account.text
    if question.kind == "number":
        for clause in sought.value_clauses(question, text):
            held = sought.values(question, text[clause.start : clause.end])
            for figure in figures(text[clause.start : clause.end]):
                if (str(figure.value.normalize()), figure.unit) in held:
                    return Span(clause.start + figure.start, clause.start + figure.end)
    if question.kind == "date":
        moment = next(iter(moments(text, account.candidate.year)), None)
        return Span(moment.start, moment.end) if moment else None
    if question.kind in _NAMED:
        return filler(question, text, reader)
    return _after_telling(question.kind, text)


def _after_telling(kind: Kind, text: str) -> Span | None:
    quoted = _QUOTED.search(text) if kind == "number" else None
    if quoted:
        return Span(*quoted.span(1))
    told = next(iter(_TOLD.finditer(text)), None)
    start = told.end() if told else 0
    end = len(text.rstrip("。！；，"))
    return Span(start, end) if start < end else None
