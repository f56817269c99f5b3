"""Checking a text: each statement with its verdict, what the articles say, and the quotes."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import count
from typing import TYPE_CHECKING, get_args

from lhassist import script as scripts
from lhassist.answer.question import QUESTION_LIMIT
from lhassist.errors import LhassistError, QuestionError
from lhassist.schema import Claim, Verdict
from lhassist.ui import given
from lhassist.ui.given import Json
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import label
from lhassist.ui.sources import works

if TYPE_CHECKING:
    from lhassist.assistant import Assistant

_LOG = logging.getLogger(__name__)


def check(assistant: Assistant, wanted: object) -> Json:
    """Holds each statement of a text against the articles.

    Args:
        assistant: Holds the articles.
        wanted: `{"text", "script"?}`: what was pasted, and what to write the notes in.

    Returns:
        `html` and `counts` (statements by verdict); or `error`, the name of a label.
    """
    sent = given.fields(wanted)
    try:
        assistant.reload_if_changed()
        checked = assistant.check(
            given.text(sent.get("text")), script=given.reader_script(sent.get("script"))
        )
    except QuestionError:
        return {"error": "error.text", "values": {"limit": QUESTION_LIMIT}}
    except LhassistError as error:
        _LOG.error("%s (%s)", error.message, error.hint)
        return {"error": "error.unexpected"}
    counts = Counter(claim.verdict for claim in checked)
    return {
        "html": claims(checked),
        "counts": {verdict: counts[verdict] for verdict in get_args(Verdict)},
    }


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
