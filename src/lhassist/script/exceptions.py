"""Where we know better than OpenCC: the lists of `exceptions.toml`, which says why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DetectionExceptions:
    """What counts as telling, and what does not."""

    traditional: frozenset[str]
    both: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoldingExceptions:
    """Characters and words beside those of t2s, and what not to take from it.

    Attributes:
        never: No word of t2s with one of these characters is used.
    """

    characters: Mapping[str, str]
    never: frozenset[str]
    not_words: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TraditionalExceptions:
    """What s2t should say otherwise; the names are those of the file."""

    characters: Mapping[str, str]
    common: Mapping[str, str]
    not_words: frozenset[str]
    words: tuple[str, ...]
    names: frozenset[str]
    not_taiwan: frozenset[str]
    general: Mapping[str, str]


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files(__package__) / "exceptions.toml").read_text(encoding="utf-8"))


def _pairs(text: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in text.split()}


def _characters(text: str) -> frozenset[str]:
    return frozenset("".join(text.split()))


@cache
def detection_exceptions() -> DetectionExceptions:
    """Those of `detect`."""
    lists = _lists()["detection"]
    return DetectionExceptions(_characters(lists["traditional"]), _characters(lists["both"]))


@cache
def folding_exceptions() -> FoldingExceptions:
    """Those of `fold`."""
    lists = _lists()["folding"]
    return FoldingExceptions(
        characters=_pairs(lists["characters"]),
        never=_characters(lists["never"]),
        not_words=frozenset(lists["not_words"].split()),
        words=tuple(lists["words"].split()),
    )


@cache
def traditional_exceptions() -> TraditionalExceptions:
    """Those of `to_traditional`."""
    lists = _lists()["traditional"]
    return TraditionalExceptions(
        characters=_pairs(lists["characters"]),
        common=_pairs(lists["common"]),
        not_words=frozenset(lists["not_words"].split()),
        words=tuple(lists["words"].split()),
        names=_characters(lists["names"]),
        not_taiwan=_characters(lists["not_taiwan"]),
        general=_pairs(lists["general"]),
    )
