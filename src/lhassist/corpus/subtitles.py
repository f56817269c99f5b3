"""Subtitles in SubRip (.srt) and WebVTT (.vtt): who says what when, written by people."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lhassist.corpus.parts import clean
from lhassist.schema import TimeRange

SUFFIXES = (".srt", ".vtt")

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}")
_TAG = re.compile(r"</?(?:[a-z]+(?:[. ][^>\n]*)?|\d[\d:.]*)>", re.IGNORECASE)
# What a style sheet of Advanced SubStation leaves in subtitles that were converted from it.
_OVERRIDE = re.compile(r"\{\\[^}\n]*\}")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line that is said, and when."""

    text: str
    time: TimeRange


def parse_subtitles(text: str) -> list[Utterance]:
    """Reads the cues of a subtitle file, in the order of their times.

    Numbers, notes, styles, positions and mark-up are left out; a cue without text or with an
    impossible time is, too.

    Args:
        text: Of a `.srt` or `.vtt` file.
    """
    found: list[Utterance] = []
    for block in re.split(r"\n[ \t]*\n", clean(text)):
        lines = block.split("\n")
        for number, line in enumerate(lines[:2]):
            if times := _TIMES.match(line):
                found += _utterance(lines[number + 1 :], times)
                break
    return sorted(found, key=lambda utterance: utterance.time)


def plain(text: str) -> str:
    """The text of a cue in one line, without mark-up."""
    return " ".join(html.unescape(_TAG.sub("", _OVERRIDE.sub("", text))).split())


def _utterance(lines: list[str], times: re.Match[str]) -> Iterator[Utterance]:
    start, end = _seconds(*times.group(1, 2, 3, 4)), _seconds(*times.group(5, 6, 7, 8))
    text = plain(" ".join(lines))
    if text and start <= end:
        yield Utterance(text, TimeRange(start, end))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")
