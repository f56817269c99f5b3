from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Progress
from lhassist.retrieve.common import CommonQuestions
from lhassist.terms import is_chinese


class Languages:
    """A model in which a vector is a language, a question and what is asked."""

    fingerprint = "languages-1"
    dimension = 40

    def __init__(self) -> None:
        self._random = np.random.default_rng(7)

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = self._random.normal(0, 0.05, self.dimension).astype(np.float32)
        vector[0 if is_chinese(text) else 1] += 0.5
        vector[2] += 0.8
        return vector / np.linalg.norm(vector)


def test_the_language_is_taken_out_of_a_question() -> None:
    model = Languages()
    common = CommonQuestions(model)
    chinese = common.take_out(model.embed_query("贾湖在哪里"), chinese=True)
    english = common.take_out(model.embed_query("Where is Jiahu?"), chinese=False)
    assert abs(english[1]) < 0.1
    np.testing.assert_allclose(english[:3], chinese[:3], atol=0.15)


def test_most_of_what_makes_a_question_is_taken_out() -> None:
    model = Languages()
    before = model.embed_query("贾湖在哪里")
    after = CommonQuestions(model).take_out(before, chinese=True)
    assert 0.1 * before[2] < after[2] < 0.5 * before[2]


def test_unrelated_texts_lie_around_the_mean() -> None:
    model = Languages()
    common = CommonQuestions(model)
    mean, spread = common.unrelated
    texts = model.embed_passages(["没有关系的文字"] * 200)
    question = common.take_out(model.embed_query("另一个问题"), chinese=True)
    products = texts @ question
    assert abs(products.mean() - mean) < 2 * spread
    assert 0.3 * spread < products.std() < 3 * spread


def test_a_model_that_tells_nothing_apart_has_a_spread_all_the_same() -> None:
    class Constant(Languages):
        def embed_query(self, text: str) -> NDArray[np.float32]:
            return np.eye(1, self.dimension, dtype=np.float32)[0]

    assert CommonQuestions(Constant()).unrelated[1] > 0
