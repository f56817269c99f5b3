"""The figures in a text, in any of their forms: 12.1%, 百分之十二点一 and １２．１％ meet.

`figures` reads each by itself, `quantities` what a text says with it: 上半年生产总值增长7.8%，
居第一位 says of 生产总值 that it rose by 7.8 % in the first half, and that it stood first. All
functions take folded (Simplified) text; offsets are of that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from lhassist.facts.dates import COMPARED, Period, periods, without_periods
from lhassist.terms.numbers import han_value

Measure = Literal[
    "share", "money", "length", "area", "people", "weight", "heat",
    "span", "clock", "date", "phone", "rank", "count",
]  # fmt: skip
"""What a figure measures, as far as its unit tells. `span` is a stretch of time, `clock` and `date`
are points in it, `count` is anything else, with or without a measure word."""

_FULL_WIDTH = {0xFF10 + i: str(i) for i in range(10)} | str.maketrans("％．，－", "%.,-")

_UNITS: dict[Measure, str] = {
    "share": "个百分点 百分点 % ‰ 倍 成",
    "money": "港元 美元 欧元 人民币 元 块钱 分钱",
    "length": "公里 千米 厘米 毫米 微米 米 丈 尺",
    "area": "平方公里 平方千米 平方米 公顷 亩",
    "people": "人次 人 名 位 户",
    "weight": "公斤 千克 吨 斤 克",
    "heat": "摄氏度 ℃ °c 度",
    "span": "个多月 个月 周年 年间 岁 小时 分钟 天 周",
    "clock": "点钟 点半 点整 时 点",
    "date": "世纪 年代 年 月 日 号",
    "count": (
        "个 条 项 款 座 块 支 根 件 套 只 台 间 所 部 卷 字 次 届 批 种 类 层 孔 期 辆 架 张 幅 篇"
        " 处 级 册 枚 艘 尊 页 门 轮 队 家 区 县 镇 股 场 遍 颗 棵 株 头"
    ),
}
_MEASURE_OF: dict[str, Measure] = {
    unit: measure for measure, units in _UNITS.items() for unit in units.split()
}
_UNIT = "|".join(sorted(map(re.escape, _MEASURE_OF), key=len, reverse=True))

_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "百万": 10**6, "千万": 10**7, "万": 10**4}
_SCALES |= {
    "十万": 10**5,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_SCALE = "|".join(sorted(filter(None, _SCALES), key=len, reverse=True))
_YEAR_DIGITS = 4
_NAMING_YEARS = ("公元", "公元前", "即", "于", "（", "(")
_PHONE_DIGITS = 7
_LARGE = 10**4

_HAN = "[零〇一二两三四五六七八九十百千万亿]"
_HAN_SCALE = "万亿|[百千]?[万亿]|千(?=[米克])"
"""Behind 一点零一 or 三百多; a whole numeral has its own in it. 八点五十 is a time."""
_FIGURE = re.compile(
    rf"(?P<rank>第)?(?:(?P<parts>{_HAN}+)分之)?"
    rf"(?:(?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*[多余]?(?P<scale>{_SCALE})?"
    rf"|(?P<han>{_HAN}+(?:点[零〇一二三四五六七八九]+)?)[多余几来]?(?P<han_scale>{_HAN_SCALE})?)"
    rf"[多余几来]?\s*(?P<unit>{_UNIT})?"
)
_NO_COUNT = ("一", "零", "〇")
"""一个 is an article, and 零部件 no part of a thing."""
_HAN_YEAR = re.compile("[零〇一二三四五六七八九]{4}")


Change = Literal["up", "down", ""]

_CLAUSE = re.compile("[，,；;。！？!?：:\n、（）()]")
_RISES = re.compile("增长|增加|上升|提高|上涨|增幅|增速|涨幅|涨|多了|多出|扩大|高出?")
_FALLS = re.compile("下降|减少|降低|下滑|回落|降幅|跌|少了|缩减|缩小|低了?")
_VERBS = re.compile(
    "同比|环比|比上年|比去年|同期|已经|累计|一共|总共|分别|达到?|实现|完成|超过|突破|接近|大约|平均"
    "|[约近超逾共已为是有在居列排名位占至到由从仅只的了则也还就合计]"
)
_COUNTED = re.compile("[^，,；;。！？!?：:、（）()和与及以或的]{1,8}")
_COUNTING = frozenset(("count", "people"))
_OF_RANK = ("", "位", "名")
_PERCENT = {"%", "个百分点", "百分点"}
_TIMES = frozenset(("date", "clock", "phone"))
_WORDS = re.compile("[一-鿿]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text gives it.

    Attributes:
        start: Where it begins, in the text it was read from.
        end: Where it ends, its unit included.
        value: In whole units: 2,400 亿 is 240000000000; of percent: 7.8% is 7.8, 四分之一 is 25.
        unit: The unit or measure word as printed, `%` for every 分之, else empty.
        measure: What it measures.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing that a text says in figures.

    Attributes:
        start: Where the figure begins in the text; `end` is where it ends, its unit included.
        indicator: What it is of, in the words of the text without its verbs; empty where a text
            does not say.
        value: In whole units; of a rank the place.
        unit: As printed; `%` for every 分之.
        period: None where the text names none.
        rank: The place among others; None where the figure is no rank.
        change: Whether the indicator rose or fell by the figure; empty where neither is said.
    """

    start: int
    end: int
    indicator: str
    value: Decimal
    unit: str
    period: Period | None
    rank: int | None
    change: Change

    def supports(self, said: Quantity) -> bool:
        """Whether a text that says this bears out what another says."""
        return (
            self.value == said.value
            and (self.rank is None) == (said.rank is None)
            and (self.rank is not None or _units_meet(self, said))
            and (not said.change or not self.change or self.change == said.change)
            and (said.period is None or self.period is None or self.period == said.period)
            and _words(said.indicator) <= _words(self.indicator)
        )


