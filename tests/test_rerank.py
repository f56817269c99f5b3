"""Cross-encoders over the first hits: a real, tiny one that is made here."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import ModelCorrupt, ModelMissing
from lhassist.evaluation import evaluate
from lhassist.evaluation.engine import RememberingReranker
from lhassist.index import Collection
from lhassist.ingest import Article, build_in_memory
from lhassist.passages import split
from lhassist.rerank import CrossEncoderReranker, open_reranker
from lhassist.retrieve import Retriever
from lhassist.retrieve.search import RERANKED
from lhassist.schema import Block, Document, Span
from lhassist.script import convert
from tests.conftest import missing

EMBEDDER = HashingEmbedder()
LIKED = "甲"


def write_model(folder: Path, *, labels: int = 1, bare: bool = False) -> Path:
    """A BERT of one layer that knows single characters and likes every 甲 in a pair."""
    if find_spec("sentence_transformers") is None:
        missing("the extra [st]")
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertModel,
        PreTrainedTokenizerFast,
    )

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    numbers = {c: i for i, c in enumerate([*marks, LIKED])}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    config = BertConfig(
        vocab_size=len(numbers),
        hidden_size=4,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=4,
        max_position_embeddings=128,
        num_labels=labels,
    )
    torch.manual_seed(1)
    model = BertModel(config) if bare else BertForSequenceClassification(config)
    if not bare and labels == 1:
        with torch.no_grad():
            for weights in model.parameters():
                weights.zero_()
            bert = model.bert
            bert.embeddings.LayerNorm.weight.fill_(1)
            words = bert.embeddings.word_embeddings.weight
            words[numbers[LIKED]] = torch.tensor([3.0, -3, 0, 0])
            # Against this, layer normalisation leaves the share of what is liked to be seen.
            words[numbers["[CLS]"]] = torch.tensor([0.0, 0, 3, -3])
            # Attention sees every token alike, so the first one gathers how much of it is liked.
            layer = bert.encoder.layer[0]
            layer.attention.self.value.weight.copy_(torch.eye(4))
            layer.attention.output.dense.weight.copy_(torch.eye(4))
            layer.attention.output.LayerNorm.weight.fill_(1)
            layer.output.LayerNorm.weight.fill_(1)
            bert.pooler.dense.weight.copy_(torch.eye(4) / 4)
            model.classifier.weight[0, 0] = 1
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=128,
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(folder))


def collection(texts: list[str], caption: str = "") -> Collection:
    articles = []
    for number, text in enumerate(texts):
        blocks = [Block("paragraph", Span(0, len(text)))]
        if caption:
            start = len(text) + 2
            blocks.append(Block("caption", Span(start, start + len(caption))))
        document = Document(
            id=f"d{number:02}",
            title="",
            text=f"{text}\n\n{caption}" if caption else text,
            blocks=tuple(blocks),
            script="zh-Hans",
            sha256=str(number),
            path=f"d{number}.md",
        )
        articles.append(Article(document, split(document)))
    return build_in_memory(articles, embedder=EMBEDDER)


TEXTS = [
    "沙河和澧河在这里汇合，两岸是公园和步道，早晚都有人散步。",
    "沙河和澧河的水从西边来，甲甲，两岸是公园和步道。",
    "沙河和澧河的岸边有很多店铺，甲甲甲甲甲甲，到夜里也很热闹。",
]


def test_scores_are_shares_and_tell_texts_apart(reranker: CrossEncoderReranker) -> None:
    scores = reranker.scores("沙河", TEXTS)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert 0 < scores[0] < scores[1] < scores[2] < 1
    np.testing.assert_allclose(reranker.scores("沙河", TEXTS[::-1]), scores[::-1], atol=1e-6)
    assert reranker.scores("沙河", []).shape == (0,)


def test_the_first_hits_stand_in_the_order_of_the_cross_encoder(
    reranker: CrossEncoderReranker,
) -> None:
    built = collection(TEXTS)
    before = Retriever(built, EMBEDDER).search("沙河和澧河在哪里汇合")
    after = Retriever(built, EMBEDDER, reranker).search("沙河和澧河在哪里汇合")
    assert before.hits[0].passage.document_id == "d00"
    assert [hit.passage.document_id for hit in after.hits] == ["d02", "d01", "d00"]
    assert {hit.source for hit in after.hits} == {"reranked"}
    was = {hit.passage: hit for hit in before.hits}
    for hit in after.hits:
        assert (hit.dense, hit.lexical) == (was[hit.passage].dense, was[hit.passage].lexical)


def test_hits_beyond_the_first_stay_below_them(reranker: CrossEncoderReranker) -> None:
    texts = [f"沙河和澧河在这里汇合，两岸是公园和步道{'甲' * (n % 5)}。" for n in range(30)]
    built = collection(texts)
    before = Retriever(built, EMBEDDER).search("沙河和澧河", 30).hits
    after = Retriever(built, EMBEDDER, reranker).search("沙河和澧河", 30).hits
    assert {hit.passage for hit in after[:RERANKED]} == {hit.passage for hit in before[:RERANKED]}
    assert [hit.passage for hit in after[RERANKED:]] == [hit.passage for hit in before[RERANKED:]]
    scores = [hit.score for hit in after]
    assert scores == sorted(scores, reverse=True)
    assert {hit.source for hit in after[RERANKED:]} == {before[-1].source}
    fewer = Retriever(built, EMBEDDER, reranker).search("沙河和澧河", 3).hits
    assert fewer == after[:3]


def test_captions_stay_behind_unless_a_picture_is_asked_for(
    reranker: CrossEncoderReranker,
) -> None:
    built = collection(TEXTS[:1], caption="沙河和澧河在这里汇合甲甲甲甲甲甲甲甲")
    searching = Retriever(built, EMBEDDER, reranker)
    kinds = [hit.passage.kind for hit in searching.search("沙河和澧河在哪里汇合").hits]
    assert kinds == ["body", "caption"]
    kinds = [hit.passage.kind for hit in searching.search("沙河和澧河汇合的照片").hits]
    assert kinds == ["caption", "body"]


def test_the_script_does_not_matter_and_nothing_found_is_nothing(
    reranker: CrossEncoderReranker,
) -> None:
    question = "沙河和澧河在哪里汇合"
    hits = Retriever(collection(TEXTS), EMBEDDER, reranker).search(question).hits
    turned = collection([convert(text, "zh-Hant", "zh-Hans") for text in TEXTS])
    other = Retriever(turned, EMBEDDER, reranker).search(convert(question, "zh-Hant", "zh-Hans"))
    assert [(hit.passage.id, hit.score) for hit in hits] == [
        (hit.passage.id, hit.score) for hit in other.hits
    ]
    assert Retriever(collection([]), EMBEDDER, reranker).search(question).hits == ()


def test_the_fingerprint_follows_every_weight(folder: Path, tmp_path: Path) -> None:
    first = CrossEncoderReranker(str(folder)).fingerprint
    assert first == CrossEncoderReranker(str(folder)).fingerprint
    assert first.startswith("ce-tiny-")
    import torch
    from transformers import BertForSequenceClassification

    other = write_model(tmp_path / "tiny")
    model = BertForSequenceClassification.from_pretrained(other)
    with torch.no_grad():
        model.bert.pooler.dense.bias[0] += 1
    model.save_pretrained(other)
    assert CrossEncoderReranker(str(other)).fingerprint != first


def test_the_evaluation_measures_with_it_and_scores_nothing_twice(
    folder: Path, reranker: CrossEncoderReranker, tmp_path: Path
) -> None:
    asked: list[str] = []

    class Counting:
        fingerprint = "counting"

        def scores(self, question: str, texts: list[str]) -> np.ndarray:
            asked.extend(texts)
            return reranker.scores(question, texts)

    remembering = RememberingReranker(Counting())
    np.testing.assert_array_equal(
        remembering.scores("沙河", [TEXTS[0], *TEXTS]),
        reranker.scores("沙河", [TEXTS[0], *TEXTS]),
    )
    remembering.scores("沙河", TEXTS)
    assert asked == TEXTS

    one = tmp_path / "one"
    (one / "qrels").mkdir(parents=True)
    rows = "".join(f'{{"_id": "p{n}", "text": "{text}"}}\n' for n, text in enumerate(TEXTS))
    (one / "corpus.jsonl").write_text(rows, encoding="utf-8")
    (one / "queries.jsonl").write_text('{"_id": "q", "text": "沙河和澧河汇合"}\n', encoding="utf-8")
    (one / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tp2\t1\n")
    (tmp_path / "baseline.json").write_text('{"floors": {}}')
    found = {}
    for name in ("", str(folder)):
        settings = Settings(eval_dir=tmp_path, cache_dir=tmp_path / "cache", reranker=name)
        report = evaluate(settings, [str(one)], embedder=EMBEDDER)
        found[name] = report.sets[0].total.metrics["R@1"]
    assert found == {"": 0, str(folder): 1}
    assert report.embedder == f"{EMBEDDER.fingerprint} + {reranker.fingerprint}"


def test_no_name_is_no_reranker() -> None:
    assert open_reranker(Settings().reranker) is None


def test_a_folder_that_is_not_there_is_named() -> None:
    if find_spec("sentence_transformers") is None:
        missing("the extra [st]")
    with pytest.raises(ModelMissing, match="/no/such/folder: there is no such folder") as caught:
        open_reranker("/no/such/folder")
    assert "`reranker`" in caught.value.hint


@pytest.mark.parametrize(("labels", "bare"), [(3, False), (1, True)])
def test_what_is_no_cross_encoder_with_one_score_is_refused(
    tmp_path: Path, labels: int, bare: bool
) -> None:
    model = write_model(tmp_path / "model", labels=labels, bare=bare)
    with pytest.raises(ModelCorrupt, match="is no reranker"):
        open_reranker(str(model))


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    if find_spec("sentence_transformers") is None:
        missing("the extra [st]")
    with pytest.raises(ModelCorrupt, match="not a CrossEncoder"):
        open_reranker(str(tmp_path))


def test_without_the_extra_a_line_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ModelMissing, match="this reranker needs") as caught:
        open_reranker("BAAI/bge-reranker-base")
    assert caught.value.hint == "pip install 'lhassist[st]'"
