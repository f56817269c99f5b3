"""How well the answerer picks sentences, and tells a passage that answers from one that does not.

Measured on public reading sets, with the passage given that is known to answer, so that retrieval
plays no part:

    best sentence(s)    does the best one, do the best two, hold a gold answer
    AUROC               how often the passage that answers scores higher than a wrong one, over all
                        pairs of questions

A wrong passage is not the gold one and holds no gold answer. How hard it is depends on which is
taken (`Wrong`), so all are measured, and beside the product's own score a plain formula over the
same sentences (`plain_score`).
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.question import Question as Asked
from lhassist.answer.question import Reader
from lhassist.answer.question.names import Names
from lhassist.answer.weighing.candidates import Candidate, Weights, candidates, pairs, share
from lhassist.answer.weighing.confidence import learned
from lhassist.answer.weighing.ranking import Scored, ordered, weighed
from lhassist.config import Settings
from lhassist.embedding import Embedder
from lhassist.errors import EvaluationError
from lhassist.evaluation.engine import Engine, Progress
from lhassist.evaluation.refusal import auroc
from lhassist.evaluation.sets import Question, QuestionSet, read_set
from lhassist.evaluation.wording import plain
from lhassist.index import Collection
from lhassist.schema import Hit
from lhassist.terms import Analyzer

_ALL = 10_000
_DEPTH = 20
"""An encyclopedia article fills the first five places; among twenty are others."""
Wrong = Literal["ranked", "elsewhere", "by meaning", "by words", "at random"]
"""Which wrong passage: the best-ranked; the best-ranked under another title; the best by vectors
alone; by words alone; one of the first twenty, whichever its place."""

_PAIRS_COUNT = _WORDS_COUNT = 0.1
_UNFIT = -math.inf
"""The score of a passage of which no sentence may stand in an answer; every other one is higher."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Figures over one set.

    Attributes:
        best: The share of questions whose best sentence holds a gold answer.
        best_two: The same for the best two together.
        held: The share whose gold passage has an answer inside one or two neighbouring sentences
            at all: no choice can be better.
        auroc: Gold passages against wrong ones of each kind.
        auroc_plain: The same by the plain formula.
        gold_unfit: The share of gold passages of which no sentence was sure enough to be said.
        near_unfit: The same for the best-ranked wrong passages.
    """

    name: str
    questions: int
    best: float
    best_two: float
    held: float
    auroc: Mapping[Wrong, float]
    auroc_plain: Mapping[Wrong, float]
    gold_unfit: float
    near_unfit: float

    def to_json(self) -> dict[str, object]:
        """The figures as an object."""
        return {
            "name": self.name,
            "questions": self.questions,
            "best": round(self.best, 4),
            "best_two": round(self.best_two, 4),
            "held": round(self.held, 4),
            "auroc": {name: round(value, 4) for name, value in self.auroc.items()},
            "auroc_plain": {name: round(value, 4) for name, value in self.auroc_plain.items()},
            "gold_unfit": round(self.gold_unfit, 4),
            "near_unfit": round(self.near_unfit, 4),
        }


@dataclass(frozen=True, slots=True)
class _Score:
    """Of a passage, that of its best sentence."""

    learned: float
    plain: float


@dataclass(frozen=True, slots=True)
class _Chosen:
    best: bool
    best_two: bool
    held: bool
    gold: _Score
    wrong: Mapping[Wrong, _Score]


def measure_selection(
    settings: Settings,
    folder: Path,
    *,
    embedder: Embedder | None = None,
    every: int = 1,
    progress: Progress | None = None,
) -> Selection:
    """Ranks the sentences of gold and of near passages with the product's own scorer.

    Args:
        settings: Names the embedder and the caches.
        folder: A set in BEIR form whose `queries.jsonl` has the key `answers`, gold texts.
        embedder: Instead of the one that the settings name.
        every: Take only each such question, for a quick look.
        progress: Told how far it is.

    Raises:
        EvaluationError: The set cannot be used, or has no answers.
        ModelError: The embedder cannot be used.
    """
    one = read_set(folder)
    answers = gold_answers(folder / "queries.jsonl")
    asked = one.questions[::every]
    with Engine(settings, embedder, progress) as engine:
        collection = engine.collection(one)
        retriever = engine.searching(collection)
        ranking = _Ranking(one, collection, retriever.unrelated)
        chosen = []
        for number, question in enumerate(asked):
            if progress is not None and number % 100 == 0:
                progress(f"{one.name} sentences", number, len(asked))
            found = retriever.search(question.text, _ALL)
            chosen.append(
                ranking.choose(question, found.hits, found.query_vector, answers[question.id])
            )
    least = learned().threshold
    near = [one.wrong["ranked"].learned for one in chosen if "ranked" in one.wrong]
    return Selection(
        name=one.name,
        questions=len(chosen),
        best=float(np.mean([one.best for one in chosen])),
        best_two=float(np.mean([one.best_two for one in chosen])),
        held=float(np.mean([one.held for one in chosen])),
        auroc=_told_apart(chosen, lambda score: score.learned),
        auroc_plain=_told_apart(chosen, lambda score: score.plain),
        gold_unfit=float(np.mean([one.gold.learned < least for one in chosen])),
        near_unfit=float(np.mean([score < least for score in near])) if near else 0.0,
    )


def _told_apart(
    chosen: Sequence[_Chosen], score: Callable[[_Score], float]
) -> Mapping[Wrong, float]:
    gold = [score(one.gold) for one in chosen]
    return {
        kind: auroc(gold, [score(one.wrong[kind]) for one in chosen if kind in one.wrong])
        for kind in get_args(Wrong)
    }


def plain_score(asked: Asked, candidate: Candidate, weights: Weights, analyzer: Analyzer) -> float:
    """A formula without anything learned: cosine + 0.1 pairs + 0.1 words.

    Both are the shares of the question's that the sentence has, weighted by how telling they are.

    Args:
        asked: The question, read.
        candidate: A sentence.
        weights: Of the collection.
        analyzer: Cuts words.
    """
    held, said = set(pairs(candidate.text)), set(analyzer.words(candidate.text))
    by_pairs = share(
        (weights.of(pair), float(pair in held)) for pair in dict.fromkeys(pairs(asked.bare))
    )
    by_words = share(
        (weights.of(word), float(word in said))
        for word in dict.fromkeys(analyzer.words(asked.bare))
    )
    return candidate.cosine + _PAIRS_COUNT * by_pairs + _WORDS_COUNT * by_words


class _Ranking:
    """The product's scorer over one collection."""

    def __init__(
        self, one: QuestionSet, collection: Collection, unrelated: tuple[float, float]
    ) -> None:
        self._set = one
        self._collection = collection
        self._weights = Weights(collection)
        self._reader = Reader(Names(one.gazetteer), Analyzer(one.gazetteer), unrelated)
        self._by_name = {one.names[passage.id]: passage for passage in one.passages}

    def choose(
        self,
        question: Question,
        hits: Sequence[Hit],
        vector: NDArray[np.float32],
        answers: Sequence[str],
    ) -> _Chosen:
        """Ranks a question's gold passage, and the wrong ones."""
        right = {name for name, grade in self._set.qrels[question.id].items() if grade > 0}
        found = {self._set.names[hit.passage.id]: hit for hit in hits}
        gold = [found.get(name) or Hit(self._by_name[name], 0.0, "fused") for name in sorted(right)]
        wrong = [
            hit
            for hit in hits
            if self._set.names[hit.passage.id] not in right
            and not _holds(hit.passage.text, answers)
        ]
        best = self._ranked(question, gold, vector)
        spans = [span for hit in gold for span in hit.passage.sentences]
        whole = self._collection.documents[gold[0].passage.document_id].text
        around = [whole[a.start : b.end] for a, b in zip(spans, spans[1:] or spans, strict=False)]
        return _Chosen(
            best=_holds(_text(best[:1]), answers),
            best_two=_holds(_text(best[:2]), answers),
            held=any(_holds(text, answers) for text in around),
            gold=self._score(question, gold, vector),
            wrong={
                kind: self._score(question, [hit], vector)
                for kind, hit in _wrong(question, wrong, {hit.passage.title for hit in gold})
            },
        )

    def _score(
        self, question: Question, hits: Sequence[Hit], vector: NDArray[np.float32]
    ) -> _Score:
        """The scores of the best sentences."""
        asked = self._reader.read(question.text)
        found = candidates(hits, vector, self._collection)
        ranked = weighed(asked, found, self._weights, self._reader)
        plain_of = [plain_score(asked, one, self._weights, self._reader.analyzer) for one in found]
        return _Score(ranked[0].score if ranked else _UNFIT, max(plain_of, default=_UNFIT))

    def _ranked(
        self, question: Question, hits: Sequence[Hit], vector: NDArray[np.float32]
    ) -> list[Scored]:
        found = candidates(hits, vector, self._collection)
        return ordered(self._reader.read(question.text), found, self._weights, self._reader)


