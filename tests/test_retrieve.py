from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist import corpus
from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import IndexMismatch
from lhassist.gazetteer import Gazetteer
from lhassist.index import Collection, Generation
from lhassist.ingest import Article, build_in_memory, ingest
from lhassist.passages import split
from lhassist.retrieve import DENSE_WEIGHT, GROUP_SHARE, Retriever
from lhassist.schema import Block, Document, Span
from lhassist.script import convert, fold
from lhassist.terms import Analyzer

EMBEDDER = HashingEmbedder()


def article(name: str, text: str, title: str = "") -> Article:
    document = Document(
        id=name,
        title=title,
        text=text,
        blocks=(Block("paragraph", Span(0, len(text))),),
        script="zh-Hans",
        sha256=name,
        path=f"{name}.md",
    )
    return Article(document, split(document))


@pytest.fixture(scope="module")
def sample(sample_corpus: Path) -> Collection:
    """The committed articles, searched without a model."""
    articles = []
    for file in corpus.scan([sample_corpus]):
        document = corpus.read(file.path, document_id=file.document_id, root=file.root)
        articles.append(Article(document, split(document)))
    gazetteer = Gazetteer.load(sample_corpus / "gazetteer.toml")
    return build_in_memory(articles, embedder=EMBEDDER, gazetteer=gazetteer)


@pytest.fixture(scope="module")
def retriever(sample: Collection) -> Retriever:
    return Retriever(sample, EMBEDDER)


QUESTIONS = ["漯河2024年上半年生产总值增长多少？", "贾湖骨笛用什么骨头做成", "卫龙在哪里上市？"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_weighted_sums_of_scaled_scores(
    sample: Collection, retriever: Retriever, question: str
) -> None:
    vector = EMBEDDER.embed_query(fold(question))
    cosines = sample.group_vectors @ vector
    dense = np.array([cosines[sample.group_owner == n].max() for n in range(len(sample.passages))])
    whole, group = sample.lexical.scores(Analyzer(sample.gazetteer).terms(question))
    lexical = (1 - GROUP_SHARE) * whole + GROUP_SHARE * group

    found = retriever.search(question, len(sample.passages))
    np.testing.assert_array_equal(found.query_vector, vector)
    numbers = [sample.passages.index(hit.passage) for hit in found.hits]
    np.testing.assert_allclose([hit.dense for hit in found.hits], dense[numbers], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose([hit.lexical for hit in found.hits], lexical[numbers], rtol=1e-6)

    def scaled(scores: np.ndarray) -> np.ndarray:
        candidates = scores[numbers]
        return (candidates - candidates.min()) / (candidates.max() - candidates.min())

    expected = DENSE_WEIGHT * scaled(dense) + (1 - DENSE_WEIGHT) * scaled(lexical)
    np.testing.assert_allclose([hit.score for hit in found.hits], expected, rtol=1e-5, atol=1e-6)
    assert all(hit.source == "fused" for hit in found.hits)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_best_hits_are_those_of_a_longer_list(retriever: Retriever, question: str) -> None:
    long = retriever.search(question, 50).hits
    assert len(long) == 50
    scores = [hit.score for hit in long]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1
    assert retriever.search(question, 3).hits == long[:3]
    assert retriever.search(question).hits == long[:8]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("script", ["zh-Hant", "zh-TW", "zh-HK"])
def test_the_other_script_finds_the_same(retriever: Retriever, question: str, script: str) -> None:
    other = convert(question, script, "zh-Hans")  # type: ignore[arg-type]
    assert other != question
    assert retriever.search(other).hits == retriever.search(question).hits


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("小商桥是哪个朝代的桥", "xiaoshang-bridge"),
        ("許慎文化園有多大", "xu-shen-park"),
        ("內陸特區是哪一年設立的", "inland-zone"),
    ],
)
def test_words_find_their_article(retriever: Retriever, question: str, document_id: str) -> None:
    assert retriever.search(question).hits[0].passage.document_id == document_id


