"""The only maker of citations.

A citation is made from a retrieved passage and a stretch inside it, and its quote is cut out of the
article there and then. There is no other way to one, so no answer can quote what was not found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lhassist.answer.citing.verify import problems
from lhassist.facts.relative import context_of, explained
from lhassist.schema import (
    AnswerSentence,
    Block,
    Citation,
    Document,
    Hit,
    Media,
    Passage,
    ReaderScript,
    Span,
)
from lhassist.script import convert


class Citations:
    """The citations of one answer, numbered from 1 in the order of their first use.

    Args:
        documents: The articles of the generation that the hits were found in, by id.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._made: dict[tuple[str, Span], Citation] = {}

    def cite(self, hit: Hit, span: Span) -> int:
        """Cites a stretch of a retrieved passage and returns its number.

        The same stretch of the same article keeps the number it got first.

        Args:
            hit: The passage, as it was retrieved.
            span: The stretch, in offsets of the article; inside the passage and not empty.

        Raises:
            ValueError: The passage is not what its article says at that place, or the stretch is
                empty or not inside the passage.
        """
        key = (hit.passage.document_id, span)
        if key not in self._made:
            document = self._documents[hit.passage.document_id]
            self._made[key] = _citation(len(self._made) + 1, hit.passage, span, document)
        return self._made[key].number

    @property
    def all(self) -> tuple[Citation, ...]:
        """What was cited so far, by number."""
        return tuple(self._made.values())


def _citation(number: int, passage: Passage, span: Span, document: Document) -> Citation:
    if document.text[passage.start : passage.end] != passage.text:
        raise ValueError(f"{passage.id}: the passage is not what its article says there")
    if not passage.start <= span.start < span.end <= passage.end:
        raise ValueError(f"{passage.id}: {span.start}-{span.end} is not inside the passage")
    said = document.said_at(span)
    beside = media_beside(document, span)
    return Citation(
        number=number,
        document_id=document.id,
        title=document.title,
        published=document.published,
        passage_id=passage.id,
        start=span.start,
        end=span.end,
        quote=document.text[span.start : span.end],
        script=document.script,
        media=(said[0], *(one for one in beside if one != said[0])) if said else beside,
        origin=document.origin_at(span.start),
        time=said[1] if said else None,
    )


def prose(citation: Citation, document: Document, script: ReaderScript) -> str:
    """A quote in the reader's script, its relative dates told; as it stands where that says more.

    Args:
        citation: What is quoted.
        document: Its article, which says what 今年 means.
        script: What to write in.
    """
    quote = " ".join(citation.quote.split())
    converted = convert(quote, script, citation.script)
    if problems(converted, [(quote, citation.published)]):
        converted = quote
    return explained(converted, script, citation.published, context_of(citation, document))


def media_beside(document: Document, span: Span) -> tuple[Media, ...]:
    """The pictures, sounds and films that a reader of this stretch should see.

    Those whose captions stand in the same section (between two headings) as the stretch, nearest
    first; where the section has none, the nearest one of the article. A newspaper sets a picture
    into the section it belongs to, at a place that the layout decides: so the section counts, and
    not the paragraph.
    """
    section = _section(document, span)
    inside = [m for m in document.media if section.start <= m.span.start < section.end]
    by_distance = sorted(inside or document.media, key=lambda m: (_distance(m.span, span), m.span))
    return tuple(by_distance if inside else by_distance[:1])


def _section(document: Document, span: Span) -> Span:
    headings = [block for block in document.blocks if block.kind == "heading"]

    def bound(block: Block) -> int:
        return block.span.start

    above = [bound(heading) for heading in headings if bound(heading) <= span.start]
    below = [bound(heading) for heading in headings if bound(heading) > span.start]
    return Span(max(above, default=0), min(below, default=len(document.text)))


def _distance(one: Span, other: Span) -> int:
    """Characters between two stretches; 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)


def text_of(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences as one text, each followed by its marks: 漯河有四条河。[1][2]."""
    return "".join(s.text + "".join(f"[{number}]" for number in s.citations) for s in sentences)
