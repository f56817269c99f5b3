"""Answers as a reader's browser keeps them, and what has become of their quotes since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from lhassist.schema import Answer, Citation, Document, Media, Span

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


def _size(answer: Answer) -> int:
    texts = (answer.question, answer.text, *(one.quote for one in answer.citations))
    return sum(map(len, texts))


def standing(
    document: Document | None, start: int, end: int, quote: str
) -> tuple[Standing, Span | None]:
    """What has become of a quote.

    Args:
        document: Its article as the collection holds it now; None where it does not.
        start: Where the quote began.
        end: Where it ended.
        quote: Its characters.

    Returns:
        That, and where it stands now; None where it is changed or gone.
    """
    if document is None:
        return "gone", None
    if quote and document.text[start:end] == quote:
        return "same", Span(start, end)
    found = document.text.find(quote) if quote else -1
    return ("moved", Span(found, found + len(quote))) if found >= 0 else ("changed", None)


def as_of_now(
    answer: Answer, documents: Mapping[str, Document]
) -> tuple[Answer, Mapping[int, Standing]]:
    """A kept answer with its quotes and pictures where they are now, and what became of each.

    A quote that stands nowhere any more stays as it was: it is what the answer was made of.
    """
    standings: dict[int, Standing] = {}
    citations = []
    for citation in answer.citations:
        document = documents.get(citation.document_id)
        state, span = standing(document, citation.start, citation.end, citation.quote)
        standings[citation.number] = state
        citations.append(_placed(citation, document, span))
    return replace(answer, citations=tuple(citations)), standings


def _placed(citation: Citation, document: Document | None, span: Span | None) -> Citation:
    held = {media.caption: media for media in document.media} if document else {}
    media = tuple(held.get(one.caption, _without_file(one)) for one in citation.media)
    if span is None:
        return replace(citation, media=media)
    return replace(citation, start=span.start, end=span.end, media=media)


def _without_file(media: Media) -> Media:
    """A file is only ever taken from the collection, never named by a browser."""
    return replace(media, path=None, sha256=None, cues=(), look=None)
