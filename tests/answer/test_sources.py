"""Who says something is told with what is said."""

from __future__ import annotations

import pytest

from lhassist.answer.citing.speaker import said_by
from tests.answer.articles import article, ask, collection

NAMES = article(
    "names",
    "河谷公司在1999年创办。有一篇报导把厂名写作河口，而招股文件写的是河谷。",
    "当时的说法是，河谷的产量占全国的五十分之一。去年产量是300吨。",
    title="河谷公司的名字",
    published="2024",
)
HELD = collection(NAMES)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("“河口”这个厂名出自哪里？", "一篇报导"),
        ("河谷的产量占全国的五十分之一，是谁的说法？", "当时的说法"),
    ],
)
def test_the_sentence_with_its_source_answers(question: str, said: str) -> None:
    answer = ask(HELD, question)[1]
    assert (answer.status, answer.form) == ("answered", "sentences")
    assert said in answer.text
    assert answer.citations[0].quote in NAMES.text


def test_a_source_of_what_nobody_says_is_not_made_up() -> None:
    assert "报导" not in ask(HELD, "“山口”这个厂名出自哪里？")[1].text


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("据旧志记载，望汀门始建于", "旧志"),
        ("2022年的一篇报导称，心意六合拳是", "2022年的一篇报导"),
        ("按照今年3月《漯河日报》的说法，全市", "《漯河日报》"),
        ("据市交通部门的介绍，大桥", "市交通部门"),
        ("有一篇报导把两人写作甲乙，而招股文件写的是", "招股文件"),
        ("企业的说法是，", "企业"),
        ("小时候听老人讲，", "老人"),
        ("漯河常说的「四大文化」，是", ""),
        ("通行的一说是，", ""),
        ("他写了一部小说，", ""),
    ],
)
def test_whose_word_it_is(text: str, who: str) -> None:
    assert said_by(text) == who
