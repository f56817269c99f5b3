"""Small articles, hits and sentence vectors made by hand."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from lhassist.answer import Evidence, compose
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.names import Names
from lhassist.gazetteer import Gazetteer
from lhassist.index import Collection, CollectionBuilder
from lhassist.passages import split
from lhassist.schema import (
    Answer,
    Block,
    Document,
    Hit,
    Media,
    Passage,
    Published,
    ReaderScript,
    Script,
    Span,
)
from lhassist.terms import Analyzer

WORDS = 0.7
"""The share of the question's words in every passage: that of one that answers a short question."""

LEVEL = np.array([1.0, 0.0], np.float32)
"""The vector of every text."""

_UNRELATED = (0.93, 0.02)
"""Cosines of unrelated texts, so that one of 1 is 3.5 standard deviations above."""

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
    return Hit(of, score, "fused", lexical=WORDS)


def collection(*documents: Document, gazetteer: Gazetteer = Gazetteer.EMPTY) -> Collection:
    """A searchable collection in which every group of sentences is as near to every question.

    As near as a sentence that answers mostly is (see `reader_of`); so what is chosen depends on
    words and figures alone.
    """
    analyzer = reader_of(gazetteer).analyzer
    builder = CollectionBuilder(embedder="level", dimension=2, gazetteer=gazetteer)
    for document in documents:
        passages = split(document)
        builder.add(
            document,
            passages,
            np.tile(LEVEL, (sum(len(p.groups) for p in passages), 1)),
            [analyzer.terms(p.text) for p in passages],
            [[analyzer.terms(document.text[g.start : g.end]) for g in p.groups] for p in passages],
        )
    return builder.build()


@cache
def reader_of(gazetteer: Gazetteer) -> Reader:
    return Reader(Names(gazetteer), Analyzer(gazetteer), _UNRELATED)


def ask(
    collection: Collection, question: str, script: ReaderScript = "zh-Hans"
) -> tuple[Question, Answer]:
    """What a question is read as, and its answer from all passages of a collection."""
    reader = reader_of(collection.gazetteer)
    read = reader.read(question)
    hits = [hit(of, 1.0 - 0.001 * number) for number, of in enumerate(collection.passages)]
    evidence = Evidence(hits, LEVEL, collection, reader)
    return read, compose(read, evidence, lambda _: evidence, script)
