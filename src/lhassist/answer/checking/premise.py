"""What a question takes for granted, held against the articles.

为什么漯河上半年GDP增长8.7% takes a figure for granted. Each figure, rank, date and name of a
question is taken out of it and asked for instead (漯河上半年GDP增长多少): where the articles answer
that with something else, the premise is false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.kinds import ASKING, Kind
from lhassist.answer.weighing import dated, sought
from lhassist.answer.weighing.candidates import Candidate
from lhassist.answer.weighing.ranking import Scored
from lhassist.facts.moments import Moment, moments
from lhassist.facts.numbers import Change, Figure, change_in, figures, quantities

FRAME = re.compile(
    r"听说|据说|都说|既然|难道|，?对(?:吗|不对|吧)|，?是?真的吗|同比|环比|为什么(会|要|能|才|只|在|是)?|为何|为啥|怎么(会|能)?|[吗吧呢]?[？?。！!]*$|真的?(?=有|是)|[只才]有?(?=排|\d)"
)
_CLAUSE = re.compile("[，,；;。！？!?\n]")
_TURNS = {"增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "上升": "下降"}
_TURNED = re.compile("|".join(_TURNS))
"""A fall of 7.8% is asked for as a rise, too: the same figure, the other way, is no other one."""
_OPPOSITE: dict[Change, Change] = {"up": "down", "down": "up"}
_OF_A_PERIOD: frozenset[Kind] = frozenset(("number", "rank"))
_LEAST_TERMS = 2
_LESS_COVER = 0.05
_OF_PERIODS = frozenset(("share", "money"))
RANKED_AMONG = re.compile("全[省国市县球]|世界|增速|增幅|排名|位次")
"""Words of a question for a place among others that do not say of what."""
_OF_RANK = frozenset(("", "位", "名"))
_MEASURED = frozenset(("area", "length", "weight", "money"))
_BINDING = 10
_NEAR_FIGURE = 8
_LARGE = 10**4
_FEW = 2
_WIDTH = {0xFF10 + i: str(i) for i in range(10)}


@dataclass(frozen=True, slots=True)
class Assertion:
    """Something that a text takes for granted.

    Attributes:
        said: As it is written, folded.
        asked: The questions that it would answer, the fullest first.
        value: Its figure; None of a date or name.
        moment: Its date; None of a figure or name.
        change: Whether something rises or falls by the figure; empty where that is not said.
    """

    said: str
    asked: tuple[str, ...]
    value: Figure | None = None
    moment: Moment | None = None
    change: Change = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the articles say of an assertion.

    Attributes:
        assertion: None of a text that is held as a whole.
        holds: Whether they say the same.
        scored: The sentence that says so.
        instead: The words that stand there instead, where it is known which ones.
    """

    assertion: Assertion | None
    holds: bool
    scored: Scored
    instead: str = ""


def false_premise(question: Question, evidence: Evidence) -> Finding | None:
    """What a question takes for granted and the articles say otherwise; None where nothing is.

    Args:
        question: As the evidence's reader read it.
        evidence: What was retrieved for it.
    """
    if question.is_foreign or question.kind == "task":
        return None
    least = 1 if question.kind == "whether" else _BINDING
    for assertion in assertions(question.folded, evidence.reader, least=least):
        # 2023年 in 2023年增长多少 says when, and takes nothing for granted.
        if assertion.value is None and question.kind in _OF_A_PERIOD:
            continue
        finding = examine(assertion, evidence)
        if finding is not None and not finding.holds:
            return finding
    return None


def assertions(text: str, reader: Reader, *, least: int = _BINDING) -> Iterator[Assertion]:
    """The figures and ranks of a folded text, or its dates where it has none.

    Args:
        text: A statement, or a question that takes something for granted.
        reader: Knows the words.
        least: Counts up to this are no figures: 三个 of 三个区.
    """
    clauses = _clauses(text.translate(_WIDTH))
    topics = ["", *(_topic(clause) for clause in clauses[:-1])]
    found = [
        one
        for clause, topic in zip(clauses, topics, strict=False)
        for one in _figures(clause, topic and topics[1], reader, least)
    ]
    if not found:
        found = [
            one
            for clause, topic in zip(clauses, topics, strict=False)
            for one in _dates(clause, topic and topics[1])
        ]
        found += _turns(clauses)
    yield from found


def _turns(clauses: Sequence[str]) -> Iterator[Assertion]:
    """A rise or fall of which no figure is told: 利润为什么下降."""
    for clause in clauses:
        if (turn := _TURNED.search(clause)) and not ASKING.search(clause):
            other = clause[: turn.start()] + _TURNS[turn[0]] + "多少"
            asked = (other, clause[: turn.end()] + "多少")
            yield Assertion(turn[0], asked, change=change_in(turn[0]))


