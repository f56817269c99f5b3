"""Answers as a reader's browser keeps them, and what has become of their quotes since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from lhassist.schema import Answer, Citation, Document, Span

Standing = Literal["same", "moved", "changed", "gone"]
"""Of a quote: it stands where it stood; elsewhere in its article; no longer in it; the article
itself is no longer in the collection."""

MOST_CHARACTERS = 200_000
"""Of the texts of one kept answer; an answer has a few thousand."""

_ANSWER = TypeAdapter(Answer)


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer with what the page shows of it; the passages that were found are left out."""
    kept: dict[str, Any] = _ANSWER.dump_python(replace(answer, hits=()), mode="json")
    return kept


def from_json(kept: object) -> Answer | None:
    """The answer again; None where it is none, or one whose parts do not fit together."""
    try:
        answer = _ANSWER.validate_python(kept)
    except ValidationError:
        return None
    numbers = {citation.number for citation in answer.citations}
    named = {number for sentence in answer.sentences for number in sentence.citations}
    named |= {row.citation for row in answer.rows}
    if answer.series:
        named |= {point.citation for point in answer.series.points}
    return answer if named <= numbers and _size(answer) <= MOST_CHARACTERS else None


def standing(citation: Citation, documents: Mapping[str, Document]) -> tuple[Standing, Span | None]:
    """What has become of a quote, and where it stands now; nowhere where it is changed or gone."""
    document = documents.get(citation.document_id)
    if document is None:
        return "gone", None
    if document.text[citation.start : citation.end] == citation.quote:
        return "same", Span(citation.start, citation.end)
    start = document.text.find(citation.quote) if citation.quote else -1
    if start < 0:
        return "changed", None
    return "moved", Span(start, start + len(citation.quote))


def _size(answer: Answer) -> int:
    texts = (answer.text, *(one.quote for one in answer.citations))
    return sum(map(len, texts))
