"""The physical lines of a plain text, and which of them only wrap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lhassist.corpus.parts import glue_all

_INDENT = re.compile(r"(?:　| {2,})")
_FIRST_WORD = re.compile(r"[!-~]+|.[，。、；：！？」』”）》…]*")
# A line may end this many half-width columns short of the widest, because a full-width character or
# a closing mark did not fit any more.
_SLACK = 3
_WRAPPED_SHARE = 0.6
# A list has lines of one length, too, but no sentences.
_STOP = re.compile(r"[。！？]|\.(?:\s|\Z)")
_LINES_PER_STOP = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        gap: How many blank lines stand above it.
        indented: Whether it begins as paragraphs do, with a full-width or two blanks.
    """

    text: str
    gap: int
    indented: bool


def page_lines(text: str) -> list[Line]:
    """Takes a text apart into lines, with lines that a fixed width has wrapped put together."""
    lines: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        stripped = re.sub(" {2,}", " ", raw.strip())
        if stripped:
            lines.append(Line(stripped, gap, bool(_INDENT.match(raw))))
        gap = 0 if stripped else gap + 1
    return _unwrap(lines)


def _unwrap(lines: Sequence[Line]) -> list[Line]:
    """Joins each full line with the next, where most lines are full; else changes nothing."""
    widths = [_width(line.text) for line in lines]
    follows = [bool(i) and line.gap == 0 and not line.indented for i, line in enumerate(lines)]
    measured = sorted(widths[i - 1] for i, wraps in enumerate(follows) if wraps)
    if len(measured) < 3:
        return list(lines)
    widest = measured[-1]
    full = [
        wraps and widths[i - 1] + _width(_first_word(lines[i].text)) + _SLACK > widest
        for i, wraps in enumerate(follows)
    ]
    stops = sum(len(_STOP.findall(line.text)) for line in lines)
    if sum(full) < _WRAPPED_SHARE * len(measured) or stops * _LINES_PER_STOP < len(lines):
        return list(lines)
    paragraphs: list[list[Line]] = []
    for line, wraps in zip(lines, full, strict=True):
        if wraps:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [replace(group[0], text=glue_all(line.text for line in group)) for group in paragraphs]


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match[0] if match else ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
