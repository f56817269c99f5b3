"""The sentences that answer a question, each with how sure it is that it does, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lhassist.answer.question import Question, Reader
from lhassist.answer.weighing import confidence
from lhassist.answer.weighing.candidates import Candidate, Weights
from lhassist.answer.weighing.features import Features, features

LEAST_NEARNESS_FOREIGN = -1.2
"""Of a question in another language, in standard deviations: a cosine of 0.8."""

_NAMES_WEIGHT = 1.0
_WHOM = frozenset(("no person", "deed"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence that may stand in the answer.

    Attributes:
        score: Log odds that it answers; of a foreign question, its nearness.
        cover: The share of the question's words that it meets, 0 to 1.
        said: What the sentence itself has of each word of the question, times the word's weight.
        names_whom: Whether it names somebody and what they did, where that is asked for.
        is_barred: Whether it breaks a rule that nothing makes up for (`fit.VETOES`).
        order: Its place in the collection, to break ties.
    """

    candidate: Candidate
    score: float
    cover: float
    said: tuple[float, ...]
    names_whom: bool
    is_barred: bool
    order: tuple[str, int]


def rank(
    question: Question, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> list[Scored]:
    """The sentences that answer surely enough, best first; empty where none does.

    Who is asked for is named, and with the deed, however sure the rest is: 1989年，双汇品牌创立
    names no founder.
    """
    least = LEAST_NEARNESS_FOREIGN if question.is_foreign else confidence.learned().threshold
    return [
        one
        for one in ordered(question, found, weights, reader)
        if one.score >= least and one.names_whom
    ]


def ordered(
    question: Question, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> list[Scored]:
    """All sentences that may be said, best first, however unsure it is that they answer."""
    return [one for one in weighed(question, found, weights, reader) if not one.is_barred]


def weighed(
    question: Question, found: Sequence[Candidate], weights: Weights, reader: Reader
) -> list[Scored]:
    """All sentences, the likeliest to answer first, whether they may be said or not."""
    score = _by_nearness if question.is_foreign else _by_features
    scored = [
        one
        for candidate in found
        if (seen := features(question, candidate, weights, reader)) is not None
        and (one := score(question, candidate, seen, reader)) is not None
    ]
    return sorted(scored, key=lambda one: (-one.score, one.order))


def _by_features(
    _question: Question, candidate: Candidate, seen: Features, _reader: Reader
) -> Scored | None:
    return _scored(candidate, confidence.learned().log_odds(seen), seen)


def _by_nearness(
    question: Question, candidate: Candidate, seen: Features, reader: Reader
) -> Scored | None:
    """Of a foreign question the words are names alone, which every sentence about the thing has."""
    # A heap of letters is near to everything; a question is not.
    if seen.misfits or question.kind == "open":
        return None
    return _scored(candidate, reader.nearness(candidate.cosine) + _NAMES_WEIGHT * seen.words, seen)


def _scored(candidate: Candidate, score: float, seen: Features) -> Scored:
    order = (candidate.hit.passage.document_id, candidate.span.start)
    return Scored(
        candidate, score, seen.words, seen.said, not seen.misfits & _WHOM, seen.is_barred, order
    )