def examine(assertion: Assertion, evidence: Evidence) -> Finding | None:
    """Holds an assertion against the evidence; None where no sentence says anything about it."""
    for asked in assertion.asked:
        question = evidence.reader.read(asked)
        ranked = evidence.answering(question)
        if len(question.terms) + len(question.figures) < _LEAST_TERMS:
            continue
        findings = [f for one in ranked if (f := _held(assertion, question, one)) is not None]
        # A sentence about something else that has the same figure bears nothing out.
        most = max((one.scored.cover for one in findings), default=0.0)
        near = [one for one in findings if one.scored.cover >= most - _LESS_COVER]
        if near:
            return next((one for one in near if one.holds), _likeliest(question, near))
    return None


def _likeliest(question: Question, findings: Sequence[Finding]) -> Finding:
    """Of what stands there instead: a date that the sentence itself tells, the newest figure."""
    if question.kind == "date":
        own = (one for one in findings if one.instead and one.instead in one.scored.candidate.text)
        return next(own, findings[0])
    return max(findings, key=lambda one: dated.newest_year(question, one.scored.candidate))


def _clauses(text: str) -> list[str]:
    """The clauses, without the words that ask; one that only says when goes to the next."""
    clauses: list[str] = []
    when = ""
    for part in _CLAUSE.split(FRAME.sub("", text)):
        clause = when + part
        named = moments(clause)
        only_when = len(clause) - sum(one.end - one.start for one in named) <= _FEW
        when = clause if named and only_when else ""
        if clause.strip() and not when:
            clauses.append(clause)
    return [*clauses, when] if when else clauses


def _topic(clause: str) -> str:
    """What the clauses after the first go on about: all before its figure."""
    found = [f for f in figures(clause) if f.measure not in ("date", "span")]
    return clause[: found[0].start] if found else clause


def _figures(clause: str, topic: str, reader: Reader, least: int) -> Iterator[Assertion]:
    for figure in figures(clause):
        if figure.measure in ("date", "phone", "clock", "span"):
            continue
        if _says_which(figure, clause[figure.end :], reader):
            continue
        if figure.measure == "count" and (figure.value <= least or not figure.unit):
            continue
        said = clause[figure.start : figure.end]
        before, after = clause[: figure.start], clause[figure.end :]
        word = "第几" if figure.measure == "rank" else f"多少{_unit(figure)}"
        asked = [f"{before}{word}{rest}" for rest in _rests(after, reader)]
        asked = [topic + one for one in asked] + asked if topic else asked
        asked += [_TURNED.sub(lambda match: _TURNS[match[0]], one) for one in asked]
        yield Assertion(said, tuple(dict.fromkeys(asked)), figure, change=change_in(before))


def _says_which(figure: Figure, after: str, reader: Reader) -> bool:
    """Whether an ordinal says which one, not how good: 第十六届, 第二产业; but not 第二, 第二位."""
    if figure.measure != "rank":
        return False
    word, tag = next(iter(reader.analyzer.tagged(after)), ("", ""))
    is_name = not figure.unit and len(word) > 1 and tag.startswith("n")
    return is_name or figure.unit not in _OF_RANK


def _unit(figure: Figure) -> str:
    return "" if figure.measure == "share" else figure.unit


def _rests(after: str, reader: Reader) -> Iterator[str]:
    """What stands behind a figure: all without words that ask, the thing it counts, its noun."""
    yield ASKING.sub("", after)
    counted = first = ""
    for word, tag in reader.analyzer.tagged(after.removeprefix("的")):
        if not tag.startswith(("n", "v", "s")) or ASKING.fullmatch(word):
            break
        counted += word
        first = first or word
    yield counted
    yield first


def _dates(clause: str, topic: str) -> Iterator[Assertion]:
    for moment in moments(clause):
        if "还是" in (clause[moment.end : moment.end + 2], clause[: moment.start][-2:]):
            continue  # 明朝还是清朝 asks which.
        before = re.sub("是?[在于]?$", "", clause[: moment.start])
        after = re.split("时(?:候)?(?=[^间代期])", clause[moment.end :], maxsplit=1)[0]
        plain = ASKING.sub("", after.strip("，,的"))
        word = "哪一年" if moment.month is None else "什么时候"
        asked = [f"{before}{word}{plain}", f"{before}{plain}"]
        asked = [topic + one for one in asked] + asked if topic else asked
        said = clause[moment.start : moment.end]
        yield Assertion(said, tuple(dict.fromkeys(asked)), moment=moment)


def _held(assertion: Assertion, question: Question, one: Scored) -> Finding | None:
    if assertion.value is not None:
        return _figure_held(assertion, assertion.value, question, one)
    if assertion.moment is not None:
        return _date_held(assertion, assertion.moment, one)
    return _turn_held(assertion, question, one)


