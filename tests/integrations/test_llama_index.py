"""What the adapters to llama-index must keep: offsets, ids, texts, and what answers."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.schema import Document, MetadataMode, NodeRelationship

from lhassist import corpus
from lhassist.assistant import Assistant
from lhassist.embedding import open_embedder
from lhassist.errors import ConfigError
from lhassist.integrations.llama_index import (
    EvidencePostprocessor,
    LhassistEmbedding,
    LhassistReader,
    LhassistRetriever,
    LlamaIndexEmbedder,
    PassageParser,
    write_articles,
)

TEXTS = st.text(
    st.sampled_from("漯河城市。！\n ，增长7.8%*#-_[]()<>&`1.+|\\~>"), min_size=1, max_size=200
)


@given(text=TEXTS)
def test_offsets_of_nodes_are_exact_and_ids_stable(text: str) -> None:
    document = Document(id_="a", text=text)
    nodes = PassageParser().get_nodes_from_documents([document])
    for node in nodes:
        assert text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.node_id == f"a#{node.start_char_idx}-{node.end_char_idx}"
    again = PassageParser().get_nodes_from_documents([document])
    assert [node.node_id for node in again] == [node.node_id for node in nodes]
    held = "".join(node.text for node in nodes)
    assert "".join(held.split()) == "".join(text.split())


def test_a_caption_that_repeats_the_text_before_it_stays_in_its_place(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# 题\n\n城市在河边。\n\n![城市](x.png)\n\n河水很清。\n", "utf-8")
    documents = LhassistReader().load_data(article)
    nodes = PassageParser().get_nodes_from_documents(documents)
    caption = next(node for node in nodes if node.metadata["kind"] == "caption")
    assert caption.text == "城市"
    assert caption.start_char_idx == documents[0].text.rindex("城市")


def test_the_parser_makes_the_passages_of_the_index(sample: Assistant, sample_corpus: Path) -> None:
    documents = LhassistReader().load_data(sample_corpus)
    nodes = PassageParser().get_nodes_from_documents(documents)
    assert {node.node_id: node.text for node in nodes} == {
        passage.id: passage.text
        for passage in sample.generation.passages
        if passage.origin == "written"
    }
    assert all(node.ref_doc_id == node.metadata["document_id"] for node in nodes)
    first, second = nodes[:2]
    assert first.relationships[NodeRelationship.NEXT].node_id == second.node_id
    assert first.get_content(MetadataMode.LLM).count("start") == 0


@pytest.mark.parametrize("question", ["骨笛是用什么骨头做的？", "骨笛是用什麼骨頭做的？"])
def test_the_retriever_gives_what_the_assistant_finds(sample: Assistant, question: str) -> None:
    retriever = LhassistRetriever(sample, k=5)
    found = retriever.retrieve(question)
    hits = sample.search(question, 5)
    assert [(one.node_id, one.score) for one in found] == [(h.passage.id, h.score) for h in hits]
    later = asyncio.run(retriever.aretrieve(question))
    assert [one.node_id for one in later] == [one.node_id for one in found]


def test_evidence_keeps_what_answers_and_nothing_where_nothing_does(sample: Assistant) -> None:
    found = LhassistRetriever(sample, k=12)
    keep = EvidencePostprocessor(sample)
    question = "2024年上半年漯河生产总值增长多少？"
    kept = keep.postprocess_nodes(found.retrieve(question), query_str=question)
    assert kept
    for node in kept:
        document = sample.document(node.metadata["document_id"])
        for quote in node.metadata["evidence"]:
            assert document.text[quote["start"] : quote["end"]] == quote["quote"]
    assert "7.8%" in kept[0].metadata["evidence"][0]["quote"]
    for unheld in ("漯河地铁有几条线？", "2019年上半年漯河生产总值增长多少？"):
        assert keep.postprocess_nodes(found.retrieve(unheld), query_str=unheld) == []


def test_evidence_is_only_given_for_passages_that_are_held(sample: Assistant) -> None:
    nodes = LhassistRetriever(sample, k=1).retrieve("贾湖遗址在哪里？")
    nodes[0].node.id_ = "elsewhere#0-9"
    with pytest.raises(ValueError, match="elsewhere#0-9"):
        EvidencePostprocessor(sample).postprocess_nodes(nodes, query_str="贾湖遗址在哪里？")
    with pytest.raises(ValueError, match="query_str"):
        EvidencePostprocessor(sample).postprocess_nodes(nodes)


def test_both_scripts_have_one_embedding() -> None:
    embedding = LhassistEmbedding(open_embedder("hashing", Path()))
    assert embedding.get_text_embedding("賈湖遺址") == embedding.get_text_embedding("贾湖遗址")
    assert embedding.get_query_embedding("賈湖") == embedding.get_query_embedding("贾湖")
    assert asyncio.run(embedding.aget_query_embedding("贾湖")) == embedding.get_query_embedding(
        "贾湖"
    )
    both = embedding.get_text_embedding_batch(["贾湖", "漯河"])
    assert both == [embedding.get_text_embedding(text) for text in ("贾湖", "漯河")]


def test_their_embedding_becomes_unit_vectors_under_its_models_name() -> None:
    one, other = (
        LlamaIndexEmbedder(MockEmbedding(embed_dim=8, model_name=name)) for name in ("a", "b")
    )
    rows = one.embed_passages(["甲", "乙"])
    assert rows.shape == (2, 8)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    assert one.embed_query("甲").shape == (8,)
    assert one.embed_passages([]).shape == (0, 8)
    assert one.fingerprint != other.fingerprint
    with pytest.raises(ConfigError, match="does not name its model"):
        LlamaIndexEmbedder(MockEmbedding(embed_dim=8))


@given(text=TEXTS.filter(lambda text: any(c.isalnum() for c in text)))
def test_the_text_of_a_written_article_is_read_as_it_was(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (file,) = write_articles([Document(id_="x", text=text)], Path(folder))
        read = corpus.read(file, document_id="x", root=Path(folder))
    assert "".join(read.text.split()) == "".join(text.split())
    assert {block.kind for block in read.blocks} == {"paragraph"}


def test_what_is_told_of_a_document_is_kept_where_it_fits(tmp_path: Path) -> None:
    told = {
        "title": '他说："好: #1"',
        "published": "2024年5月",
        "topic": "食品",
        "sources": "地方文史",
    }
    files = write_articles([Document(id_="a/b c", text="漯河。", metadata=told)], tmp_path)
    assert files == (tmp_path / "a-b-c.md",)
    read = corpus.read(files[0], document_id="x", root=tmp_path)
    assert (read.title, read.topic, read.sources) == ('他说："好: #1"', None, ("地方文史",))
    assert read.published is not None
    assert read.published.date == "2024-05"
    twice = [Document(id_="a b", text="一"), Document(id_="a/b", text="二")]
    with pytest.raises(ConfigError, match="both 'a b' and 'a/b'"):
        write_articles(twice, tmp_path)
