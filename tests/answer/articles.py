"""Small articles, hits and sentence vectors made by hand."""

from __future__ import annotations

from itertools import pairwise

from lhassist.schema import Block, Document, Hit, Media, Passage, Published, Script, Span

_SEPARATOR = "\n\n"


def article(
    identifier: str,
    *blocks: str,
    title: str = "",
    script: Script = "zh-Hans",
    published: str | None = None,
) -> Document:
    """An article; a block that begins with `#` is a heading, one with `!` a caption."""
    kinds = {"#": "heading", "!": "caption"}
    placed: list[Block] = []
    texts = [block.lstrip("#!") for block in blocks]
    start = 0
    for block, text in zip(blocks, texts, strict=True):
        kind = kinds.get(block[0], "paragraph")
        placed.append(Block(kind, Span(start, start + len(text))))
        start += len(text) + len(_SEPARATOR)
    whole = _SEPARATOR.join(texts)
    return Document(
        id=identifier,
        title=title,
        text=whole,
        blocks=tuple(placed),
        script=script,
        sha256="0" * 64,
        path=f"{identifier}.md",
        media=tuple(
            Media("image", whole[b.span.start : b.span.end], b.span)
            for b in placed
            if b.kind == "caption"
        ),
        published=Published(published) if published else None,
    )


def passage(document: Document, start: int, end: int, *cuts: int) -> Passage:
    """A passage of an article, with its sentences cut at these offsets; a group a sentence."""
    edges = (start, *cuts, end)
    spans = tuple(Span(a, b) for a, b in pairwise(edges))
    return Passage(
        document_id=document.id,
        kind="body",
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=spans,
        groups=spans,
        title=document.title,
    )


def hit(of: Passage, score: float = 1.0) -> Hit:
    return Hit(of, score, "fused")