def test_captions_are_found_and_say_so(retriever: Retriever) -> None:
    best = retriever.search("贾湖骨笛示意图").hits[0].passage
    assert best.kind == "caption"
    assert "示意图" in best.text


def test_a_question_without_chinese_is_searched_by_meaning_alone(retriever: Retriever) -> None:
    for question in ("How many seats has the hotline 12345?", "12345", "🎉🎉🎉", "   "):
        hits = retriever.search(question).hits
        assert len(hits) == 8
        assert {(hit.source, hit.lexical) for hit in hits} == {("dense", None)}
        assert [hit.dense for hit in hits] == sorted((hit.dense for hit in hits), reverse=True)


@given(st.text("㐂㐬㑇㒳㔫㕛", min_size=1))
def test_words_that_nobody_wrote_change_no_ranking(
    sample: Collection, retriever: Retriever, question: str
) -> None:
    vector = EMBEDDER.embed_query(question)
    hits = retriever.search(question, 20).hits
    everything = sample.dense.score(vector, np.arange(len(sample.passages)))
    order = np.lexsort((np.arange(len(everything)), -everything))[:20]
    assert [hit.passage for hit in hits] == [sample.passages[n] for n in order]
    assert {(hit.source, hit.lexical) for hit in hits} == {("dense", 0.0)}


def test_equal_passages_keep_the_order_of_their_ids() -> None:
    text = "漯河的沙河和澧河在这里汇合，向东流去，两岸是公园和步道。"
    names = ["c", "a", "d", "b"]
    built = build_in_memory([article(name, text) for name in names], embedder=EMBEDDER)
    hits = Retriever(built, EMBEDDER).search("沙河和澧河").hits
    assert [hit.passage.document_id for hit in hits] == ["a", "b", "c", "d"]


def test_a_collection_without_passages_finds_nothing() -> None:
    empty = build_in_memory([], embedder=EMBEDDER)
    found = Retriever(empty, EMBEDDER).search("漯河")
    assert found.hits == ()
    assert found.query_vector.shape == (EMBEDDER.dimension,)


def test_a_title_answers_for_its_passages() -> None:
    text = "这里每年五月开幕，来的企业和客商都很多，交易也不少。"
    titled = article("fair", text, title="中国食品博览会")
    other = article("other", text.replace("五月", "三月"), title="中国农机展销")
    built = build_in_memory([other, titled], embedder=EMBEDDER)
    hits = Retriever(built, EMBEDDER).search("食品博览会几月开幕").hits
    assert hits[0].passage.document_id == "fair"


def test_the_model_of_the_index_is_required(sample: Collection) -> None:
    class Other(HashingEmbedder):
        fingerprint = "other-1"

    with pytest.raises(IndexMismatch, match="other-1") as caught:
        Retriever(sample, Other())
    assert "lhassist ingest" in caught.value.hint


def test_memory_and_disk_find_the_same(
    sample: Collection, retriever: Retriever, sample_corpus: Path, tmp_path: Path
) -> None:
    settings = Settings(index_dir=tmp_path / "index", cache_dir=tmp_path / "cache")
    ingest(settings, [sample_corpus], embedder=EMBEDDER)
    generation = Generation.open(settings.index_dir)
    from_disk = Retriever(generation, EMBEDDER)
    for question in QUESTIONS:
        assert from_disk.search(question).hits == retriever.search(question).hits
    # And so does an index that grew article by article.
    settings = Settings(index_dir=tmp_path / "grown", cache_dir=tmp_path / "cache")
    for path in sorted(sample_corpus.glob("*.md"), reverse=True)[::7]:
        ingest(settings, [path], embedder=EMBEDDER)
    ingest(settings, [sample_corpus], embedder=EMBEDDER)
    grown = Retriever(Generation.open(settings.index_dir), EMBEDDER)
    for question in QUESTIONS:
        assert grown.search(question).hits == retriever.search(question).hits
