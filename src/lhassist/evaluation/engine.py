"""The product's own indexing and retrieval over a question set, with every vector cached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.embedding import Progress as EmbeddingProgress
from lhassist.evaluation.sets import QuestionSet
from lhassist.index import Collection, VectorCache
from lhassist.ingest import Article, build_in_memory
from lhassist.rerank import Reranker, open_reranker
from lhassist.retrieve import Retriever

Progress = Callable[[str, int, int], None]
"""Stage, how much of it is done, and how much there is."""

_SAVE_EVERY = 256


class CachingEmbedder:
    """An embedder that keeps the vectors of questions; those of passages are `ingest`'s to keep."""

    def __init__(self, embedder: Embedder, cache_dir: Path) -> None:
        self._embedder = embedder
        # A question's vector differs from that of the same text as a passage.
        self._cache = VectorCache(cache_dir, f"{embedder.fingerprint} question", embedder.dimension)
        self._seen: dict[str, NDArray[np.float32]] = {}
        self._unsaved: list[str] = []

    @property
    def fingerprint(self) -> str:
        """The embedder's own."""
        return self._embedder.fingerprint

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._embedder.dimension

    def embed_passages(
        self, texts: Sequence[str], *, progress: EmbeddingProgress | None = None
    ) -> NDArray[np.float32]:
        """Embeds texts to be found; shape (texts, dimension)."""
        return self._embedder.embed_passages(texts, progress=progress)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embeds a question, or takes its vector from the cache; shape (dimension,)."""
        if text not in self._seen:
            known = self._cache.get([text])
            if text not in known:
                known[text] = self._embedder.embed_query(text)
                self._unsaved.append(text)
            self._seen |= known
            if len(self._unsaved) >= _SAVE_EVERY:
                self.save()
        return self._seen[text]

    def save(self) -> None:
        """Puts the vectors made since the last time into the cache."""
        if self._unsaved:
            self._cache.put(self._unsaved, np.stack([self._seen[text] for text in self._unsaved]))
            self._unsaved.clear()


class RememberingReranker:
    """A reranker that scores no question and text twice: both scripts fold to the same."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._known: dict[tuple[str, str], np.float32] = {}

    @property
    def fingerprint(self) -> str:
        """The reranker's own."""
        return self._reranker.fingerprint

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Reranker.scores`."""
        fresh = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if fresh:
            for text, score in zip(fresh, self._reranker.scores(question, fresh), strict=True):
                self._known[question, text] = score
        return np.array([self._known[question, text] for text in texts], np.float32)


class Engine:
    """Makes retrievers over question sets; a context, at whose end all caches are saved."""

    def __init__(
        self, settings: Settings, embedder: Embedder | None, progress: Progress | None
    ) -> None:
        opened = embedder or open_embedder(settings.embedder, settings.cache_dir)
        self._embedder = CachingEmbedder(opened, settings.cache_dir)
        reranker = open_reranker(settings.reranker)
        self._reranker = RememberingReranker(reranker) if reranker else None
        self._cache_dir = settings.cache_dir
        self._progress = progress

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._embedder.save()

    @property
    def fingerprint(self) -> str:
        """The embedder's, and the reranker's where there is one."""
        if self._reranker is None:
            return self._embedder.fingerprint
        return f"{self._embedder.fingerprint} + {self._reranker.fingerprint}"

    def retriever(self, one: QuestionSet) -> Retriever:
        """A retriever over a set's collection."""
        return self.searching(self.collection(one))

    def searching(self, collection: Collection) -> Retriever:
        """A retriever over a collection that `collection` made."""
        return Retriever(collection, self._embedder, self._reranker)

    def collection(self, one: QuestionSet) -> Collection:
        """A set's articles, to be searched."""
        passages = defaultdict(list)
        for passage in one.passages:
            passages[passage.document_id].append(passage)
        return build_in_memory(
            (Article(document, tuple(passages[document.id])) for document in one.documents),
            embedder=self._embedder,
            gazetteer=one.gazetteer,
            cache_dir=self._cache_dir,
            progress=self._progress,
        )
