"""A chart stands for the numbers it is made of, and its words do not cover each other."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from lhassist.schema import Point, Series
from lhassist.ui import charts
from tests.ui import samples
from tests.ui.html_tree import parse

SOURCE = samples.document([("paragraph", "沙河流過漯河。")])
CITED = {1: samples.citation(SOURCE, "沙河流過漯河。")}

MONTHS = st.lists(st.integers(1900 * 12, 2100 * 12), min_size=3, max_size=6, unique=True)
NUMBERS = st.floats(-1e9, 1e12, allow_subnormal=False)


def _points(months: list[int], numbers: list[float]) -> list[Point]:
    return [
        Point(f"{month // 12}年1–{month % 12 + 1}月", _iso(month), f"{number}", number, 1)
        for month, number in zip(sorted(months), numbers, strict=False)
    ]


def _iso(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


@st.composite
def points(draw: st.DrawFn) -> list[Point]:
    months = draw(MONTHS)
    size = len(months)
    return _points(months, draw(st.lists(NUMBERS, min_size=size, max_size=size)))


@given(points())
def test_places_are_true_to_time_and_stay_inside(given: list[Point]) -> None:
    lefts = charts.places(given)
    months = [12 * int(one.ends[:4]) + int(one.ends[5:]) for one in given]
    assert lefts[0] == charts.LEFT
    assert abs(lefts[-1] - charts.RIGHT) < 1e-9
    whole = months[-1] - months[0]
    for left, month in zip(lefts, months, strict=True):
        share = (left - charts.LEFT) / (charts.RIGHT - charts.LEFT)
        assert abs(share - (month - months[0]) / whole) < 1e-9


@given(st.lists(NUMBERS, min_size=3, max_size=6))
def test_a_larger_number_stands_higher_and_all_stand_inside(numbers: list[float]) -> None:
    axis = charts.scale(numbers)
    heights = [axis.height(number) for number in numbers]
    assert all(-1e-6 <= height <= 100 + 1e-6 for height in heights)
    ordered = sorted(zip(numbers, heights, strict=True))
    assert [height for _, height in ordered] == sorted(heights, reverse=True)


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    for numbers, cut in (([1.0, 2.0, 3.0], False), ([7.8, 6.8, 7.3], True)):
        drawn = Series("增速", "%", tuple(_points([24000, 24006, 24012], numbers)))
        tree = parse(charts.chart(drawn, CITED, "zh-Hans"))
        notes = [one.attributes["data-label"] for one in tree.all("p", "hint")]
        assert notes == (["chart.cut"] if cut else [])


@given(points())
def test_no_period_covers_another(given: list[Point]) -> None:
    lefts = charts.places(given)
    ends: dict[int, float] = {}
    for point, left, line in zip(given, lefts, charts.lines(given, lefts), strict=True):
        wide = sum(12 if one >= "⺀" else 7 for one in point.period) / charts.NARROWEST * 100
        assert left - wide / 2 >= ends.get(line, -100)
        ends[line] = left + wide / 2


def test_every_point_is_a_mark_that_says_what_it_shows() -> None:
    hostile = samples.HOSTILE
    drawn = Series(
        hostile, hostile, tuple(Point(hostile, f"202{n}-12", hostile, n, 1) for n in range(3))
    )
    tree = parse(charts.chart(drawn, CITED, "zh-TW"))
    marks = tree.all("button", "cite")
    assert len(marks) == 3
    for mark in marks:
        assert mark.attributes["data-cite"] == "1"
        assert json.loads(mark.attributes["data-args"] or "")["value"] == hostile
        assert mark.text == hostile
    assert tree.all("img") == []
