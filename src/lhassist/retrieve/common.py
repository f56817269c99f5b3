"""What all questions have in common, and what a language adds, taken out of a question's vector.

In an embedding space all questions lie together, and so do all texts of one language: part of a
question's vector says "a question" and "in English" rather than what is asked, and the passages
that happen to lie that way (hubs) are found by everything. The mean of questions about nothing in
particular shows the direction; subtracting it leaves what is asked. A question in another language
is moved to where Chinese ones lie. `docs/decisions/0009-retrieval.md` has the gain.

Source: Libovický, Rosa and Fraser, How language-neutral is multilingual BERT?, 2019, for languages;
Radovanović, Nanopoulos and Ivanović, Hubs in space, JMLR 2010, for hubs.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Embedder

_COMMON_SHARE = 0.7
"""How much of what questions have in common is taken out; all of it would also take out what tells
a question's kind."""

_QUESTIONS = (
    ("这个省的省会是哪里？", "What is the capital of this province?"),
    ("这座城市有多少人口？", "How many people live in the city?"),
    ("这座桥是什么时候建成的？", "When was the bridge built?"),
    ("这本书是谁写的？", "Who wrote this book?"),
    ("公司为什么搬迁总部？", "Why did the company move its headquarters?"),
    ("战争的主要原因是什么？", "What was the main cause of the war?"),
    ("这座山有多高？", "How tall is the mountain?"),
    ("哪条河流经这个镇？", "Which river flows through the town?"),
    ("有百分之多少的学生通过了考试？", "What percentage of students passed the exam?"),
    ("这位画家出生在哪里？", "Where was the painter born?"),
    ("政府在2019年宣布了什么？", "What did the government announce in 2019?"),
    ("这个项目花了多少钱？", "How much did the project cost?"),
    ("新的法律叫什么名字？", "What is the name of the new law?"),
    ("这种病怎么治疗？", "How is the disease treated?"),
    ("哪支球队赢得了冠军？", "Which team won the championship?"),
    ("坐火车要多长时间？", "How long does the trip take by train?"),
)
"""Chinese and English, about nothing in particular."""


class CommonQuestions:
    """The mean question of an embedding model, by language.

    Args:
        embedder: The model; it embeds 16 questions of a language when the first one is asked in it.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @cached_property
    def _chinese(self) -> NDArray[np.float32]:
        return np.stack([self._embedder.embed_query(chinese) for chinese, _ in _QUESTIONS])

    @cached_property
    def _english(self) -> NDArray[np.float32]:
        return np.stack([self._embedder.embed_query(english) for _, english in _QUESTIONS])

    def take_out(self, vector: NDArray[np.float32], *, chinese: bool) -> NDArray[np.float32]:
        """The vector of a question without what it shares with all questions of its language.

        Args:
            vector: The question's, shape (dimension,), of length 1.
            chinese: Whether the question is; any other is taken for English.

        Returns:
            Shape (dimension,), not of length 1.
        """
        mean = self._chinese.mean(axis=0)
        if chinese:
            taken = _COMMON_SHARE * mean
        else:
            taken = self._english.mean(axis=0) - (1 - _COMMON_SHARE) * mean
        left: NDArray[np.float32] = (vector - taken).astype(np.float32)
        return left

    @cached_property
    def unrelated_texts(self) -> tuple[float, float]:
        """Mean and spread of the cosine of two texts that are unrelated."""
        cosines = self._chinese @ self._chinese.T
        different = cosines[~np.eye(len(cosines), dtype=bool)]
        return float(different.mean()), max(float(different.std()), 1e-6)

    @cached_property
    def unrelated(self) -> tuple[float, float]:
        """Mean and spread of what `take_out(question) @ text` is where the two are unrelated."""
        mean, spread = self.unrelated_texts
        shared = _COMMON_SHARE * (self._chinese @ self._chinese.mean(axis=0))
        return mean - float(shared.mean()), spread
