"""An answer as HTML: its sentences with their marks, its sources, their pictures; or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from lhassist.schema import Answer, AnswerSentence, Citation, ReaderScript, Span
from lhassist.ui.labels import FONT_TAG, TOPICS
from lhassist.ui.markup import (
    PictureUrl,
    arguments,
    date,
    figure,
    label,
    opens,
    origin,
    topic_button,
)


def answer(reply: Answer, picture_url: PictureUrl) -> str:
    """What the page shows for an answer; it may still be growing."""
    if reply.status == "refused":
        return _refusal(reply)
    said = {sentence.text for sentence in reply.sentences}
    return (
        _sentences(reply) + _sources(reply.citations, said) + _gallery(reply.citations, picture_url)
    )


def _sentences(reply: Answer) -> str:
    cited = {citation.number: citation for citation in reply.citations}
    sentences = "".join(_sentence(one, cited, reply.script) for one in reply.sentences)
    return f'<p class="said">{sentences}</p>'


def _sentence(sentence: AnswerSentence, cited: dict[int, Citation], reader: ReaderScript) -> str:
    """A sentence and its marks, which never go to the next line by themselves."""
    own = cited[sentence.citations[0]].script if sentence.citations else reader
    # A reader of English gets the sentences as they stand in the articles.
    lang = FONT_TAG[own if reader == "en" else reader]
    marks = "".join(_mark(cited[number]) for number in sentence.citations)
    return (
        f'<span class="sentence" lang="{lang}">{escape(sentence.text[:-1])}'
        f'<span class="tail">{escape(sentence.text[-1:])}{marks}</span></span>'
    )


def _mark(citation: Citation) -> str:
    return (
        f'<button type="button" class="cite" data-cite="{citation.number}"'
        f' data-label-aria="cite.mark"{arguments(n=citation.number, title=citation.title)}>'
        f"[{citation.number}]</button>"
    )


def _sources(citations: Sequence[Citation], said: Collection[str]) -> str:
    if not citations:
        return ""
    items = "".join(_source(citation, shown=citation.quote not in said) for citation in citations)
    return (
        f'<section class="sources">{label("sources.heading", tag="h3")}<ol>{items}</ol></section>'
    )


def _source(citation: Citation, *, shown: bool) -> str:
    """One source; its quote is shown where no sentence of the answer reads the same."""
    lang = FONT_TAG[citation.script]
    return (
        f'<li data-cite="{citation.number}"><button type="button" class="source"'
        f"{opens(citation.document_id, citation.start, citation.end)}"
        f' data-cite="{citation.number}"><span class="number">{citation.number}</span>'
        f'<span class="title" lang="{lang}">{escape(citation.title)}</span> '
        f"{date(citation.published)}</button>"
        f'<blockquote lang="{lang}"{"" if shown else " hidden"}>{escape(citation.quote)}'
        "</blockquote></li>"
    )


def _gallery(citations: Sequence[Citation], picture_url: PictureUrl) -> str:
    """The pictures of the cited passages, each once."""
    figures: dict[tuple[str, Span], str] = {}
    for citation in citations:
        for media in citation.media:
            key = citation.document_id, media.span
            if media.kind == "image" and key not in figures:
                figures[key] = figure(
                    media,
                    citation.script,
                    picture_url(media),
                    escape(media.caption),
                    origin(citation, media),
                )
    if not figures:
        return ""
    heading = label("pictures.heading", tag="h3")
    shown = "".join(figures.values())
    return f'<section class="gallery">{heading}<div class="pictures">{shown}</div></section>'


def _refusal(reply: Answer) -> str:
    """A refusal, with the topics to go on with."""
    known = "".join(topic_button(topic) for topic in TOPICS if topic in reply.topics)
    heading = label("refused.topics", tag="p", classes="hint")
    offered = f'{heading}<ul class="chips">{known}</ul>' if known else ""
    said = f'<p class="said" lang="{FONT_TAG[reply.script]}">{escape(reply.text)}</p>'
    return f'<div class="refused">{said}{offered}</div>'
