"""Figures are read out as one says them, and mean what they meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.facts.numbers import figures
from lhassist.speaking.numerals import cardinal, in_words
from lhassist.terms.numbers import han_value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("增长7.8%", "增长百分之七点八"),
        ("-0.5%，约3‰", "负百分之零点五，约千分之三"),
        ("2024年上半年", "二零二四年上半年"),
        ("2020–2024年", "二零二零至二零二四年"),
        ("100年间", "一百年间"),
        ("2024-10-01", "二零二四年十月一日"),
        ("3—5月，8:05到10:30、9:00", "三至五月，八点零五分到十点三十分、九点整"),
        ("电话0395-3132222", "电话零三九五，三一三二二二二"),
        ("353.9亿元、20,500人", "三百五十三点九亿元、二万零五百人"),
        ("2个区、第2个、12个", "两个区、第二个、十二个"),
        ("占3/4，气温-3℃，617km²，5m宽", "占四分之三，气温负三摄氏度，六百一十七平方公里，五米宽"),
        ("１２．５％", "百分之十二点五"),
        ("G107国道，MP3", "G一百零七国道，MP三"),
    ],
)  # fmt: skip
def test_figures_are_read_out(written: str, said: str) -> None:
    assert in_words(written) == said


@given(st.integers(0, 10**12 - 1))
def test_a_whole_number_is_read_back_as_itself(number: int) -> None:
    assert han_value(cardinal(str(number))) == number


@given(st.decimals("1.01", "9999.99", places=2), st.sampled_from(["%", "元", "公里", "吨"]))
def test_what_is_said_is_the_figure_that_was_written(number: object, unit: str) -> None:
    written = f"达到{number}{unit}"
    (one,), (other,) = figures(written), figures(in_words(written))
    assert (one.value, one.unit) == (other.value, other.unit)


@given(st.text("0123456789.,-–/:%年月个 km", max_size=30))
def test_no_digit_stays(text: str) -> None:
    assert not any(character.isdigit() for character in in_words(text).replace("²", ""))
