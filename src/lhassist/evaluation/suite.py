"""Runs question sets through the product's own retrieval and measures what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from lhassist import __version__
from lhassist.config import Settings
from lhassist.embedding import Embedder
from lhassist.evaluation.catalogue import find_sets
from lhassist.evaluation.engine import Engine, Progress
from lhassist.evaluation.metrics import DEFAULT_MEASURES, Scores, score
from lhassist.evaluation.parity import PAIRS, ask_in, collection_in
from lhassist.evaluation.refusal import Refusals
from lhassist.evaluation.report import (
    Asked,
    Baseline,
    EvalReport,
    Found,
    Measured,
    PairMeasured,
    SetResult,
)
from lhassist.evaluation.sets import Question, QuestionSet
from lhassist.evaluation.trec import strictly_falling, write_qrels, write_run
from lhassist.retrieve import Retriever
from lhassist.schema import Hit, Passage, Script

SUCCESS = ("Success@1", "Success@5")
"""Added to a set in which some questions have several right passages."""

_DEPTH = 100
_DEPTH_OF_PAIRS = 10


def evaluate(
    settings: Settings,
    sets: Sequence[str] = (),
    *,
    embedder: Embedder | None = None,
    runs: Path | None = None,
    parity: bool = True,
    measures: Sequence[str] = DEFAULT_MEASURES,
    progress: Progress | None = None,
) -> EvalReport:
    """Runs question sets over indexes of their own; the user's index is not touched.

    Args:
        settings: Names the embedder, the caches, the articles and the folder of questions.
        sets: Names or folders, as `find_sets` describes; empty takes every set of the project.
        embedder: Instead of the one that the settings name.
        runs: A folder for `NAME.run` and `NAME.qrels` in TREC form.
        parity: Whether to run every set in every pair of scripts too.
        measures: Names that ir_measures knows; sets with several right passages a question also
            get `SUCCESS`.
        progress: Told how far each set is.

    Raises:
        EvaluationError: A set or the baseline cannot be used.
        ModelError: The embedder cannot be used.
    """
    started = time.perf_counter()
    baseline = Baseline.read(settings.eval_dir / "baseline.json")
    found = find_sets(sets, baseline.floors, settings)
    measures = tuple(measures)
    results = []
    with Engine(settings, embedder, progress) as engine:
        for one in found:
            retriever = engine.retriever(one)
            result, run = _as_it_stands(one, retriever, measures, progress)
            if parity:
                pairs = _in_pairs(one, retriever, engine, measures, progress)
                result = replace(result, pairs=pairs)
            results.append(result)
            if runs is not None:
                write_run(runs / f"{one.name}.run", run)
                write_qrels(runs / f"{one.name}.qrels", one.counted(run))
    return EvalReport(
        sets=tuple(results),
        below_floor=baseline.below(tuple(results)),
        baseline=baseline,
        measures=measures,
        version=__version__,
        embedder=engine.fingerprint,
        created=datetime.now(UTC),
        seconds=time.perf_counter() - started,
    )


def _as_it_stands(
    one: QuestionSet, retriever: Retriever, measures: tuple[str, ...], progress: Progress | None
) -> tuple[SetResult, dict[str, dict[str, float]]]:
    """Asks every question as it is written."""
    started = time.perf_counter()
    hits: dict[str, tuple[Hit, ...]] = {}
    for number, question in enumerate(one.questions):
        _tell(progress, one.name, number, len(one.questions))
        hits[question.id] = retriever.search(question.text, _DEPTH).hits
    seconds = time.perf_counter() - started
    run = {name: _ranking(one, found) for name, found in hits.items()}
    scores = score(one.counted(run), run, _measures_of(one, measures))
    asked = tuple(_asked(one, hits, scores))
    result = SetResult(
        total=Measured.of(one.name, scores),
        passages=len(one.passages),
        kinds=_parts(one, scores, lambda question: question.kind),
        scripts=_parts(one, scores, lambda question: (question.script or "") * bool(question.pair)),
        pairs=(),
        asked=asked,
        refusals=_refusals(asked),
        seconds=seconds,
    )
    return result, run


def _measures_of(one: QuestionSet, measures: tuple[str, ...]) -> tuple[str, ...]:
    """Adds success where recall cannot reach 1 because several passages are right at once."""
    if one.one_suffices or all(len(grades) == 1 for grades in one.qrels.values()):
        return measures
    return tuple(dict.fromkeys((*measures, *SUCCESS)))


def _in_pairs(
    one: QuestionSet,
    untouched: Retriever,
    engine: Engine,
    measures: tuple[str, ...],
    progress: Progress | None,
) -> tuple[PairMeasured, ...]:
    """Asks every answerable question in every pair of scripts."""
    questions = [question for question in one.questions if question.answerable]
    retrievers: dict[Script | None, Retriever] = {None: untouched}
    measured = []
    for pair in PAIRS:
        if pair.collection not in retrievers:
            turned = collection_in(one, pair.collection)
            same = turned.passages == one.passages
            retrievers[pair.collection] = untouched if same else engine.retriever(turned)
        run = {}
        stage = f"{one.name} {pair.question}/{pair.collection or 'as it is'}"
        for number, question in enumerate(questions):
            _tell(progress, stage, number, len(questions))
            wording = ask_in(question.text, pair.question)
            hits = retrievers[pair.collection].search(wording, _DEPTH_OF_PAIRS).hits
            run[question.id] = _ranking(one, hits)
        measured.append(PairMeasured(pair, score(one.counted(run), run, measures).mean()))
    return tuple(measured)


def _ranking(one: QuestionSet, hits: Sequence[Hit]) -> dict[str, float]:
    return strictly_falling((one.names[hit.passage.id], hit.score) for hit in hits)


def _parts(
    one: QuestionSet, scores: Scores, part_of: Callable[[Question], str]
) -> tuple[Measured, ...]:
    """Means over the parts of a set, in the order in which they first occur."""
    parts: dict[str, set[str]] = {}
    for question in one.questions:
        if question.answerable and (part := part_of(question)):
            parts.setdefault(part, set()).add(question.id)
    return tuple(Measured.of(name, scores.only(ids)) for name, ids in parts.items())


def _asked(
    one: QuestionSet, hits: Mapping[str, tuple[Hit, ...]], scores: Scores
) -> Iterator[Asked]:
    passages = {one.names[passage.id]: passage for passage in one.passages}
    by_measure = {name: scores.of(name) for name in scores.measures}
    for question in one.questions:
        found = hits[question.id]
        relevant = [name for name, grade in one.qrels.get(question.id, {}).items() if grade > 0]
        ranks = [n for n, hit in enumerate(found, 1) if one.names[hit.passage.id] in relevant]
        yield Asked(
            id=question.id,
            text=question.text,
            kind=question.kind,
            answerable=question.answerable,
            near=question.near,
            metrics={name: values[question.id] for name, values in by_measure.items()}
            if question.answerable
            else {},
            confidence=found[0].score if found else None,
            rank=ranks[0] if ranks else None,
            first=_shown(found[0].passage) if found else None,
            right=_shown(passages[relevant[0]]) if relevant else None,
        )


def _refusals(asked: Sequence[Asked]) -> Refusals | None:
    """How confidence separates the questions; None where all of them have an answer."""
    if all(one.answerable for one in asked):
        return None
    yes: list[float] = []
    near: list[float] = []
    far: list[float] = []
    for one in asked:
        group = yes if one.answerable else near if one.near else far
        group.append(one.confidence or 0.0)
    return Refusals.of(yes, near, far)


def _shown(passage: Passage) -> Found:
    return Found(passage.id, passage.title, passage.text)


def _tell(progress: Progress | None, stage: str, number: int, total: int) -> None:
    if progress is not None and (number % 20 == 0 or number + 1 == total):
        progress(stage, number + 1, total)
