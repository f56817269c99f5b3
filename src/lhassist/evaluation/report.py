"""What an evaluation found: values only; drawing them is `page`'s work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lhassist.errors import EvaluationError
from lhassist.evaluation.metrics import Scores
from lhassist.evaluation.parity import Pair
from lhassist.evaluation.refusal import Refusals

_BASELINE_FORM = (
    'a baseline is {"floors": {"SET": {"R@1": 0.9}, "SET/KIND": {...}}, '
    '"parity_gap": {"R@1": 0.003}, "answers": {"all": {"passed": 0.9}}}'
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over some questions, each with its 95 % bootstrap interval."""

    name: str
    questions: int
    metrics: Mapping[str, float]
    interval: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, name: str, scores: Scores) -> Measured:
        """The means of all questions in `scores`."""
        return cls(name, len(scores), scores.mean(), scores.interval())

    def to_json(self) -> dict[str, object]:
        """The keys of the command line's contract, without the name."""
        return {
            "questions": self.questions,
            "metrics": dict(self.metrics),
            "interval": {name: list(ends) for name, ends in self.interval.items()},
        }


@dataclass(frozen=True, slots=True)
class PairMeasured:
    """A set's means with questions and collection in given scripts."""

    pair: Pair
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as the report shows it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and how it went.

    Attributes:
        confidence: What refusal goes by, for the best passage; None where nothing was retrieved.
        rank: Of the first relevant passage, from 1; None where it was not retrieved.
        first: The passage ranked first.
        right: A relevant passage; None for a question that the collection cannot answer.
    """

    id: str
    text: str
    kind: str
    answerable: bool
    near: bool
    metrics: Mapping[str, float]
    confidence: float | None
    rank: int | None
    first: Found | None
    right: Found | None


@dataclass(frozen=True, slots=True)
class SetResult:
    """One question set.

    Attributes:
        total: Over all questions that have an answer.
        kinds: The same for each kind of question, where the set marks kinds.
        scripts: The same for the questions written in each script, where it has both.
        pairs: The set run in every pair of scripts.
        asked: Every question, unanswerable ones included.
        refusals: How well confidence tells questions without an answer; None without such.
        seconds: How long all its searches took.
    """

    total: Measured
    passages: int
    kinds: tuple[Measured, ...]
    scripts: tuple[Measured, ...]
    pairs: tuple[PairMeasured, ...]
    asked: tuple[Asked, ...]
    refusals: Refusals | None
    seconds: float

    @property
    def name(self) -> str:
        """The set's."""
        return self.total.name

    @property
    def gap(self) -> dict[str, float]:
        """How far the best and the worst pair of scripts are apart, by measure."""
        if not self.pairs:
            return {}
        return {
            name: max(p.metrics[name] for p in self.pairs)
            - min(p.metrics[name] for p in self.pairs)
            for name in self.pairs[0].metrics
        }

    def worst(self, count: int = 20) -> tuple[Asked, ...]:
        """The answerable questions whose first relevant passage stands lowest."""
        missed = [one for one in self.asked if one.answerable and one.rank != 1]
        missed.sort(key=lambda one: (-(one.rank or float("inf")), one.id))
        return tuple(missed[:count])

    def to_json(self) -> dict[str, object]:
        """The keys of the command line's contract, and more."""
        result: dict[str, object] = {
            "name": self.name,
            "passages": self.passages,
            **self.total.to_json(),
            "seconds": round(self.seconds, 3),
        }
        if self.kinds:
            result["kinds"] = {one.name: one.to_json() for one in self.kinds}
        if self.scripts:
            result["scripts"] = {one.name: one.to_json() for one in self.scripts}
        if self.pairs:
            result["parity"] = {
                "gap": self.gap,
                "pairs": [
                    {
                        "question": one.pair.question,
                        "collection": one.pair.collection or "as it is",
                        "metrics": dict(one.metrics),
                    }
                    for one in self.pairs
                ],
            }
        if self.refusals:
            result["refusal"] = self.refusals.to_json()
        return result


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A value on the wrong side of its limit.

    Attributes:
        set: The set's name, with `/kind` for one kind of question.
        measure: Such as `R@1`, or `R@1 gap` for the distance between scripts.
        limit: A floor; for a gap, the most that is allowed.
    """

    set: str
    measure: str
    value: float
    limit: float

    def to_json(self) -> dict[str, object]:
        """One entry of `below_floor`."""
        return {"set": self.set, "metric": self.measure, "value": self.value, "floor": self.limit}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What must hold.

    Attributes:
        floors: Set name, or `set/kind`, to measures to the least allowed mean.
        parity_gap: Measures to the most that two pairs of scripts may differ by, on every set;
            on a small set, by as much as one question makes.
        answers: `all`, or a kind of case, to measures of answers to the least allowed value.
    """

    floors: Mapping[str, Mapping[str, float]]
    parity_gap: Mapping[str, float]
    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Reads a baseline file; one that does not exist demands nothing.

        Raises:
            EvaluationError: The file is not as described.
        """
        if not path.exists():
            return cls({}, {})
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            floors, answers = (
                {
                    name: {measure: float(floor) for measure, floor in measures.items()}
                    for name, measures in held.items()
                }
                for held in (fields["floors"], fields.get("answers", {}))
            )
            gap = {name: float(most) for name, most in fields.get("parity_gap", {}).items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(
                f"{path}: not a baseline: {error!r}", hint=_BASELINE_FORM
            ) from error
        return cls(floors, gap, answers)

    def below(self, sets: tuple[SetResult, ...]) -> tuple[Shortfall, ...]:
        """What does not hold; a limit whose set or measure was not run is not looked at."""
        short = []
        for one in sets:
            parts = [(one.name, one.total), *((f"{one.name}/{k.name}", k) for k in one.kinds)]
            for name, measured in parts:
                short += _under(self.floors.get(name, {}), name, measured.metrics)
            for measure in self.parity_gap:
                gap = one.gap.get(measure, 0.0)
                limit = self.gap_limit(measure, one.total.questions)
                # A gap is a difference of rounded means: 0.003 must not fail at 0.0030000000001.
                if gap > limit + 1e-9:
                    short.append(Shortfall(one.name, f"{measure} gap", gap, limit))
        return tuple(short)

    def gap_limit(self, measure: str, questions: int) -> float:
        """The most that two pairs of scripts may differ by on a set of so many questions."""
        return max(self.parity_gap.get(measure, 1.0), 1 / max(questions, 1))

    def answers_below(self, parts: Mapping[str, Mapping[str, float]]) -> tuple[Shortfall, ...]:
        """What does not hold of the measures of answers: `all` and each kind of case."""
        return tuple(
            short
            for name, metrics in parts.items()
            for short in _under(self.answers.get(name, {}), f"answers/{name}", metrics)
        )


def _under(floors: Mapping[str, float], name: str, metrics: Mapping[str, float]) -> list[Shortfall]:
    return [
        Shortfall(name, measure, metrics[measure], floor)
        for measure, floor in floors.items()
        if measure in metrics and metrics[measure] < floor
    ]


@dataclass(frozen=True, slots=True)
class EvalReport:
    """Everything that one run of `lhassist eval` found.

    Attributes:
        below_floor: What the baseline demands and does not hold; the command then exits with 1.
        measures: The names of the measures, in the order of the tables.
        embedder: The fingerprint of the model.
        created: When it was finished, in UTC.
        seconds: From the first set read to the last searched.
    """

    sets: tuple[SetResult, ...]
    below_floor: tuple[Shortfall, ...]
    baseline: Baseline
    measures: tuple[str, ...]
    version: str
    embedder: str
    created: datetime
    seconds: float

    def to_json(self) -> dict[str, object]:
        """The object that `lhassist eval --json` prints."""
        return {
            "sets": [one.to_json() for one in self.sets],
            "below_floor": [one.to_json() for one in self.below_floor],
            "version": self.version,
            "embedder": self.embedder,
            "created": self.created.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 1),
        }

    def write_html(self, path: Path) -> None:
        """Writes one page that needs nothing beside it.

        Raises:
            EvaluationError: The file cannot be written.
        """
        from lhassist.evaluation.page import render

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(self), encoding="utf-8")
        except OSError as error:
            raise EvaluationError(
                f"{path}: the report cannot be written: {error}", hint="give another --report"
            ) from error
