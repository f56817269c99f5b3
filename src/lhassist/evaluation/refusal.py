"""Can a score tell a question with an answer from one without?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Refusals:
    """How refusing below a threshold would go on one set.

    Attributes:
        answerable: The confidence of every question that has an answer.
        near: Of the questions without one that ask about the collection's own topics.
        far: Of the other questions without one.
        threshold: Where the least answerable and unanswerable questions are treated wrongly, each
            of the two sides counting as a whole.
    """

    answerable: tuple[float, ...]
    near: tuple[float, ...]
    far: tuple[float, ...]
    threshold: float

    @classmethod
    def of(
        cls, answerable: Iterable[float], near: Iterable[float], far: Iterable[float]
    ) -> Refusals:
        """Finds the threshold for these confidences."""
        yes, close, away = tuple(answerable), tuple(near), tuple(far)
        return cls(yes, close, away, best_threshold(yes, close + away))

    @property
    def auroc(self) -> dict[str, float]:
        """For `near` and `far`: how often an answerable question is the more confident one."""
        return {"near": auroc(self.answerable, self.near), "far": auroc(self.answerable, self.far)}

    def refused(self, threshold: float) -> dict[str, float]:
        """The share of each group that would be refused; 0 for a group without questions."""
        return {
            name: float(np.mean([value < threshold for value in values])) if values else 0.0
            for name, values in (
                ("answerable", self.answerable),
                ("near", self.near),
                ("far", self.far),
            )
        }

    def to_json(self) -> dict[str, object]:
        """What the report's object says about refusal."""
        return {
            "threshold": self.threshold,
            "auroc": self.auroc,
            "refused": self.refused(self.threshold),
            "questions": {
                "answerable": len(self.answerable),
                "near": len(self.near),
                "far": len(self.far),
            },
        }


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The share of pairs in which the first is higher; ties count half; 0.5 without pairs.

    Equals the area under the receiver operating characteristic (Mann and Whitney, 1947).
    """
    if not higher or not lower:
        return 0.5
    a, b = np.asarray(higher)[:, None], np.asarray(lower)[None, :]
    return float(np.mean((a > b) + 0.5 * (a == b)))


def best_threshold(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The lowest threshold with the best mean of answered answerable and refused unanswerable."""
    if not answerable or not unanswerable:
        return 0.0
    values = np.unique(np.concatenate([answerable, unanswerable]))
    # Between two neighbouring values nothing changes: the middle keeps the most distance.
    candidates: NDArray[np.float64] = np.concatenate(
        [values[:1], (values[1:] + values[:-1]) / 2, values[-1:] + 1e-6]
    )
    answered = np.mean(np.asarray(answerable)[:, None] >= candidates, axis=0)
    refused = np.mean(np.asarray(unanswerable)[:, None] < candidates, axis=0)
    return float(candidates[np.argmax(answered + refused)])
