from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.script import convert, detect, fold, regional


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("漯河市委全会提出改革措施", "zh-Hans"),
        ("漯河市委全會提出改革措施", "zh-Hant"),
        ("爲了漯河", "zh-Hant"),
        ("為了漯河", "zh-Hant"),
        ("位於哪里", "zh-Hant"),
        ("里后台干面云只", None),
        ("Luohe 2024", None),
        ("", None),
    ],
)
def test_detect(text: str, script: str | None) -> None:
    assert detect(text) == script


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("爲為裏裡", "为为里里"),
        ("乾隆年間的乾淨", "乾隆年间的干净"),
        ("仅次於倫敦", "仅次于伦敦"),
        ("乾綱獨斷", "乾纲独断"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_fold_keeps_the_length_and_is_final(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_text_in_the_wanted_script_is_left_alone() -> None:
    assert convert("爲了台灣的乾淨", "zh-TW") == "爲了台灣的乾淨"
    assert convert("为了后来", "zh-Hans") == "为了后来"
    assert convert("为了后来", "en") == "为了后来"


def test_regional_vocabulary_is_that_of_the_region() -> None:
    assert regional("打印机在里面", "zh-TW") == "印表機在裡面"
    assert regional("打印機在裡面", "zh-HK") == "打印機在裏面"


def test_hong_kongs_characters_fold_to_the_same_key() -> None:
    text = "说明书里着重说卫生、线路、户口、强弱、温度、脱兑"
    assert fold(regional(text, "zh-HK")) == text
