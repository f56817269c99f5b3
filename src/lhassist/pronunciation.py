"""How local names are said: a voice reads 漯河 as tà hé unless it is given other characters.

Browsers' voices take plain text and no markup, so a name that would be misread is respelled with
characters that are said as the gazetteer's reading says: 漯河 (luò hé) is handed over as 洛河.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lhassist.gazetteer import Gazetteer
from lhassist.script import fold

_RANGE = re.compile("(?<=\\d)[–～](?=\\d)")


class Pronunciation:
    """Knows which names of a gazetteer are misread, and what to write instead."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._respelled: dict[str, str] = {}
        for entry in gazetteer.entries:
            name, syllables = fold(entry.name), entry.reading.split()
            if len(name) != len(syllables):
                continue
            for form in (name, *map(fold, entry.aliases)):
                start = name.find(form)
                if start >= 0:
                    said = _respelled(form, syllables[start : start + len(form)])
                    if said != form:
                        self._respelled[form] = said
        longest_first = sorted(self._respelled, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def spoken(self, text: str) -> str:
        """What to give a voice for a text in either script.

        Only the characters that would be misread are other ones; the rest stays as it is.
        """
        folded = fold(text)
        if len(folded) != len(text):
            text = folded
        parts, done = [], 0
        for match in self._names.finditer(folded):
            parts.append(text[done : match.start()])
            pairs = zip(match[0], self._respelled[match[0]], strict=True)
            own = text[match.start() : match.end()]
            parts += [
                other if other != plain else mine
                for (plain, other), mine in zip(pairs, own, strict=True)
            ]
            done = match.end()
        return _RANGE.sub("至", "".join(parts) + text[done:])


def readings(text: str) -> list[list[str]]:
    """The syllables that each character of a text may be said as, with tone marks."""
    from pypinyin import pinyin

    return [list(said) for said in pinyin([*text], heteronym=True)]


def sounds(text: str) -> list[list[str]]:
    """The syllables that each Chinese character of a text may be said as, without their tones."""
    return [sorted({toneless(one)[0] for one in said}) for said in readings(text)]


def in_speech(word: str) -> list[tuple[str, str, int]]:
    """The syllables of a word as it is said: initial, final and tone of each; `v` is ü.

    A tone changes before certain others, as in 不要 (bú yào); the neutral one is 5. An initial or a
    final may be empty. What is no Chinese character is left out.
    """
    from pypinyin import Style, lazy_pinyin

    said = lazy_pinyin(
        word, style=Style.TONE3, errors="ignore", neutral_tone_with_five=True, tone_sandhi=True
    )
    return [syllable(one) for one in said]


def syllable(reading: str) -> tuple[str, str, int]:
    """Initial, final and tone of a syllable in Pinyin with its tone as a digit: luo4."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    return to_initials(reading), to_finals(reading).replace("ü", "v"), int(reading[-1])


def toneless(reading: str) -> tuple[str, ...]:
    """The syllables of a reading in Pinyin without their tones; the dots of ü stay."""
    apart = unicodedata.normalize("NFD", reading.lower())
    bare = "".join(c for c in apart if c == "\u0308" or not unicodedata.combining(c))
    return tuple(unicodedata.normalize("NFC", bare).split())


def _respelled(form: str, syllables: list[str]) -> str:
    """A name with another character where a voice would say another syllable."""
    from pypinyin import pinyin

    guessed = [one[0] for one in pinyin(form)]
    if len(guessed) != len(form):
        return form
    return "".join(
        character if said == wanted else _homophones().get(wanted, character)
        for character, said, wanted in zip(form, guessed, syllables, strict=True)
    )


@cache
def _homophones() -> dict[str, str]:
    """Of each syllable the first everyday character that is said in no other way."""
    from pypinyin import pinyin

    # The first level of GB 2312 holds the 3,755 most used characters.
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    found: dict[str, str] = {}
    for character in b"".join(rows).decode("gb2312", "ignore"):
        said = pinyin(character, heteronym=True)[0]
        if len(said) == 1:
            found.setdefault(said[0], character)
    return found
