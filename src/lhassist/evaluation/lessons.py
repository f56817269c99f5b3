"""Questions whose answers are known, with the sentences found for them, to learn refusing from.

Of the project's own questions (`eval/luohe`, `eval/answers.jsonl`, `eval/lessons.jsonl`) the
unanswerable ones teach to refuse near misses; of public reading sets every question is asked twice:
with its passage among near ones, and with the near ones alone. `eval/lessons.jsonl` is for learning
alone and measures nothing: near misses, and questions of the same forms that the articles answer.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.question import Reader
from lhassist.answer.question.names import Names
from lhassist.answer.weighing.candidates import Candidate, Weights, candidates
from lhassist.answer.weighing.features import NAMES, features
from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.answers import ASKED_ON
from lhassist.evaluation.cases import CASES, read_cases
from lhassist.evaluation.engine import Engine
from lhassist.evaluation.learning import Lesson
from lhassist.evaluation.own import QUESTIONS, Judgement, read_own, read_questions
from lhassist.evaluation.selection import gold_answers
from lhassist.evaluation.sets import QuestionSet, read_set
from lhassist.evaluation.wording import plain
from lhassist.facts.relative import on_day
from lhassist.index import Collection
from lhassist.schema import Hit
from lhassist.terms import Analyzer

Split = Literal["read", "unread"]
"""Weights and threshold are learned from what was read; the rest tells how good they are."""

NEAR, FAR = "near", "far"
LESSONS = "lessons.jsonl"
_TAUGHT = "taught"

_HITS = 12
_DEEP = 1000
_OTHERS = 3
_HALF = 0.5
_WITHOUT_WORDS = frozenset(("paraphrase", "english", "typo"))
"""What the features say nothing about: their words meet nothing."""

_PLAIN_KINDS = frozenset(
    (
        *("figure", "name", "date", "place", "list", "relative", "conflict", "timeline"),
        *("period", "entity", "near", "far", "premise_true", "attribution"),
    )
)
"""Of the cases those that sentences answer as they are, or nothing does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the project's own with what is known of its answer.

    Attributes:
        places: Words of articles that answer.
        answers: What a right sentence says one of, where known.
    """

    text: str
    kind: str
    group: str
    split: Split
    answerable: bool
    places: tuple[Judgement, ...]
    answers: tuple[str, ...] = ()


class _Desk:
    """What asks one collection."""

    def __init__(self, one: QuestionSet, engine: Engine) -> None:
        self.collection = engine.collection(one)
        self.retriever = engine.searching(self.collection)
        self.reader = Reader(
            Names(one.gazetteer), Analyzer(one.gazetteer), self.retriever.unrelated
        )
        self._weights = Weights(self.collection)

    def sentences(
        self, question: str, found: Sequence[Candidate], right: Sequence[bool | None]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Features and whether they answer, of the sentences of which that is known."""
        asked = self.reader.read(question)
        rows = [
            (seen.values, is_right)
            for candidate, is_right in zip(found, right, strict=True)
            if is_right is not None
            and (seen := features(asked, candidate, self._weights, self.reader)) is not None
        ]
        values = np.array([values for values, _ in rows], np.float64)
        return (
            values.reshape(len(rows), len(NAMES)),
            np.array([is_right for _, is_right in rows], np.bool_),
        )


def own_lessons(settings: Settings, engine: Engine, split: Split, name: str) -> list[Lesson]:
    """The project's own questions over its articles.

    Args:
        settings: Name the questions and the articles.
        engine: Embeds and searches.
        split: Which part.
        name: What the lessons' set is called.

    Raises:
        EvaluationError: A question is not as described.
        CorpusError: An article cannot be read.
    """
    desk = _Desk(read_own(settings.eval_dir / "luohe", settings.corpus_dir), engine)
    lessons = []
    for asked in own_questions(settings):
        if asked.split != split or asked.kind in _WITHOUT_WORDS:
            continue
        hits = desk.retriever.search(desk.reader.read(asked.text).searched, _HITS)
        found = candidates(hits.hits, hits.query_vector, desk.collection)
        right = [_is_right(asked, candidate, desk.collection) for candidate in found]
        lessons.append(
            Lesson(
                *desk.sentences(asked.text, found, right),
                answerable=asked.answerable,
                set=name,
                nearness="" if asked.answerable else FAR if asked.kind == FAR else NEAR,
                group=asked.group,
            )
        )
    return lessons


