"""Learns how much each feature of a sentence counts for answering, and when to refuse.

A conditional logit with an outside option (McFadden, Conditional logit analysis of qualitative
choice behavior, 1974): of the sentences found for a question and of "none of them", each is right
with a probability that goes with the exponential of its weighted features; "none" counts 1. One
model so both ranks sentences and refuses. Weights keep the sign that their feature means, so that
more of what speaks for a sentence never makes it less sure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lhassist.answer.weighing.confidence import Confidence
from lhassist.answer.weighing.features import MISFITS, NAMES
from lhassist.answer.weighing.fit import VETOES

_AGAINST = frozenset(("unmet", "most telling unmet", *MISFITS))
_EITHER = frozenset(("length of question", "is value"))
_BARRING = [NAMES.index(name) for name in sorted(VETOES)]
_PENALTY = 3e-4
_FOLDS = 5

LEAST_RECALL = 0.95
"""A near miss that is answered does more harm than a question that is refused: the most at which
still nine in ten refusals of read questions are right."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A question with the sentences that were found for it.

    Attributes:
        features: In the order of `features.NAMES`; shape (sentences, features).
        right: Which sentences answer, shape (sentences,); none of an unanswerable question.
        answerable: Whether the collection holds an answer, found or not.
        set: Where the question is from.
        nearness: Of an unanswerable question: `near` or `far` from what the collection is about.
        group: Shared by questions that must not be learned from and tested on apart: the same
            one in either script, or those about one article.
        weight: How much it counts.
    """

    features: Floats
    right: NDArray[np.bool_]
    answerable: bool
    set: str
    nearness: str
    group: str
    weight: float = 1.0

    @property
    def teaches(self) -> bool:
        """Whether anything follows from it: not where the answer was not found."""
        return len(self.features) > 0 and (bool(self.right.any()) or not self.answerable)

    @property
    def barred(self) -> NDArray[np.bool_]:
        """Which sentences are never said, shape (sentences,)."""
        return np.asarray(self.features[:, _BARRING].any(axis=1), np.bool_)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the best sentence of a lesson that may be said came to.

    Attributes:
        log_odds: Of the best sentence; minus infinity where there is none.
        right: Whether it answers.
    """

    lesson: Lesson
    log_odds: float
    right: bool


def learn(lessons: Sequence[Lesson]) -> Confidence:
    """The weights under which the right sentences are likeliest; the threshold is 0, even odds.

    Args:
        lessons: Those that teach nothing are left out.
    """
    taught = [lesson for lesson in lessons if lesson.teaches]
    features = np.concatenate([lesson.features for lesson in taught])
    mean, spread = features.mean(axis=0), features.std(axis=0)
    # A feature that is the same everywhere says nothing.
    scale = np.where(spread > 0, spread, np.inf)
    problem = _Likelihood(taught, (features - mean) / scale)
    found = minimize(
        problem,
        np.zeros(len(NAMES) + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*_signs(), (None, None)],
    )
    weights = found.x[:-1] / scale
    intercept = float(found.x[-1] - mean @ weights)
    return Confidence(tuple(weights.tolist()), intercept, 0.0)


def _signs() -> list[tuple[float | None, float | None]]:
    return [
        (None, None) if name in _EITHER else (None, 0.0) if name in _AGAINST else (0.0, None)
        for name in NAMES
    ]


class _Likelihood:
    """The mean negative log likelihood of lessons, with its gradient."""

    def __init__(self, lessons: Sequence[Lesson], features: Floats) -> None:
        counts = [len(lesson.features) for lesson in lessons]
        self._features = features
        self._starts = np.cumsum([0, *counts[:-1]])
        self._lesson = np.repeat(np.arange(len(lessons)), counts)
        self._right = np.concatenate([lesson.right for lesson in lessons]).astype(np.float64)
        self._none = np.array([not lesson.right.any() for lesson in lessons], np.float64)
        weights = np.array([lesson.weight for lesson in lessons])
        self._weights = weights / weights.sum()

    def __call__(self, parameters: Floats) -> tuple[float, Floats]:
        weights, intercept = parameters[:-1], parameters[-1]
        scores = self._features @ weights + intercept
        top = np.maximum(np.maximum.reduceat(scores, self._starts), 0)
        raised = np.exp(scores - top[self._lesson])
        none = np.exp(-top)
        all_of = np.add.reduceat(raised, self._starts) + none
        right = np.add.reduceat(raised * self._right, self._starts) + none * self._none
        loss = self._weights @ (np.log(all_of) - np.log(right)) + _PENALTY * (weights @ weights)
        slope = raised / all_of[self._lesson] - raised * self._right / right[self._lesson]
        slope *= self._weights[self._lesson]
        gradient = self._features.T @ slope + 2 * _PENALTY * weights
        return float(loss), np.append(gradient, slope.sum())


def outcomes(lessons: Sequence[Lesson], confidence: Confidence) -> list[Outcome]:
    """What a weighing makes of lessons."""
    found = []
    for lesson in lessons:
        odds = lesson.features @ np.asarray(confidence.weights) + confidence.intercept
        odds = np.where(lesson.barred, -np.inf, odds)
        best = int(np.argmax(odds)) if np.isfinite(odds).any() else None
        found.append(
            Outcome(
                lesson,
                -np.inf if best is None else float(odds[best]),
                best is not None and bool(lesson.right[best]),
            )
        )
    return found


def crossed(lessons: Sequence[Lesson]) -> list[Outcome]:
    """The outcome of each lesson under weights that were learned without its group."""
    groups = sorted({lesson.group for lesson in lessons})
    fold_of = {group: number % _FOLDS for number, group in enumerate(groups)}
    found: list[Outcome] = []
    for fold in range(_FOLDS):
        others = [lesson for lesson in lessons if fold_of[lesson.group] != fold]
        own = [lesson for lesson in lessons if fold_of[lesson.group] == fold]
        found += outcomes(own, learn(others))
    return found


def threshold_of(found: Sequence[Outcome], recall: float = LEAST_RECALL) -> float:
    """The lowest threshold that refuses this share of the unanswerable questions."""
    odds = sorted(one.log_odds for one in found if not one.lesson.answerable)
    refused = math.ceil(recall * len(odds))
    return math.nextafter(odds[refused - 1], math.inf) if refused else -math.inf


def refusals(found: Sequence[Outcome], threshold: float) -> dict[str, float]:
    """Precision and recall of refusing what is below a threshold; 1 where nothing is to refuse."""
    refused = [one.lesson.answerable for one in found if one.log_odds < threshold]
    unanswerable = sum(not one.lesson.answerable for one in found)
    rightly = len(refused) - sum(refused)
    return {
        "precision": rightly / len(refused) if refused else 1.0,
        "recall": rightly / unanswerable if unanswerable else 1.0,
    }


def calibration(found: Sequence[Outcome], bins: int = 10) -> list[tuple[float, float, int]]:
    """Bins of equal size: mean probability given, share that was right, and how many.

    The source of the plot: Niculescu-Mizil and Caruana, Predicting good probabilities, 2005.
    """
    given = np.array([1 / (1 + np.exp(-one.log_odds)) for one in found])
    right = np.array([one.right for one in found], np.float64)
    order = np.argsort(given, kind="stable")
    return [
        (float(given[part].mean()), float(right[part].mean()), len(part))
        for part in np.array_split(order, bins)
        if len(part)
    ]
