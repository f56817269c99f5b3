"""llama-index, both ways.

Ours for theirs: `LhassistReader`, `PassageParser`, `LhassistEmbedding`, `LhassistRetriever` and
`EvidencePostprocessor`. Theirs for ours: `LlamaIndexEmbedder` takes any of their embeddings, and
`write_articles` any reader's documents; a language model of theirs goes to `Assistant.open`.
`docs/llama-index.md` has a worked example of each.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import NodeParser
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.readers.base import BaseReader
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    BaseNode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.schema import Document as LlamaDocument
from numpy.typing import NDArray
from pydantic import PrivateAttr

from lhassist import corpus
from lhassist.assistant import Assistant
from lhassist.corpus import dates
from lhassist.embedding import Embedder, Progress
from lhassist.errors import ConfigError
from lhassist.passages import split
from lhassist.reading import HITS
from lhassist.schema import Block, Document, Passage, Span, Topic
from lhassist.script import detect, fold

_BLOCKS = "lhassist_blocks"
"""The key under which a document from `LhassistReader` says what its headings and captions are."""

_HIDDEN = [_BLOCKS, "document_id", "start", "end", "kind", "evidence"]
"""Metadata for programs: neither embedded nor shown to a language model."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_UNSAFE_IN_NAME = re.compile(r"[^\w.-]+")


class LhassistReader(BaseReader):
    """Reads articles as `lhassist ingest` does: broken columns joined, captions apart, dates told.

    The ids are those that an index of the same folder has; the words that `ingest` reads off the
    pictures of an article, where it can, are left out.
    """

    def lazy_load_data(self, *paths: str | Path) -> Iterable[LlamaDocument]:
        """Reads files and folders.

        Args:
            *paths: Articles, or folders of them.

        Raises:
            UnreadableFile: A file cannot be read as an article.
        """
        for file in corpus.scan([Path(path) for path in paths]):
            document = corpus.read(file.path, document_id=file.document_id, root=file.root)
            yield LlamaDocument(
                id_=document.id,
                text=document.text,
                metadata={
                    "title": document.title,
                    "published": document.published.date if document.published else "",
                    "topic": document.topic or "",
                    "sources": list(document.sources),
                    _BLOCKS: [[b.kind, b.span.start, b.span.end] for b in document.blocks],
                },
                excluded_embed_metadata_keys=_HIDDEN,
                excluded_llm_metadata_keys=_HIDDEN,
            )


class PassageParser(NodeParser):
    """Splits documents into passages: whole sentences, no figure cut, captions apart.

    The id of a node is `document_id#start-end`, the same in every run; always
    `document.text[node.start_char_idx : node.end_char_idx] == node.text`.
    """

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [
            _node(passage, source=node)
            for node in nodes
            if node.get_content()
            for passage in split(_document(node))
        ]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, LlamaDocument]
    ) -> list[BaseNode]:
        """Does what the base class does, and keeps the offsets: that looks texts up again.

        A caption whose words stand in the passage before it would be placed there.
        """
        placed = [(node.metadata["start"], node.metadata["end"]) for node in nodes]
        done = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(done, placed, strict=True):
            node.metadata.pop(_BLOCKS, None)
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = start, end
        return done


