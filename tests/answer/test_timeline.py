"""A question for a history is answered by dated events, the newest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Collection
from tests.answer.articles import article, ask, collection

WORKS = article(
    "works",
    "1958年，河谷机械厂投产。去年，机械厂搬到新区；次年的计划是扩建厂房。",
    "1971年5月定名，同年有职工900人。",
    "9月25日，机械厂举行厂庆。",
    title="河谷机械厂六十年",
    published="2018-10",
)
TOWN = article(
    "town",
    "元代叫螺湾镇，隋代叫殷城。明嘉靖三年，也就是1524年，改名河谷。",
    title="河谷的四个名字",
    published="2014",
)
OTHER = article("other", "1990年，山口电厂投产。", title="山口电厂", published="2014")
NAMES = Gazetteer(
    (Entry("河谷机械厂", ("机械厂",), "", "company"), Entry("山口电厂", (), "", "company"))
)


@pytest.fixture(scope="module")
def held() -> Collection:
    return collection(WORKS, TOWN, OTHER, gazetteer=NAMES)


def test_the_events_of_one_thing_are_rows_with_their_times(held: Collection) -> None:
    answer = ask(held, "河谷机械厂有哪些大事？")[1]
    assert answer.form == "table"
    assert [(row.period, row.value) for row in answer.rows] == [
        ("2018年9月25日", "机械厂举行厂庆"),
        ("次年", "次年的计划是扩建厂房"),
        ("2017年", "机械厂搬到新区"),
        ("1971年5月", "定名，同年有职工900人"),
        ("1958年", "河谷机械厂投产"),
    ]
    assert all(row.number is None for row in answer.rows)


def test_times_of_dynasties_are_told_in_their_own_words(held: Collection) -> None:
    rows = ask(held, "河谷历史上用过哪些名字？")[1].rows
    assert [(row.period, row.value) for row in rows] == [
        ("明嘉靖三年", "也就是1524年，改名河谷"),
        ("元代", "叫螺湾镇"),
        ("隋代", "叫殷城"),
    ]


@pytest.mark.parametrize("question", ["河谷机械厂哪年投产？", "河谷机械厂有多少职工？"])
def test_a_question_for_one_fact_gets_one(held: Collection, question: str) -> None:
    assert ask(held, question)[1].rows == ()


@given(st.lists(st.integers(1900, 2010), min_size=2, max_size=6, unique=True))
def test_events_are_the_newest_first_and_each_is_its_articles_own(years: list[int]) -> None:
    text = "".join(f"{year}年，河谷机械厂第{i}车间投产。" for i, year in enumerate(years, 1))
    made = article("made", text, title="河谷机械厂", published="2018")
    answer = ask(collection(made, gazetteer=NAMES), "河谷机械厂的发展历程")[1]
    assert [row.period for row in answer.rows] == [f"{y}年" for y in sorted(years, reverse=True)]
    for row in answer.rows:
        assert row.value in made.text
