"""Vectors without a model, for tests of plumbing only: equal words meet, meanings do not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Progress

_DIMENSION = 64


class HashingEmbedder:
    """Counts characters and pairs of neighbours, each under the hash of its text.

    Deterministic on every machine. Never use it to answer questions.
    """

    fingerprint = "hashing-1"
    dimension = _DIMENSION

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`."""
        vectors = np.zeros((len(texts), _DIMENSION), np.float32)
        for i, text in enumerate(texts):
            vectors[i] = self.embed_query(text)
            if progress:
                progress(i + 1, len(texts))
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        vector = np.zeros(_DIMENSION, np.float32)
        for feature in (*text, *map("".join, pairwise(text)), ""):
            digest = hashlib.blake2b(feature.encode("utf-8", "replace"), digest_size=4).digest()
            number = int.from_bytes(digest, "little")
            vector[number // 2 % _DIMENSION] += 1.0 if number % 2 else -1.0
        # Signs may cancel out to nothing; a vector must have a direction.
        if not vector.any():
            vector[0] = 1.0
        return vector / np.linalg.norm(vector)