def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order.

    A Chinese numeral counts where a 第, 分之 or unit shows that it is one, or where it is large; so
    一直 and 三剑客 do not. 一 counts as an ordinal or fraction only, for 一个 is mostly an article.
    """
    plain = text.translate(_FULL_WIDTH)
    found = (_figure(match) for match in _FIGURE.finditer(plain))
    return tuple(figure for figure in found if figure is not None)


def quantities(text: str, year: int | None = None) -> tuple[Quantity, ...]:
    """All that a text says in figures, in order; dates, times and telephone numbers are none.

    Args:
        text: Folded text.
        year: What 今年 means; None where it is not known.
    """
    return tuple(_read(text, year))


def _figure(match: re.Match[str]) -> Figure | None:
    digits, han, unit = match["digits"], match["han"], match["unit"] or ""
    is_rank, parts = match["rank"] is not None, match["parts"]
    value = _value(match)
    if value is None:
        return None
    if han and not (is_rank or parts or (unit and han not in _NO_COUNT) or value >= _LARGE):
        return None
    if parts:
        whole = han_value(parts)
        if not whole:
            return None
        value, unit = value * 100 / whole, "%"
    measure = _MEASURE_OF.get(unit, "count")
    if is_rank:
        measure = "rank"
    elif unit == "年" and _lasts(match):
        measure = "span"
    elif not unit and digits and digits.isdigit() and len(digits) >= _PHONE_DIGITS:
        measure = "count" if match["scale"] else "phone"
    return Figure(match.start(), match.end(), value, unit, measure)


def _lasts(match: re.Match[str]) -> bool:
    """Whether years are counted, as in 永元十二年 and 约800年, and not named, as in 公元800年."""
    if match["han"]:
        return not _HAN_YEAR.fullmatch(match["han"])
    before = match.string[: match.start()]
    return len(match["digits"]) < _YEAR_DIGITS and not before.endswith(_NAMING_YEARS)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["han"]:
        value = han_value(match["han"])
        return None if value is None else value * _SCALES[match["han_scale"] or ""]
    return Decimal(match["digits"].replace(",", "")) * _SCALES[match["scale"] or ""]


def _read(text: str, year: int | None) -> Iterator[Quantity]:
    found = [figure for figure in figures(text) if not _names(figure, text)]
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
    indicator = ""
    done = 0
    for figure in found:
        clause = max(start for start in starts if start <= figure.start)
        begin = max(clause, done)
        own = _indicator(text[begin : figure.start])
        counted = _counted(text, figure)
        if counted or own:
            indicator = counted or own
        named = [p for p in periods(text[: figure.start], year) if p != Period(None)]
        yield Quantity(
            start=figure.start,
            end=figure.end,
            indicator=indicator,
            value=figure.value,
            unit=figure.unit,
            period=named[-1] if named else None,
            rank=int(figure.value) if figure.measure == "rank" else None,
            change=change_in(text[begin : figure.start]),
        )
        done = figure.end


def _names(figure: Figure, text: str) -> bool:
    """Whether a figure says when or which one, and not how much: 第一产业, 第十六届."""
    if figure.measure != "rank":
        return figure.measure in _TIMES
    return figure.unit not in _OF_RANK or text[figure.end : figure.end + 1].isalpha()


def _indicator(before: str) -> str:
    """The words before a figure that say what it is of."""
    plain = without_periods(COMPARED.sub(" ", before))
    for pattern in (_RISES, _FALLS, _VERBS):
        plain = pattern.sub(" ", plain)
    return "".join(_WORDS.findall(plain.lower()))


def _counted(text: str, figure: Figure) -> str:
    """The thing that a measure word counts: 院士 of 11名院士."""
    if figure.measure not in _COUNTING or not figure.unit:
        return ""
    match = _COUNTED.match(text, figure.end)
    return match[0] if match else ""


def _units_meet(one: Quantity, other: Quantity) -> bool:
    """12.1个百分点 meets 12.1%, and 2400亿 meets 2400亿元: of large sums the unit goes unsaid."""
    units = {one.unit, other.unit}
    return len(units) == 1 or units <= _PERCENT or ("" in units and one.value >= _LARGE)


def change_in(before: str) -> Change:
    """Whether the folded words before a figure say that something rose or fell by it."""
    rises = [match.start() for match in _RISES.finditer(before)]
    falls = [match.start() for match in _FALLS.finditer(before)]
    if not rises and not falls:
        return ""
    return "up" if max(rises, default=-1) > max(falls, default=-1) else "down"


def _words(indicator: str) -> set[str]:
    """The pairs of neighbouring characters of an indicator."""
    return {one + other for one, other in pairwise(indicator)} or set(indicator)
