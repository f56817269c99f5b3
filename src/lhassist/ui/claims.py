"""Checked statements as HTML: each with its verdict, what the articles say, and the quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import count

from lhassist import script as scripts
from lhassist.schema import Claim
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import label
from lhassist.ui.sources import works


def claims(checked: Sequence[Claim]) -> str:
    """The statements in their order; their citations are numbered through."""
    numbers = count(1)
    return f'<ol class="claims">{"".join(_claim(one, numbers) for one in checked)}</ol>'


def _claim(claim: Claim, numbers: count[int]) -> str:
    script = scripts.detect(claim.text) or "zh-Hans"
    numbered = [replace(one, number=next(numbers)) for one in claim.citations]
    note = f'<p class="note">{escape(claim.note)}</p>' if claim.note else ""
    quotes = f'<ol class="works">{works(numbered)}</ol>' if numbered else ""
    verdict = label(f"verdict.{claim.verdict}", classes="verdict")
    return (
        f'<li class="claim" data-verdict="{claim.verdict}">'
        f'<p class="statement" lang="{FONT_TAG[script]}">{escape(claim.text)}</p>'
        f"<div>{verdict}{note}{quotes}</div></li>"
    )
