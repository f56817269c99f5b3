"""Articles as HTML: one whole, with a quote marked; those of a topic; those of the first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from lhassist.schema import Block, Document, Media, Origin, ReaderScript, Span, TimeRange
from lhassist.script import convert, detect
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import (
    PictureUrl,
    date,
    figure,
    heard,
    label,
    opens,
    recording,
    topic_button,
)

Shelf = tuple[str, Sequence[Document]]
"""A topic (or `other`) and its articles, newest first."""

LEAD_CHARACTERS = 56
FRONT_ARTICLES = 3


def article(
    document: Document,
    picture_url: PictureUrl,
    *,
    quote: Span | None = None,
    lost: str = "",
    script: ReaderScript | None = None,
) -> str:
    """A whole article, in reading order.

    Args:
        document: The article.
        picture_url: Where its pictures are.
        quote: What to mark, in offsets of `document.text`. A `<mark>` holds exactly these
            characters; a quote over several blocks gets one mark a block.
        lost: A quote that the article had once; it is shown above the article, as it was.
        script: The script to convert the article to; None shows its own characters.
    """
    return _Article(document, picture_url, quote, lost, script).html()


def gone(quote: str) -> str:
    """In the place of an article that is no longer held: what was quoted from it."""
    heading = label("error.gone", tag="h2", attributes='tabindex="-1"')
    return f'<article class="article gone">{heading}{_lost(quote, "quote.gone")}</article>'


@dataclass(frozen=True, slots=True)
class _Article:
    document: Document
    picture_url: PictureUrl
    quote: Span | None
    lost: str
    script: ReaderScript | None

    def html(self) -> str:
        document = self.document
        media = {one.span: one for one in document.media}
        before: list[Origin] = ["written", *(one.origin for one in document.blocks)]
        blocks = "".join(
            self._note(one.origin, last) + self._block(one, media.get(one.span))
            for last, one in zip(before, document.blocks, strict=False)
        )
        return (
            f'<article class="article" data-script="{document.script}"'
            f' lang="{FONT_TAG[self.script or document.script]}">'
            f"{self._head()}{blocks}{self._origins()}</article>"
        )

    def _head(self) -> str:
        document = self.document
        kicker = label(f"topic.{document.topic or 'other'}", tag="p", classes="kicker")
        when = date(document.published, basis=True)
        own_script = label(f"article.script.{document.script}")
        note = label("panel.converted", tag="p", classes="converted") if self.script else ""
        note += _lost(self.lost, "quote.changed") if self.lost else ""
        return (
            f'<header>{kicker}<h2 tabindex="-1">{self._write(document.title)}</h2>'
            f'<p class="meta">{when}{own_script}</p>{note}</header>'
        )

    def _block(self, block: Block, media: Media | None) -> str:
        text = "".join(self._marked(block.span))
        if block.kind == "heading":
            return f"<h3>{text}</h3>"
        if media is not None:
            script, url = self.script or self.document.script, self.picture_url(media)
            if media.kind == "image":
                return figure(media, script, url, text)
            return recording(media, script, url, text, time=self._cited_of(media))
        return f"<p>{text}</p>"

    def _note(self, own: Origin, last: Origin) -> str:
        """Says above what a machine heard or read that it did."""
        return f'<p class="heard">{heard(own)}</p>' if own not in ("written", last) else ""

    def _cited_of(self, media: Media) -> TimeRange | None:
        """When the quote is said in a sound or film."""
        said = self.document.said_at(self.quote) if self.quote else None
        return said[1] if said and said[0] == media else None

    def _marked(self, block: Span) -> Iterator[str]:
        """A block's text, with the quote's part of it in a mark."""
        text = self.document.text
        quote = self.quote or Span(block.end, block.end)
        start = min(max(quote.start, block.start), block.end)
        end = min(max(quote.end, start), block.end)
        yield self._write(text[block.start : start])
        if start < end:
            yield f"<mark>{self._write(text[start:end])}</mark>"
        yield self._write(text[end : block.end])

    def _origins(self) -> str:
        if not self.document.sources:
            return ""
        items = "".join(f"<li>{self._write(source)}</li>" for source in self.document.sources)
        return f"<footer>{label('article.sources', tag='h3')}<ul>{items}</ul></footer>"

    def _write(self, text: str) -> str:
        return escape(convert(text, self.script, self.document.script) if self.script else text)


def _lost(quote: str, key: str) -> str:
    lang = FONT_TAG[detect(quote) or "zh-Hans"]
    return (
        f'<aside class="was">{label(key, tag="p")}'
        f'<blockquote lang="{lang}">{escape(quote)}</blockquote></aside>'
    )


def shelf(topic: str, documents: Sequence[Document]) -> str:
    """The articles of one topic, for the panel."""
    items = "".join(
        f"<li>{_headline(document)}"
        f'<p class="lead" lang="{FONT_TAG[document.script]}">{escape(lead(document))}</p></li>'
        for document in documents
    )
    heading = label(f"topic.{topic}", tag="h2", attributes='tabindex="-1"')
    return f'<div class="shelf">{heading}<ol>{items}</ol></div>'


def front(shelves: Iterable[Shelf]) -> str:
    """The first page: the newest headlines of each topic."""
    return "".join(
        f'<section class="column"><h3>{topic_button(topic)}</h3><ul>'
        + "".join(f"<li>{_headline(document)}</li>" for document in documents[:FRONT_ARTICLES])
        + f"</ul>{_more(topic, len(documents))}</section>"
        for topic, documents in shelves
    )


def newest_first(documents: Sequence[Document]) -> list[Document]:
    """By date, those without one last; of one day by title."""
    by_title = sorted(documents, key=lambda document: document.title)
    return sorted(
        by_title, key=lambda one: one.published.date if one.published else "", reverse=True
    )


def lead(document: Document) -> str:
    """The beginning of an article, cut after a sentence or, with an ellipsis, after a clause."""
    first = next((block.span for block in document.blocks if block.kind == "paragraph"), Span(0, 0))
    text = document.text[first.start : first.end]
    if len(text) <= LEAD_CHARACTERS:
        return text
    head = text[:LEAD_CHARACTERS]
    sentence = max(head.rfind(mark) for mark in "。！？")
    if sentence >= LEAD_CHARACTERS // 3:
        return head[: sentence + 1]
    clause = max(head.rfind(mark) for mark in "，；：、")
    return (head[:clause] if clause > 0 else head) + "……"


def _headline(document: Document) -> str:
    lang = FONT_TAG[document.script]
    return (
        f'<button type="button" class="headline"{opens(document.id)}>'
        f'<span class="title" lang="{lang}">{escape(document.title)}</span> '
        f"{date(document.published)}</button>"
    )


def _more(topic: str, count: int) -> str:
    """The way to all articles of a topic, where the first page shows only some."""
    if count <= FRONT_ARTICLES:
        return ""
    attributes = f'type="button" data-topic="{topic}"'
    return label("topic.all", tag="button", classes="more", attributes=attributes, n=count)
