"""What browsers send, which may be anything, as values that fit; what does not fit is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from lhassist.answer.question import QUESTION_LIMIT
from lhassist.answer.question.followup import REMEMBERED, told
from lhassist.schema import Document, ReaderScript, Span, Turn

Json = dict[str, Any]
"""An answer to a browser: values that travel as JSON."""


def fields(value: object) -> Mapping[object, object]:
    """The fields of an object; none of anything else."""
    return value if isinstance(value, Mapping) else {}


def one_of(values: tuple[Any, ...], value: object) -> Any:
    """The value where it is one of these; else None."""
    return next((one for one in values if one == value), None)


def text(value: object) -> str:
    """A text without halves of characters, which JSON can carry and nothing else can."""
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def reader_script(value: object) -> ReaderScript | None:
    """A script that answers can be written in."""
    script: ReaderScript | None = one_of(get_args(ReaderScript), value)
    return script


def span(start: object, end: object, document: Document) -> Span | None:
    """A place in an article."""
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text):
        return Span(start, end)
    return None


def turns(history: object) -> tuple[Turn, ...]:
    """The last turns of a conversation, as the browser tells them."""
    last = history[-REMEMBERED:] if isinstance(history, list) else []
    found = (_turn(fields(one)) for one in last)
    return tuple(turn for turn in found if turn is not None)


def _turn(given: Mapping[object, object]) -> Turn | None:
    question, understood = text(given.get("question")), text(given.get("understood"))
    if not all(0 < len(one) <= QUESTION_LIMIT for one in (question, understood)):
        return None
    said = text(given.get("said"))[:QUESTION_LIMIT]
    return told(question, understood, said)
