"""Small articles made by hand, with vectors and terms that are told apart by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.gazetteer import Gazetteer
from lhassist.index import Collection, CollectionBuilder, Source
from lhassist.schema import Block, Document, Media, Passage, Span

DIMENSION = 8
EMBEDDER = "by-hand-1"


def document(name: str, *paragraphs: str, media: tuple[Media, ...] = ()) -> Document:
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    text = "\n\n".join(paragraphs)
    return Document(
        id=name,
        title=f"题目{name}",
        text=text,
        blocks=tuple(blocks),
        script="zh-Hans",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=f"{name}.md",
        media=media,
    )


def passages(article: Document) -> tuple[Passage, ...]:
    """One passage a paragraph, one group for each of its halves."""
    found = []
    for block in article.blocks:
        start, end = block.span.start, block.span.end
        middle = (start + end + 1) // 2
        groups = (Span(start, middle), Span(middle, end)) if middle < end else (block.span,)
        text = article.text[start:end]
        found.append(Passage(article.id, "body", start, end, text, (block.span,), groups))
    return tuple(found)


def group_texts(passage: Passage) -> list[str]:
    return [passage.text[g.start - passage.start : g.end - passage.start] for g in passage.groups]


def vector(text: str) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    found = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return found / np.linalg.norm(found)


def add(builder: CollectionBuilder, article: Document) -> None:
    some = passages(article)
    rows = [vector(text) for passage in some for text in group_texts(passage)]
    builder.add(
        article,
        some,
        np.array(rows, np.float32).reshape(len(rows), DIMENSION),
        [list(passage.text) for passage in some],
        [[list(text) for text in group_texts(passage)] for passage in some],
    )


def collection(
    articles: Sequence[Document],
    *,
    kept: Collection | None = None,
    gazetteer: Gazetteer = Gazetteer.EMPTY,
) -> Collection:
    """A collection of the articles; those that `kept` holds are taken over from it."""
    builder = CollectionBuilder(
        embedder=EMBEDDER, dimension=DIMENSION, gazetteer=gazetteer, older=kept
    )
    for article in articles:
        if kept and article.id in kept.documents:
            builder.keep(article.id)
        else:
            add(builder, article)
    return builder.build()


def sources(articles: Sequence[Document]) -> list[Source]:
    return [Source(a.id, f"/articles/{a.path}", "/articles", a.sha256) for a in articles]
