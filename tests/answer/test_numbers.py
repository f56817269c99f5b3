from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.numbers import Measure, figures, unsupported


@pytest.mark.parametrize(
    ("forms", "value", "measure"),
    [
        (["12.1%", "百分之十二点一", "１２．１％", "12.1 %"], "12.1", "share"),
        (["十二点一个百分点", "12.1个百分点"], "12.1", "share"),
        (["四分之一", "25%"], "25", "share"),
        (["2400亿元", "2,400亿元", "两千四百亿元", "2,400 亿元"], "240000000000", "money"),
        (["236.8万人", "2368000人"], "2368000", "people"),
        (["第六批", "第6批"], "6", "rank"),
        (["三十七条", "37条", "37 条"], "37", "count"),
        (["2024年", "二〇二四年"], "2024", "date"),
        (["3000多平方米", "三千平方米"], "3000", "area"),
        (["永元十二年"], "12", "span"),
        (["0395-2136789"], "2136789", "phone"),
    ],
)
def test_the_forms_of_a_figure_meet(forms: list[str], value: str, measure: Measure) -> None:
    for form in forms:
        last = figures(form)[-1]
        assert (last.value, last.measure) == (Decimal(value), measure), form
        assert form[: last.end] == form


@pytest.mark.parametrize(
    "text", ["一直", "一个方面", "三剑客", "千万别忘", "五里庙", "四大文化", "万隆"]
)
def test_numerals_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == ()


def test_figures_come_with_their_offsets() -> None:
    text = "增长7.8%，居全省第一位"
    assert [text[f.start : f.end] for f in figures(text)] == ["7.8%", "第一位"]


def test_a_figure_that_the_quote_does_not_have_is_found() -> None:
    quote = "上半年增长7.8%，规模超过2400亿元。"
    assert unsupported("增长百分之七点八，规模2,400亿元", quote) == ()
    assert [f.value for f in unsupported("增长8.7%", quote)] == [Decimal("8.7")]
    # The same number of something else.
    assert len(unsupported("2400亿个", quote)) == 1


@given(
    st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["%", "米", "亿元", ""])
)
def test_every_arabic_number_is_read_as_itself(value: Decimal, unit: str) -> None:
    (figure,) = figures(f"约{value:f}{unit}左右")
    scale = 10**8 if unit == "亿元" else 1
    assert figure.value == value * scale


@given(st.text(max_size=80))
def test_any_text_can_be_read_and_supports_itself(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
    assert unsupported(text, text) == ()
