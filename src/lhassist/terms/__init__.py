"""Lexical analysis, the same for passages and questions.

The only door to rjieba. `docs/decisions/0003-scripts.md` has the figures behind the one bag.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

import rjieba

from lhassist.gazetteer import Gazetteer
from lhassist.script import fold
from lhassist.terms.numbers import Figure, figures

__all__ = ["Analyzer", "is_chinese"]

_HAN = re.compile(r"[〇㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_HAN_RUN = re.compile(rf"{_HAN.pattern}+")
_COUNTED = re.compile(rf"\s*({_HAN.pattern})")
_LATIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*(?:[-'.&][a-z0-9]+)*")
_LATIN_PART = re.compile(r"[a-z0-9]+")
_ACCENTED = re.compile(r"[À-ɏḀ-ỿ]")
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")

_QUESTION = re.compile(
    "是?(?:为?什么(?:时候|样)?|哪(?:一?[个些位里儿种年家座国])?|谁|多少|多[大高长久远重])"
    "|怎么样?|怎样|如何|为何|何[时地处种人者]|几[个条项年家位名次岁]?|[是能可]否|有没有|是不是|请问"
    "|[吗呢](?=[？?。！!，,]|$)"
)
"""What only asks. Its characters and pairs would meet any passage that asks something too."""

_PAUSE = "，"

_EXACT_WEIGHT = 3
"""How often a figure or a Latin word enters the bag: it says more than a character does."""


def is_chinese(text: str) -> bool:
    """Whether a text has any Chinese character."""
    return _HAN.search(text) is not None


class Analyzer:
    """Turns text into terms; passages and questions must use one with the same gazetteer.

    Threads may share one.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._jieba = rjieba.Jieba()
        self._canonical: dict[str, str] = {}
        for entry in gazetteer.entries:
            name = _normalise(entry.name)
            for form in (name, *map(_normalise, entry.aliases)):
                self._jieba.add_word(form, None, None)
                if form != name:
                    self._canonical[form] = name
            # Who types Pinyin leaves out the tones and the gaps: luohe.
            if sound := "".join(_LATIN_PART.findall(_normalise(entry.reading))):
                self._canonical.setdefault(sound, name)
        self._names = self._canonical.keys() | {_normalise(e.name) for e in gazetteer.entries}
        self._letters = {form: name for form, name in self._canonical.items() if len(form) == 1}

    def terms(self, text: str) -> list[str]:
        """One bag: words, characters, pairs of characters, Latin words, figures and names.

        Words are those of jieba's search mode. A figure comes in one form and with what it counts
        (37条); whatever form of a local name the text has, the canonical name is among the terms.
        Question words are left out.
        """
        text = _QUESTION.sub(_PAUSE, _normalise(text))
        terms = [word for word in self._jieba.cut_for_search(text) if _HAN.search(word)]
        for run in _HAN_RUN.findall(text):
            terms += run
            terms += (run[i : i + 2] for i in range(len(run) - 1))
        words = self._jieba.cut(text)
        exact = _latin(text)
        for figure in self._figures(text, words):
            exact += figure.forms
            if what := _COUNTED.match(text, figure.end):
                terms.append(figure.forms[0] + what[1])
        terms += exact * _EXACT_WEIGHT
        terms += (self._canonical[word] for word in words if word in self._canonical)
        terms += (name for letter, name in self._letters.items() if letter in text)
        return terms

    def words(self, text: str) -> list[str]:
        """The content words, in order: no particles, question words and the like.

        Local names come in their canonical form, figures in their fullest (240000000000).
        """
        text = _normalise(text)
        words = self._jieba.cut(text)
        found = self._figures(text, words)
        stop = _stop_words()
        content: list[str] = []
        start = 0
        for word in words:
            end = start + len(word)
            while found and found[0].end <= start:
                found.pop(0)
            if found and found[0].start < end:
                if start <= found[0].start:
                    content.append(found[0].forms[0])
            elif word not in stop and (_HAN.search(word) or _LATIN_PART.search(word)):
                content.append(self._canonical.get(word, word))
            start = end
        return content

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """All words, in order, each with its part of speech.

        The parts are ICTCLAS's letters (`n` noun, `nr` person, `v` verb, `m` numeral, `uj` particle
        and so on) and a guess from a dictionary; a name that only the gazetteer knows has none.
        """
        return list(self._jieba.tag(_normalise(text)))

    def known(self, text: str) -> list[str]:
        """A text cut into words of the dictionary and local names, what is neither by characters.

        Nothing is normalised: joined, they are the text.
        """
        return list(self._jieba.cut(text, hmm=False))

    def _figures(self, text: str, words: list[str]) -> list[Figure]:
        """All figures, but for Chinese numerals that are part of a local name (三个五百亿)."""
        inside: set[int] = set()
        start = 0
        for word in words:
            if word in self._names:
                inside.update(range(start, start + len(word)))
            start += len(word)
        return [f for f in figures(text) if not (f.in_han and f.start in inside)]


def _latin(text: str) -> list[str]:
    """Latin words, lower case: wi-fi gives wifi, wi and fi."""
    found = []
    for word in _LATIN.findall(text):
        parts = _LATIN_PART.findall(word)
        found.append("".join(parts))
        if len(parts) > 1:
            found += parts
    return found


def _normalise(text: str) -> str:
    text = fold(unicodedata.normalize("NFKC", text)).lower()
    if _ACCENTED.search(text):
        text = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text)))
    return text


@cache
def _stop_words() -> frozenset[str]:
    text = (files(__package__) / "stopwords.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
