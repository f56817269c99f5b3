"""A second look at the best hits: the protocol, and cross-encoders of sentence-transformers.

A cross-encoder reads question and passage together, so it can see that a passage answers without
sharing a word. It costs a model's run for each passage, so only the first hits are looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding.fingerprint import fingerprint
from lhassist.embedding.library import hash_weights, load_model, require_library
from lhassist.errors import ModelCorrupt

_BATCH = 8


class Reranker(Protocol):
    """Says of passages how well each answers a question."""

    @property
    def fingerprint(self) -> str:
        """Differs whenever scores may differ; letters, digits, dots and hyphens."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Scores texts against a question, both folded.

        Returns:
            0 to 1, higher is better; shape (texts,).
        """
        ...


def open_reranker(name: str) -> Reranker | None:
    """Opens a cross-encoder.

    Args:
        name: The name or folder of one; empty: there is to be none.

    Raises:
        ModelMissing: The extra `[st]` is not installed, or there is no such model here.
        ModelCorrupt: The model cannot be loaded, or is no cross-encoder that gives one score.
    """
    if not name:
        return None
    require_library("reranker")
    return CrossEncoderReranker(name)


class CrossEncoderReranker:
    """A `CrossEncoder` of sentence-transformers, on the CPU. Threads may share one.

    Args:
        name: A folder, or the name of a model in the local hub cache.

    Raises:
        ModelMissing: There is no such folder, or no such model in the cache.
        ModelCorrupt: See `open_reranker`.
    """

    def __init__(self, name: str) -> None:
        self._model = load_model(name, "reranker")
        architecture = (self._model.config.architectures or [""])[0]
        # The library would give a bare encoder a head of random numbers.
        if architecture.endswith("Model") or self._model.num_labels != 1:
            raise ModelCorrupt(
                f"{name}: a {architecture} with {self._model.num_labels} labels is no reranker",
                hint="give a cross-encoder that gives a pair of texts one score",
            )
        self._fingerprint = fingerprint(
            f"ce-{PurePath(name).name}",
            weights=hash_weights(self._model),
            modules=repr(self._model),
            tokens=self._model.max_seq_length or 0,
        )

    @property
    def fingerprint(self) -> str:
        """See `Reranker.fingerprint`."""
        return self._fingerprint

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Reranker.scores`."""
        logits = self._model.predict(
            [(question, text) for text in texts],
            # Some models bring a sigmoid and some do not.
            activation_fn=lambda logits: logits,
            batch_size=_BATCH,
            show_progress_bar=False,
        )
        # The sigmoid, without an overflow.
        shares = (1 + np.tanh(np.asarray(logits).reshape(len(texts)) / 2)) / 2
        return shares.astype(np.float32)
