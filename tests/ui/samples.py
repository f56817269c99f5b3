"""Small answers and articles, made by hand, for what the page writes."""

from __future__ import annotations

from lhassist.schema import (
    Answer,
    AnswerSentence,
    Block,
    Citation,
    Document,
    Media,
    Published,
    ReaderScript,
    Script,
    Span,
)

HOSTILE = "<img src=x onerror=alert(1)>&\"'`${alert(2)}{{alert}}</script>"


def document(
    blocks: list[tuple[str, str]],
    *,
    identity: str = "article",
    title: str = "標題",
    script: Script = "zh-Hant",
    picture: str | None = None,
    published: Published | None = None,
    credit: str | None = None,
) -> Document:
    """An article of (kind, text) blocks; its captions belong to pictures at `picture`."""
    text = "\n\n".join(words for _, words in blocks)
    spans, position = [], 0
    for _, words in blocks:
        spans.append(Span(position, position + len(words)))
        position += len(words) + 2
    kinds = [kind for kind, _ in blocks]
    media = tuple(
        Media("image", text[span.start : span.end], span, picture, None, credit)
        for kind, span in zip(kinds, spans, strict=True)
        if kind == "caption"
    )
    return Document(
        id=identity,
        title=title,
        text=text,
        blocks=tuple(
            Block(kind, span)  # type: ignore[arg-type]
            for kind, span in zip(kinds, spans, strict=True)
        ),
        script=script,
        sha256="",
        path=f"{identity}.md",
        media=media,
        published=published,
        sources=("來源",),
    )


def citation(source: Document, quote: str, number: int = 1) -> Citation:
    start = source.text.index(quote)
    return Citation(
        number=number,
        document_id=source.id,
        title=source.title,
        published=source.published,
        passage_id=f"{source.id}#{start}-{start + len(quote)}",
        start=start,
        end=start + len(quote),
        quote=quote,
        script=source.script,
        media=source.media,
    )


def answer(
    *cited: tuple[str, Citation], script: ReaderScript = "zh-Hant", text: str = ""
) -> Answer:
    """An answer of (sentence, citation); without any, a refusal that says `text`."""
    return Answer(
        question="問？",
        status="answered" if cited else "refused",
        script=script,
        text=text,
        sentences=tuple(AnswerSentence(words, (one.number,)) for words, one in cited),
        citations=tuple(one for _, one in cited),
        hits=(),
        generator="extractive",
        timings_ms=(),
        topics=() if cited else ("經濟與產業",),
    )