def _wrong(
    question: Question, wrong: Sequence[Hit], titles: AbstractSet[str]
) -> Iterator[tuple[Wrong, Hit]]:
    """One wrong passage of each kind, as far as there is one."""
    if not wrong:
        return
    yield "ranked", wrong[0]
    elsewhere = [hit for hit in wrong if hit.passage.title not in titles]
    if elsewhere:
        yield "elsewhere", elsewhere[0]
    yield "by meaning", max(wrong, key=lambda hit: hit.dense or 0.0)
    yield "by words", max(wrong, key=lambda hit: hit.lexical or 0.0)
    first = wrong[:_DEPTH]
    yield "at random", first[zlib.crc32(question.id.encode()) % len(first)]


def _text(ranked: Sequence[Scored]) -> str:
    """The sentences in the order of the article."""
    return "".join(one.candidate.text for one in sorted(ranked, key=lambda one: one.order))


def _holds(text: str, answers: Sequence[str]) -> bool:
    held = plain(text)
    return any(plain(answer) in held for answer in answers)


def gold_answers(path: Path) -> Mapping[str, Sequence[str]]:
    """The gold texts of each question of a `queries.jsonl`, by its id.

    Raises:
        EvaluationError: A question has none.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {str(row["_id"]): tuple(map(str, row["answers"])) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationError(
            f"{path}: a question has no gold answers: {error}",
            hint="each line needs the key answers, a list of texts",
        ) from error
