"""Lists inside sentences: 四大文化有哪些 must come back with all four."""

from __future__ import annotations

import re

from lhassist.answer.question import Question

_NUMERAL = re.compile(r"(?<!第)[两二三四五六七八九十](?=[大个种条篇链可项类样方点座处部])")
_VALUES = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_LAST_ITEM = re.compile(r"、[^、，。；！？]{1,20}?(和|与|及|以及|或)")
_PAIR = re.compile(r"[一-鿿](和|与|及|以及)[一-鿿]")
_SEVERAL = 2
_SHORT_CLAUSE = 8


def wanted_items(question: Question) -> int:
    """How many things the answer must list; 0 where no list is asked for."""
    if question.kind not in ("list", "what"):
        return 0
    named = _NUMERAL.search(question.folded)
    if named:
        return _VALUES[named[0]]
    return _SEVERAL if question.kind == "list" else 0


def items(text: str) -> int:
    """How many things the longest list of a folded sentence has, about."""
    parts = re.split(r"[，。；！？]", text)
    # 北邻许昌，东接周口，南接驻马店: short clauses side by side.
    short = [part for part in parts if 0 < len(part) <= _SHORT_CLAUSE]
    longest = len(short) if len(short) > _SEVERAL else 0
    for part in parts:
        commas = part.count("、")
        if commas:
            longest = max(longest, commas + 1 + bool(_LAST_ITEM.search(part)))
        elif _PAIR.search(part):
            longest = max(longest, _SEVERAL)
    return longest
