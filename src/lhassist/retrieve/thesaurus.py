"""Everyday words and what newspapers write instead: 零嘴 is 休闲食品, 挣钱 is 净利润.

`thesaurus.txt` holds a group a line, `everyday words : words of articles`, the one that reads best
in the place of an everyday word first. It was written from general knowledge of Chinese and knows
no collection; local names belong to the gazetteer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

_LEAST = 2
"""A single character means too many things to be taken for one."""


@dataclass(frozen=True, slots=True)
class Everyday:
    """A word of a question that articles may say otherwise.

    Attributes:
        start: In the question; so is `end`.
        meant: What articles write, the best substitute first.
    """

    start: int
    end: int
    meant: tuple[str, ...]


class Thesaurus:
    """Finds everyday words in a question.

    Args:
        groups: Everyday words, and what articles write for any of them.
        names: Local names, in which no everyday word is looked for.
    """

    def __init__(
        self, groups: Iterable[tuple[Iterable[str], Iterable[str]]], names: Iterable[str] = ()
    ) -> None:
        meant: dict[str, dict[str, None]] = {}
        for everyday, written in groups:
            words = tuple(written)
            for word in everyday:
                meant.setdefault(word, {}).update(dict.fromkeys(w for w in words if w != word))
        self._meant = {word: tuple(words) for word, words in meant.items()}
        self._meant |= dict.fromkeys(names, ())
        self._longest = max(map(len, self._meant), default=0)

    @classmethod
    def bundled(cls, names: Iterable[str] = ()) -> Self:
        """The one that comes with the package."""
        return cls(_bundled().items(), names)

    def find(self, question: str) -> tuple[Everyday, ...]:
        """The everyday words of a question from left to right, the longest first.

        Args:
            question: Folded, lower case.
        """
        return tuple(self._found(question))

    def _found(self, question: str) -> Iterator[Everyday]:
        start = 0
        while start < len(question):
            longest = min(len(question), start + self._longest)
            for end in range(longest, start + _LEAST - 1, -1):
                meant = self._meant.get(question[start:end])
                if meant is not None:
                    if meant:
                        yield Everyday(start, end, meant)
                    start = end
                    break
            else:
                start += 1


def reworded(question: str, found: Iterable[Everyday], known: Callable[[str], bool]) -> str:
    """The question in the words of articles.

    Args:
        question: What `found` was found in.
        found: What to put otherwise.
        known: Whether the collection holds a word; one that it holds is preferred.
    """
    parts: list[str] = []
    done = 0
    for one in found:
        parts += question[done : one.start], next(filter(known, one.meant), one.meant[0])
        done = one.end
    return "".join([*parts, question[done:]])


@cache
def _bundled() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    text = (files(__package__) / "thesaurus.txt").read_text(encoding="utf-8").lower()
    groups = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            everyday, written = line.split(" : ")
            groups[tuple(everyday.split())] = tuple(written.split())
    return groups
