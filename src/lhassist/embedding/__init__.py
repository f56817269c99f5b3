"""Texts to vectors: the one protocol, and the door that opens an engine by name.

An engine imports its libraries when it is opened, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

BUNDLED = "bundled"
BUNDLED_ST = "bundled-st"
HASHING = "hashing"

Progress: TypeAlias = Callable[[int, int], None]
"""Called with (done, total) after each step; the last call has done == total."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near their meanings are.

    Callers pass folded text without any prompt: an embedder adds those of its model.
    """

    @property
    def fingerprint(self) -> str:
        """Differs whenever vectors may differ: weights, arithmetic, prompts, pooling, length.

        Made of letters, digits, dots and hyphens, so that it can be part of a file name.
        """
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Embeds texts to be found.

        Args:
            texts: Texts in any order; what exceeds the model's length is cut off at the end.
            progress: Called with (texts done, texts in all), from the calling thread.

        Returns:
            Shape (n, dimension), every row of length 1, in the order of `texts`.
        """
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embeds a question; shape (dimension,), of length 1."""
        ...


def open_embedder(name: str, cache_dir: Path, *, progress: Progress | None = None) -> Embedder:
    """Opens an embedding engine.

    Args:
        name: `bundled`: the weights that come with the install, in int8, on onnxruntime.
            `bundled-st`: the same weights in float32, on sentence-transformers.
            `hashing`: no model at all, for tests of plumbing.
            Anything else: the name or folder of a sentence-transformers model.
        cache_dir: Where converted models are kept; made where it does not exist.
        progress: Called while the bundled weights are converted, once in the life of a cache.

    Raises:
        ModelMissing: The weights or a library they need are not installed.
        ModelCorrupt: The weights are not the expected ones.
        ConfigError: The cache cannot be written.
    """
    if name == HASHING:
        from lhassist.embedding.hashing import HashingEmbedder

        return HashingEmbedder()
    if name == BUNDLED:
        from lhassist.embedding.bundled import onnx_folder
        from lhassist.embedding.onnx_engine import OnnxEmbedder

        return OnnxEmbedder(onnx_folder(cache_dir, progress))
    from lhassist.embedding.library import require_library
    from lhassist.embedding.st_engine import SentenceTransformersEmbedder

    require_library("embedder")
    if name == BUNDLED_ST:
        from lhassist.embedding.bundled import st_folder

        return SentenceTransformersEmbedder(str(st_folder(cache_dir, progress)))
    return SentenceTransformersEmbedder(name)
