"""Any sentence-transformers model, by name or folder; needs the extra `[st]`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Progress
from lhassist.embedding.fingerprint import fingerprint
from lhassist.embedding.library import hash_weights, load_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 8


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants in front of a question and of a passage."""

    query: str
    passage: str


_KNOWN_PROMPTS = (
    # The model cards of intfloat/*e5*-instruct, intfloat/*e5* and BAAI/bge-*-zh*.
    (
        re.compile(r"(^|[^a-z0-9])e5[^a-z0-9].*instruct"),
        Prompts(
            "Instruct: Given a web search query, retrieve relevant passages that answer the query"
            "\nQuery: ",
            "",
        ),
    ),
    (re.compile(r"(^|[^a-z0-9])e5([^a-z0-9]|$)"), Prompts("query: ", "passage: ")),
    (re.compile(r"bge-.*zh"), Prompts("为这个句子生成表示以用于检索相关文章：", "")),
)


def prompts_for(name: str, own: Mapping[str, str]) -> Prompts:
    """Chooses the prompts of a model.

    Args:
        name: The name or folder of the model. A folder is known by its last part that is known.
        own: The prompts that the model itself brings; they come first, where one is not empty.
    """
    query = own.get("query", "")
    passage = next((own[key] for key in ("document", "passage", "corpus") if own.get(key)), "")
    if query or passage:
        return Prompts(query, passage)
    for part in reversed(PurePath(name.lower()).parts):
        for pattern, prompts in _KNOWN_PROMPTS:
            if pattern.search(part):
                return prompts
    return Prompts("", "")


class SentenceTransformersEmbedder:
    """A sentence-transformers model, on the CPU.

    Nothing is downloaded unless the environment says `HF_HUB_OFFLINE=0`.

    Args:
        name: A folder, or the name of a model in the local hub cache.

    Raises:
        ModelMissing: There is no such folder, or no such model in the cache.
        ModelCorrupt: The folder holds no model that can be loaded.
    """

    def __init__(self, name: str) -> None:
        self._model: SentenceTransformer = load_model(name, "embedder")
        self._prompts = prompts_for(name, self._model.prompts)
        self.dimension = int(self._model.encode("", show_progress_bar=False).shape[0])
        self.fingerprint = fingerprint(
            f"st-{PurePath(name).name}",
            # BERT's own pooler is not used, and random where the model does not bring one.
            weights=hash_weights(self._model, unused=".pooler."),
            modules=repr(self._model),
            query=self._prompts.query,
            passage=self._prompts.passage,
        )

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # Texts of like length share a batch: padding costs as much as words.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(texts), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._encode([texts[i] for i in batch], self._prompts.passage)
            if progress:
                progress(start + len(batch), len(texts))
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        vector: NDArray[np.float32] = self._encode([text], self._prompts.query)[0]
        return vector

    def _encode(self, texts: list[str], prompt: str) -> NDArray[np.float32]:
        vectors = self._model.encode(
            [text.encode("utf-8", "replace").decode() for text in texts],
            prompt=prompt,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)
