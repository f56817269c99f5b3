"""Points in time meet in whatever way they are named, and disagree where both cannot be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.facts.moments import moments

FORMS = st.one_of(
    st.integers(1000, 2099).map(lambda year: f"{year}年"),
    st.builds(
        lambda year, month, day: f"{year}年{month}月{day}日",
        st.integers(1000, 2099),
        st.integers(1, 12),
        st.integers(1, 28),
    ),
    st.integers(0, 9).map(lambda decade: f"20世纪{decade}0年代"),
    st.sampled_from(["明嘉靖三年", "清康熙年间", "元代", "去年5月18日", "公元58年", "隋开皇四年"]),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("始建于明洪武十二年", 1379, 1379),
        ("清嘉靖年间闹蝗灾", 1522, 1566),
        ("隋开皇四年", 584, 584),
        ("汉永元十二年完成", 100, 100),
        ("元代叫螺湾河镇", 1271, 1368),
        ("南北朝时叫奇雒城", 420, 589),
        ("20世纪50年代兴起", 1950, 1959),
        ("上世纪八十年代", 1980, 1989),
        ("二〇二四年", 2024, 2024),
        ("去年9月底启动", 2023, 2023),
        ("2006年列入名单，两年后的9月开工", 2008, 2008),
        ("2013年收购；次年更名", 2014, 2014),
        ("公元前221年", -221, -221),
        ("大约生于公元58年", 58, 58),
    ],
)
def test_each_way_of_naming_a_time_is_read(text: str, first: int, last: int) -> None:
    found = moments(text, 2024)[-1]
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["距今约9000年", "已有1400多年", "三年时间", "时代变了", "元旦", "明天", "康熙字典", "12个月"],
)
def test_what_names_no_time_is_left_alone(text: str) -> None:
    assert moments(text, 2024) == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("明嘉靖三年", "1524年", True),
        ("2005年2月", "2005年", True),
        ("清康熙年间", "明嘉靖三年", False),
        ("清嘉靖年间", "明嘉靖三年", False),
        ("20世纪50年代", "1958年", True),
        ("20世纪50年代", "20世纪70年代", False),
        ("2016年5月18日", "2016年10月", False),
        ("汉代", "东汉", True),
    ],
)
def test_times_disagree_where_both_cannot_be(one: str, other: str, agree: bool) -> None:
    (first,), (second,) = moments(one, 2024), moments(other, 2024)
    assert first.agrees(second) == second.agrees(first) == agree


@given(st.lists(FORMS, min_size=1, max_size=4), st.sampled_from(["，", "开工，后来", "。"]))
def test_every_time_of_a_text_is_found_with_its_words(forms: list[str], between: str) -> None:
    text = between.join(forms)
    found = moments(text, 2024)
    assert [text[one.start : one.end] for one in found] == forms
    assert all(one.agrees(one) and one.first <= one.last for one in found)


@given(st.text(max_size=60), st.integers(1900, 2100))
def test_any_text_can_be_read(text: str, year: int) -> None:
    ends = [0, *(n for one in moments(text, year) for n in (one.start, one.end))]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)
