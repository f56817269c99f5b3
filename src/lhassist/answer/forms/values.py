"""The values that a sentence gives of what is asked, each with the period that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from lhassist.answer.checking.premise import RANKED_AMONG
from lhassist.answer.citing.speaker import said_by
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader, Term
from lhassist.answer.weighing import sought
from lhassist.answer.weighing.candidates import NAMED, Candidate
from lhassist.answer.weighing.ranking import Scored
from lhassist.facts.dates import Period, periods
from lhassist.facts.moments import Moment, moments
from lhassist.facts.numbers import Figure, figures
from lhassist.schema import Published, Span

_PIECE_END = re.compile("[，。；、！？,;!?]+")
_ABOUT = re.compile("(?:大约|约|接近|近|将近|超过|不到|超|逾)$")
_NEARLY, _OVER, _UNDER = ("约", "近"), ("超过", "超", "逾"), ("不到", "接近", "将近")
_ABOUT_OR_MANY = re.compile(rf"{_ABOUT.pattern.rstrip('$')}|.*[多余]")
_MANY = re.compile("[多余](?:[十百千万亿]*)")
_FROM = re.compile("[由从][^到至]*$")
_DERIVED = re.compile(
    "[年人户月日]均|每|元[中里]|平均|相差|[多少][了出]|[低高快慢]了?(?=\\d)|比.{0,6}[多少高低快慢]"
)
_OF_ONE = "一[个块只件条棵斤亩人户年天]"
_WIDER = re.compile("(?:全省|全国|河南省?)(?:同期)?(?=增长|下降|平均|是|为|的?增速)")
_TOTAL = re.compile("[两二三四五六七八九十](?:大|个|者|项|类|家)")
_COUNTED = re.compile("(?:多少|几)([一-鿿].*)")
_SAME_TIME = re.compile("[^，。；]{0,6}(?:去年|上年)同期")
_NOW = re.compile("如今|目前|现在|现有|眼下")
_COUNTS = frozenset(("count", "people"))
_NOUNS = ("n", "l", "j", "vn")
_OF_NAMES = ("nr", "ns", "nt", "nz")
_YEARS_OF_AGE = {"岁", "年"}
_IN_METRES = {
    "平方公里": Decimal(10**6),
    "平方千米": Decimal(10**6),
    "公顷": Decimal(10**4),
    "平方米": Decimal(1),
    "公里": Decimal(1000),
    "千米": Decimal(1000),
    "米": Decimal(1),
    "厘米": Decimal("0.01"),
    "毫米": Decimal("0.001"),
    "吨": Decimal(1000),
    "公斤": Decimal(1),
    "千克": Decimal(1),
    "斤": Decimal("0.5"),
    "克": Decimal("0.001"),
}
"""Of areas, lengths and weights: square metres, metres, kilograms. 亩 are told in round terms."""
_MEASURED = re.compile("[全总]长|总?长度|[树年]龄|高度|宽度|总?面积")
_MEASURING = re.compile("^.*?(?:测定|测得|量得|测量|统计|核定|核算|显示|公布)(?:的?结果)?")
_OF_RANK = frozenset(("", "位", "名"))
_NEAR_FIGURE = 8
_LIFETIME = 100
_MOST_GROWTH = 100


@dataclass(frozen=True, slots=True)
class Value:
    """What a sentence gives as the answer, and for when.

    Attributes:
        span: Where its words stand in the candidate's text.
        period: As the article has it; without a year where no date is known.
        is_named: Whether the article names the period; else its own date stands in.
        share: How much of the question is said at the value, comparable within one question.
        figure: None where the value is no figure; so is `moment` where it is no point in time.
        said_by: Who says so, where that is told.
        told_when: The words for its time where a period does not give them: 隋代.
    """

    scored: Scored
    span: Span
    period: Period
    is_named: bool
    share: float = 1.0
    figure: Figure | None = None
    moment: Moment | None = None
    said_by: str = ""
    told_when: str = ""

    @property
    def words(self) -> str:
        """As the article has it, folded."""
        return self.scored.candidate.text[self.span.start : self.span.end]

    @property
    def amount(self) -> Decimal:
        """The figure in the unit that its kind has in common: 36平方公里 and 3600公顷 meet."""
        if self.figure is None:
            return Decimal(0)
        return self.figure.value * _IN_METRES.get(self.figure.unit, 1)

    @property
    def is_round(self) -> bool:
        """Whether it is told in round terms: 约8000件, 280多家."""
        return _ABOUT_OR_MANY.match(self.words) is not None

    @property
    def ends(self) -> tuple[int, int]:
        """Year and month in which its period ends; year 0 where no date is known."""
        return self.period.year or 0, self.period.months[1]

    @property
    def when(self) -> str:
        """`2024年1–6月`, Simplified; empty where no date is known."""
        if self.told_when or self.period.year is None:
            return self.told_when
        first, last = self.period.months
        span = f"{first}月" if first == last else f"{first}–{last}月"
        return f"{self.period.year}年{span if self.period.part else ''}"


def values_in(question: Question, one: Scored, evidence: Evidence) -> Iterator[Value]:
    """The figures or points in time that a sentence gives as the answer, in order.

    Args:
        question: For a number or a date.
        one: The sentence.
        evidence: What the sentence is from.
    """
    candidate = one.candidate
    published = evidence.article(candidate).published
    for start, piece, figure, moment in _found(question, candidate):
        here = figure or moment
        assert here is not None
        about = _ABOUT.search(piece[: here.start - start]) if figure else None
        span = Span(start + about.start() if about else here.start, here.end)
        own = _has_subject(question, piece[: here.start - start], evidence.reader)
        said = piece if own else candidate.text[: start + len(piece)]
        share = sum(
            evidence.weights.of_term(term) * max(_said(term, said, candidate), joined)
            for term, joined in zip(question.terms, _joined(question, said), strict=True)
        )
        period, is_named = _period(one, span, published, is_date=moment is not None)
        who = said_by(candidate.text[: span.start])
        yield Value(one, span, period, is_named, share, figure, moment, who)


def _found(
    question: Question, candidate: Candidate
) -> Iterator[tuple[int, str, Figure | None, Moment | None]]:
    """The values with the pieces that they stand in and where those begin."""
    text = candidate.text
    if question.kind == "date":
        yield from ((start, piece, None, one) for start, piece, one in dated_pieces(candidate))
        return
    clauses = sought.value_clauses(question, text)
    is_derived = re.search(f"{_DERIVED.pattern}|{_OF_ONE}", question.folded) is not None
    for start, piece in _pieces(text):
        held = sought.values(question, piece)
        if not held or not any(clause.start <= start < clause.end for clause in clauses):
            continue
        if _WIDER.search(piece) or (_DERIVED.search(piece) and not is_derived):
            continue
        if "、" not in question.folded and _is_of_several(text[:start] + piece):
            continue
        for figure in figures(piece):
            is_asked = (str(figure.value.normalize()), figure.unit) in held
            if figure.measure == "rank":
                is_asked &= _is_ranked(question, text[: start + figure.start], figure)
            if is_asked and not _begins(figure, piece) and _counts(question, figure, piece):
                at = replace(figure, start=start + figure.start, end=start + figure.end)
                yield start, piece, at, None
                break


def _is_ranked(question: Question, before: str, figure: Figure) -> bool:
    """Whether a place among others is of what is asked: of several, each is of what it follows."""
    earlier = [one.end for one in figures(before) if one.measure == "rank" and one.unit in _OF_RANK]
    if not earlier:
        return figure.unit in _OF_RANK
    own = before[earlier[-1] :]
    asked = (term for term in question.terms if term.is_noun and not term.is_place)
    return figure.unit in _OF_RANK and all(
        term.share_in(own) == 1 for term in asked if not RANKED_AMONG.fullmatch(term.text)
    )


def _is_of_several(before: str) -> bool:
    """Whether a clause up to its figure lists several things of which it gives the sum."""
    clause = re.split("[，。；！？]", before)[-1]
    listed, _, total = clause.rpartition("、")
    return bool(listed) and _TOTAL.search(total) is not None


def dated_pieces(candidate: Candidate) -> Iterator[tuple[int, str, Moment]]:
    """Each point in time of a sentence, with what it dates and where that begins.

    That is all from the time before it to the time after it.
    """
    text = candidate.text
    found = [
        moment
        for moment in moments(text, candidate.year, candidate.before)
        if not text.startswith("的", moment.end)  # 今年的一篇散文 says when it was written.
    ]
    ends = [moment.start for moment in found[1:]] + [len(text)]
    start = 0
    for moment, end in zip(found, ends, strict=False):
        yield start, text[start:end], moment
        start = next(
            (s + len(piece) for s, piece in _pieces(text) if s + len(piece) >= moment.end), end
        )


def of_one_kind(one: Value, other: Value) -> bool:
    """Whether two values can be of one thing: nothing grows a hundredfold between two articles."""
    if one.figure is None or other.figure is None:
        return one.figure is other.figure
    if any(value.words.startswith("0") and "." not in value.words for value in (one, other)):
        return one.words == other.words  # A code: 0395.
    smaller, larger = sorted((abs(one.amount), abs(other.amount)))
    units = {one.figure.unit, other.figure.unit}
    same = one.figure.measure == other.figure.measure and (
        one.figure.measure in _COUNTS
        or len(units) == 1
        or units == _YEARS_OF_AGE
        or units <= _IN_METRES.keys()
    )
    return same and larger <= _MOST_GROWTH * smaller


def differ(one: Value, other: Value) -> bool:
    """Whether two values cannot both be so: 约1.25万吨 and 12480吨 can."""
    if one.figure and other.figure:
        return one.amount != other.amount and not (
            _is_about(one, other.amount) or _is_about(other, one.amount)
        )
    if one.moment and other.moment:
        return not one.moment.agrees(other.moment)
    return one.words not in other.words and other.words not in one.words


def _is_about(one: Value, amount: Decimal) -> bool:
    """Whether a value that is told in round terms means an amount.

    约12,500 means what rounds to it, 280多 what begins with it, 超过 and 不到 what is beyond it by
    less than its last figure that is not 0.
    """
    if one.figure is None:
        return False
    step = _last_place(one.figure.value) * one.amount / one.figure.value
    beyond = amount - one.amount
    if _MANY.search(one.words) or one.words.startswith(_OVER):
        return 0 <= beyond < step
    if one.words.startswith(_UNDER):
        return -step < beyond <= 0
    return one.words.startswith(_NEARLY) and abs(beyond) <= step / 2


def _last_place(value: Decimal) -> Decimal:
    """What one more at the last figure of a number is that is not 0: 100 of 12500, 0.1 of 7.8."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)


