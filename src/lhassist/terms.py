"""Lexical analysis, the same for passages and questions.

The only door to rjieba.
"""

from __future__ import annotations

import re
import unicodedata

import rjieba

from lhassist.gazetteer import Gazetteer
from lhassist.script import fold

_HAN = re.compile(r"[〇㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_HAN_RUN = re.compile(rf"{_HAN.pattern}+")
_LATIN = re.compile(r"[a-z0-9]+(?:[.'-][a-z0-9]+)*%?")


def is_chinese(text: str) -> bool:
    """Whether a text has any Chinese character."""
    return _HAN.search(text) is not None


class Analyzer:
    """Turns text into terms; passages and questions must use one with the same gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._jieba = rjieba.Jieba()
        for entry in gazetteer.entries:
            for form in (entry.name, *entry.aliases):
                self._jieba.add_word(_normalise(form), None, None)

    def terms(self, text: str) -> list[str]:
        """One bag: words, characters, pairs of characters, Latin words and numbers."""
        text = _normalise(text)
        terms = [word for word in self._jieba.cut_for_search(text) if is_chinese(word)]
        for run in _HAN_RUN.findall(text):
            terms += run
            terms += (run[i : i + 2] for i in range(len(run) - 1))
        terms += _LATIN.findall(text)
        return terms

    def words(self, text: str) -> list[str]:
        """The content words, in order."""
        return [word for word in self._jieba.cut(_normalise(text)) if _HAN.search(word)]

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """All words, in order, each with its part of speech.

        The parts are ICTCLAS's letters (`n` noun, `nr` person, `v` verb, `m` numeral, `uj` particle
        and so on) and a guess from a dictionary; a name that only the gazetteer knows has none.
        """
        return list(self._jieba.tag(_normalise(text)))


def _normalise(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", text)).lower()
