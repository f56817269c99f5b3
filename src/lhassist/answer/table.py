"""Values that differ by date or by source, side by side and never blended.

Where a question asks for a value and fixes no year, and the articles give several, each is a row of
its own with its period, as its article has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lhassist.answer import extractive, fit
from lhassist.answer.citations import Citations
from lhassist.answer.dates import Period, periods
from lhassist.answer.evidence import Candidate, Weights
from lhassist.answer.extractive import Scored
from lhassist.answer.kinds import ASKING
from lhassist.answer.numbers import Figure, figures
from lhassist.answer.question import Question, Reader
from lhassist.answer.series import series_of
from lhassist.index import Collection
from lhassist.schema import Answer, Document, Hit, ReaderScript, Row, Span
from lhassist.script import convert

MOST_ROWS = 6

Documents = Mapping[str, Document]

_DEVELOPMENT = re.compile(
    r"(?:这|近)几年(?:来)?的?|历年的?|历次的?|是?(?:怎么|怎样|如何)(?:样)?(?:一步步)?(?:变化|变|增长|发展|变动)的?"
    r"|(?:有(?:什么|哪些|怎样的))?变化(?:过程|情况)?(?=[？?]?$)|各(?=是)"
)
_PIECE_END = re.compile("[，。；、！？,;!?]+")
_ABOUT = re.compile("(?:约|近|超过|不到|超|逾)$")
_FROM = re.compile("[由从][^到至]*$")
_DERIVED = re.compile(
    "[年人户月日]均|每|元[中里]|平均|相差|[多少][了出]|[低高快慢]了?(?=\\d)|比.{0,6}[多少高低快慢]"
)
_WIDER = re.compile("(?:全省|全国|河南省?)(?:同期)?(?=增长|下降|平均|是|为|的?增速)")
_COUNTED = re.compile("(?:多少|几)([一-鿿])(.*)")
_NOW = re.compile("如今|目前|现在|现有")
_COUNTS = frozenset(("count", "people"))
_NEAR_FIGURE = 8
_LESS_COVER = 0.12
_LEAST_COVER = 0.7
_LEAST_SHARE = 0.85
_MOST_GROWTH = 100

_LEAD: dict[ReaderScript, str] = {
    "zh-Hans": "资料中的数字因时间或来源而不同：",
    "zh-Hant": "資料中的數字因時間或來源而不同：",
    "zh-TW": "資料中的數字因時間或來源而不同：",
    "zh-HK": "資料中的數字因時間或來源而不同：",
    "en": "The articles give different values, by date or by source:",
}
_REPORTED: dict[ReaderScript, str] = {
    "zh-Hans": "按文章日期",
    "zh-Hant": "按文章日期",
    "zh-TW": "按文章日期",
    "zh-HK": "按文章日期",
    "en": "as of the article",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value that an article gives, and for when.

    Attributes:
        span: Where its words stand in the candidate's text.
        period: As an article has it; without a year where no date is known.
        is_named: Whether the article names the period; else its own date stands in.
        share: How much of the question is said at the value, comparable within one question.
    """

    scored: Scored
    span: Span
    figure: Figure
    period: Period
    is_named: bool
    share: float

    @property
    def ends(self) -> tuple[int, int]:
        """Year and month in which its period ends; year 0 where no date is known."""
        return self.period.year or 0, self.period.months[1]

    @property
    def when(self) -> str:
        """`2024年1–6月`, Simplified; empty where no date is known."""
        if self.period.year is None:
            return ""
        first, last = self.period.months
        months = (
            "" if not self.period.part else f"{first}月" if first == last else f"{first}–{last}月"
        )
        return f"{self.period.year}年{months}"


def tabled(
    question: Question,
    found: Sequence[Candidate],
    weights: Weights,
    reader: Reader,
    collection: Collection,
) -> list[Value]:
    """The values that answer a question, newest first; empty where there is no more than one.

    Args:
        question: As `reader` read it.
        found: The sentences of the retrieved passages.
        weights: Of the collection.
        reader: Reads questions about it.
        collection: Whose articles say when they appeared.
    """
    asked = _asked(question, reader)
    if asked is None:
        return []
    ranked = extractive.rank(asked, found, weights, reader)
    most = max((one.cover for one in ranked), default=0.0)
    near = [one for one in ranked if one.cover >= max(most - _LESS_COVER, _LEAST_COVER)]
    given = [
        value
        for one in near
        for value in _values(asked, one, weights, reader, collection.documents)
    ]
    # What says less of the question beside its figure is the value of something else.
    least = _LEAST_SHARE * max((value.share for value in given), default=0.0)
    given = [value for value in given if value.share >= least]
    values: dict[tuple[object, ...], Value] = {}
    seen: set[tuple[object, ...]] = set()
    for value in given:
        # A second figure of one sentence and time measures something else: 长80米，宽3米.
        place = (*value.scored.order, value.period)
        if place in seen:
            continue
        seen.add(place)
        one, other = value.figure, given[0].figure
        if _is_of_one_kind(one, other):
            values.setdefault((value.period, one.value), value)
    if len({value.figure.value for value in values.values()}) < 2:
        return []
    newest = sorted(values.values(), key=lambda value: value.ends, reverse=True)
    return newest[:MOST_ROWS]


