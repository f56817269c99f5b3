"""From both scripts to one: the key that everything is searched by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lhassist.script.dictionaries import entries, likeliest
from lhassist.script.exceptions import folding_exceptions


def fold(text: str) -> str:
    """Folds both scripts to Simplified. Folding twice is folding once; the length is kept."""
    return _folding()(text)


@dataclass(frozen=True, slots=True)
class _Folding:
    """Characters one by one, but for the words in which a character stays or means another.

    The words are looked for after the characters that never depend on a word are done, so that
    乾隆 and 乾綱, 乾纲 are met alike, whichever script the rest is in.
    """

    always: Mapping[int, str]
    words: Mapping[str, str]
    pattern: re.Pattern[str]
    otherwise: Mapping[int, str]

    def __call__(self, text: str) -> str:
        text = text.translate(self.always)
        parts: list[str] = []
        done = 0
        for match in self.pattern.finditer(text):
            parts += text[done : match.start()].translate(self.otherwise), self.words[match[0]]
            done = match.end()
        parts.append(text[done:].translate(self.otherwise))
        return "".join(parts)


@cache
def _folding() -> _Folding:
    exceptions = folding_exceptions()
    characters = {**likeliest("TSCharacters"), **exceptions.characters}
    # t2s does not know what is printed in one region only (衞 敍).
    for name in ("TWVariants", "HKVariants"):
        for c, variants in entries(name).items():
            for variant in variants if c in characters else ():
                characters.setdefault(variant, characters[c])
    # A variant may lead to a character that is itself folded.
    characters = {c: characters.get(target, target) for c, target in characters.items()}
    words = {
        word: target
        for word, target in likeliest("TSPhrases").items()
        if word not in exceptions.not_words and not exceptions.never.intersection(word)
    }
    words |= {word.replace("着", "著"): target for word, target in words.items() if "着" in word}
    words |= {word: word for word in exceptions.words}
    depending = {
        c
        for word, target in words.items()
        for c, wanted in zip(word, target, strict=True)
        if characters.get(c, c) != wanted
    }
    always = str.maketrans({c: t for c, t in characters.items() if c not in depending})
    otherwise = str.maketrans({c: t for c, t in characters.items() if c in depending})
    keys = {
        word.translate(always): target.translate(always)
        for word, target in words.items()
        if depending.intersection(word)
    }
    longest_first = sorted(keys, key=len, reverse=True)
    return _Folding(always, keys, re.compile("|".join(map(re.escape, longest_first))), otherwise)
