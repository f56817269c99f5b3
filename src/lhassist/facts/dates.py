"""The periods that a text speaks of: years, halves, quarters and months.

All functions take folded (Simplified) text. A relative period (今年, 上半年) is the article's, so
the caller gives the year the article appeared in; the clock is never asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FULL_WIDTH = {0xFF10 + i: str(i) for i in range(10)}
_HAN_DIGITS = {ord(c): str(i) for i, c in enumerate("〇一二三四五六七八九")} | {ord("零"): "0"}
_RELATIVE = {"今年": 0, "本年": 0, "当前": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}

_YEAR = (
    r"(?<!\d)(?:1[0-9]|20)\d{2}(?=\s*年)|(?:二[〇零]|一[九八七])[〇零一二三四五六七八九]{2}(?=年)"
)
_PART = r"前[一二三]个?季度|上半年|前半年|下半年|后半年|第?[一二三四1-4]季度|(?<!\d)1?\d月(?:份)?"
_PERIOD = re.compile(
    r"(?P<same>(?:去年|上年)同期)"
    rf"|(?:(?P<year>{_YEAR})\s*年?|(?P<relative>{'|'.join(_RELATIVE)}))?\s*的?(?P<part>{_PART})?"
)
_LENGTHS = {"": 12, "H": 6, "Q": 3, "M": 1}
"""Months of a year, half, quarter and month."""
COMPARED = re.compile(
    r"(?:比|较|同|与|和|跟)(?:去年|上年)同期|(?:去年|上年)同期(?=相?比|增|下降|减|[多少高低快慢]\d|[，。；]|$)"
    r"|(?:比|较)(?:去年|上年|前年)"
)
"""What a figure is compared with: a period that it is not of."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a part of one.

    Attributes:
        year: None where the text names a part alone and the year of its article is not known.
        part: `H1`, `H2`, `Q1` to `Q4`, `Q1-3` for 前三季度, `M1` to `M12`; empty for a whole year.
    """

    year: int | None
    part: str = ""

    @property
    def months(self) -> tuple[int, int]:
        """Its first and last month: 4 and 6 of a second quarter."""
        kind, _, last = self.part.partition("-")
        number = int(kind[1:] or 1)
        length = _LENGTHS[kind[:1]]
        return (number - 1) * length + 1, int(last or number) * length

    def answers(self, asked: Period) -> bool:
        """Whether a fact of this period is one of the asked period.

        A part of a year answers a question about the year, as what happened in May happened in
        that year; not the other way round. What is not named does not disagree.
        """
        if None not in (self.year, asked.year) and self.year != asked.year:
            return False
        return not asked.part or self.part == asked.part


def periods(text: str, year: int | None = None) -> tuple[Period, ...]:
    """All periods that a text names, in order, without what it compares them with.

    Args:
        text: Folded text.
        year: The year that 今年 means, and that 上半年 belongs to; None where it is not known.
    """
    plain = COMPARED.sub("", text).translate(_FULL_WIDTH)
    found: list[Period] = []
    for match in _PERIOD.finditer(plain):
        if not match[0].strip("的 \u3000"):
            continue
        if match["same"]:
            last = found[-1] if found else Period(None)
            period = Period(last.year - 1, last.part) if last.year else Period(None)
        else:
            period = Period(_year_of(match, found, year), _part_of(match["part"] or ""))
        if period != Period(None) and period not in found:
            found.append(period)
    return tuple(found)


def without_periods(text: str) -> str:
    """The text with a space in the place of every period that it names."""
    return _PERIOD.sub(lambda match: " " if match[0].strip() else match[0], text)


def _year_of(match: re.Match[str], found: list[Period], year: int | None) -> int | None:
    if match["year"]:
        return int(match["year"].translate(_HAN_DIGITS))
    if match["relative"]:
        return None if year is None else year + _RELATIVE[match["relative"]]
    # 2024年…，上半年…: a part without a year goes on with the one that was named before it.
    return found[-1].year if found else year


def _part_of(part: str) -> str:
    if not part:
        return ""
    if part.endswith("半年"):
        return "H1" if part[0] in "上前" else "H2"
    if part.endswith("季度") and part[0] == "前":
        return f"Q1-{'一二三'.find(part[1]) + 1}"
    if part.endswith("季度"):
        number = part.removeprefix("第")[0]
        return f"Q{'一二三四'.find(number) + 1 or number}"
    return f"M{int(re.sub(r'月份?', '', part))}"
