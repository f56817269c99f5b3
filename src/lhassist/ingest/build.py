"""From articles to a searchable collection: analyse, embed, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Embedder
from lhassist.gazetteer import Gazetteer
from lhassist.index import Collection, CollectionBuilder, VectorCache
from lhassist.schema import Document, Passage
from lhassist.script import fold
from lhassist.terms import Analyzer

Progress = Callable[[str, int, int], None]
"""Stage (`read`, `embed`), how much of it is done, and how much there is."""

_SAVE_EVERY = 64
"""Texts embedded between two saves of the cache: what a killed run has to do again."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its passages."""

    document: Document
    passages: tuple[Passage, ...]


def build_in_memory(
    articles: Iterable[Article],
    *,
    embedder: Embedder,
    gazetteer: Gazetteer = Gazetteer.EMPTY,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Makes a collection that lives in memory alone, with what `ingest` does to every article.

    Args:
        articles: Each id once.
        embedder: Makes the vectors.
        gazetteer: Local names for the analysis of words.
        cache_dir: Where vectors of earlier runs are; None embeds everything.
        progress: Told how far it is.
    """
    cache = VectorCache(cache_dir, embedder.fingerprint, embedder.dimension) if cache_dir else None
    return build(
        {article.document.id: article for article in articles},
        (),
        None,
        embedder=embedder,
        gazetteer=gazetteer,
        cache=cache,
        progress=progress,
    )


def build(
    fresh: Mapping[str, Article],
    kept: Iterable[str],
    older: Collection | None,
    *,
    embedder: Embedder,
    gazetteer: Gazetteer,
    cache: VectorCache | None,
    reuse: bool = True,
    progress: Progress | None = None,
) -> Collection:
    """Makes a collection of new articles and of those that an older one holds, ordered by id.

    Args:
        fresh: Articles to analyse and embed, by id.
        kept: Ids of articles to take from `older` as they are; none of `fresh`.
        older: Made with the same embedder and gazetteer.
        embedder: Makes the vectors.
        gazetteer: Local names for the analysis of words.
        cache: Vectors of texts seen before; gets the new ones.
        reuse: Whether to use those seen before.
        progress: Told how far the embedding is.
    """
    texts = {
        passage.id: group_texts(passage)
        for article in fresh.values()
        for passage in article.passages
    }
    vectors = _embed(
        list(dict.fromkeys(text for group in texts.values() for text in group)),
        embedder,
        cache,
        reuse=reuse,
        progress=progress,
    )
    analyzer = Analyzer(gazetteer)
    builder = CollectionBuilder(
        embedder=embedder.fingerprint,
        dimension=embedder.dimension,
        gazetteer=gazetteer,
        older=older,
    )
    for document_id in sorted((*fresh, *kept)):
        article = fresh.get(document_id)
        if article is None:
            builder.keep(document_id)
            continue
        rows = [vectors[text] for passage in article.passages for text in texts[passage.id]]
        builder.add(
            article.document,
            article.passages,
            np.array(rows, np.float32).reshape(len(rows), embedder.dimension),
            (analyzer.terms(passage.with_headings) for passage in article.passages),
            (
                [analyzer.terms(text) for text in _own_texts(passage)]
                for passage in article.passages
            ),
        )
    return builder.build()


def group_texts(passage: Passage) -> list[str]:
    """What is embedded for each sentence group of a passage: its own text, under the title.

    A group alone often does not say what it is about. `docs/decisions/0005-index.md` has the gain.
    """
    title = f"《{passage.title}》" if passage.title else ""
    return [fold(title + text) for text in _own_texts(passage)]


def _own_texts(passage: Passage) -> list[str]:
    first = passage.start
    return [passage.text[group.start - first : group.end - first] for group in passage.groups]


def _embed(
    texts: Sequence[str],
    embedder: Embedder,
    cache: VectorCache | None,
    *,
    reuse: bool,
    progress: Progress | None,
) -> dict[str, NDArray[np.float32]]:
    vectors = cache.get(texts) if cache and reuse else {}
    # By length, so that the time left can be told from what is done, and short texts come first.
    unseen = sorted((text for text in texts if text not in vectors), key=len)
    for start in range(0, len(unseen), _SAVE_EVERY):
        some = unseen[start : start + _SAVE_EVERY]
        embedded = embedder.embed_passages(some)
        vectors.update(zip(some, embedded, strict=True))
        if cache:
            cache.put(some, embedded)
        if progress:
            progress("embed", start + len(some), len(unseen))
    return vectors
