"""The last look at a sentence before it is said: does a quote bear it out?

A sentence that its quote has word for word, in either script and with its numbers in any form,
passes. Of any other one every word, figure and period must be the quote's, the figures in the
quote's order, each beside the quote's own words for it and of the same indicator and period
(`quantities`). That is stricter than it is clever: what is stopped is replaced by the quote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lhassist.facts.dates import Period, periods
from lhassist.facts.numbers import quantities
from lhassist.facts.relative import unexplained
from lhassist.schema import Published
from lhassist.script import fold
from lhassist.terms.numbers import in_digits

Quote = tuple[str, Published | None]

_MARKS = re.compile(r"\s|\[\d+\]|[“”「」『』\"'‘’]")
_STOP = re.compile("[。！？!?；;，,、：:（）()—…《》〈〉·]+")
_SENTENCE = re.compile("[^。！？!?；;\n]+[。！？!?；;]*")
_NOTE = re.compile("[（(]([^（）()]*)[）)]")
_SAID_PERIOD = re.compile(
    r"(?P<year>(?:1\d|20)\d\d)年(?:(?P<first>\d{1,2})(?:月?[-–—~至到](?P<last>\d{1,2}))?月"
    r"|(?P<part>上半年|下半年|第?[一二三四]季度|全年))?(?:\d{1,2}日)?"
)
_NUMBER = re.compile(r"第?\d+(?:\.\d+)?(?:/\d+)?[%‰]?")
_UNIT = re.compile(
    "个百分点|个月|平方公里|平方米|公里|厘米|毫米|公斤|港元|美元|人次|小时|分钟|世纪|年代"
    "|[元米亩吨克斤头人名位户家个条项座件支次倍年月日号天度块根间孔级届岁款套幅处丈字类张卷期股口门]"
)
_LARGE_DIGITS = 5
_EMPTY = frozenset("的了是在为有和与及也都已达到约近超过就而其这那个把被于之")
"""Characters that a sentence may add: they turn no fact."""

_SPANS = {(1, 6): "H1", (7, 12): "H2", (1, 12): "", (1, 3): "Q1", (4, 6): "Q2"}
_SPANS |= {(7, 9): "Q3", (10, 12): "Q4"}
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in a plain text: its number with its unit, and where it stands."""

    start: int
    end: int
    said: str