def _begins(figure: Figure, piece: str) -> bool:
    """Whether a figure is what another has grown from: 由2000亿元增加到2500亿元."""
    is_from = _FROM.search(piece[: figure.start]) is not None
    return is_from and re.search("[到至]", piece[figure.end :]) is not None


def _said(term: Term, text: str, candidate: Candidate) -> float:
    """How much of a word a text says; what a sentence is about may be said before it."""
    is_name = term.name is not None or term.tag.startswith(_OF_NAMES)
    return 1.0 if is_name and candidate.meets(term) >= NAMED else term.share_in(text)


def _joined(question: Question, text: str) -> list[float]:
    """How much of each word a text says together with the word after it: 门外 of 城门外."""
    terms = question.terms
    shares = [0.0] * len(terms)
    for place, (one, other) in enumerate(pairwise(terms)):
        joined = one.text + other.text
        if joined not in question.folded:
            continue
        ends = (joined[start:] for start in range(1, len(one.text)))
        said = next((end for end in ends if end in text), other.text)
        shares[place] = (len(said) - len(other.text)) / len(one.text)
    return shares


def _has_subject(question: Question, before: str, reader: Reader) -> bool:
    """Whether a piece says itself what its value is of, in words that were not asked.

    全长 and 树龄 say what is measured, and 林业部门测定 who did so.
    """
    return any(
        tag.startswith(_NOUNS)
        and len(word) > 1
        and not _MEASURED.fullmatch(word)
        and not any(t.share_in(word) for t in question.terms)
        for word, tag in reader.analyzer.tagged(_MEASURING.sub("", before))
    )