def written(
    question: Question,
    values: Sequence[Value],
    hits: Sequence[Hit],
    collection: Collection,
    script: ReaderScript,
) -> Answer:
    """The answer that has each value as a row with its own citation."""
    citations = Citations(collection.documents)
    rows = tuple(_row(question, value, citations, collection, script) for value in values)
    lines = (f"{row.period}：{row.value}[{row.citation}]" for row in rows)
    return Answer(
        question=question.text,
        status="answered",
        script=script,
        text="\n".join((_LEAD[script], *lines)),
        sentences=(),
        citations=citations.all,
        hits=tuple(hits),
        generator=extractive.GENERATOR,
        timings_ms=(),
        form="table",
        rows=rows,
        series=series_of(rows, [value.period for value in values], script),
    )


def _asked(question: Question, reader: Reader) -> Question | None:
    """The question for the value alone; None where it asks for none, or for that of one year."""
    if question.is_foreign or question.figures or any(p.year for p in question.periods):
        return None
    if _DEVELOPMENT.search(question.folded):
        plain = re.sub("人数$", "", _DEVELOPMENT.sub("", question.folded.rstrip("？?。")))
        question = reader.read(plain if "多少" in plain else f"{plain}多少")
    return question if question.kind == "number" else None


def _values(
    question: Question, one: Scored, weights: Weights, reader: Reader, documents: Documents
) -> Iterator[Value]:
    text = one.candidate.text
    clauses = fit.value_clauses(question, text)
    is_derived = _DERIVED.search(question.folded) is not None
    for start, piece in _pieces(text):
        held = fit.values(question, piece)
        if not held or not any(clause.start <= start < clause.end for clause in clauses):
            continue
        if _WIDER.search(piece) or (_DERIVED.search(piece) and not is_derived):
            continue
        for figure in figures(piece):
            is_asked = (str(figure.value.normalize()), figure.unit) in held
            if is_asked and not _begins(figure, piece) and _counts(question, figure, piece):
                about = _ABOUT.search(piece[: figure.start])
                begin = start + (about.start() if about else figure.start)
                own = _has_subject(question, piece[: figure.start], reader)
                said = piece if own else text[: start + len(piece)]
                share = sum(weights.of_term(t) * t.share_in(said) for t in question.terms)
                yield _dated(one, Span(begin, start + figure.end), figure, share, documents)
                break


def _is_of_one_kind(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one thing: nothing grows a hundredfold between two articles."""
    smaller, larger = sorted((abs(one.value), abs(other.value)))
    same = one.measure == other.measure and (one.measure in _COUNTS or one.unit == other.unit)
    return same and larger <= _MOST_GROWTH * smaller


def _begins(figure: Figure, piece: str) -> bool:
    """Whether a figure is what another has grown from: 由2000亿元增加到2500亿元."""
    is_from = _FROM.search(piece[: figure.start]) is not None
    return is_from and re.search("[到至]", piece[figure.end :]) is not None


def _has_subject(question: Question, before: str, reader: Reader) -> bool:
    """Whether a piece says itself what its figure is of, in words that were not asked."""
    return any(
        tag.startswith("n") and len(word) > 1 and not any(t.share_in(word) for t in question.terms)
        for word, tag in reader.analyzer.tagged(before)
    )


def _counts(question: Question, figure: Figure, piece: str) -> bool:
    """Whether a figure that counts counts what is asked: 12支 and 24个科研团队, not 183家企业."""
    if figure.measure not in ("count", "people") or question.asked is None:
        return True
    asked = question.terms[question.asked]
    counted = _COUNTED.search(question.folded)
    if counted and asked.share_in(counted[2]) == 1:
        follows = asked.share_in(piece[figure.end : figure.end + _NEAR_FIGURE]) == 1
        return follows or (figure.unit in (counted[1], "人", "名") and asked.share_in(piece) == 1)
    return counted is None or figure.unit == counted[1]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _PIECE_END.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


def _dated(one: Scored, span: Span, figure: Figure, share: float, documents: Documents) -> Value:
    """The value with the period that was named last before it, else with its article's date."""
    candidate = one.candidate
    now = _NOW.search(candidate.text[: span.end])
    for text in (candidate.text[: span.end], candidate.before):
        named = [p for p in periods(text, candidate.year) if p.year]
        if named and not now:
            last: Period = named[-1]
            whole = text.rfind("全年") > max(map(text.rfind, ("上半年", "下半年", "季度")))
            part = "" if whole else last.part
            return Value(one, span, figure, Period(last.year, part), True, share)
    published = documents[candidate.hit.passage.document_id].published
    if published is None:
        return Value(one, span, figure, Period(None), False, share)
    rest = published.date[5:7]
    return Value(
        one, span, figure, Period(published.year, f"M{int(rest)}" if rest else ""), False, share
    )


def _row(
    question: Question,
    value: Value,
    citations: Citations,
    collection: Collection,
    script: ReaderScript,
) -> Row:
    candidate = value.scored.candidate
    document = collection.documents[candidate.hit.passage.document_id]
    published = document.published
    begin = candidate.span.start
    plain = _DEVELOPMENT.sub("", question.folded.rstrip("？?。"))
    label = re.sub("[是有的各]+$", "", ASKING.sub("", plain))
    return Row(
        label=convert(label, script, "zh-Hans"),
        period=convert(value.when, script, "zh-Hans"),
        value=convert(
            document.text[begin + value.span.start : begin + value.span.end],
            script,
            document.script,
        ),
        number=float(value.figure.value),
        unit=convert(value.figure.unit, script, "zh-Hans"),
        citation=citations.cite(candidate.hit, candidate.span),
        published=published.date if published else None,
        note="" if value.is_named else _REPORTED[script],
    )
