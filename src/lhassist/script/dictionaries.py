"""OpenCC's dictionaries, read from the package that carries them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import opencc


@cache
def entries(name: str) -> Mapping[str, tuple[str, ...]]:
    """What each word or character of a dictionary becomes, the likeliest first.

    Only targets of the length of their word are kept: offsets rely on that.

    Args:
        name: Such as `STCharacters` (Simplified to Traditional, single characters).
    """
    text = (files(opencc) / "dictionary" / f"{name}.txt").read_text(encoding="utf-8")
    table = {}
    for line in text.splitlines():
        word, _, targets = line.partition("\t")
        fitting = tuple(t for t in targets.split(" ") if len(t) == len(word))
        if fitting:
            table[word] = fitting
    return table


@cache
def likeliest(name: str) -> Mapping[str, str]:
    """What each word or character of a dictionary most likely becomes."""
    return {word: targets[0] for word, targets in entries(name).items()}
