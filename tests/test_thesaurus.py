"""Everyday words and what articles write instead."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.retrieve.thesaurus import Everyday, Thesaurus, reworded
from lhassist.script import fold

GROUPS = [
    (("赚钱", "挣钱"), ("净利润", "利润")),
    (("钱多",), ("富裕",)),
    (("挣钱",), ("收入", "利润")),
]


def test_the_longest_word_counts_and_none_twice() -> None:
    found = Thesaurus([*GROUPS, (("挣钱多",), ("高收入",))]).find("谁挣钱多")
    assert found == (Everyday(1, 4, ("高收入",)),)


def test_a_word_of_two_groups_means_all_of_both() -> None:
    assert Thesaurus(GROUPS).find("挣钱") == (Everyday(0, 2, ("净利润", "利润", "收入")),)


def test_a_local_name_is_not_taken_apart() -> None:
    thesaurus = Thesaurus(GROUPS, names=["挣钱路"])
    assert thesaurus.find("挣钱路怎么走") == ()
    assert len(thesaurus.find("挣钱路上挣钱")) == 1


def test_single_characters_and_empty_lists_find_nothing() -> None:
    assert Thesaurus([(("猪",), ("生猪",))]).find("猪") == ()
    assert Thesaurus([]).find("挣钱") == ()
    assert Thesaurus(GROUPS).find("") == ()


def test_a_known_word_is_preferred_and_else_the_first() -> None:
    found = Thesaurus(GROUPS).find("去年挣钱了吗")
    assert reworded("去年挣钱了吗", found, lambda word: word == "利润") == "去年利润了吗"
    assert reworded("去年挣钱了吗", found, lambda word: False) == "去年净利润了吗"


@given(st.lists(st.sampled_from(["挣钱", "钱多", "老百姓", "去年", "a", "？"])).map("".join))
def test_what_is_found_stands_there_in_order(question: str) -> None:
    thesaurus = Thesaurus.bundled()
    done = 0
    for one in thesaurus.find(question):
        assert done <= one.start < one.end <= len(question)
        assert question[one.start : one.end] not in one.meant
        done = one.end
    kept = reworded(question, (), lambda word: True)
    assert kept == question


@pytest.mark.parametrize(
    ("question", "written"),
    [("老百姓办事方便了吗", "政务服务"), ("去年赚了多少", "净利润"), ("买点零嘴", "休闲食品")],
)
def test_the_bundled_one_knows_everyday_words(question: str, written: str) -> None:
    assert any(written in one.meant for one in Thesaurus.bundled().find(question))


def test_every_line_of_the_file_is_well_formed() -> None:
    text = (files("lhassist.retrieve") / "thesaurus.txt").read_text(encoding="utf-8")
    assert fold(text) == text
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    words: set[str] = set()
    for line in lines:
        everyday, written = (side.split() for side in line.split(" : "))
        assert everyday, line
        assert written, line
        assert all(len(word) > 1 for word in everyday), line
        for side in (everyday, written):
            assert len(set(side)) == len(side), line
        words |= {*everyday, *written}
    assert len(words) > 3000
