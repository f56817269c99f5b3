"""Names with a wrong character of the same sound are understood; other words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.question.mistyped import Mistyped
from lhassist.answer.question.names import Names
from lhassist.gazetteer import Gazetteer
from lhassist.terms import Analyzer
from tests.conftest import REPOSITORY


def mistyped(path: Path) -> Mistyped:
    gazetteer = Gazetteer.load(path)
    return Mistyped(Names(gazetteer).all, Analyzer(gazetteer))


MISTYPED = mistyped(REPOSITORY / "corpus" / "gazetteer.toml")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("漯合四大文化是什么？", "漯河四大文化是什么？"),
        ("假湖遺址在哪裏？", "贾湖遺址在哪裏？"),
        ("小尚桥是哪年修的？", "小商桥是哪年修的？"),
        ("双会的前身是什么厂？", "双汇的前身是什么厂？"),
        ("临影县有多大？", "临颍县有多大？"),
        ("许慎文化园和字圣殿，临影县", "许慎文化园和字圣殿，临颍县"),
    ],
)
def test_a_wrong_character_of_the_same_sound_is_mended(typed: str, meant: str) -> None:
    assert MISTYPED.mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "漯河食品产业规模多大？",  # 食 is not meant to be the 市 of 漯河市
        "漯河是哪一年建市的？",
        "威龙葡萄酒是哪里的？",  # a word of its own, not 卫龙
        "赵州桥是哪年修的？",  # another bridge, not a typing mistake
        "临汾县在哪个省？",
        "许申是哪里人？",  # another tone, another person
        "洛河流经哪些城市？",
        "",
        "GDP 2024?",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert MISTYPED.mended(text) == text


@given(st.text(max_size=40))
def test_nothing_is_added_or_lost(text: str) -> None:
    assert len(MISTYPED.mended(text)) == len(text)
