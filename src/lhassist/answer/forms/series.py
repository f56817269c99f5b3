"""The numbers of a table as a series to draw: one thing, in one unit, at several times."""

from __future__ import annotations

from collections.abc import Sequence

from lhassist.facts.dates import Period
from lhassist.schema import Point, ReaderScript, Row, Series
from lhassist.script import convert

LEAST_POINTS = 3
"""Two numbers are compared sooner in words than in a chart."""

_LARGE = ((10**8, "亿"), (10**4, "万"))


def series_of(
    rows: Sequence[Row], periods: Sequence[Period], script: ReaderScript
) -> Series | None:
    """The rows as a series; None where they are too few or cannot be compared.

    They cannot where their units differ, where two end at the same time, or where sums are of
    stretches that differ in length: half a year's is smaller than a year's, and no fall.

    Args:
        rows: Of a table.
        periods: The rows' periods, in the same order.
        script: What the rows are written in.
    """
    numbers = [row.number for row in rows if row.number is not None]
    units = {row.unit for row in rows}
    lengths = {last - first for first, last in (period.months for period in periods)}
    ends = {f"{period.year}-{period.months[1]:02}" for period in periods if period.year}
    if len(numbers) < max(LEAST_POINTS, len(rows)) or len(ends) < len(rows):
        return None
    if len(units) > 1 or (len(lengths) > 1 and units != {"%"}):
        return None
    least = min(map(abs, numbers))
    scale, large = next((one for one in _LARGE if least >= one[0]), (1, ""))
    points = [
        Point(
            row.period,
            f"{period.year}-{period.months[1]:02}",
            row.value,
            number / scale,
            row.citation,
        )
        for row, period, number in zip(rows, periods, numbers, strict=True)
    ]
    unit = convert(large, script, "zh-Hans") + units.pop()
    return Series(rows[0].label, unit, tuple(sorted(points, key=lambda point: point.ends)))
