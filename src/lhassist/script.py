"""The two scripts of Chinese: which one a text is in, one key for both, and back for the reader.

The only door to OpenCC. `fold` makes search keys; what it returns is never shown as a quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import opencc

from lhassist.schema import ReaderScript, Script

_OPENCC_CONFIG = {"zh-Hant": "s2t", "zh-TW": "s2tw", "zh-HK": "s2hk"}


def detect(text: str) -> Script | None:
    """Says which script most telling characters of a text belong to.

    A telling character occurs in one of the scripts only. Characters that both use (后 台 干 里 面)
    do not count.

    Returns:
        None where there is no telling character, or as many of one as of the other.
    """
    hans, hant = _telling()
    balance = sum((c in hant) - (c in hans) for c in text)
    if balance == 0:
        return None
    return "zh-Hant" if balance > 0 else "zh-Hans"


def fold(text: str) -> str:
    """Folds both scripts to Simplified, as a key for search; the length stays the same."""
    return _folder()(text)


def convert(text: str, script: ReaderScript, source: Script | None = None) -> str:
    """Puts prose into the reader's script; the length stays the same.

    Args:
        text: What to convert.
        script: The reader's. `zh-TW` and `zh-HK` set the characters of their standards, never
            other words.
        source: The script of `text` where it is known; else it is detected.

    Returns:
        The text itself where it is in the wanted script already, or the reader reads English.
    """
    source = source or detect(text)
    if script == "en" or source is None:
        return text
    if script == "zh-Hans":
        return text if source == "zh-Hans" else fold(text)
    return text if source == "zh-Hant" else str(_opencc(_OPENCC_CONFIG[script]).convert(text))


def regional(text: str, region: Literal["zh-TW", "zh-HK"]) -> str:
    """What a reader of Taiwan or Hong Kong would have typed, for measuring.

    Taiwan's also takes Taiwan's words (打印机 becomes 印表機), so the length may change.
    """
    return str(_opencc({"zh-TW": "s2twp", "zh-HK": "s2hk"}[region]).convert(fold(text)))


@cache
def _opencc(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


@cache
def _rules(name: str) -> Mapping[str, tuple[str, ...]]:
    """One of OpenCC's dictionaries: what a word or character becomes, the likeliest first."""
    text = (files(opencc) / "dictionary" / f"{name}.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return {key: tuple(values.split(" ")) for key, values in pairs}


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters of Simplified alone, and those of Traditional alone."""
    to_hant, to_hans = _rules("STCharacters"), _rules("TSCharacters")
    variants = {
        value
        for name in ("TWVariants", "HKVariants")
        for values in _rules(name).values()
        for value in values
    }
    hans = frozenset(c for c, values in to_hant.items() if c not in values) - variants
    hant = frozenset(c for c, values in to_hans.items() if c not in values) | {"於", "徵"}
    return hans - hant, hant - hans - to_hant.keys()


@dataclass(frozen=True, slots=True)
class _Folder:
    """Character by character, but for the words in which a character means something else."""

    sure: Mapping[int, str]
    unsure: Mapping[int, str]
    words: Mapping[str, str]
    pattern: re.Pattern[str]

    def __call__(self, text: str) -> str:
        text = text.translate(self.sure)
        parts: list[str] = []
        done = 0
        for match in self.pattern.finditer(text):
            parts += text[done : match.start()].translate(self.unsure), self.words[match[0]]
            done = match.end()
        parts.append(text[done:].translate(self.unsure))
        return "".join(parts)


@cache
def _folder() -> _Folder:
    table = {key: values[0] for key, values in _rules("TSCharacters").items()}
    for c, target in list(table.items()):
        table[c] = table.get(target, target)
    # OpenCC's way back knows the characters of no region (衞 敍 枱).
    for name in ("TWVariants", "HKVariants"):
        for c, variants in _rules(name).items():
            for variant in variants:
                if c in table:
                    table.setdefault(variant, table[c])
    words = {key: values[0] for key, values in _rules("TSPhrases").items() if "於" not in key}
    exceptions = {
        c
        for key, value in words.items()
        for c, wanted in zip(key, value, strict=True)
        if table.get(c, c) != wanted
    }
    sure = {ord(c): target for c, target in table.items() if c not in exceptions}
    unsure = {ord(c): target for c, target in table.items() if c in exceptions}
    words = {
        key.translate(sure): value.translate(sure)
        for key, value in words.items()
        if exceptions & set(key) and "麼" not in key and "麽" not in key
    }
    longest_first = sorted(words, key=len, reverse=True)
    return _Folder(sure, unsure, words, re.compile("|".join(map(re.escape, longest_first))))
