"""Two runs side by side: is B better than A, or was it chance?

A run folder is what `lhassist eval --runs DIR` writes: for every set `NAME.run` and `NAME.qrels` in
TREC form. Runs of other systems can be put beside a `.qrels` file and compared the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lhassist.errors import EvaluationError
from lhassist.evaluation.metrics import DEFAULT_MEASURES, Difference, Scores, paired, score
from lhassist.evaluation.trec import read_qrels, read_run


@dataclass(frozen=True, slots=True)
class Comparison:
    """One set, run twice."""

    set: str
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, object]:
        """One entry of what `eval --compare A B --json` prints."""
        return {
            "set": self.set,
            "questions": self.differences[0].questions,
            "metrics": {
                one.measure: {
                    "a": one.a,
                    "b": one.b,
                    "difference": one.difference,
                    "interval": list(one.interval),
                    "p_value": one.p_value,
                    "better": one.better,
                    "worse": one.worse,
                }
                for one in self.differences
            },
        }


def compare(a: Path, b: Path, measures: Sequence[str] = DEFAULT_MEASURES) -> tuple[Comparison, ...]:
    """Compares two run folders, or two run files, question by question.

    Passages may have other ids in the two (after another way of splitting): each run is scored
    by the judgements that stand beside it.

    Raises:
        EvaluationError: The two have no set in common, or a file is missing or damaged.
    """
    if a.is_file() and b.is_file():
        return (_compared(a, b, measures),)
    common = sorted(
        {path.name for path in a.glob("*.run")} & {path.name for path in b.glob("*.run")}
    )
    if not common:
        raise EvaluationError(
            f"{a} and {b} hold no run of the same set",
            hint="make both with `lhassist eval --runs DIR`",
        )
    return tuple(_compared(a / name, b / name, measures) for name in common)


def _compared(a: Path, b: Path, measures: Sequence[str]) -> Comparison:
    return Comparison(a.stem, paired(_scores(a, measures), _scores(b, measures)))


def _scores(run: Path, measures: Sequence[str]) -> Scores:
    return score(read_qrels(run.with_suffix(".qrels")), read_run(run), measures)
