"""Which words say nothing about what is asked, and which say the same."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def silent() -> frozenset[str]:
    """Words that an answer need not have."""
    return frozenset(_tables()["silent"].split())


def forms_of(word: str) -> tuple[str, ...]:
    """A folded word and what means the same, the word first."""
    return _forms().get(word, (word,))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    forms: dict[str, dict[str, None]] = {}
    for line in _tables()["same"].strip().splitlines():
        group = line.split()
        for word in group:
            forms.setdefault(word, {word: None}).update(dict.fromkeys(group))
    for line in _tables()["narrower"].strip().splitlines():
        word, *narrower = line.split()
        forms.setdefault(word, {word: None}).update(dict.fromkeys(narrower))
    return {word: tuple(same) for word, same in forms.items()}


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
