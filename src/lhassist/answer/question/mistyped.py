"""Local names written with a wrong character that sounds the same: 假湖遗址 for 贾湖遗址."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lhassist.pronunciation import readings, toneless
from lhassist.schema import Span
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Slip:
    """One character of a text that should be another one."""

    place: int
    character: str


class Mistyped:
    """Finds names with one character replaced by another of the same sound.

    Who types Pinyin picks the wrong one of the characters that the machine offers. Of names of two
    characters the tone must be the same too, and a word of the dictionary is left alone: 威龙 does
    not become 卫龙.

    Args:
        names: The names in all their forms, folded.
        analyzer: Knows the words of the language.
    """

    def __init__(self, names: Iterable[str], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._names = {name for name in names if len(name) >= _LEAST and all(map(is_chinese, name))}
        self._gaps: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        for name in self._names:
            # What follows 漯河 is rarely meant to be the 市 of 漯河市.
            whole = len(name) - 1 if name[:-1] in self._names else len(name)
            for place, character in enumerate(name[:whole]):
                self._gaps[place, name[:place], name[place + 1 :]].add(character)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def mended(self, text: str) -> str:
        """The text with the right characters in its names, Simplified; all else as it was."""
        folded = fold(text)
        if len(folded) != len(text):
            return text
        characters = list(text)
        for slip in self._slips(folded):
            characters[slip.place] = slip.character
        return "".join(characters)

    def _slips(self, text: str) -> Iterator[_Slip]:
        words = self._words(text)
        start = 0
        while start < len(text):
            for length in self._lengths:
                slip = self._slip(text, Span(start, start + length), words)
                if slip is not None:
                    yield slip
                    start += length
                    break
            else:
                start += 1

    def _slip(self, text: str, span: Span, words: Sequence[Span]) -> _Slip | None:
        part = text[span.start : span.end]
        if span in words or len(part) < span.end - span.start:
            return None
        is_short = len(part) == _LEAST
        for place, character in enumerate(part):
            own = span.start + place
            if is_short and any(word.start <= own < word.end for word in words):
                continue
            for other in sorted(self._gaps.get((place, part[:place], part[place + 1 :]), ())):
                if character != other and _alike(character, other, tones=is_short):
                    return _Slip(own, other)
        return None

    def _words(self, text: str) -> list[Span]:
        """Where words of two characters or more stand that the dictionary has, names included."""
        found = []
        start = 0
        for word in self._analyzer.known(text):
            if len(word) >= _LEAST:
                found.append(Span(start, start + len(word)))
            start += len(word)
        return found


def _alike(one: str, other: str, *, tones: bool) -> bool:
    """Whether two characters have a reading in common; one without a tone is like any other."""
    return any(
        toneless(a) == toneless(b) and (not tones or a == b or (a,) == toneless(a))
        for a in _readings(one)
        for b in _readings(other)
    )


@cache
def _readings(character: str) -> tuple[str, ...]:
    return tuple(readings(character)[0])
