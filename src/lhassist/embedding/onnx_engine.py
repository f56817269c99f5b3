"""The default engine: the bundled weights in int8 on onnxruntime; no torch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from lhassist.embedding import Progress
from lhassist.embedding.bundled import (
    MAX_TOKENS,
    ONNX_FOLDER,
    ONNX_MODEL,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    TOKENIZER,
)
from lhassist.embedding.fingerprint import fingerprint
from lhassist.embedding.packed import WEIGHTS_SHA256

_INPUT = "input_ids"


class OnnxEmbedder:
    """Embeds one text at a time; batches are slower on this engine in every size.

    A text runs on one thread, and several texts run side by side: that is faster than one text on
    several threads, and a question does not wait for a busy core. Safe to share between threads.

    Args:
        folder: A folder that `lhassist.embedding.bundled.onnx_folder` returned.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            folder / ONNX_MODEL, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self.dimension: int = self._session.get_outputs()[0].shape[0]
        self.fingerprint = fingerprint(
            "e5-small-onnx-int8",
            weights=WEIGHTS_SHA256,
            conversion=ONNX_FOLDER,
            query=QUERY_PROMPT,
            passage=PASSAGE_PROMPT,
            pooling="mean",
            tokens=MAX_TOKENS,
        )

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # The longest first, so that no thread is left alone with a long one at the end.
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))

        def embed(i: int) -> None:
            vectors[i] = self._embed(PASSAGE_PROMPT + texts[i])

        pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)))
        try:
            for done, future in enumerate(as_completed([pool.submit(embed, i) for i in order]), 1):
                future.result()
                if progress:
                    progress(done, len(texts))
        finally:
            # An interrupted run does not go on with the rest.
            pool.shutdown(cancel_futures=True)
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        return self._embed(QUERY_PROMPT + text)

    def _embed(self, text: str) -> NDArray[np.float32]:
        # Half of a surrogate pair, which a broken client may send, has no UTF-8.
        ids = self._tokenizer.encode(text.encode("utf-8", "replace").decode()).ids
        vector: NDArray[np.float32] = self._session.run(None, {_INPUT: np.array([ids])})[0]
        return vector
