"""A searchable collection: articles, passages, vectors and words, all in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.gazetteer import Gazetteer
from lhassist.index.dense import DenseIndex
from lhassist.index.lexical import LexicalBuilder, LexicalIndex
from lhassist.schema import Document, Media, Passage


class Collection:
    """What a question is asked of. Immutable; threads may share one.

    A collection made by `CollectionBuilder` lives in memory alone; a `Generation` is one on disk.

    Attributes:
        documents: By id.
        passages: Numbered from 0; those of an article stand together, in its order.
        gazetteer: The local names that the passages were analysed with; questions need the same.
        embedder: The fingerprint of the model that made the vectors.
        group_vectors: One a sentence group, in the order of passages and of their groups;
            float32 of shape (groups, dimension), L2-normalised.
        group_owner: The passage number of every group, shape (groups,).
        dense: Searches `group_vectors`.
        lexical: Searches words.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        passages: Iterable[Passage],
        *,
        gazetteer: Gazetteer,
        embedder: str,
        group_vectors: NDArray[np.float32],
        lexical: LexicalIndex,
    ) -> None:
        self.documents: Mapping[str, Document] = {d.id: d for d in documents}
        self.passages = tuple(passages)
        self.gazetteer = gazetteer
        self.embedder = embedder
        self.group_vectors = group_vectors
        self.group_owner = group_owner(self.passages)
        self.dense = DenseIndex(group_vectors, self.group_owner)
        self.lexical = lexical
        self._first_group = np.searchsorted(self.group_owner, np.arange(len(self.passages) + 1))
        self._passages_of = _runs(self.passages)

    def passages_of(self, document_id: str) -> range:
        """The numbers of an article's passages; empty for one that has none."""
        return self._passages_of.get(document_id, range(0))

    def groups_of(self, passages: range) -> range:
        """The rows of `group_vectors` that belong to a run of passages."""
        first = self._first_group
        return range(int(first[passages.start]), int(first[passages.stop]))

    def passage_vectors(self, number: int) -> NDArray[np.float32]:
        """The vectors of a passage's groups, in their order; shape (groups, dimension)."""
        rows = self.groups_of(range(number, number + 1))
        return self.group_vectors[rows.start : rows.stop]

    def media_path(self, media: Media) -> Path | None:
        """The file of a picture, sound or film; None where the collection does not hold it."""
        return None


class CollectionBuilder:
    """Puts a collection together, article by article.

    Args:
        embedder: The fingerprint of the model that made the vectors.
        dimension: Of a vector.
        gazetteer: The local names that the terms were made with.
        older: The collection that `keep` takes articles from, analysed and embedded alike.
    """

    def __init__(
        self,
        *,
        embedder: str,
        dimension: int,
        gazetteer: Gazetteer,
        older: Collection | None = None,
    ) -> None:
        self._embedder = embedder
        self._gazetteer = gazetteer
        self._older = older
        self._documents: list[Document] = []
        self._passages: list[Passage] = []
        self._vectors = [np.empty((0, dimension), np.float32)]
        self._lexical = LexicalBuilder(older.lexical if older else None)

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        passage_terms: Iterable[Iterable[str]],
        group_terms: Iterable[Iterable[Iterable[str]]],
    ) -> None:
        """Adds an article.

        Args:
            document: The article.
            passages: All of its passages, in order.
            vectors: One for each group of each passage, in order; shape (groups, dimension).
            passage_terms: The terms of each passage.
            group_terms: The terms of each group of each passage.

        Raises:
            ValueError: The numbers of vectors, terms and groups differ.
        """
        groups = sum(len(passage.groups) for passage in passages)
        if vectors.shape != (groups, self._vectors[0].shape[1]):
            raise ValueError(f"{document.id}: {groups} groups with vectors {vectors.shape}")
        for passage, whole, parts in zip(passages, passage_terms, group_terms, strict=True):
            per_group = tuple(parts)
            if len(per_group) != len(passage.groups):
                raise ValueError(f"{passage.id}: terms of {len(per_group)} groups")
            self._lexical.add(whole, per_group)
        self._documents.append(document)
        self._passages += passages
        self._vectors.append(vectors)

    def keep(self, document_id: str) -> None:
        """Adds an article as the older collection holds it."""
        older = self._older
        if older is None:
            raise ValueError("there is no older collection to keep articles of")
        self._documents.append(older.documents[document_id])
        passages = older.passages_of(document_id)
        if passages:
            groups = older.groups_of(passages)
            self._passages += older.passages[passages.start : passages.stop]
            self._vectors.append(older.group_vectors[groups.start : groups.stop])
            self._lexical.keep(passages, groups)

    def build(self) -> Collection:
        """Makes the collection: the same one for the same articles in the same order."""
        return Collection(
            self._documents,
            self._passages,
            gazetteer=self._gazetteer,
            embedder=self._embedder,
            group_vectors=np.concatenate(self._vectors),
            lexical=self._lexical.build(group_owner(self._passages)),
        )


def group_owner(passages: Sequence[Passage]) -> NDArray[np.int64]:
    """The passage number of every group, shape (groups,), not descending."""
    return np.repeat(np.arange(len(passages)), [len(passage.groups) for passage in passages])


def _runs(passages: Sequence[Passage]) -> dict[str, range]:
    runs: dict[str, range] = {}
    for number, passage in enumerate(passages):
        run = runs.get(passage.document_id, range(number, number))
        if run.stop != number:
            raise ValueError(f"{passage.document_id}: its passages do not stand together")
        runs[passage.document_id] = range(run.start, number + 1)
    return runs
