"""`lhassist eval`: how well passages are found, and how good the answers are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhassist.cli.options import (
    DONE,
    PARTLY,
    JsonOption,
    open_engine,
    print_json,
    progress_bars,
    with_settings,
)
from lhassist.errors import EvaluationError

if TYPE_CHECKING:
    from lhassist.config import Settings


class Target(StrEnum):
    """What is measured."""

    RETRIEVAL = "retrieval"
    ANSWERS = "answers"


@with_settings()
def evaluate(
    settings: Settings,
    target: Annotated[Target, typer.Argument(help="What to measure.")] = Target.RETRIEVAL,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME|FOLDER", help="A question set; may be repeated."),
    ] = None,
    runs: Annotated[
        Path | None, typer.Option("--runs", metavar="DIR", help="Write run files in TREC form.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page in HTML.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="A B", help="Compare two folders of runs instead."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure retrieval or answers; a metric under its floor is exit code 1."""
    if target is Target.ANSWERS:
        if sets or runs or report or compare:
            raise EvaluationError(
                "eval answers has one set of cases of its own",
                hint="leave --set, --runs, --report and --compare out",
            )
        _evaluate_answers(settings, as_json=as_json)
    from lhassist import evaluation
    from lhassist.cli.tables import print_comparisons, print_report

    if compare is not None:
        comparisons = evaluation.compare(*compare)
        if as_json:
            print_json({"comparisons": [one.to_json() for one in comparisons]})
        else:
            print_comparisons(comparisons)
        return
    with progress_bars() as progress:
        result = evaluation.evaluate(
            settings,
            sets or [],
            embedder=open_engine(settings, progress),
            runs=runs,
            progress=progress,
        )
    if report is not None:
        result.write_html(report)
    if as_json:
        print_json(result.to_json())
    else:
        print_report(result)
    raise typer.Exit(PARTLY if result.below_floor else DONE)


def _evaluate_answers(settings: Settings, *, as_json: bool) -> None:
    from lhassist.cli.tables import print_answers
    from lhassist.evaluation.answers import evaluate_answers
    from lhassist.evaluation.cases import CASES, read_cases
    from lhassist.evaluation.report import Baseline
    from lhassist.evaluation.sample import sample_assistant

    cases = read_cases(settings.eval_dir / CASES)
    baseline = Baseline.read(settings.eval_dir / "baseline.json")
    with progress_bars() as progress:
        engine = open_engine(settings, progress)
        with sample_assistant(settings, embedder=engine) as assistant:
            result = evaluate_answers(assistant, cases, baseline=baseline, progress=progress)
    if as_json:
        print_json(result.to_json())
    else:
        print_answers(result)
    raise typer.Exit(PARTLY if result.below_floor else DONE)
