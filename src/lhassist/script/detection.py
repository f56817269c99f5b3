"""Which of the two scripts a text is in."""

from __future__ import annotations

from functools import cache

from lhassist.schema import Script
from lhassist.script.dictionaries import entries
from lhassist.script.exceptions import detection_exceptions


def detect(text: str) -> Script | None:
    """Says which script most telling characters of a text belong to.

    A telling character occurs in one of the scripts only. Characters that both use, whatever they
    mean there (后 台 干 里 面 云 只), do not count.

    Returns:
        None where there is no telling character, or as many of one script as of the other.
    """
    hans, hant = _telling()
    balance = sum((c in hant) - (c in hans) for c in text)
    if balance == 0:
        return None
    return "zh-Hant" if balance > 0 else "zh-Hans"


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters of Simplified alone, and those of Traditional alone."""
    exceptions = detection_exceptions()
    to_hant, to_hans = entries("STCharacters"), entries("TSCharacters")
    regional = {
        target
        for name in ("TWVariants", "HKVariants")
        for targets in entries(name).values()
        for target in targets
    }
    hans = {c for c, targets in to_hant.items() if c not in targets}
    hant = {c for c, targets in to_hans.items() if c not in targets} | exceptions.traditional
    return (
        frozenset(hans - hant - regional - exceptions.both),
        frozenset(hant - to_hant.keys()),
    )
