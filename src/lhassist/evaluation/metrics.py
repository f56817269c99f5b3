"""Measures, their uncertainty, and the paired test: the door to ir_measures.

A *run* maps a question's id to the ids it retrieved with their scores, *qrels* map a question's id
to the ids that were judged with their grades (above 0 is relevant). Every question with a relevant
judgement counts; one that retrieved nothing counts as 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from numpy.typing import NDArray

from lhassist.errors import EvaluationError

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]

DEFAULT_MEASURES = ("R@1", "R@5", "R@10", "RR@10", "nDCG@10")

_SEED = 19860118
_BOOTSTRAP_ROUNDS = 2000
_PERMUTATION_ROUNDS = 10_000
_ROUNDS_AT_ONCE = 250


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What every question scored.

    Attributes:
        questions: The ids, sorted.
        measures: The names, such as `R@1`.
        values: Shape (questions, measures).
    """

    questions: tuple[str, ...]
    measures: tuple[str, ...]
    values: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.questions)

    def of(self, measure: str) -> dict[str, float]:
        """The value of one measure by question."""
        column = self.values[:, self.measures.index(measure)]
        return dict(zip(self.questions, column.tolist(), strict=True))

    def only(self, questions: Collection[str]) -> Scores:
        """The scores of those questions alone."""
        kept = [number for number, name in enumerate(self.questions) if name in questions]
        return Scores(
            tuple(self.questions[number] for number in kept), self.measures, self.values[kept]
        )

    def mean(self) -> dict[str, float]:
        """The mean of each measure over all questions; 0 where there are none."""
        means = self.values.mean(axis=0) if len(self) else np.zeros(len(self.measures))
        return dict(zip(self.measures, means.tolist(), strict=True))

    def interval(self, confidence: float = 0.95) -> dict[str, tuple[float, float]]:
        """A percentile bootstrap interval of each mean, by drawing questions with replacement.

        The same questions and values always give the same interval.

        Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
        """
        if not len(self):
            return dict.fromkeys(self.measures, (0.0, 0.0))
        low, high = np.quantile(
            _bootstrap_means(self.values), [(1 - confidence) / 2, (1 + confidence) / 2], axis=0
        )
        ends = zip(low.tolist(), high.tolist(), strict=True)
        return dict(zip(self.measures, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Difference:
    """How far B is from A on the same questions, and whether chance explains it.

    Attributes:
        difference: Mean of B minus mean of A.
        interval: 95 % bootstrap interval of the difference.
        p_value: Two-sided, of the paired randomisation test.
        better: Questions that B scored higher on; `worse` likewise lower.
    """

    measure: str
    questions: int
    a: float
    b: float
    difference: float
    interval: tuple[float, float]
    p_value: float
    better: int
    worse: int


def score(qrels: Qrels, run: Run, measures: Sequence[str] = DEFAULT_MEASURES) -> Scores:
    """Measures a run, question by question.

    Args:
        qrels: Questions without any relevant judgement are left out.
        run: The ids and scores that each question retrieved; questions not judged are left out.
        measures: Names that ir_measures knows.

    Raises:
        EvaluationError: A measure's name is not known.
    """
    judged = {
        question: dict(grades)
        for question, grades in qrels.items()
        if any(grade > 0 for grade in grades.values())
    }
    questions = tuple(sorted(judged))
    values = np.zeros((len(questions), len(measures)))
    row = {question: number for number, question in enumerate(questions)}
    column = {_parsed(name): number for number, name in enumerate(measures)}
    found = {question: dict(run[question]) for question in questions if run.get(question)}
    if found:
        for one in ir_measures.iter_calc(list(column), judged, found):
            values[row[one.query_id], column[one.measure]] = one.value
    return Scores(questions, tuple(measures), values)


def paired(a: Scores, b: Scores) -> tuple[Difference, ...]:
    """Compares two runs on the questions and measures that both have.

    The test flips the sign of each question's difference at random: were A and B the same system,
    either sign would be as likely.

    Source: Smucker, Allan and Carterette, A comparison of statistical significance tests for
    information retrieval evaluation, CIKM 2007.

    Raises:
        EvaluationError: The two have no question in common.
    """
    common = sorted(set(a.questions) & set(b.questions))
    if not common:
        raise EvaluationError(
            "the two runs have no question in common",
            hint="compare two runs of the same question set",
        )
    a, b = a.only(common), b.only(common)
    measures = [name for name in a.measures if name in b.measures]
    a_values = a.values[:, [a.measures.index(name) for name in measures]]
    b_values = b.values[:, [b.measures.index(name) for name in measures]]
    gain = b_values - a_values
    low, high = np.quantile(_bootstrap_means(gain), [0.025, 0.975], axis=0)
    p_values = _sign_flip_p(gain)
    return tuple(
        Difference(
            measure=name,
            questions=len(common),
            a=float(a_values[:, i].mean()),
            b=float(b_values[:, i].mean()),
            difference=float(gain[:, i].mean()),
            interval=(float(low[i]), float(high[i])),
            p_value=float(p_values[i]),
            better=int((gain[:, i] > 0).sum()),
            worse=int((gain[:, i] < 0).sum()),
        )
        for i, name in enumerate(measures)
    )


def _parsed(name: str) -> ir_measures.Measure:
    try:
        return ir_measures.parse_measure(name)
    except (NameError, ValueError, SyntaxError) as error:
        raise EvaluationError(
            f"{name!r} is no measure: {error}", hint=f"for example {' '.join(DEFAULT_MEASURES)}"
        ) from error


def _bootstrap_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means of resampled questions, shape (rounds, measures)."""
    random = np.random.default_rng(_SEED)
    count = len(values)
    rounds = []
    for _ in range(_BOOTSTRAP_ROUNDS // _ROUNDS_AT_ONCE):
        drawn = random.integers(0, count, size=(_ROUNDS_AT_ONCE, count))
        # How often each question was drawn turns resampling into one matrix product.
        drawn += np.arange(_ROUNDS_AT_ONCE)[:, None] * count
        times = np.bincount(drawn.ravel(), minlength=_ROUNDS_AT_ONCE * count)
        rounds.append(times.reshape(_ROUNDS_AT_ONCE, count) @ values / count)
    return np.concatenate(rounds)


def _sign_flip_p(gain: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two-sided p-value of each column's mean, shape (measures,)."""
    random = np.random.default_rng(_SEED)
    observed = np.abs(gain.sum(axis=0))
    as_extreme = np.zeros(gain.shape[1])
    for _ in range(_PERMUTATION_ROUNDS // _ROUNDS_AT_ONCE):
        signs = random.integers(0, 2, size=(_ROUNDS_AT_ONCE, len(gain))) * 2.0 - 1.0
        as_extreme += (np.abs(signs @ gain) >= observed - 1e-9).sum(axis=0)
    # The observed assignment is one of the possible ones, so p is never 0.
    return (as_extreme + 1) / (_PERMUTATION_ROUNDS + 1)
