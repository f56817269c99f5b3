"""From Simplified to the Traditional that a reader expects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lhassist.script.dictionaries import likeliest
from lhassist.script.exceptions import traditional_exceptions
from lhassist.script.folding import fold

Traditional = Literal["zh-Hant", "zh-TW", "zh-HK"]


def to_traditional(text: str, script: Traditional) -> str:
    """Converts Simplified text, in the characters of a standard; the length is kept."""
    converted = _words()(text)
    names = [match.start() for match in _li_in_names().finditer(text)]
    if names:
        characters = list(converted)
        for i in names:
            characters[i] = "里"
        converted = "".join(characters)
    return converted.translate(_standard(script))


@dataclass(frozen=True, slots=True)
class _Words:
    """Converts word by word, having cut the text into as few dictionary words as possible.

    Cutting so errs less than taking the longest word from the left: 多年历史 is 多年 and 历史,
    not 多 年历 史, whose calendar would become 年曆.

    Attributes:
        words: Simplified to Traditional, words and single characters.
        longest: The length of the longest word that ends in a character.
    """

    words: Mapping[str, str]
    longest: Mapping[str, int]

    def __call__(self, text: str) -> str:
        fewest = [0] * (len(text) + 1)
        length = [0] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            fewest[end] = fewest[end - 1] + 1
            length[end] = 1
            for size in range(2, min(self.longest.get(text[end - 1], 0), end) + 1):
                pieces = fewest[end - size] + 1
                if pieces <= fewest[end] and text[end - size : end] in self.words:
                    fewest[end] = pieces
                    length[end] = size
        parts: list[str] = []
        end = len(text)
        while end:
            word = text[end - length[end] : end]
            parts.append(self.words.get(word, word))
            end -= length[end]
        return "".join(reversed(parts))


@cache
def _words() -> _Words:
    exceptions = traditional_exceptions()
    words = {**likeliest("STPhrases"), **likeliest("STCharacters"), **exceptions.characters}
    common = str.maketrans(dict(exceptions.common))
    # Folding all words in one text is ten times faster than folding each.
    keys = fold("\n".join(words)).split("\n")
    back = fold("\n".join(words.values())).split("\n")
    words = {
        word: target.translate(common)
        for (word, target), key, again in zip(words.items(), keys, back, strict=True)
        # What does not fold back to its word would not be found by a question about it.
        if key == again
        and word not in exceptions.not_words
        # Pairs that are seldom one word: 于都 is a county, but see 对于都市; 斗的 is in 奋斗的.
        and not (len(word) == 2 and (word[0] == "于" or word[1] == "的"))
    }
    words |= {fold(target): target for target in exceptions.words}
    longest: dict[str, int] = {}
    for word in words:
        longest[word[-1]] = max(longest.get(word[-1], 0), len(word))
    return _Words(words, longest)


@cache
def _li_in_names() -> re.Pattern[str]:
    name = "".join(sorted(traditional_exceptions().names))
    return re.compile(f"(?<=[{name}])里(?=[{name}])|(?<=[0-9])里")


@cache
def _standard(script: Traditional) -> Mapping[int, str]:
    """The characters of a standard where they differ from OpenCC's own."""
    exceptions = traditional_exceptions()
    taiwan, hong_kong = likeliest("TWVariants"), likeliest("HKVariants")
    if script == "zh-TW":
        table = {c: t for c, t in taiwan.items() if c not in exceptions.not_taiwan}
    elif script == "zh-HK":
        table = dict(hong_kong)
    else:
        shared = {c: target for c, target in taiwan.items() if hong_kong.get(c) == target}
        table = {**shared, **exceptions.general}
    return str.maketrans(table)
