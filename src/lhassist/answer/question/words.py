"""Which words say nothing about what is asked, and which say the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

_MOST_PIECES = 4

Thing = Literal["work", "company", "person"]
"""Kinds of things whose names show what they are."""


@cache
def silent() -> frozenset[str]:
    """Words that an answer need not have."""
    return frozenset(_tables()["silent"].split())


def thing_of(word: str) -> Thing | None:
    """Of which of these kinds a folded word says that something is."""
    return _things().get(word)


def forms_of(word: str) -> tuple[str, ...]:
    """A folded word and what means the same, the word first."""
    return _forms().get(word, (word,))


def rejoined(tagged: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words with their parts of speech, joined where they are one word of ours.

    A dictionary has 物质 and 文化遗产, and would ask for both where an article says 非遗. What
    comes together is of the part of speech of its last piece.
    """
    start = 0
    while start < len(tagged):
        end = start + 1
        for last in range(min(start + _MOST_PIECES, len(tagged)), start + 1, -1):
            if "".join(word for word, _ in tagged[start:last]) in _forms():
                end = last
                break
        yield "".join(word for word, _ in tagged[start:end]), tagged[end - 1][1]
        start = end


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
def _things() -> dict[str, Thing]:
    tables: tuple[tuple[str, Thing], ...] = (
        ("works", "work"),
        ("companies", "company"),
        ("people", "person"),
    )
    return {word: thing for table, thing in tables for word in _tables()[table].split()}


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
