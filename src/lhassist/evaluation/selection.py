"""How well the answerer picks sentences, and tells a passage that answers from one that does not.

Measured on public reading sets, with the passage given that is known to answer, so that retrieval
plays no part:

    best sentence(s)    does the best one, do the best two, hold a gold answer
    AUROC               how often the passage that answers scores higher than the best-ranked one
                        that holds no gold answer, over all pairs of questions; and the same
                        with the best-ranked one of another article
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.question import Reader
from lhassist.answer.question.names import Names
from lhassist.answer.weighing.confidence import learned
from lhassist.answer.weighing.evidence import Weights, candidates
from lhassist.answer.weighing.ranking import Scored, ordered
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

_DEPTH = 20
"""Passages among which the near ones are looked for; an encyclopedia article fills the first
five."""
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
        auroc: Gold passages against near ones that do not answer.
        auroc_elsewhere: The same against near ones that stand under another title.
        gold_unfit: The share of gold passages of which no sentence was sure enough to be said.
        near_unfit: The same for the near passages.
    """

    name: str
    questions: int
    best: float
    best_two: float
    held: float
    auroc: float
    auroc_elsewhere: float
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
            "auroc": round(self.auroc, 4),
            "auroc_elsewhere": round(self.auroc_elsewhere, 4),
            "gold_unfit": round(self.gold_unfit, 4),
            "near_unfit": round(self.near_unfit, 4),
        }


@dataclass(frozen=True, slots=True)
class _Chosen:
    best: bool
    best_two: bool
    held: bool
    gold: float
    near: float | None
    elsewhere: float | None


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
            found = retriever.search(question.text, _DEPTH)
            chosen.append(
                ranking.choose(question, found.hits, found.query_vector, answers[question.id])
            )
    least = learned().threshold
    gold = [one.gold for one in chosen]
    near = [one.near for one in chosen if one.near is not None]
    return Selection(
        name=one.name,
        questions=len(chosen),
        best=float(np.mean([one.best for one in chosen])),
        best_two=float(np.mean([one.best_two for one in chosen])),
        held=float(np.mean([one.held for one in chosen])),
        auroc=auroc(gold, near),
        auroc_elsewhere=auroc(gold, [one.elsewhere for one in chosen if one.elsewhere is not None]),
        gold_unfit=float(np.mean([score < least for score in gold])),
        near_unfit=float(np.mean([score < least for score in near])) if near else 0.0,
    )


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
        """Ranks a question's gold passage, and the near one."""
        right = {name for name, grade in self._set.qrels[question.id].items() if grade > 0}
        gold = [Hit(self._by_name[name], 1.0, "fused") for name in sorted(right)]
        titles = {hit.passage.title for hit in gold}
        wrong = [
            hit
            for hit in hits
            if self._set.names[hit.passage.id] not in right
            and not _holds(hit.passage.text, answers)
        ]
        elsewhere = [hit for hit in wrong if hit.passage.title not in titles]
        best = self._ranked(question, gold, vector)
        spans = [span for hit in gold for span in hit.passage.sentences]
        whole = self._collection.documents[gold[0].passage.document_id].text
        around = [whole[a.start : b.end] for a, b in zip(spans, spans[1:] or spans, strict=False)]
        return _Chosen(
            best=_holds(_text(best[:1]), answers),
            best_two=_holds(_text(best[:2]), answers),
            held=any(_holds(text, answers) for text in around),
            gold=best[0].score if best else _UNFIT,
            near=self._score(question, wrong[:1], vector),
            elsewhere=self._score(question, elsewhere[:1], vector),
        )

    def _score(
        self, question: Question, hits: Sequence[Hit], vector: NDArray[np.float32]
    ) -> float | None:
        """The score of the best sentence; None where there is no passage."""
        if not hits:
            return None
        ranked = self._ranked(question, hits, vector)
        return ranked[0].score if ranked else _UNFIT

    def _ranked(
        self, question: Question, hits: Sequence[Hit], vector: NDArray[np.float32]
    ) -> list[Scored]:
        found = candidates(hits, vector, self._collection)
        return ordered(self._reader.read(question.text), found, self._weights, self._reader)


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
