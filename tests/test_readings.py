from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.retrieve.readings import Readings

NAMES = Gazetteer(
    (
        Entry("漯河", ("漯",), "Luò hé", "place"),
        Entry("贾湖遗址", ("贾湖",), "jiǎ hú yí zhǐ", "site"),
        Entry("许慎", (), "Xǔ Shèn", "person"),
        Entry("沙河", (), "shā hé", "place"),
        Entry("沙澧河", (), "shā lǐ hé", "place"),
        Entry("沙里淘金", (), "shā lǐ táo jīn", "other"),
        Entry("绿城", (), "lǜ chéng", "place"),
        Entry("双汇", (), "", "company"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("luohe si da wenhua", "漯河 si da wenhua"),
        ("Luohe's GDP", "漯河's GDP"),
        ("Is Luo He in Henan?", "Is 漯河 in Henan?"),
        ("Luòhé, lùo-hé and LUO'HE", "漯河, 漯河 and 漯河"),
        ("the Jiahu flutes", "the 贾湖 flutes"),
        ("the Jiahu Yizhi site", "the 贾湖遗址 site"),
        ("Xu Shen and jiahuyizhi", "许慎 and 贾湖遗址"),
        ("lvcheng, lüchéng", "绿城, 绿城"),
        ("luohe2024年", "漯河2024年"),
        # One syllable, a longer word, a name begun in two ways of writing, a name without reading.
        ("he xu luoheshi shali shuanghui", "he xu luoheshi shali shuanghui"),
        ("luo. he", "luo. he"),
        ("", ""),
    ],
)
def test_names_in_pinyin_are_put_into_characters(text: str, expected: str) -> None:
    assert Readings(NAMES).in_characters(text) == expected


@given(st.text())
def test_an_empty_gazetteer_changes_nothing(text: str) -> None:
    assert Readings(Gazetteer.EMPTY).in_characters(text) == text


def test_every_name_of_the_sample_is_found_by_its_reading(sample_corpus: Path) -> None:
    gazetteer = Gazetteer.load(sample_corpus / "gazetteer.toml")
    readings = Readings(gazetteer)
    sounds = {}
    for entry in gazetteer.entries:
        if entry.reading:
            sounds.setdefault(entry.reading.replace(" ", ""), entry.name)
    assert len(sounds) > 50
    for sound, name in sounds.items():
        assert readings.in_characters(f"Where is {sound}?") == f"Where is {name}?"
