"""What the page itself says, in four languages, and which of them a reader gets first.

The browser fills these labels in (`static/js/10-labels.js`), so that switching the language changes
every text of a running conversation at once. Markup names a label: `data-label="panel.close"` for
an element's text, `data-label-aria="…"` and the like for an attribute, and `data-args` (JSON) for
what stands in braces. An argument called `date` is an ISO 8601 date, written out by the browser.

Each module here holds the texts of one part of the page, in the order of `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from lhassist.schema import ReaderScript, Script, Topic
from lhassist.ui.labels import asking, checking, frame, history, library, measuring, media

Language = Literal["zh-CN", "zh-TW", "zh-HK", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
TOPICS: tuple[Topic, ...] = get_args(Topic)

DEFAULT: Language = "zh-CN"
"""For a reader whose browser names none of the four."""

FONT_TAG: Mapping[Language | Script | ReaderScript, str] = {
    "zh-CN": "zh-Hans",
    "zh-TW": "zh-Hant-TW",
    "zh-HK": "zh-Hant-HK",
    "zh-Hans": "zh-Hans",
    "zh-Hant": "zh-Hant-TW",
    "en": "en",
}
"""The `lang` attribute that makes a browser take the right glyphs for the same code points."""

READER: Mapping[Language, ReaderScript] = {
    "zh-CN": "zh-Hans",
    "zh-TW": "zh-TW",
    "zh-HK": "zh-HK",
    "en": "en",
}
"""The script that answers are in where neither the question nor the reader says so."""

_TABLE: Mapping[str, tuple[str, str, str, str]] = {
    **frame.TEXTS,
    **asking.TEXTS,
    **checking.TEXTS,
    **history.TEXTS,
    **library.TEXTS,
    **measuring.TEXTS,
    **media.TEXTS,
}


def tables() -> dict[Language, dict[str, str]]:
    """Every label by language and key, for the browser."""
    return {
        language: {key: texts[number] for key, texts in _TABLE.items()}
        for number, language in enumerate(LANGUAGES)
    }


def preferred(accept_language: str) -> Language:
    """The language for a reader that has not chosen one yet.

    Args:
        accept_language: The header of that name, such as `zh-Hant-HK,zh;q=0.9,en;q=0.8`; it may
            be empty.

    Returns:
        The first language that the browser asks for and the page has, by quality and then order.
        Chinese of Hong Kong and Macau, and any other Traditional, is told from Simplified by region
        or script.
    """
    wanted = []
    for order, part in enumerate(accept_language.split(",")):
        tag, _, quality = part.partition(";")
        wanted.append((-_quality(quality), order, tag.strip().lower()))
    for refused, _, tag in sorted(wanted):
        language = _language(tag)
        if language is not None and refused < 0:
            return language
    return DEFAULT


def _quality(parameter: str) -> float:
    try:
        return float(parameter.replace(" ", "").removeprefix("q=") or 1)
    except ValueError:
        return 0.0


def _language(tag: str) -> Language | None:
    primary, *subtags = tag.replace("_", "-").split("-")
    if primary == "en":
        return "en"
    if primary not in ("zh", "yue"):
        return None
    if "hans" in subtags:
        return "zh-CN"
    if primary == "yue" or {"hk", "mo"} & set(subtags):
        return "zh-HK"
    return "zh-TW" if {"tw", "hant"} & set(subtags) else "zh-CN"
