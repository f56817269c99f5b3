"""What a question takes for granted, held against the articles.

为什么漯河上半年GDP增长8.7% takes a figure for granted. Each figure, rank, date and name of a
question is taken out of it and asked for instead (漯河上半年GDP增长多少): where the articles answer
that with something else, the premise is false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lhassist.answer import extractive, fit
from lhassist.answer.evidence import Candidate, Weights
from lhassist.answer.extractive import Scored
from lhassist.answer.kinds import ASKING, Kind
from lhassist.answer.numbers import Figure, figures
from lhassist.answer.question import Question, Reader

_FRAME = re.compile(
    r"同比|环比|为什么(会|要|能|才|只|在|是)?|为何|为啥|怎么(会|能)?|[吗吧呢]?[？?。！!]*$|真的?(?=有|是)|[只才]有?(?=排|\d)"
)
_CLAUSE = re.compile("[，,；;。！？!?\n]")
_DATE = re.compile(
    r"(?:(?<!\d)\d{3,4}年)?(?:\d{1,2}月份?(?:\d{1,2}[日号])?)?(?:(?<=年)|(?<=[月份日号]))"
)
_PART = re.compile(r"(?P<number>\d+)(?P<unit>年|月|日|号)")
_SORTS = "省市县区镇乡村街路桥河湖山骨木石玉花树校院馆园"
_REIGNS = re.compile(
    "洪武|永乐|宣德|成化|弘治|正德|嘉靖|隆庆|万历|崇祯|顺治|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪"
)
_PAIRED = (("早", "晚"), ("快", "慢"), ("多", "少"), ("高", "低"), ("大", "小"), ("长", "短"))
_OPPOSITES = dict(_PAIRED) | {other: one for one, other in _PAIRED}
_OF_A_PERIOD: frozenset[Kind] = frozenset(("number", "rank"))
_TAKING: frozenset[Kind] = frozenset(("reason", "whether"))
_LEAST_COVER = 0.7
_LEAST_TERMS = 2
_LESS_COVER = 0.05
_OF_PERIODS = frozenset(("share", "money"))
_BEST = 3
_OF_RANK = frozenset(("", "位", "名"))
_MEASURED = frozenset(("area", "length", "weight", "money"))
_BINDING = 10
_WIDTH = {0xFF10 + i: str(i) for i in range(10)}


@dataclass(frozen=True, slots=True)
class Assertion:
    """Something that a text takes for granted.

    Attributes:
        said: As it is written, folded.
        asked: The questions that it would answer, the fullest first.
        value: Its figure; None of a date.
    """

    said: str
    asked: tuple[str, ...]
    value: Figure | None = None


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


def false_premise(
    question: Question, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> Finding | None:
    """What a question takes for granted and the articles say otherwise; None where nothing is.

    Args:
        question: As `reader` read it.
        found: The sentences of the retrieved passages.
        weights: Of the collection.
        reader: Reads questions about it.
    """
    if question.is_foreign or question.kind == "task":
        return None
    for assertion in assertions(question.folded, reader):
        # 2023年 in 2023年增长多少 says when, and takes nothing for granted.
        if assertion.value is None and question.kind in _OF_A_PERIOD:
            continue
        finding = examine(assertion, found, weights, reader)
        if finding is not None and not finding.holds:
            return finding
    if question.kind in _TAKING:
        return examine_names(question, found, weights, reader)
    return None


def assertions(text: str, reader: Reader, *, least: int = _BINDING) -> Iterator[Assertion]:
    """The figures and ranks of a folded text, or its dates where it has none.

    Args:
        text: A statement, or a question that takes something for granted.
        reader: Knows the words.
        least: Counts up to this are no figures: 三个 of 三个区.
    """
    text = text.translate(_WIDTH)
    clauses = _clauses(text)
    topic = _topic(clauses[0]) if clauses else ""
    found = [
        one
        for place, clause in enumerate(clauses)
        for one in _figures(clause, topic if place else "", reader, least)
    ]
    if not found:
        found = [one for clause in _clauses(text) for one in _dates(clause)]
    yield from found


def examine(
    assertion: Assertion, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> Finding | None:
    """Holds an assertion against sentences; None where none of them says anything about it."""
    for asked in assertion.asked:
        question = reader.read(asked)
        ranked = extractive.rank(question, found, weights, reader)
        if len(question.terms) < _LEAST_TERMS:
            continue
        findings = [f for one in ranked if (f := _held(assertion, question, one)) is not None]
        # A sentence about something else that has the same figure bears nothing out.
        most = max((one.scored.cover for one in findings), default=0.0)
        near = [one for one in findings if one.scored.cover >= most - _LESS_COVER]
        if near:
            return next((one for one in near if one.holds), near[0])
    return None


def _clauses(text: str) -> list[str]:
    """The clauses, without the words that ask; one that is only a topic goes to the next."""
    plain = _FRAME.sub("", text)
    return [clause for clause in _CLAUSE.split(plain) if clause.strip()]


def _topic(clause: str) -> str:
    """What the clauses after the first go on about: all before its figure."""
    found = [f for f in figures(clause) if f.measure not in ("date", "span")]
    return clause[: found[0].start] if found else clause


def _figures(clause: str, topic: str, reader: Reader, least: int) -> Iterator[Assertion]:
    for figure in figures(clause):
        if figure.measure in ("date", "phone", "clock", "span"):
            continue
        if figure.measure == "rank" and figure.unit not in _OF_RANK:
            continue  # 第十六届 says which one, and not how good.
        if figure.measure == "count" and (figure.value <= least or not figure.unit):
            continue
        said = clause[figure.start : figure.end]
        before, after = clause[: figure.start], clause[figure.end :]
        word = "第几" if figure.measure == "rank" else f"多少{_unit(figure)}"
        asked = [f"{before}{word}{rest}" for rest in _rests(after, reader)]
        asked = [topic + one for one in asked] + asked if topic else asked
        yield Assertion(said, tuple(dict.fromkeys(asked)), figure)


def _unit(figure: Figure) -> str:
    return "" if figure.measure == "share" else figure.unit


def _rests(after: str, reader: Reader) -> Iterator[str]:
    """What stands behind a figure: all without words that ask, then the thing it counts."""
    yield ASKING.sub("", after)
    counted = ""
    for word, tag in reader.analyzer.tagged(after):
        if not tag.startswith(("n", "v")) or ASKING.fullmatch(word):
            break
        counted += word
    yield counted


def _dates(clause: str) -> Iterator[Assertion]:
    for match in _DATE.finditer(clause):
        if not match[0]:
            continue
        before = re.sub("是$", "", clause[: match.start()])
        after = re.split("时(?:候)?(?=[^间代期])", clause[match.end() :], maxsplit=1)[0]
        word = "哪一年" if match[0].endswith("年") else "什么时候"
        plain = ASKING.sub("", re.sub("的$", "", after))
        yield Assertion(match[0], (f"{before}{word}{plain}",))


def _held(assertion: Assertion, question: Question, one: Scored) -> Finding | None:
    text = one.candidate.text.translate(_WIDTH)
    if assertion.value is None:
        return _date_held(assertion, text, one)
    wanted = assertion.value
    if wanted.measure in _OF_PERIODS and not _same_period(question, one.candidate):
        return None
    near = _nearest(question, wanted, text)
    if any(f.value == wanted.value and (_is_rank(f) or f.unit == wanted.unit) for f, _ in near):
        return Finding(assertion, True, one)
    if not near:
        return None
    return Finding(assertion, False, one, near[0][1] if len(near) == 1 else "")


def _is_rank(figure: Figure) -> bool:
    return figure.measure == "rank"


def _same_unit(figure: Figure, wanted: Figure) -> bool:
    """Whether two figures can be compared; 2617平方米 and 2617平方公里 can, and are not equal."""
    if figure.unit == wanted.unit or {figure.unit, wanted.unit} <= _OF_RANK:
        return True
    return figure.measure in _MEASURED and figure.value == wanted.value


def _same_period(question: Question, candidate: Candidate) -> bool:
    """Whether a rate or sum is of the asked period itself: half a year's is not the year's."""
    held = fit.periods_of(candidate)
    return all(asked in held for asked in question.periods if asked.year is not None)


def _nearest(question: Question, wanted: Figure, text: str) -> list[tuple[Figure, str]]:
    """The figures that measure the same, of the clause that says most of what is asked."""
    by_share: dict[float, list[tuple[Figure, str]]] = {}
    for span in fit.value_clauses(question, text):
        clause = text[span.start : span.end]
        alike = [
            (figure, clause[figure.start : figure.end])
            for figure in figures(clause)
            if figure.measure == wanted.measure and _same_unit(figure, wanted)
        ]
        if alike:
            share = sum(term.share_in(clause) for term in question.terms)
            by_share.setdefault(share, []).extend(alike)
    return by_share[max(by_share)] if by_share else []


def _date_held(assertion: Assertion, text: str, one: Scored) -> Finding | None:
    said = _parts(assertion.said)
    held = [(m[0], _parts(m[0])) for m in _DATE.finditer(text) if m[0]]
    near = [(words, parts) for words, parts in held if set(said) <= set(parts)]
    if not said or not near:
        return None
    if any(all(parts[unit] == number for unit, number in said.items()) for _, parts in near):
        return Finding(assertion, True, one)
    return Finding(assertion, False, one, near[0][0] if len(near) == 1 else "")


def _parts(date: str) -> dict[str, int]:
    """2022年12月15日 as 年, 月 and 日 with their numbers."""
    return {
        match["unit"].replace("号", "日"): int(match["number"]) for match in _PART.finditer(date)
    }


def examine_names(
    question: Question, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> Finding | None:
    """A name or word that the question takes for granted, where an article has another instead.

    The sentence must say all else that the question says, must not have the word anywhere around,
    and must have one of the same sort at its place: another county, another reign, something else
    that was bought, later for earlier.
    """
    plain = _FRAME.sub("", question.folded)
    plain = ASKING.sub("", plain)
    words = [(word, tag) for word, tag in reader.analyzer.tagged(plain)]
    for place, (word, tag) in enumerate(words):
        if place == 0 or not _may_be_wrong(word, tag):
            continue
        rest = "".join(one for i, (one, _) in enumerate(words) if i != place)
        asked = reader.read(rest)
        if len(asked.terms) < _LEAST_TERMS:
            continue
        for one in extractive.rank(asked, found, weights, reader)[:_BEST]:
            candidate = one.candidate
            if word in candidate.around or one.cover < _LEAST_COVER:
                continue
            before = words[place - 1][0] if words[place - 1][1].startswith("v") else ""
            if (instead := _counterpart(word, before, candidate.text)) is not None:
                return Finding(Assertion(word, (rest,)), False, one, instead)
    return None


def _may_be_wrong(word: str, tag: str) -> bool:
    return word in _OPPOSITES or (len(word) > 1 and tag.startswith(("n", "t", "l", "i")))


def _counterpart(word: str, before: str, text: str) -> str | None:
    """What stands in a folded text in the place of a word; None where nothing of its sort does."""
    if word in _OPPOSITES:
        return "" if re.search(f"比[^，。]*{_OPPOSITES[word]}", text) else None
    if _REIGNS.search(word):
        reign = _REIGNS.search(text)
        return reign[0] if reign else None
    if len(before) > 1 and before in text and not text.endswith(before):
        return ""
    if word[-1] in _SORTS and re.search(f"[一-鿿]{word[-1]}", text):
        return ""
    return None
