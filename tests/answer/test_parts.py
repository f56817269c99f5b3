"""Several things asked for at once are each answered, or named as missing."""

from __future__ import annotations

import pytest

from lhassist.answer.forms.parts import parts_of
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.schema import ReaderScript
from tests.answer.articles import article, ask, collection, reader_of

GDP = article(
    "gdp",
    "今年上半年，漯河生产总值增长7.8%。规模以上工业增加值增长12.1%。",
    title="漯河上半年经济",
    published="2024-08",
)
READER = reader_of(
    Gazetteer((Entry("漯河", ("漯河市",), "", "place"), Entry("许慎文化园", (), "", "site")))
)
HELD = collection(GDP, gazetteer=Gazetteer((Entry("漯河", ("漯河市",), "", "place"),)))


def test_each_part_is_answered() -> None:
    answer = ask(HELD, "2024年上半年漯河的GDP和规模以上工业增加值分别增长多少？")[1]
    assert ("7.8%" in answer.text, "12.1%" in answer.text) == (True, True)
    assert all(sentence.citations for sentence in answer.sentences)


@pytest.mark.parametrize(("script", "said"), [("zh-Hans", "没有找到"), ("zh-Hant", "沒有找到")])
def test_what_is_missing_is_named(script: ReaderScript, said: str) -> None:
    answer = ask(HELD, "2024年上半年漯河的GDP和进出口总额分别增长多少？", script)[1]
    assert answer.status == "answered"
    assert "7.8%" in answer.text
    assert said in answer.sentences[-1].text
    assert answer.sentences[-1].citations == ()


def test_one_thing_is_no_parts() -> None:
    answer = ask(HELD, "2024年上半年漯河的GDP增长多少？")[1]
    assert len(answer.sentences) == 1


def test_a_clause_of_its_own_goes_on_with_the_name_before_it() -> None:
    read = READER.read("许慎文化园占地多少亩，门票多少钱？")
    assert [part.question for part in parts_of(read, READER)] == [
        "许慎文化园占地多少亩",
        "许慎文化园门票多少钱",
    ]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "漯河2024年上半年GDP、工业和投资分别增长多少？",
            [
                "漯河2024年上半年gdp增长多少",
                "漯河2024年上半年工业增长多少",
                "漯河2024年上半年投资增长多少",
            ],
        ),
        ("漯河的市花和市树分别是什么？", ["漯河的市花是什么", "漯河的市树是什么"]),
    ],
)
def test_all_parts_share_what_stands_before_the_first(question: str, asked: list[str]) -> None:
    assert [part.question for part in parts_of(READER.read(question), READER)] == asked


@pytest.mark.parametrize("question", ["沙河和澧河在哪里交汇？", "漯河有多少家食品企业？"])
def test_one_question_has_no_parts(question: str) -> None:
    assert parts_of(READER.read(question), READER) == ()
