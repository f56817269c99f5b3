"""What a question must be answered about: a count in a place, a person's deed."""

from __future__ import annotations

import pytest

from lhassist.gazetteer import Entry, Gazetteer
from tests.answer.articles import article, ask, collection

NAMES = Gazetteer((Entry("漯河", ("漯河市",), "", "place"),))
HELD = collection(
    article(
        "city",
        "全市面积2617平方公里，下辖源汇、郾城、召陵三个区和临颍、舞阳两个县。",
        "漯河在1992年办特区，几年里换了两次身份。",
        title="漯河",
    ),
    article("lab", "牵头的三所大学是河南工业大学和另外两所大学。", title="漯河的实验室"),
    article("bridge", "南宋时，杨再兴在漯河的小商桥战死。", title="漯河的桥"),
    gazetteer=NAMES,
)


@pytest.mark.parametrize("question", ["漯河有几所大学？", "漯河有幾所大學？", "岳飞来过漯河吗？"])
def test_what_is_said_of_others_answers_nothing(question: str) -> None:
    assert ask(HELD, question)[1].status == "refused"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("漯河有几个区？", "三个区"),
        ("漯河有幾個縣？", "两个县"),
        ("杨再兴战死在小商桥吗？", "战死"),
    ],
)
def test_what_is_counted_there_and_done_by_them_is_told(question: str, said: str) -> None:
    assert said in ask(HELD, question)[1].text
