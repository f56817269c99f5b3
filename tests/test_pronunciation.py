"""Local names are said as the gazetteer says, whatever a voice would make of them."""

from __future__ import annotations

from pathlib import Path
from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import pinyin

from lhassist.gazetteer import Gazetteer
from lhassist.pronunciation import Pronunciation
from lhassist.script import convert, fold
from tests.conftest import REPOSITORY

GAZETTEER = Gazetteer.load(REPOSITORY / "corpus" / "gazetteer.toml")
PRONUNCIATION = Pronunciation(GAZETTEER)


def said(text: str) -> str:
    return " ".join(one[0] for one in pinyin(text))


@pytest.mark.parametrize("script", ["zh-Hans", "zh-TW"])
def test_every_name_with_a_reading_is_said_so(script: str) -> None:
    checked = 0
    for entry in GAZETTEER.entries:
        if len(entry.reading.split()) == len(entry.name) and not set(entry.name) & set(digits):
            name = convert(entry.name, script, "zh-Hans")  # type: ignore[arg-type]
            assert said(fold(PRONUNCIATION.spoken(name))) == entry.reading
            checked += 1
    assert checked > 50


def test_only_what_would_be_misread_is_respelled() -> None:
    assert said("漯河") == "tà hé"
    spoken = PRONUNCIATION.spoken("漯河市召陵區的經濟，2024年1–6月")
    assert said(spoken[:2]) == "luò hé"
    assert said(spoken[3:5]) == "shào líng"
    assert spoken[1] == "河"
    assert spoken[4:] == "陵區的經濟，2024年1至6月"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_without_such_names_stays_as_it_is(text: str) -> None:
    if not set(text) & set("漯召–～") and len(fold(text)) == len(text):
        assert PRONUNCIATION.spoken(text) == text


def test_a_reading_of_a_part_of_its_name_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.toml"
    path.write_text('[[name]]\nname = "漯河12345"\nreading = "luò hé"\nkind = "place"\n', "utf-8")
    assert Pronunciation(Gazetteer.load(path)).spoken("漯河12345") == "漯河12345"
