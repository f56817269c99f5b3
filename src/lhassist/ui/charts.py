"""Dated figures as a chart: a line in SVG under points that are marks like any other.

The points are buttons in the flow of the page, so that they have the quote on hover and focus, open
the article, take the reader's text size and colours, and need no script of their own. Places are
percentages of the plot, from its left and its top. Why no library: `docs/decisions/0017-charts.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lhassist.schema import Citation, Point, ReaderScript, Series
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import arguments, label

LEFT, RIGHT = 13.0, 87.0
"""Between these the points stand, so that the first and the last have room for their words."""

NARROWEST = 300
"""Pixels of the plot on a telephone, which the words under it are laid out for."""

_CHARACTER = {True: 12.0, False: 7.0}
"""Pixels of a wide and of a narrow character."""

_NEAR = 22.0
_LOWEST = 85.0


@dataclass(frozen=True, slots=True)
class Scale:
    """The value axis: `bottom` to `top`."""

    bottom: float
    top: float

    @property
    def from_zero(self) -> bool:
        """Whether heights can be compared, and not only differences."""
        return self.bottom == 0

    def height(self, number: float) -> float:
        """Percent from the top."""
        return 100 * (self.top - number) / (self.top - self.bottom)


def scale(numbers: Sequence[float]) -> Scale:
    """From zero, unless that would press all numbers into the upper half."""
    low, high = min(numbers), max(numbers)
    if low >= 0 and low <= high / 2 and high > 0:
        return Scale(0, 1.2 * high)
    reach = (high - low) or abs(high) or 1.0
    return Scale(low - 0.4 * reach, high + 0.4 * reach)


def places(points: Sequence[Point]) -> list[float]:
    """Percent from the left, true to the time between the points."""
    months = [12 * int(point.ends[:4]) + int(point.ends[5:7]) for point in points]
    first, length = months[0], (months[-1] - months[0]) or 1
    return [LEFT + (RIGHT - LEFT) * (month - first) / length for month in months]


def lines(points: Sequence[Point], lefts: Sequence[float]) -> list[int]:
    """In which line under the plot each period stands, so that none covers another."""
    ends: list[float] = []
    chosen = []
    for point, left in zip(points, lefts, strict=True):
        half = 50 * sum(_CHARACTER[c >= "⺀"] for c in point.period) / NARROWEST
        line = next((n for n, end in enumerate(ends) if end <= left - half), len(ends))
        ends[line : line + 1] = [left + half]
        chosen.append(line)
    return chosen


def chart(series: Series, cited: Mapping[int, Citation], script: ReaderScript) -> str:
    """A series as a figure.

    Args:
        series: What to draw.
        cited: The answer's citations by number.
        script: What the series is written in.
    """
    points = series.points
    lefts, axis = places(points), scale([point.number for point in points])
    tops = [axis.height(point.number) for point in points]
    marks = "".join(
        _mark(point, cited[point.citation], lefts[n], tops[n], below=_is_low(n, lefts, tops))
        for n, point in enumerate(points)
    )
    under = lines(points, lefts)
    periods = "".join(
        f'<li style="--x: {left:.1f}%; --line: {line}">{escape(point.period)}</li>'
        for point, left, line in zip(points, lefts, under, strict=True)
    )
    path = " ".join(f"{left:.1f},{top:.1f}" for left, top in zip(lefts, tops, strict=True))
    unit = f"（{escape(series.unit)}）" if series.unit else ""
    note = "" if axis.from_zero else label("chart.cut", tag="p", classes="hint")
    return (
        f'<figure class="chart"><figcaption lang="{FONT_TAG[script]}">{escape(series.label)}{unit}'
        f'</figcaption><div class="plot"><svg viewBox="0 0 100 100" preserveAspectRatio="none"'
        f' aria-hidden="true"><polyline points="{path}"/></svg><ol>{marks}</ol></div>'
        f'<ol class="periods" aria-hidden="true" lang="{FONT_TAG[script]}"'
        f' style="--lines: {max(under) + 1}">{periods}</ol>{note}</figure>'
    )


def _is_low(number: int, lefts: Sequence[float], tops: Sequence[float]) -> bool:
    """Whether a value stands below its point: all beside it are higher, or one that is near."""
    beside = [other for other in (number - 1, number + 1) if 0 <= other < len(lefts)]
    higher = [other for other in beside if tops[other] < tops[number]]
    close = any(abs(lefts[other] - lefts[number]) < _NEAR for other in higher)
    return tops[number] < _LOWEST and (0 < len(beside) == len(higher) or close)


def _mark(point: Point, citation: Citation, left: float, top: float, *, below: bool) -> str:
    named = arguments(
        n=citation.number, title=citation.title, period=point.period, value=point.value
    )
    return (
        f'<li style="--x: {left:.1f}%; --y: {top:.1f}%"><button type="button"'
        f' class="cite point{" below" if below else ""}" data-cite="{citation.number}"'
        f' data-label-aria="chart.point"{named}><span>{escape(point.value)}</span></button></li>'
    )