def own_questions(settings: Settings) -> Iterator[Asked]:
    """All of the project's own questions that stand alone.

    Raises:
        EvaluationError: One is not as described.
    """
    path = settings.eval_dir / "luohe" / QUESTIONS
    answers = {
        row["id"]: tuple(row["answers"])
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    for question, judgements in read_questions(path):
        group = question.pair or question.id
        draw = zlib.crc32(group.encode())
        nearness = NEAR if question.near else FAR
        yield Asked(
            question.text,
            question.kind if question.answerable else nearness,
            group,
            "unread" if draw % 2 and (draw >> 7) % 2 else "read",
            question.answerable,
            judgements,
            answers[question.id],
        )
    for case in read_cases(settings.eval_dir / CASES).questions:
        if case.kind in _PLAIN_KINDS and not case.history:
            yield Asked(
                on_day(case.question, case.asked_on or ASKED_ON),
                case.kind,
                case.pair,
                "read" if case.split == "dev" else "unread",
                not case.refused,
                # Of a case to refuse, the evidence is what is near.
                ()
                if case.refused
                else tuple(Judgement(one.document_id, one.quote) for one in case.evidence),
            )

    yield from _taught(settings.eval_dir / LESSONS)


def _taught(path: Path) -> list[Asked]:
    """The questions that are for learning alone; those without evidence are near misses."""
    asked = []
    try:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            text = row["question"]
            places = tuple(Judgement(one["document_id"], one["quote"]) for one in row["evidence"])
            kind = _TAUGHT if places else NEAR
            asked.append(Asked(text, kind, text, "read", bool(places), places))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise EvaluationError(
            f"{path}: no questions to learn from: {error}",
            hint="each line needs the keys question, and evidence: a list of document_id and quote",
        ) from error
    return asked


def _is_right(asked: Asked, candidate: Candidate, collection: Collection) -> bool | None:
    """Whether a sentence answers; None where it says the same at a place that nobody judged."""
    said = plain(candidate.text)
    says = any(plain(answer) in said for answer in asked.answers)
    document = collection.documents[candidate.hit.passage.document_id]
    own = [one.quote for one in asked.places if one.document_id == document.id]
    if any(_overlaps(document.text, quote, candidate) for quote in own):
        return True if says or not asked.answers else None
    return None if asked.answerable and says else False


def _overlaps(text: str, quote: str, candidate: Candidate) -> bool:
    span = candidate.span
    least = _HALF * min(len(quote), span.end - span.start)
    start = text.find(quote)
    while start >= 0:
        if min(span.end, start + len(quote)) - max(span.start, start) >= least:
            return True
        start = text.find(quote, start + 1)
    return False


def set_lessons(folder: Path, engine: Engine, split: Split, *, every: int = 1) -> list[Lesson]:
    """A public reading set, of which half of the articles are read; two lessons a question.

    Args:
        folder: In BEIR form, with the key `answers` in its queries.
        engine: Embeds and searches.
        split: Which half.
        every: Take only each such question.

    Raises:
        EvaluationError: The set cannot be used, or has no answers.
    """
    one = read_set(folder)
    answers = gold_answers(folder / "queries.jsonl")
    desk = _Desk(one, engine)
    lessons = []
    for question in one.questions[::every]:
        right = {name for name, grade in one.qrels[question.id].items() if grade > 0}
        hits = desk.retriever.search(question.text, _DEEP)
        gold = [hit for hit in hits.hits if one.names[hit.passage.id] in right]
        near = [hit for hit in hits.hits if one.names[hit.passage.id] not in right][:_OTHERS]
        if not gold or _half(gold[0]) != split:
            continue
        texts = [plain(answer) for answer in answers[question.id]]

        def says(candidate: Candidate, texts: Sequence[str] = texts) -> bool:
            return any(text in plain(candidate.text) for text in texts)

        own = candidates(gold, hits.query_vector, desk.collection)
        others = candidates(near, hits.query_vector, desk.collection)
        known = [says(one) for one in own]
        unknown = [None if says(one) else False for one in others]
        group = gold[0].passage.document_id
        lessons += [
            Lesson(
                *desk.sentences(question.text, [*own, *others], [*known, *unknown]),
                answerable=True,
                set=one.name,
                nearness="",
                group=group,
            ),
            Lesson(
                *desk.sentences(question.text, others, unknown),
                answerable=False,
                set=one.name,
                nearness=NEAR,
                group=group,
            ),
        ]
    return lessons


def _half(hit: Hit) -> Split:
    return "unread" if zlib.crc32(hit.passage.document_id.encode()) % 2 else "read"
