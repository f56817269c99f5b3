"""Numbers that can be compared become a chart; those that cannot do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.forms.series import series_of
from lhassist.facts.dates import Period
from lhassist.schema import Row
from tests.answer.articles import article, ask, collection

PARTS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4", "Q1-3", *(f"M{n}" for n in range(1, 13)))


def row(number: float | None, unit: str, citation: int) -> Row:
    return Row("收入", f"{citation}", f"{number}{unit}", number, unit, citation, None)


def test_sums_of_whole_years_are_a_chart_in_a_readable_unit() -> None:
    held = collection(
        article("new", "2024年，河谷公司的收入是62.66亿元。", published="2025-03"),
        article("middle", "2021年，河谷公司的收入是48亿元。", published="2022-03"),
        article("old", "2019年，河谷公司的收入是33.85亿元。", published="2020-03"),
    )
    series = ask(held, "河谷公司的收入是多少？", "zh-Hant")[1].series
    assert series is not None
    assert series.unit == "億元"
    assert [(p.ends, p.period, p.number) for p in series.points] == [
        ("2019-12", "2019年", 33.85),
        ("2021-12", "2021年", 48),
        ("2024-12", "2024年", 62.66),
    ]


def test_each_point_has_the_citation_of_its_row() -> None:
    rows = [row(3, "%", 1), row(2, "%", 2), row(1, "%", 3)]
    periods = [Period(2024), Period(2024, "H1"), Period(2023)]
    series = series_of(rows, periods, "zh-Hans")
    assert series is not None
    assert [(p.ends, p.citation) for p in series.points] == [
        ("2023-12", 3),
        ("2024-06", 2),
        ("2024-12", 1),
    ]


@pytest.mark.parametrize(
    ("rows", "periods"),
    [
        ([(2, "元"), (1, "元")], [Period(2024), Period(2023)]),
        ([(3, "元"), (2, "元"), (1, "元")], [Period(2024), Period(2024, "H1"), Period(2023)]),
        ([(3, "个"), (2, "支"), (1, "个")], [Period(2024), Period(2023), Period(2022)]),
        ([(3, "元"), (2, "元"), (1, "元")], [Period(2024), Period(2024), Period(2023)]),
        ([(3, "元"), (2, "元"), (1, "元")], [Period(2024), Period(2023), Period(None)]),
        ([(3, "元"), (None, ""), (1, "元")], [Period(2024), Period(2023), Period(2022)]),
    ],
    ids=["two", "half a year's sum", "units", "two of one time", "undated", "no number"],
)
def test_what_cannot_be_compared_is_no_chart(
    rows: list[tuple[float | None, str]], periods: list[Period]
) -> None:
    given_rows = [row(number, unit, i) for i, (number, unit) in enumerate(rows, 1)]
    assert series_of(given_rows, periods, "zh-Hans") is None


@given(st.sampled_from(PARTS))
def test_a_period_lies_in_its_year(part: str) -> None:
    first, last = Period(2024, part).months
    assert 1 <= first <= last <= 12
    assert last - first + 1 in (1, 3, 6, 9, 12)