def _counts(question: Question, figure: Figure, piece: str) -> bool:
    """Whether a figure that counts counts what is asked: 12支 and 24个科研团队, not 183家企业."""
    if question.asked is None or (figure.measure not in _COUNTS and question.measures):
        return True
    asked = question.terms[question.asked]
    counted = _COUNTED.search(question.folded)
    if counted is None or figure.unit in asked.forms:
        return True
    before, after = piece[: figure.start], piece[figure.end : figure.end + _NEAR_FIGURE]
    if len(asked.text) == 1:
        # 三个区 and 画作620幅, and not 8条 of what is 县区级的.
        is_unit = figure.unit == counted[1][:1] != asked.text
        return after.startswith(asked.forms) or (is_unit and asked.share_in(before) == 1)
    if counted[1].startswith(asked.forms):
        return asked.share_in(after) == 1 or asked.share_in(before) == 1
    if asked.share_in(counted[1][1:]) == 1:
        is_unit = figure.unit in (counted[1][0], "人", "名")
        return asked.share_in(after) == 1 or (is_unit and asked.share_in(piece) == 1)
    return figure.unit == counted[1][:1]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _PIECE_END.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


def _period(
    one: Scored, span: Span, published: Published | None, *, is_date: bool
) -> tuple[Period, bool]:
    """The period that was named last before a value, or in a heading; else its article's date.

    A value that is a date itself is told by its article's date alone.
    """
    candidate = one.candidate
    if not is_date and not _NOW.search(candidate.text[: span.end]):
        said = candidate.text[: span.end]
        if _SAME_TIME.match(said):
            said = candidate.before + said
        for text in (said, candidate.before):
            named = [p for p in periods(text, candidate.year) if _is_of_now(p, published)]
            if named:
                last = named[-1]
                whole = text.rfind("全年") > max(map(text.rfind, ("上半年", "下半年", "季度")))
                return Period(last.year, "" if whole else last.part), True
        titled = {p.year for p in periods(candidate.above) if p.year}
        if len(titled) == 1:
            return Period(titled.pop()), True
    return published_in(published), False


def _is_of_now(period: Period, published: Published | None) -> bool:
    """Whether an article can have figures of a period: no newspaper counted in 1379."""
    if period.year is None:
        return False
    return published is None or period.year >= published.year - _LIFETIME


def published_in(published: Published | None) -> Period:
    """The year or month of an article, as a period."""
    if published is None:
        return Period(None)
    month = published.date[5:7]
    return Period(published.year, f"M{int(month)}" if month else "")
