from __future__ import annotations

import pytest

from lhassist.facts.dates import Period, periods, without_periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年上半年", [Period(2024, "H1")]),
        ("2024 年 上半年", [Period(2024, "H1")]),
        ("２０２４年下半年", [Period(2024, "H2")]),
        ("二〇二四年", [Period(2024)]),
        ("今年上半年", [Period(2024, "H1")]),
        ("去年以来", [Period(2023)]),
        ("2019年第一季度", [Period(2019, "Q1")]),
        ("2023年9月底", [Period(2023, "M9")]),
        ("从1986年到2018年", [Period(1986), Period(2018)]),
        ("2023年全年平稳，上半年较快", [Period(2023), Period(2023, "H1")]),
        ("增长快于去年同期", []),
        ("比去年全年高", []),
        ("单个投资100亿元", []),
        ("公元100年", []),
        ("两千年的历史", []),
    ],
)
def test_the_periods_of_a_text_of_2024(text: str, found: list[Period]) -> None:
    assert list(periods(text, 2024)) == found


def test_a_relative_period_of_an_undated_article_is_open() -> None:
    assert periods("上半年", None) == (Period(None, "H1"),)


@pytest.mark.parametrize(
    ("held", "asked", "answers"),
    [
        (Period(2024, "H1"), Period(2024, "H1"), True),
        (Period(2024, "H1"), Period(2025, "H1"), False),
        (Period(2024), Period(2024, "H1"), False),
        (Period(2024, "M5"), Period(2024), True),
        (Period(None), Period(2024), True),
        (Period(2024, "H1"), Period(None, "H1"), True),
    ],
)
def test_which_period_answers_which(held: Period, asked: Period, answers: bool) -> None:
    assert held.answers(asked) is answers


def test_periods_can_be_taken_out() -> None:
    assert without_periods("漯河2024年上半年GDP").split() == ["漯河", "GDP"]
