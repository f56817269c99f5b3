from __future__ import annotations

import threading

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.index.dense import DenseIndex


def unit_vectors(seed: int, count: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 1000), st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_a_passage_has_the_score_of_its_best_group(seed: int, groups: list[int]) -> None:
    owner = np.repeat(np.arange(len(groups)), groups)
    vectors = unit_vectors(seed, len(owner))
    query = unit_vectors(seed + 1, 1)[0]
    cosines = vectors @ query
    expected = [max(cosines[owner == n], default=-1.0) for n in range(len(groups))]
    index = DenseIndex(vectors, owner)

    scores = index.score(query, np.arange(len(groups)))
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-6)

    passages = index.nearest(query, len(owner))
    assert set(passages) == {n for n, count in enumerate(groups) if count}


def test_only_the_nearest_groups_nominate_passages() -> None:
    vectors = np.eye(4, dtype=np.float32)
    index = DenseIndex(vectors, np.array([0, 1, 1, 2]))
    query = np.array([0.1, 0.9, 0.8, 0.0], np.float32)
    assert list(index.nearest(query, 2)) == [1]
    assert list(index.nearest(query, 3)) == [0, 1]


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex(np.empty((0, 16), np.float32), np.empty(0, np.int64))
    assert len(index.nearest(unit_vectors(0, 1)[0], 10)) == 0


@pytest.mark.parametrize("threads", [1, 2])
def test_a_search_leaves_the_threads_of_faiss_as_they_were(threads: int) -> None:
    index = DenseIndex(unit_vectors(0, 50), np.arange(50))
    after: list[int] = []

    def search() -> None:
        faiss.omp_set_num_threads(threads)
        index.nearest(unit_vectors(1, 1)[0], 5)
        after.append(faiss.omp_get_max_threads())

    thread = threading.Thread(target=search)
    thread.start()
    thread.join()
    assert after == [threads]
