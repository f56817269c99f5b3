"""The points in time that a text names, in any way of naming them.

2005年2月, 去年5月18日, 20世纪50年代, 明嘉靖三年 and 元代 can be held against each other: two of
them disagree where they cannot both be so. All functions take folded (Simplified) text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lhassist.facts.dates import periods
from lhassist.terms.numbers import han_value

_FULL_WIDTH = {0xFF10 + i: str(i) for i in range(10)}
_HAN_DIGITS = {ord(c): str(i) for i, c in enumerate("〇一二三四五六七八九")} | {ord("零"): "0"}
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_FOLLOWING = {"同年": 0, "当年": 0, "次年": 1, "翌年": 1}
"""Years counted from the one that was named last."""
_ANY_YEAR = (-10_000, 10_000)
_HAN = "一二两三四五六七八九十"
_DAY = (
    r"(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号](?:[至到—–-](?:\d{1,2}月)?\d{1,2}[日号])?"
    r"|[上中下]旬|[底初末])?"
)
_YEAR = (
    r"公元\d{1,4}|(?<![\d约近有达历余])(?:1\d|20)\d{2}|(?<=[（(即于])\d{3}"
    r"|[一二][〇零一二三四五六七八九]{3}"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, as precisely as a text names it.

    Attributes:
        start: Where its words begin, in the text it was read from.
        end: Where they end.
        first: The earliest year that it can lie in; negative before our era. Of a month without
            a year, long before the first: any year will do.
        last: The latest year.
        month: None where it is not named; so is `day`.
        dynasty: Of a reign or age; empty where none is named.
    """

    start: int
    end: int
    first: int
    last: int
    month: int | None = None
    day: int | None = None
    dynasty: str = ""

    def agrees(self, other: Moment) -> bool:
        """Whether both can be so: 2005年2月 and 2005年 can, 明嘉靖 and 清嘉靖 cannot."""
        pairs = ((self.month, other.month), (self.day, other.day))
        return (
            self.first <= other.last
            and other.first <= self.last
            and all(one == two for one, two in pairs if one and two)
            and (self.dynasty in other.dynasty or other.dynasty in self.dynasty)
        )

    @property
    def precision(self) -> tuple[int, int]:
        """Smaller is more precise: the years that it may lie in, then the parts it leaves open."""
        return self.last - self.first, (self.month is None) + (self.day is None)


@lru_cache(maxsize=4096)
def moments(text: str, year: int | None = None, before: str = "") -> tuple[Moment, ...]:
    """The points in time of a text, in order; the same few clauses are asked about many times.

    Args:
        text: Folded text.
        year: The year that 今年 means; None where it is not known.
        before: What stands before the text: a month alone is of the year that was named last.
    """
    plain = text.translate(_FULL_WIDTH)
    found = (
        _moment(match, plain, year, before) for match in _pattern().finditer(plain) if match[0]
    )
    return tuple(moment for moment in found if moment is not None)


def _moment(match: re.Match[str], text: str, year: int | None, before: str) -> Moment | None:
    start, end = match.span()
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    if match["reign"]:
        first, last = _reigns()[match["reign"]]
        if match["count"]:
            count = 1 if match["count"] == "元" else _number(match["count"])
            first = last = first + count - 1
        return Moment(start, end, first, last, dynasty=match["of"] or "")
    if match["dynasty"]:
        name = match["dynasty"]
        return Moment(start, end, *_dynasties()[name], dynasty=name)
    if match["century"]:
        return _of_century(match)
    named = _year(match, before + text[:start], year)
    if named is None and month is None:
        return None
    first, last = _ANY_YEAR if named is None else (named, named)
    return Moment(start, end, first, last, month, day)


def _year(match: re.Match[str], before: str, year: int | None) -> int | None:
    if match["bc"]:
        return -int(match["bc"])
    if match["year"]:
        return int(match["year"].removeprefix("公元").translate(_HAN_DIGITS))
    if match["relative"]:
        return None if year is None else year + _RELATIVE[match["relative"]]
    last = next((p.year for p in reversed(periods(before, year)) if p.year), None)
    if match["following"] or match["after"]:
        after = _number(match["after"]) if match["after"] else _FOLLOWING[match["following"]]
        return None if last is None else last + after
    return last or year


def _of_century(match: re.Match[str]) -> Moment:
    century = 20 if match["century"] == "上" else _number(match["century"])
    first = 100 * (century - 1)
    if not match["decade"]:
        return Moment(*match.span(), first + 1, first + 100)
    decade = _number(match["decade"])
    return Moment(*match.span(), first + decade, first + decade + 9)


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else int(han_value(numeral) or 0)


@cache
def _pattern() -> re.Pattern[str]:
    dynasties, reigns = (
        "|".join(sorted(names, key=len, reverse=True)) for names in (_dynasties(), _reigns())
    )
    return re.compile(
        rf"(?:(?P<of>{dynasties})[朝代]?)?(?P<reign>{reigns})"
        rf"(?:(?P<count>元|[{_HAN}]{{1,3}}|\d{{1,2}})年|年间|时期|[初末]年?|帝)"
        rf"|(?P<dynasty>{dynasties})(?:[代朝]|[初末]年?|时期|(?<=[东西南北][汉晋宋周魏朝])时?)"
        rf"|(?P<century>上|\d{{1,2}}|[{_HAN}]{{1,3}})个?世纪(?:(?P<decade>\d0|[{_HAN}]十)年代)?"
        r"|公元前(?P<bc>\d{1,4})年"
        rf"|(?:(?P<year>{_YEAR})年(?![多来前])|(?P<relative>{'|'.join(_RELATIVE)})"
        rf"|(?P<following>{'|'.join(_FOLLOWING)})|(?P<after>[{_HAN}]{{1,2}}|\d{{1,2}})年后)?"
        rf"(?:(?:(?<=[年后])的)?{_DAY})?"
    )


@cache
def _dynasties() -> dict[str, tuple[int, int]]:
    return _table("dynasties")


@cache
def _reigns() -> dict[str, tuple[int, int]]:
    return _table("reigns")


def _table(name: str) -> dict[str, tuple[int, int]]:
    text = (files(__package__) / "eras.toml").read_text(encoding="utf-8")
    rows = (line.split() for line in tomllib.loads(text)[name].strip().splitlines())
    return {word: (int(first), int(last)) for word, first, last in rows}
