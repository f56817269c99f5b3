"""Local names that a question spells in Pinyin: luohe, Shuowen Jiezi, Xǔ Shèn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lhassist.gazetteer import Gazetteer

_WORD = re.compile(r"[a-zà-öø-ɏḁ-ỹ]+", re.IGNORECASE)
_GAP = re.compile(r"[\s'’·-]?")
_LEAST_SYLLABLES = 2
"""One syllable is too often a word of another language (he, long, sang)."""


class Readings:
    """Puts names into characters, by the readings of a gazetteer.

    The beginning of a name will do (Jiahu for 贾湖遗址), from two syllables on and where all names
    that begin so are written alike; so will any way to join the syllables, with tones or without.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        whole: dict[str, str] = {}
        begun: dict[str, set[str]] = {}
        for entry in gazetteer.entries:
            syllables = _plain(entry.reading).split()
            whole.setdefault("".join(syllables), entry.name)
            if len(syllables) == len(entry.name):
                for count in range(_LEAST_SYLLABLES, len(syllables)):
                    key = "".join(syllables[:count])
                    begun.setdefault(key, set()).add(entry.name[:count])
        alike = {key: names.pop() for key, names in begun.items() if len(names) == 1}
        self._names = alike | {key: name for key, name in whole.items() if key}
        self._longest = max(map(len, self._names), default=0)

    def in_characters(self, text: str) -> str:
        """The text with every name that it spells in Pinyin written in characters."""
        parts: list[str] = []
        done = 0
        for start, end, name in self._found(text):
            parts += text[done:start], name
            done = end
        return "".join([*parts, text[done:]])

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The names from left to right, the longest first: where each starts and ends."""
        words = list(_WORD.finditer(text))
        number = 0
        while number < len(words):
            spelled = ""
            best = None
            for last in range(number, len(words)):
                word = words[last]
                if last > number and not _GAP.fullmatch(text, words[last - 1].end(), word.start()):
                    break
                spelled += _plain(word[0])
                if len(spelled) > self._longest:
                    break
                if spelled in self._names:
                    best = last
                    name = self._names[spelled]
            if best is None:
                number += 1
            else:
                yield words[number].start(), words[best].end(), name
                number = best + 1


def _plain(text: str) -> str:
    """Lower case, without tone marks; ü is written as v."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c))
