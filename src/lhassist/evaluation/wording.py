"""Whether a text says something, in either script and any form of a number.

Measures what the product writes, so it uses none of the product's own guards: a guard that is
blind to a mistake must not hide it from its measure.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from lhassist.schema import Published, Script
from lhassist.script import detect, fold
from lhassist.terms.numbers import figures, in_digits

_SILENT = re.compile(r"\s|\[\d+\]|[“”「」『』《》〈〉\"'‘’]")
_UNITS = re.compile(
    "个百分点|个月|平方公里|平方米|公里|厘米|毫米|公斤|港元|美元|分钱|人次|小时|分钟|世纪|年代"
    "|[元米亩吨克斤头人名位户家个条项座件支次倍年月日号天度块根间孔级届岁款套幅处丈字类张卷期股口套]"
)
_HAN_RUN = re.compile("[㐀-鿿]+")
_ABSENT = re.compile("没有|没|未|无|不含|缺|不在")

_RELATIVE = {"今年": 0, "本年": 0, "当前": 0, "目前": 0, "去年": -1, "上年": -1, "前年": -2}
_SPELLED = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年中": (1, 6)}
_QUARTER = re.compile("([一二三四1-4])季度")
_PLAN = re.compile("十([一二三四五])五")
_FIRST_PLAN = 2006
_NEAR_DAY = re.compile("昨[天日]|前天|[上本这下]个?(?:周|星期)")
_YEARS_OF_PLAN = 5


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text in one form, to be compared.

    Folded, half-width, lower case, without spaces, quotation and citation marks, its figures in
    digits: `百分之七点八` is `7.8%`, `2,400亿` is `240000000000`.
    """
    text = unicodedata.normalize("NFKC", fold(_SILENT.sub("", text))).lower()
    return in_digits(_SILENT.sub("", text))


def says(text: str, wanted: str) -> bool:
    """Whether a text holds one of the alternatives, `|` between them; `7.8%` is not in `17.8%`."""
    held = plain(text)
    return any(_pattern(one).search(held) for one in wanted.split("|"))


@lru_cache(maxsize=4096)
def _pattern(wanted: str) -> re.Pattern[str]:
    text = plain(wanted)
    before = r"(?<![\d.])" if text[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if text[-1:].isdigit() else ""
    return re.compile(before + re.escape(text) + after)


def says_absence(text: str) -> bool:
    """Whether a text says that something is not there."""
    return _ABSENT.search(plain(text)) is not None


def names_as_missing(text: str, wanted: str) -> bool:
    """Whether one sentence names one of the alternatives and says that it is not there."""
    return any(
        says(sentence, wanted) and says_absence(sentence)
        for sentence in re.split("[。！？!?；;\n]", text)
    )


def cover(text: str, quotes: str) -> float:
    """The share of the neighbouring pairs of Chinese characters of a text that its quotes have.

    1 for a text without such a pair.
    """
    own, held = _pairs(text), _pairs(quotes)
    return len(own & held) / len(own) if own else 1.0


def _pairs(text: str) -> set[str]:
    runs = _HAN_RUN.findall(plain(text))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def numbers(text: str) -> list[tuple[str, str]]:
    """The figures of a text in order, each with its unit, empty where it has none."""
    held = plain(text)
    found = []
    for figure in figures(held):
        unit = _UNITS.match(held, figure.end)
        found.append((figure.forms[0], unit[0] if unit else ""))
    return found


def implied(quote: str, published: Published | None) -> set[tuple[str, str]]:
    """The years and months that a quote means without giving their figures.

    今年上半年 in an article of 2024 means 2024年1–6月. The day the article appeared is among them.
    """
    held = fold(quote)
    months = {str(month) for word, ends in _SPELLED.items() if word in held for month in ends}
    for match in _QUARTER.finditer(held):
        last = 3 * ("一二三四".find(match[1]) + 1 or int(match[1]))
        months |= {str(last - 2), str(last)}
    years: set[str] = set()
    for match in _PLAN.finditer(held):
        first = _FIRST_PLAN + _YEARS_OF_PLAN * "一二三四五".index(match[1])
        years |= {str(first), str(first + _YEARS_OF_PLAN - 1)}
    days: set[str] = set()
    if "世纪以来" in held:
        years.add("2001")
    if "同期" in held:
        months |= {str(month) for month in range(1, 13)}  # Of the period that was named before.
    if published is not None:
        years.add(str(published.year))
        years |= {str(published.year + n) for word, n in _RELATIVE.items() if word in held}
        months |= {str(int(part)) for part in published.date.split("-")[1:2]}
        days = {str(int(part)) for part in published.date.split("-")[2:3]}
        if days and _NEAR_DAY.search(held):
            day = date.fromisoformat(published.date)
            near = [day + timedelta(shift) for shift in range(-14, 14)]
            days |= {str(one.day) for one in near}
            months |= {str(one.month) for one in near}
            years |= {str(one.year) for one in near}
    # 2024–2025年: the first figure of a stretch stands without its unit.
    return {(figure, unit) for figure in years for unit in ("年", "")} | {
        (figure, unit)
        for figures_of, name in ((months, "月"), (days, "日"))
        for figure in figures_of
        for unit in (name, "")
    }


def telling(text: str, script: Script) -> tuple[int, int]:
    """How many characters of a text occur in one script only, and how many of them in this one."""
    scripts = [found for c in text if (found := detect(c)) is not None]
    return len(scripts), scripts.count(script)
