"""Dates are read or inferred with their basis; where nothing tells the year there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import dates
from lhassist.schema import Published


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-10-01", "2024-10-01"),
        ("2024/10/1", "2024-10-01"),
        ("2024.10", "2024-10"),
        ("2024", "2024"),
        ("2024年10月1日", "2024-10-01"),
        ("二〇二四年十月三十一日", "2024-10-31"),
        ("２０２４年１０月", "2024-10"),
        ("2024年", "2024"),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("2024-1-1-1", None),
        ("24-10-01", None),
        ("12345", None),
        ("去年", None),
        ("", None),
    ],
)
def test_parse(written: str, date: str | None) -> None:
    assert dates.parse(written) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024年10月1日　星期二", "2024-10-01"),
        ("發佈時間：2024-10-01 08:30 來源：漯河日報", "2024-10-01"),
        ("2024年10月1日 農曆八月廿九 第A8版：國慶", "2024-10-01"),
        ("日期: 2024.10.1", "2024-10-01"),
        ("2024年10月", "2024-10"),
        ("2024年", None),
        ("2024年10月1日漯河市舉行慶祝活動", None),
        ("10月1日", None),
        ("12345-67", None),
    ],
)
def test_date_line(line: str, date: str | None) -> None:
    assert dates.date_line(line) == date


@pytest.mark.parametrize(
    ("head", "text", "date", "basis"),
    [
        ("國慶75周年", "", "2024", "國慶75周年"),
        ("国庆节七十五周年特刊", "", "2024", "国庆节七十五周年"),
        ("", "今年是新中國成立７５週年。", "2024", "新中國成立７５週年"),
        ("", "在建黨百年之際，全市慶祝。", "2021", "建黨百年"),
        ("", "漯河迎来建市三十周年。", "2016", "建市三十周年"),
        ("", "今年（2024年）上半年增长7.8%。", "2024", "今年（2024年"),
        ("", "日前，漯河市印發2024年任務。2023年已完成。", "2024", "日前，漯河市印發2024年"),
        ("", "近日，漯河出台2024年方案，到2035年实现目标。", "2024", "近日，漯河出台2024年"),
        ("", "本报漯河10月1日讯 今年是新中国成立75周年。", "2024-10-01",
         "新中国成立75周年；本报漯河10月1日讯"),
    ],
)  # fmt: skip
def test_inferred(head: str, text: str, date: str, basis: str) -> None:
    assert dates.infer(head, text) == Published(date, inferred=True, basis=basis)


def test_a_report_that_names_its_year_infers_nothing() -> None:
    assert dates.infer("", "新華社鄭州2024年9月29日電 漯河……") == Published("2024-09-29")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "漯河在2023年有236.8萬人。",
        "2019年，新中国成立70周年。如今到了2023年。",
        "公园在新中国成立70周年时建成。",
        "今年上半年增长7.8%。2023年是6%。",
        "近日，漯河公布2023年统计公报。",
        "漯河规划到2035年建成。",
        "本报漯河10月1日讯 今年上半年增长7.8%。",
        "双汇创业40周年。",
    ],
)
def test_no_date_where_nothing_tells_the_year(text: str) -> None:
    assert dates.infer("", text) is None


_PIECES = [
    "國慶",
    "建党",
    "百",
    "十",
    "七",
    "75",
    "周年",
    "年",
    "2024",
    "月",
    "日",
    "今年",
    "（",
    "）",
    "日前",
    "，",
    "。",
    "本报",
    "讯",
    "-",
    "/",
    "９",
    "〇",
    "二",
    "1",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_any_text_has_a_date_or_none(text: str) -> None:
    for found in (dates.parse(text), dates.date_line(text)):
        assert found is None or Published(found).year >= 1000
    published = dates.infer(text, text)
    assert published is None or (published.inferred and published.basis) or not published.basis
