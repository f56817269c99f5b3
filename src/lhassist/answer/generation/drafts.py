"""What a model says, cut into plain sentences as it comes: no marks, no markup, no addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lhassist.passages import sentences, unclosed

MOST_CHARACTERS = 1500
"""A model that says more is not read to its end."""

_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\]|(?=[^(\[]))")
_BEGUN_PICTURE = "!["
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"[\[［【〔]\s*\^?\d+(?:\s*[,，、–-]\s*\d+)*\s*[\]］】〕]|[①-⑳]")
_MARKUP = re.compile(r"<[^<>]*>|[*_`~|]{1,3}|^\s*(?:#{1,6}|[-+•>])\s+|^\s*\d{1,2}[.、)）]\s*(?!\d)")
_ADDRESS = re.compile(r"https?:|www\.|://|data:|javascript:|\S+@\S+\.\w", re.IGNORECASE)
# 根据资料，, 答案是： and 综上所述， say nothing about the city.
_FRAME = re.compile(
    r"^(?:(?:根据|根據|依据|依據|据|據|按照|从|從)[^，。：:]{0,14}"
    r"(?:资料|資料|文章|证据|證據|信息|資訊|原文|evidence)[^，。：:]{0,6}[，：:]"
    r"|(?:答案|回答)(?:是|为|為)?[：:]|(?:综上所述|綜上所述|因此|所以|总之|總之)[，,])"
)


def drafts(pieces: Iterable[str]) -> Iterator[str]:
    """Plain sentences, each as soon as the next one begins; what holds an address is left out.

    Args:
        pieces: Of the model's text, in order.
    """
    held = ""
    read = 0
    for piece in pieces:
        held += piece
        read += len(piece)
        if read > MOST_CHARACTERS:
            break
        # A picture begins with what ends a sentence, so it goes before sentences are cut.
        held = _PICTURE.sub("", held)
        spans = sentences(held, 0, _certain(held))
        for span in spans[:-1]:
            yield from _plain(held[span.start : span.end])
        if len(spans) > 1:
            held = held[spans[-1].start :]
    else:
        held = held.replace(_BEGUN_PICTURE, "[")
        for span in sentences(held):
            yield from _plain(held[span.start : span.end])


def _certain(held: str) -> int | None:
    """How far no more text can change where sentences end; None for all of it."""
    begun = (held.find(_BEGUN_PICTURE), unclosed(held))
    return min((at for at in begun if at is not None and at >= 0), default=None)


def _plain(sentence: str) -> Iterator[str]:
    """The sentence without what is no prose; nothing where nothing is left."""
    text = "".join(c for c in sentence if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if _ADDRESS.search(text):
        return
    text = _MARKUP.sub("", _MARK.sub("", _LINK.sub(r"\1", text))).strip()
    text = _FRAME.sub("", text).strip()
    if any(c.isalnum() for c in text):
        yield text
