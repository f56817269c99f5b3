"""An answer as HTML: its sentences with their marks, its sources, their pictures; or a refusal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from lhassist.schema import Answer, AnswerSentence, Citation, ReaderScript, Row, Span, TimeRange
from lhassist.ui.charts import chart
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import (
    PictureUrl,
    figure,
    label,
    origin,
    recording,
    topic_button,
)
from lhassist.ui.saved import Standing
from lhassist.ui.sources import mark, works
from lhassist.ui.tools import question_chips, tools

_MARK = re.compile(r"\[(\d+)\]")


def answer(
    reply: Answer,
    picture_url: PictureUrl,
    topics: Iterable[str],
    standings: Mapping[int, Standing] = MappingProxyType({}),
) -> str:
    """What the page shows for an answer; it may still be growing.

    Args:
        reply: The answer, or a refusal.
        picture_url: Where the pictures are.
        topics: What a refusal offers to go on with.
        standings: Of an earlier answer, what has become of its quotes.
    """
    cited = {citation.number: citation for citation in reply.citations}
    said = {sentence.text for sentence in reply.sentences}
    drawn = chart(reply.series, cited, reply.script) if reply.series else ""
    body = _understood(reply) + _said(reply, cited) + _writer(reply) + drawn + _table(reply, cited)
    if reply.status == "refused":
        body = f'<div class="refused">{body}{_ways_on(reply, topics)}</div>'
    else:
        body += _suggestions(reply)
    return (
        body
        + tools()
        + _sources(reply.citations, said, standings)
        + _gallery(reply.citations, picture_url)
    )


def _understood(reply: Answer) -> str:
    """What a follow-up was taken for."""
    if not reply.understood_as:
        return ""
    return label("turn.understood", tag="p", classes="hint", question=reply.understood_as)


def _said(reply: Answer, cited: Mapping[int, Citation]) -> str:
    if reply.sentences:
        sentences = "".join(_sentence(one, cited, reply.script) for one in reply.sentences)
        return f'<p class="said">{sentences}</p>'
    # The lines below the first are the rows of the table.
    words = escape(reply.text.split("\n", 1)[0] if reply.rows else reply.text)
    marked = _MARK.sub(lambda found: _mark_in_text(found, cited), words)
    return f'<p class="said" lang="{FONT_TAG[reply.script]}">{marked}</p>'


def _writer(reply: Answer) -> str:
    """Whether a language model worded the answer, or why it did not; nothing where none is used."""
    if reply.fallback == "pending":
        keep = label("quoted.keep", tag="button", classes="keep quiet", attributes='type="button"')
        return label("quoted.pending", tag="p", classes="hint writer") + keep
    if reply.fallback:
        return label(f"quoted.{reply.fallback}", tag="p", classes="hint writer")
    kind, _, model = reply.generator.partition(":")
    if kind != "llm":
        return ""
    return label("worded.model", tag="p", classes="hint writer", model=model)


def _mark_in_text(found: re.Match[str], cited: Mapping[int, Citation]) -> str:
    citation = cited.get(int(found[1]))
    return mark(citation) if citation else found[0]


def _sentence(sentence: AnswerSentence, cited: Mapping[int, Citation], reader: ReaderScript) -> str:
    """A sentence and its marks, which never go to the next line by themselves."""
    own = cited[sentence.citations[0]].script if sentence.citations else reader
    # A reader of English gets the sentences as they stand in the articles.
    lang = FONT_TAG[own if reader == "en" else reader]
    marks = "".join(mark(cited[number]) for number in sentence.citations)
    return (
        f'<span class="sentence" lang="{lang}">{escape(sentence.text[:-1])}'
        f'<span class="tail">{escape(sentence.text[-1:])}{marks}</span></span>'
    )


def _sources(
    citations: Sequence[Citation], said: Collection[str], standings: Mapping[int, Standing]
) -> str:
    if not citations:
        return ""
    heading = label("sources.heading", tag="h3")
    cited = works(citations, said, standings)
    return f'<section class="sources">{heading}<ol class="works">{cited}</ol></section>'


def _gallery(citations: Sequence[Citation], picture_url: PictureUrl) -> str:
    """The pictures of the cited passages, each once; sounds and films at each cited time.

    Pictures that can be seen come before the captions of those that the collection does not hold.
    """
    pictures: dict[tuple[str, Span], str] = {}
    missing: dict[tuple[str, Span], str] = {}
    recordings: dict[tuple[str, Span, TimeRange | None], str] = {}
    for citation in citations:
        for media in citation.media:
            url = picture_url(media)
            # A recording that is an article by itself is called like it.
            caption = "" if media.caption == citation.title else escape(media.caption)
            opener = origin(citation, media)
            key = citation.document_id, media.span
            if media.kind == "image":
                shown = figure(media, citation.script, url, caption, opener)
                (missing if url is None else pictures).setdefault(key, shown)
                continue
            time = citation.time if media == citation.media[0] else None
            played = recording(media, citation.script, url, caption, time=time, origin=opener)
            recordings.setdefault((*key, time), played)
    return _shown("recordings.heading", "recordings", recordings.values()) + _shown(
        "pictures.heading", "pictures", (*pictures.values(), *missing.values())
    )


def _shown(heading: str, classes: str, figures: Collection[str]) -> str:
    if not figures:
        return ""
    shown = f'{label(heading, tag="h3")}<div class="{classes}">{"".join(figures)}</div>'
    return f'<section class="gallery">{shown}</section>'


def _table(reply: Answer, cited: Mapping[int, Citation]) -> str:
    """Dated values, each with its mark."""
    if not reply.rows:
        return ""
    heads = "".join(
        label(f"table.{name}", tag="th", attributes='scope="col"')
        for name in ("what", "period", "value")
    )
    rows = "".join(_row(row, cited) for row in reply.rows)
    return (
        f'<table class="values" lang="{FONT_TAG[reply.script]}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(row: Row, cited: Mapping[int, Citation]) -> str:
    note = f'<span class="note">{escape(row.note)}</span>' if row.note else ""
    return (
        f'<tr><th scope="row">{escape(row.label)}{note}</th><td>{escape(row.period)}</td>'
        f"<td>{escape(row.value)}{mark(cited[row.citation])}</td></tr>"
    )


def _ways_on(reply: Answer, topics: Iterable[str]) -> str:
    """What a refusal offers: questions that are answered, and topics."""
    heading = label("refused.topics", tag="p", classes="hint")
    offered = "".join(f"<li>{topic_button(topic)}</li>" for topic in topics)
    return f'{_suggestions(reply)}{heading}<ul class="chips">{offered}</ul>'


def _suggestions(reply: Answer) -> str:
    if not reply.suggestions:
        return ""
    chips = question_chips("ask.examples", reply.suggestions, reply.script)
    return f'<div class="suggestions">{chips}</div>'
