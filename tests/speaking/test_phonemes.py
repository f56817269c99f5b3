"""Texts become the sounds that Kokoro knows, local names with the gazetteer's readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from lhassist.gazetteer import Gazetteer
from lhassist.pronunciation import syllable
from lhassist.script import convert
from lhassist.speaking.phonemes import Phonemes, sounds
from tests.conftest import REPOSITORY

GAZETTEER = Gazetteer.load(REPOSITORY / "corpus" / "gazetteer.toml")
PHONEMES = Phonemes(GAZETTEER)

KNOWN = set(" ,.;!?aefijklmnoprstuwxyzbdvAIO→↗↘↓ŋɕʂɚɛɤɥɨɻʊʦʨʰəꭧˈʤʧɑɹʌᵊɔ")


def said(text: str) -> str:
    return " ".join(PHONEMES.sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漯河", "lwo↘xɤ↗"),
        ("漯河市", "lwo↘xɤ↗ʂɨ↘"),
        ("召陵區", "ʂau↘li↗ŋʨʰy→"),
        ("GDP增长7.8%。", "ʤˈi dˈi pˈi ʦə→ŋꭧa↓ŋ pai↓fə→nꭧɨ→ ʨʰi→ tjɛ↓n pa→."),
        ("不要，你好！", "pu↗jau↘, ni↗xau↓!"),
        ("“开幕”。", "kʰai→mu↘."),
    ],
)
def test_texts_have_their_sounds(text: str, expected: str) -> None:
    assert said(text).replace(" ", "") == expected.replace(" ", "")


@pytest.mark.parametrize("script", ["zh-Hans", "zh-TW"])
def test_every_name_with_a_reading_sounds_so_within_a_sentence(script: str) -> None:
    checked = 0
    for entry in GAZETTEER.entries:
        syllables = entry.reading.split()
        if len(syllables) == len(entry.name) and entry.name.isalpha():
            name = convert(entry.name, script, "zh-Hans")  # type: ignore[arg-type]
            vowels = "".join(_sounds(one) for one in syllables)
            assert _toneless(vowels) in _toneless(said(f"这是{name}的。")), entry.name
            checked += 1
    assert checked > 50


def _sounds(reading: str) -> str:
    """Of a syllable with its mark: its sounds, by a character that is read so."""
    from pypinyin.contrib.tone_convert import tone_to_tone3

    return sounds(*syllable(tone_to_tone3(reading, neutral_tone_with_five=True, v_to_u=True)))


def _toneless(said: str) -> str:
    # 一 and 不, and the third tone before another, are said with other tones in a sentence.
    return said.translate(dict.fromkeys(map(ord, "→↗↘↓ "), None))


def test_every_syllable_of_common_characters_has_sounds() -> None:
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = b"".join(rows).decode("gb2312", "ignore")
    for readings in pinyin([*characters], style=Style.TONE3, neutral_tone_with_five=True):
        assert set(sounds(*syllable(readings[0]))) <= KNOWN, readings


@given(st.text(max_size=60))
def test_any_text_has_known_sounds_or_none(text: str) -> None:
    assert set(said(text)) <= KNOWN


def test_sentences_come_one_by_one() -> None:
    assert len(PHONEMES.sentences("漯河。\n\n召陵！源汇；“真的？”他说。——")) == 5
