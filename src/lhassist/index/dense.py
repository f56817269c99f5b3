"""Nearest sentence groups by inner product. The only door to FAISS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import faiss
import numpy as np
from numpy.typing import NDArray


class DenseIndex:
    """Scores passages by their best sentence group.

    Args:
        vectors: One a group, float32 of shape (groups, dimension), L2-normalised, so that an inner
            product is a cosine.
        owner: The passage number of every group, shape (groups,), not descending.
    """

    def __init__(self, vectors: NDArray[np.float32], owner: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self._owner = owner
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors))

    def nearest(self, query: NDArray[np.float32], groups: int) -> NDArray[np.int64]:
        """The passages that own the nearest groups, ascending, each once.

        Args:
            query: A normalised vector, shape (dimension,).
            groups: How many groups to look at; several may belong to one passage.
        """
        groups = min(groups, len(self._owner))
        if groups == 0:
            return np.empty(0, np.int64)
        with _one_thread():
            _, found = self._index.search(query[np.newaxis, :], groups)
        return np.unique(self._owner[found[0]])

    def score(self, query: NDArray[np.float32], passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of the best group of each given passage; -1 for one without groups."""
        starts = np.searchsorted(self._owner, passages, side="left")
        ends = np.searchsorted(self._owner, passages, side="right")
        sizes = ends - starts
        rank = np.repeat(np.arange(len(passages)), sizes)
        rows = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        best = np.full(len(passages), -1.0, np.float32)
        # Not `@`: BLAS would wake its threads for these few rows, ten times slower on busy cores.
        cosines = np.einsum("gd,d->g", self._vectors[rows], query)
        np.maximum.at(best, rank, cosines)
        return best


@contextmanager
def _one_thread() -> Iterator[None]:
    """Runs FAISS on the calling thread alone.

    On busy cores a second OpenMP thread makes a search ten times slower. The setting belongs to
    the calling thread, so other threads and libraries keep theirs.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