def problems(text: str, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """What a text says that none of its quotes bears out.

    Args:
        text: One sentence or more, in either script; citation marks do not count.
        quotes: What is cited for it, each with the date of its article.

    Returns:
        A line for each problem, in the order of the text; empty where all is borne out.
    """
    said = fold(text)
    for quote, published in quotes:
        said = unexplained(said, fold(quote), published)
    said, found = _without_notes(said, quotes)
    held = [(_plain(quote), published) for quote, published in quotes]
    if any(_is_in(_plain(said), quote) for quote, _ in held):
        return tuple(found)
    for sentence in _SENTENCE.findall(said):
        plain = _plain(sentence)
        if not plain or any(_is_in(plain, quote) for quote, _ in held):
            continue
        each = [list(_differences(plain, quote, published)) for quote, published in held]
        each.sort(key=len)
        found += each[0] if each else [f"no quote: {sentence.strip()}"]
    return tuple(found)


def _plain(text: str) -> str:
    """A text in one form: folded, half-width, lower case, without marks, its figures in digits."""
    text = unicodedata.normalize("NFKC", fold(_MARKS.sub("", text))).lower()
    return in_digits(_MARKS.sub("", text))


def _is_in(plain: str, quote: str) -> bool:
    """Whether a plain text is a run of whole clauses of a quote."""
    wanted = _STOP.sub(",", plain).strip(",")
    held = f",{_STOP.sub(',', quote).strip(',')},"
    return bool(wanted) and f",{wanted}," in held


def _without_notes(text: str, quotes: Sequence[Quote]) -> tuple[str, list[str]]:
    """The text without the notes that say what its periods mean, and the notes that are wrong.

    今年上半年（2024年1–6月）: a note that the quote has itself stays.
    """
    held = [_plain(quote) for quote, _ in quotes]
    parts: list[str] = []
    found: list[str] = []
    done = 0
    for note in _NOTE.finditer(text):
        period = _said_period(note[1])
        if period is None or any(_plain(note[0]) in quote for quote in held):
            continue
        before = fold(text[done : note.start()])
        if not any(_means(before, period, published) for _, published in quotes):
            found.append(f"period: {note[1]}")
        parts.append(text[done : note.start()])
        done = note.end()
    return "".join(parts) + text[done:], found


def _said_period(note: str) -> Period | None:
    match = _SAID_PERIOD.fullmatch(fold(unicodedata.normalize("NFKC", note)).strip())
    if match is None:
        return None
    year = int(match["year"])
    if match["part"]:
        named = periods(f"{year}年{match['part']}")
        return named[0] if named else Period(year)
    if not match["first"]:
        return Period(year)
    if not match["last"]:
        return Period(year, f"M{int(match['first'])}")
    span = (int(match["first"]), int(match["last"]))
    return Period(year, _SPANS[span]) if span in _SPANS else None


def _means(before: str, period: Period, published: Published | None) -> bool:
    """Whether the period that a text names last is this one, in an article of this date."""
    named = periods(before, published.year if published else None)
    return bool(named) and named[-1] == period


def _differences(plain: str, quote: str, published: Published | None) -> Iterator[str]:
    """What a plain sentence has and its plain quote has not."""
    said, held = list(_figures(plain)), list(_figures(quote))
    meant = _implied(quote, published)
    held_words = _pairs(quote)
    for word in sorted(_pairs(plain) - held_words - meant):
        yield f"word: {word}"
    place = 0
    done = 0
    for figure in said:
        label = plain[done : figure.start]
        done = figure.end
        if figure.said in meant:
            continue
        at = next((i for i in range(place, len(held)) if _meet(held[i], figure)), None)
        if at is None:
            known = any(_meet(one, figure) for one in held)
            yield f"{'order' if known else 'figure'}: {figure.said}"
            continue
        begin = held[place - 1].end if place else 0
        if not _pairs(label) <= _pairs(quote[_nearest(held, at, begin) : held[at].start]) | meant:
            yield f"beside: {label}{figure.said}"
        place = at + 1
    yield from _unlike(plain, quote, published)


def _meet(one: _Figure, other: _Figure) -> bool:
    """Whether two figures are one; the unit of a large one may go unsaid: 2400亿 and 2400亿元."""
    shorter, longer = sorted((one.said, other.said), key=len)
    is_bare = shorter.isdigit() and len(shorter) >= _LARGE_DIGITS
    return shorter == longer or (
        is_bare and longer.startswith(shorter) and not longer[len(shorter)].isdigit()
    )


def _unlike(plain: str, quote: str, published: Published | None) -> Iterator[str]:
    """What a plain sentence says in figures of another indicator or period than its quote does."""
    year = published.year if published else None
    held = quantities(quote, year)
    for said in quantities(plain, year):
        if not any(one.supports(said) for one in held):
            yield f"quantity: {said.indicator} {plain[said.start : said.end]}"


def _nearest(held: Sequence[_Figure], at: int, begin: int) -> int:
    """Where the words for a figure begin: after the last one before it of the same unit."""
    unit = _NUMBER.sub("", held[at].said)
    same = [one.end for one in held[:at] if _NUMBER.sub("", one.said) == unit]
    return max(begin, same[-1] if same else 0)


def _figures(plain: str) -> Iterator[_Figure]:
    for match in _NUMBER.finditer(plain):
        unit = _UNIT.match(plain, match.end())
        end = unit.end() if unit else match.end()
        yield _Figure(match.start(), end, plain[match.start() : end])


def _pairs(plain: str) -> set[str]:
    """The neighbouring characters of a text, without its figures and what turns no fact.

    A figure is held against the quote whole, so its unit is no word beside it.
    """
    parts, done = [], 0
    for figure in _figures(plain):
        parts += [plain[done : figure.start], " "]
        done = figure.end
    words = "".join(parts) + plain[done:]
    runs = re.findall("[㐀-鿿]+|[a-z]+", "".join(" " if c in _EMPTY else c for c in words))
    return {
        pair
        for run in runs
        for pair in ([run] if run[0].isascii() or len(run) == 1 else map("".join, pairwise(run)))
    }


def _implied(quote: str, published: Published | None) -> set[str]:
    """The years that the relative ones of a quote mean in an article of this date."""
    if published is None:
        return set()
    return {f"{published.year + n}年" for word, n in _RELATIVE.items() if word in quote}