def _figure_held(
    assertion: Assertion, wanted: Figure, question: Question, one: Scored
) -> Finding | None:
    text = one.candidate.text.translate(_WIDTH)
    if wanted.measure in _OF_PERIODS and not _same_period(question, one.candidate):
        return None
    near = _nearest(question, wanted, text)
    if not near:
        return None
    same = [
        (clause, figure)
        for clause, figure in near
        if (figure.value == wanted.value and (_is_rank(figure) or figure.unit == wanted.unit))
        or _is_same_large(figure, wanted)
    ]
    if not same:
        clause, figure = near[0]
        words = clause[figure.start : figure.end] if len(near) == 1 else ""
        return Finding(assertion, False, one, words)
    changes = {change_in(clause[: figure.start]) for clause, figure in same}
    if assertion.change and changes == {_OPPOSITE[assertion.change]}:
        clause, figure = same[0]
        turned = _TURNED.findall(clause[: figure.start])
        words = (turned[-1] if turned else "") + clause[figure.start : figure.end]
        return Finding(assertion, False, one, words)
    return Finding(assertion, True, one)


def _is_rank(figure: Figure) -> bool:
    return figure.measure == "rank"


def _same_unit(figure: Figure, wanted: Figure) -> bool:
    """Whether two figures can be compared; 2617平方米 and 2617平方公里 can, and are not equal."""
    if figure.unit == wanted.unit or {figure.unit, wanted.unit} <= _OF_RANK:
        return True
    return figure.measure in _MEASURED and figure.value == wanted.value


def _is_same_large(figure: Figure, wanted: Figure) -> bool:
    """Whether two figures are one of which either leaves its unit unsaid: 236.8万, 236.8万人."""
    return figure.value == wanted.value >= _LARGE and "" in (figure.unit, wanted.unit)


def _same_period(question: Question, candidate: Candidate) -> bool:
    """Whether a rate or sum is of the asked period itself: half a year's is not the year's."""
    held = dated.periods_of(candidate)
    return all(asked in held for asked in question.periods if asked.year is not None)


def _nearest(question: Question, wanted: Figure, text: str) -> list[tuple[str, Figure]]:
    """The figures that measure the same, each with its clause: of those that say most."""
    if _is_rank(wanted):
        return _nearest_rank(question, text)
    by_share: dict[float, list[tuple[str, Figure]]] = {}
    for span in sought.value_clauses(question, text):
        clause = text[span.start : span.end]
        alike = [
            (clause, figure)
            for figure in figures(clause)
            if (figure.measure == wanted.measure and _same_unit(figure, wanted))
            or _is_same_large(figure, wanted)
        ]
        if all(figure.value != wanted.value for _, figure in alike):
            alike = [one for one in alike if _counts_asked(question, *one)] or alike
        if alike:
            share = sum(term.share_in(clause) for term in question.terms)
            by_share.setdefault(share, []).extend(alike)
    return by_share[max(by_share)] if by_share else []


def _nearest_rank(question: Question, text: str) -> list[tuple[str, Figure]]:
    """Of the places that a sentence tells, those with most of the question since the one before."""
    by_share: dict[float, list[tuple[str, Figure]]] = {}
    of_what = [
        term
        for term in question.terms
        if term.is_noun and not term.is_place and not RANKED_AMONG.fullmatch(term.text)
    ]
    done = 0
    for figure in figures(text):
        if not _is_rank(figure) or figure.unit not in _OF_RANK:
            continue
        own = text[done : figure.end]
        at = replace(figure, start=figure.start - done, end=figure.end - done)
        done = figure.end
        share = sum(term.share_in(own) for term in of_what)
        by_share.setdefault(share, []).append((own, at))
    return by_share[max(by_share)] if by_share else []


def _counts_asked(question: Question, clause: str, figure: Figure) -> bool:
    """Whether the thing asked for stands right behind a figure: 院士 of 11名院士."""
    if question.asked is None:
        return False
    after = clause[figure.end : figure.end + _NEAR_FIGURE]
    return after.startswith(question.terms[question.asked].forms)


def _turn_held(assertion: Assertion, question: Question, one: Scored) -> Finding | None:
    """Holds a rise or fall without a figure against the direction of the figure that is told."""
    text = one.candidate.text
    of = [term for term in question.terms if term.is_noun and not term.name and not term.is_place]
    for told in quantities(text, one.candidate.year):
        is_of = any(term.share_in(told.indicator) == 1 for term in of)
        if told.unit != "%" or not told.change or not is_of:
            continue
        if told.change == assertion.change:
            return Finding(assertion, True, one)
        turned = _TURNED.findall(text[: told.start])
        words = (turned[-1] if turned else "") + text[told.start : told.end]
        return Finding(assertion, False, one, words)
    return None


def _date_held(assertion: Assertion, wanted: Moment, one: Scored) -> Finding | None:
    """Holds a time against those of a sentence, else against the one named last before it."""
    candidate = one.candidate
    text, held = candidate.text, moments(candidate.text, candidate.year, candidate.before)
    for around in (candidate.before, candidate.above):
        if not held:
            text, held = around, moments(around, candidate.year)[-1:]
    near = [moment for moment in held if moment.month or not wanted.month]
    if not near:
        return None
    if any(wanted.agrees(moment) for moment in near):
        return Finding(assertion, True, one)
    instead = {text[moment.start : moment.end] for moment in near}
    return Finding(assertion, False, one, instead.pop() if len(instead) == 1 else "")
