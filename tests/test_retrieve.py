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
from lhassist.retrieve import Retriever
from lhassist.retrieve.common import CommonQuestions
from lhassist.retrieve.search import (
    CAPTION_COST,
    CROWD,
    CROWD_SHARE,
    CROWDED_WEIGHT,
    GROUP_SHARE,
    KNOWN_ENOUGH,
    MEANING_SPREADS,
    WORDS_WEIGHT,
    words_weight,
)
from lhassist.retrieve.thesaurus import Thesaurus, reworded
from lhassist.schema import Block, Document, Span
from lhassist.script import convert, fold
from lhassist.terms import Analyzer, is_chinese

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


QUESTIONS = [
    "漯河2024年上半年生产总值增长多少？",
    "贾湖骨笛用什么骨头做成",
    "卫龙在哪里上市？",
    "老百姓办事方便了吗？",
]


def thesaurus(sample: Collection) -> Thesaurus:
    return Thesaurus.bundled(
        form for entry in sample.gazetteer.entries for form in (entry.name, *entry.aliases)
    )


def products(sample: Collection, question: str) -> np.ndarray:
    """How near the best group of every passage is to a question."""
    common = CommonQuestions(EMBEDDER)
    vector = common.take_out(EMBEDDER.embed_query(question), chinese=is_chinese(question))
    all_groups = sample.group_vectors @ vector
    passages = range(len(sample.passages))
    return np.array([all_groups[sample.group_owner == n].max() for n in passages])


