from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.facts.dates import Period
from lhassist.facts.numbers import Measure, figures, quantities
from lhassist.schema import ReaderScript
from lhassist.script import convert, fold
from lhassist.speaking.numerals import in_words
from lhassist.terms.numbers import han_value

WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


@pytest.mark.parametrize(
    ("forms", "value", "measure"),
    [
        (["12.1%", "百分之十二点一", "１２．１％", "12.1 %"], "12.1", "share"),
        (["十二点一个百分点", "12.1个百分点"], "12.1", "share"),
        (["四分之一", "25%"], "25", "share"),
        (["2400亿元", "2,400亿元", "两千四百亿元", "2,400 亿元"], "240000000000", "money"),
        (["236.8万人", "2368000人", "二百三十六点八万人"], "2368000", "people"),
        (["1.01亿元", "一点零一亿元", "一点〇一亿元", "10100万元"], "101000000", "money"),
        (["2.5万人", "两点五万人", "两万五千人", "2.5万余人"], "25000", "people"),
        (["300多万人", "三百多万人", "三百余万人"], "3000000", "people"),
        (["1.2万亿元", "一点二万亿元"], "1200000000000", "money"),
        (["1.5千米", "一点五千米", "1500米"], "1500", "length"),
        (["0.8个百分点", "零点八个百分点"], "0.8", "share"),
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
    "text", ["一直", "一个方面", "三剑客", "千万别忘", "五里庙", "四大文化", "万隆", "八点五十"]
)
def test_numerals_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == ()


def test_figures_come_with_their_offsets() -> None:
    text = "增长7.8%，居全省第一位"
    assert [text[f.start : f.end] for f in figures(text)] == ["7.8%", "第一位"]


@given(
    st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["%", "米", "亿元", ""])
)
def test_every_arabic_number_is_read_as_itself(value: Decimal, unit: str) -> None:
    (figure,) = figures(f"约{value:f}{unit}左右")
    scale = 10**8 if unit == "亿元" else 1
    assert figure.value == value * scale


@given(
    st.decimals(min_value=0, max_value=9999, places=2),
    st.sampled_from(["", "万", "百万", "千万", "亿", "万亿"]),
    st.sampled_from(["元", "人", "吨", "公里", "平方公里", "个百分点", "%"]),
    st.sampled_from(get_args(ReaderScript)),
)
def test_a_number_is_the_same_in_every_written_form(
    number: Decimal, scale: str, unit: str, script: ReaderScript
) -> None:
    scale = "" if unit in ("个百分点", "%") else scale
    plain = f"{number:f}{scale}{unit}"
    said = in_words(plain)
    value = number * (han_value(f"一{scale}") or 0)
    forms = [plain, f"{number:,f}{scale}{unit}", plain.translate(WIDE), said]
    forms += [said.replace("零", "〇"), re.sub("^二(?=点)", "两", said)]
    if scale:
        forms.append(f"{value:f}{unit}")
    for form in forms:
        (figure,) = figures(fold(convert(form, script, "zh-Hans")))
        assert (figure.value, figure.unit) == (value, unit), form


@given(st.text(max_size=80))
def test_any_text_can_be_read_and_supports_itself(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
    for quantity in quantities(text, 2024):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.supports(quantity)


def test_what_a_text_says_in_figures_comes_with_indicator_period_rank_and_change() -> None:
    text = "今年上半年，漯河生产总值增长7.8%，居全省第一位；去年工业投资下降3.2%。"
    read = quantities(text, 2024)
    assert [(q.indicator, str(q.value), q.unit, q.period, q.rank, q.change) for q in read] == [
        ("漯河生产总值", "7.8", "%", Period(2024, "H1"), None, "up"),
        ("全省", "1", "位", Period(2024, "H1"), 1, ""),
        ("工业投资", "3.2", "%", Period(2023), None, "down"),
    ]
    assert [text[q.start : q.end] for q in read] == ["7.8%", "第一位", "3.2%"]


def test_what_is_counted_is_the_indicator_of_a_count() -> None:
    read = quantities("实验室有11名院士、24个科研团队和189名科研骨干")
    assert [(q.indicator, int(q.value)) for q in read] == [
        ("院士", 11),
        ("科研团队", 24),
        ("科研骨干", 189),
    ]


def test_dates_editions_and_names_with_numbers_are_no_quantities() -> None:
    assert quantities("2009年5月16日，第七届食博会的第一产业展区拨打12345678") == ()


INDICATORS = st.sampled_from(["生产总值", "工业投资", "财政收入", "常住人口", "粮食产量"])
UNITS = st.sampled_from(["%", "亿元", "万人", "万吨", "公里"])


@given(INDICATORS, st.integers(2, 999), UNITS, st.sampled_from(["增长", "下降", "达到"]))
def test_the_forms_of_a_quantity_support_each_other(
    indicator: str, number: int, unit: str, verb: str
) -> None:
    whole = f"{indicator}{verb}{number}{unit}"
    wide = f"{indicator}{verb}{number}{unit}".translate(WIDE)
    (one,), (other,) = quantities(whole), quantities(wide)
    assert one.supports(other)
    assert other.supports(one)
    (next_number,) = quantities(f"{indicator}{verb}{number + 1}{unit}")
    (of_another,) = quantities(f"进口{verb}{number}{unit}")
    assert not one.supports(next_number)
    assert not one.supports(of_another)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业增加值增长12.1%", "工业增加值增长百分之十二点一"),
        ("工业增加值增长12.1%", "工业增加值增长十二点一个百分点"),
        ("产业规模2400亿元", "产业规模2,400 亿"),
        ("产业规模2400亿元", "产业规模两千四百亿元"),
        ("人口236.8万", "人口2368000人"),
        ("增速第一位", "增速第1位"),
    ],
)
def test_quantities_meet_in_any_form(one: str, other: str) -> None:
    (first,), (second,) = quantities(one), quantities(other)
    assert first.supports(second)
    assert second.supports(first)
