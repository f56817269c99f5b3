"""Local names that a recogniser wrote with characters of the same sound: 洛河市 for 漯河市."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from lhassist.gazetteer import SpokenName
from lhassist.pronunciation import sounds, toneless

_LEAST = 3
"""Characters; shorter names have too many homophones that mean something: 洛河 is a river, too."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")


def mended(text: str, names: Sequence[SpokenName]) -> str:
    """Writes stretches that sound like a name, but for the tones, as the name.

    Args:
        text: A transcript.
        names: With their readings; those that are shorter than three characters are not looked for.
    """
    by_sound: dict[tuple[str, ...], str] = {}
    for name in names:
        if len(name.name) >= _LEAST and _HAN.fullmatch(name.name):
            by_sound.setdefault(toneless(name.reading), name.name)
    sounds = defaultdict(set)
    for sound in by_sound:
        sounds[len(sound)].add(sound)
    return _HAN.sub(lambda found: _mend(found[0], by_sound, sorted(sounds, reverse=True)), text)


def _mend(run: str, by_sound: dict[tuple[str, ...], str], lengths: Sequence[int]) -> str:
    readings = sounds(run)
    at, written = 0, ""
    while at < len(run):
        for length in lengths:
            heard = product(*readings[at : at + length]) if at + length <= len(run) else ()
            name = next((by_sound[one] for one in heard if one in by_sound), None)
            if name:
                written += name
                at += length
                break
        else:
            written += run[at]
            at += 1
    return written