class LhassistEmbedding(BaseEmbedding):
    """An embedder of ours as a llama-index embedding; texts are folded to Simplified.

    Args:
        embedder: From `lhassist.embedding.open_embedder`.
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **kwargs: Any) -> None:
        super().__init__(model_name=embedder.fingerprint, **kwargs)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """The name in serialised pipelines."""
        return "LhassistEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return _floats(self._embedder.embed_query(fold(query)))

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows = self._embedder.embed_passages([fold(text) for text in texts])
        return [_floats(row) for row in rows]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


class LhassistRetriever(BaseRetriever):
    """Finds passages as `lhassist search` does, in either script of the question.

    Args:
        assistant: Holds the index.
        k: How many passages.
    """

    def __init__(self, assistant: Assistant, k: int = HITS, **kwargs: Any) -> None:
        self._assistant = assistant
        self._k = k
        super().__init__(**kwargs)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, self._k)
        return [NodeWithScore(node=_node(hit.passage), score=hit.score) for hit in hits]


class EvidencePostprocessor(BaseNodePostprocessor):
    """Keeps the nodes that can answer the question, best first; none where the answer is not held.

    A node can answer if one of its sentences is of the asked period, place and kind of figure and
    near enough. These sentences are in its metadata: `evidence`, a list of quotes with offsets.

    Args:
        assistant: Holds the index that the nodes were found in.
    """

    _assistant: Assistant = PrivateAttr()

    def __init__(self, assistant: Assistant, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._assistant = assistant

    @classmethod
    def class_name(cls) -> str:
        """The name in serialised pipelines."""
        return "EvidencePostprocessor"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None:
            raise ValueError("evidence is evidence for a question; give query_str")
        by_id = {node.node.node_id: node for node in nodes}
        quotes: dict[str, list[dict[str, Any]]] = {}
        for citation in self._assistant.evidence(query_bundle.query_str, list(by_id)):
            quote = {"quote": citation.quote, "start": citation.start, "end": citation.end}
            quotes.setdefault(citation.passage_id, []).append(quote)
        for node_id, evidence in quotes.items():
            by_id[node_id].node.metadata["evidence"] = evidence
        return [by_id[node_id] for node_id in quotes]


class LlamaIndexEmbedder:
    """Any llama-index embedding as an embedder of ours, for `ingest` and `Assistant.open`.

    Args:
        embedding: It must name its model: vectors of another one must not be taken for its own.

    Raises:
        ConfigError: The embedding does not name its model.
    """

    def __init__(self, embedding: BaseEmbedding) -> None:
        name = f"{embedding.class_name()}-{embedding.model_name}"
        if embedding.model_name == "unknown":
            raise ConfigError(
                f"{embedding.class_name()}: the embedding does not name its model",
                hint="give it model_name=, so that another model's vectors are not mistaken for it",
            )
        self._embedding = embedding
        self.dimension = len(embedding.get_query_embedding("漯河"))
        digest = hashlib.sha256(f"{name}-{self.dimension}".encode()).hexdigest()[:12]
        self.fingerprint = (
            f"llama-index-{_UNSAFE_IN_NAME.sub('-', embedding.class_name())}-{digest}"
        )

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Embeds texts to be found; shape (n, dimension), every row of length 1."""
        rows: list[list[float]] = []
        step = self._embedding.embed_batch_size
        for start in range(0, len(texts), step):
            rows += self._embedding.get_text_embedding_batch(list(texts[start : start + step]))
            if progress:
                progress(len(rows), len(texts))
        return _unit(np.array(rows, np.float32).reshape(len(texts), self.dimension))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embeds a question; shape (dimension,), of length 1."""
        row = np.array([self._embedding.get_query_embedding(text)], np.float32)
        return _unit(row).reshape(self.dimension)


def write_articles(documents: Iterable[LlamaDocument], folder: Path) -> tuple[Path, ...]:
    """Writes the documents of any llama-index reader as articles, for `lhassist ingest`.

    The text is kept as it is: nothing in it is taken for markup, blank lines part paragraphs. Of
    the metadata `title`, `published`, `topic` and `sources` are kept where they fit.

    Args:
        documents: From any `BaseReader`; each id once.
        folder: Where to write; made where it does not exist.

    Returns:
        The files, in the order of the documents; each is named after its document's id.

    Raises:
        ConfigError: Two documents would have the same file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[Path, str] = {}
    for document in documents:
        path = folder / f"{_UNSAFE_IN_NAME.sub('-', document.id_).strip('-.') or 'article'}.md"
        if path in written:
            raise ConfigError(
                f"{path}: both {written[path]!r} and {document.id_!r} would be written there",
                hint="give the documents ids that differ in letters or digits",
            )
        path.write_text(_front_matter(document) + _paragraphs(document.text), "utf-8")
        written[path] = document.id_
    return tuple(written)


def _front_matter(document: LlamaDocument) -> str:
    told = document.metadata
    sources = told.get("sources") or []
    known = {
        "title": str(told.get("title") or told.get("file_name") or ""),
        "published": dates.parse(str(told.get("published") or "")),
        "topic": told.get("topic") if told.get("topic") in get_args(Topic) else None,
        "sources": [str(one) for one in ([sources] if isinstance(sources, str) else sources)],
    }
    # A line of JSON is a line of YAML.
    lines = [f"{key}: {json.dumps(value)}" for key, value in known.items() if value]
    return "\n".join(["---", *lines, "---", "", ""])


def _paragraphs(text: str) -> str:
    stripped = (
        "\n".join(line.strip() for line in paragraph.splitlines() if line.strip())
        for paragraph in _BLANK_LINES.split(text)
    )
    return "\n\n".join(_MARKUP.sub(r"\\\1", part) for part in stripped if part) + "\n"


def _document(node: BaseNode) -> Document:
    """A node as an article; without the reader's word, every paragraph is one."""
    text = node.get_content()
    told = node.metadata.get(_BLOCKS)
    blocks = (
        tuple(Block(kind, Span(start, end)) for kind, start, end in told)
        if told
        else tuple(_plain_blocks(text))
    )
    return Document(
        id=node.node_id,
        title=str(node.metadata.get("title") or ""),
        text=text,
        blocks=blocks,
        script=detect(text) or "zh-Hans",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path="",
    )


def _plain_blocks(text: str) -> Iterable[Block]:
    start = 0
    for gap in (*_BLANK_LINES.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            yield Block("paragraph", Span(start, end))
        start = gap.end() if gap else end


def _node(passage: Passage, source: BaseNode | None = None) -> TextNode:
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "title": passage.title,
            "heading": passage.heading,
            "document_id": passage.document_id,
            "kind": passage.kind,
            "start": passage.start,
            "end": passage.end,
        },
        excluded_embed_metadata_keys=_HIDDEN,
        excluded_llm_metadata_keys=_HIDDEN,
    )
    node.relationships[NodeRelationship.SOURCE] = (
        source.as_related_node_info() if source else RelatedNodeInfo(node_id=passage.document_id)
    )
    return node


def _floats(vector: NDArray[np.float32]) -> list[float]:
    return [float(value) for value in vector]


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths, lengths, 1), np.float32)
