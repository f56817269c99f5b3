"""Several things asked for at once are each answered, or named as missing."""

from __future__ import annotations

import pytest

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.schema import ReaderScript
from tests.answer.articles import article, ask, collection

GDP = article(
    "gdp",
    "今年上半年，漯河生产总值增长7.8%。规模以上工业增加值增长12.1%。",
    title="漯河上半年经济",
    published="2024-08",
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