def sums(sample: Collection, question: str, terms: list[str]) -> np.ndarray:
    """What every passage is ranked by, written down from its description, without candidates."""
    meaning = products(sample, question)
    unrelated, spread = CommonQuestions(EMBEDDER).unrelated
    lexical = sample.lexical
    whole, group = (
        scores / (limit or 1)
        for scores, limit in zip(lexical.scores(terms), lexical.limits(terms), strict=True)
    )
    words = (1 - GROUP_SHARE) * whole + GROUP_SHARE * group
    unknown = max(1 - words.max() / KNOWN_ENOUGH, 0)
    found = thesaurus(sample).find(question.lower()) if terms and unknown else ()
    if found:
        analyzer = Analyzer(sample.gazetteer)
        for one in found:
            word = analyzer.terms(question[one.start : one.end])
            share = lexical.limits(word)[0] / lexical.limits(terms)[0]
            words = words + unknown * share * lexical.any_of(one.meant)
        words = np.minimum(words, 1)
        other = products(sample, reworded(question, found, lexical.holds))
        meaning = np.maximum(meaning, (1 - unknown) * meaning + unknown * other)
    captions = np.array([passage.kind == "caption" for passage in sample.passages])
    return (
        (meaning - unrelated) / (MEANING_SPREADS * spread)
        + words_weight(words) * words
        - CAPTION_COST * captions
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_ranking_is_by_meaning_and_words(
    sample: Collection, retriever: Retriever, question: str
) -> None:
    found = retriever.search(question, len(sample.passages))
    vector = EMBEDDER.embed_query(fold(question))
    np.testing.assert_array_equal(found.query_vector, vector)
    terms = Analyzer(sample.gazetteer).terms(question)
    expected = sums(sample, fold(question), terms)
    numbers = [sample.passages.index(hit.passage) for hit in found.hits]
    np.testing.assert_allclose(expected[numbers], np.sort(expected)[::-1], atol=1e-5)
    cosines = sample.group_vectors @ vector
    for hit, number in zip(found.hits, numbers, strict=True):
        assert hit.dense == pytest.approx(cosines[sample.group_owner == number].max(), abs=1e-5)
        assert hit.lexical is not None
        assert 0 <= hit.lexical <= 1
        assert hit.source == ("fused" if hit.lexical else "dense")


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


def test_everyday_words_find_what_articles_call_otherwise() -> None:
    other = article("a", "车站前面的大街从早到晚都很热闹，来往的车辆也不少。")
    snacks = article("b", "这里的休闲食品从早到晚不停地生产，来往的车辆也不少。")
    built = build_in_memory([other, snacks], embedder=EMBEDDER)
    hit = Retriever(built, EMBEDDER).search("零嘴有哪些").hits[0]
    assert (hit.passage.document_id, hit.source) == ("b", "fused")


def test_a_question_in_the_articles_own_words_is_left_as_it_is(sample: Collection) -> None:
    seen = []

    class Listening(HashingEmbedder):
        def embed_query(self, text: str) -> np.ndarray:
            seen.append(text)
            return super().embed_query(text)

    listening = Retriever(sample, Listening())
    question = "群众办事，最怕东奔西跑"
    assert thesaurus(sample).find(question)
    listening.search(question)
    seen.clear()
    listening.search(question)
    assert seen == [question]


@pytest.mark.parametrize(("rivals", "told"), [(1, 1), (CROWD, 1), (2 * CROWD, 1 / 4), (400, 1e-4)])
def test_words_count_less_the_more_passages_hold_them(rivals: int, told: float) -> None:
    words = np.full(500, 0.5 * CROWD_SHARE)
    words[:rivals] = 0.5 * (CROWD_SHARE + 0.01)
    words[0] = 0.5
    expected = CROWDED_WEIGHT + told * (WORDS_WEIGHT - CROWDED_WEIGHT)
    assert words_weight(words) == pytest.approx(expected)
    assert words_weight(0.3 * words) == pytest.approx(expected)


def test_words_that_nobody_has_are_no_crowd() -> None:
    assert words_weight(np.zeros(500)) == words_weight(np.zeros(0)) == WORDS_WEIGHT


def test_captions_are_found_and_say_so(retriever: Retriever) -> None:
    best = retriever.search("贾湖骨笛示意图").hits[0].passage
    assert best.kind == "caption"
    assert "示意图" in best.text


def test_a_question_without_chinese_is_searched_by_meaning_alone(
    sample: Collection, retriever: Retriever
) -> None:
    for question in ("How many people answer the telephone?", "2024", "🎉🎉🎉", "   "):
        hits = retriever.search(question).hits
        expected = np.sort(sums(sample, question, []))[::-1][:8]
        numbers = [sample.passages.index(hit.passage) for hit in hits]
        assert {(hit.source, hit.lexical) for hit in hits} == {("dense", None)}
        np.testing.assert_allclose(sums(sample, question, [])[numbers], expected, atol=1e-5)


@pytest.mark.parametrize(
    "question", ["Where is the Xiaoshang Bridge?", "xiaoshangqiao", "Xiǎo Shāng Qiáo!"]
)
def test_a_name_in_pinyin_is_searched_as_a_word(retriever: Retriever, question: str) -> None:
    first = retriever.search(question).hits[0]
    assert first.passage.document_id == "xiaoshang-bridge"
    assert first.source == "fused"


@given(st.text("㐂㐬㑇㒳㔫㕛", min_size=1))
def test_words_that_nobody_wrote_change_no_ranking(
    sample: Collection, retriever: Retriever, question: str
) -> None:
    hits = retriever.search(question, 20).hits
    by_meaning = sums(sample, question, [])
    numbers = [sample.passages.index(hit.passage) for hit in hits]
    np.testing.assert_allclose(by_meaning[numbers], np.sort(by_meaning)[::-1][:20], atol=1e-5)
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


def test_memory_and_disk_find_the_same(sample_corpus: Path, tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index", cache_dir=tmp_path / "cache")
    ingest(settings, [sample_corpus], embedder=EMBEDDER)
    generation = Generation.open(settings.index_dir)
    from_disk = Retriever(generation, EMBEDDER)
    articles = [Article(one, split(one)) for one in generation.documents.values()]
    in_memory = build_in_memory(articles, embedder=EMBEDDER, gazetteer=generation.gazetteer)
    from_memory = Retriever(in_memory, EMBEDDER)
    for question in QUESTIONS:
        assert from_disk.search(question).hits == from_memory.search(question).hits
    # And so does an index that grew article by article.
    settings = Settings(index_dir=tmp_path / "grown", cache_dir=tmp_path / "cache")
    for path in sorted(sample_corpus.glob("*.md"), reverse=True)[::7]:
        ingest(settings, [path], embedder=EMBEDDER)
    ingest(settings, [sample_corpus], embedder=EMBEDDER)
    grown = Retriever(Generation.open(settings.index_dir), EMBEDDER)
    for question in QUESTIONS:
        assert grown.search(question).hits == from_memory.search(question).hits
