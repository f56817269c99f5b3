"""How sure it is that a sentence answers: learned weights of what speaks for and against it.

A conditional logit with the outside option that no sentence answers (McFadden 1974): the odds of a
sentence against refusing are the exponential of a weighted sum. `confidence.json` holds weights and
threshold, and what they were learned from; `eval/learn_refusal.py` writes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

from lhassist.answer.weighing.features import NAMES, Features

FILE = "confidence.json"


@dataclass(frozen=True, slots=True)
class Confidence:
    """A weighing of features.

    Attributes:
        weights: In the order of `features.NAMES`.
        intercept: The sum of a sentence without any feature.
        threshold: The least log odds of a sentence that is said.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def log_odds(self, features: Features) -> float:
        """Of the sentence against refusing."""
        return sum(map(mul, self.weights, features.values), start=self.intercept)


def probability(log_odds: float) -> float:
    """The odds as a share, 0 to 1."""
    return 1 / (1 + math.exp(-log_odds))


@cache
def learned() -> Confidence:
    """The weighing that comes with the product."""
    return read(json.loads((files(__package__) / FILE).read_text(encoding="utf-8")))


def read(table: Mapping[str, object]) -> Confidence:
    """A weighing from the object that `confidence.json` holds.

    Raises:
        ValueError: Its weights are not those of `features.NAMES`.
    """
    weights = table["weights"]
    if not isinstance(weights, dict) or set(weights) != set(NAMES):
        raise ValueError(f"{FILE}: the weights are not those of the features")
    return Confidence(
        tuple(float(weights[name]) for name in NAMES),
        float(str(table["intercept"])),
        float(str(table["threshold"])),
    )
