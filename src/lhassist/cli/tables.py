"""The evaluation's results as tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from lhassist.evaluation import Comparison, EvalReport, Measured, Shortfall
    from lhassist.evaluation.answers import AnswerReport


def print_report(report: EvalReport) -> None:
    """Prints a row a set, with its kinds of question below it, and what is under its floor."""
    console = Console()
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("set", no_wrap=True)
    measures = list(dict.fromkeys(name for one in report.sets for name in one.total.metrics))
    for column in ("N", *measures, "gap"):
        table.add_column(column, justify="right", no_wrap=True)
    for one in report.sets:
        gap = f"{100 * one.gap['R@1']:.2f}" if "R@1" in one.gap else ""
        table.add_row(*_row(one.name, one.total, measures), gap, style="bold")
        for kind in one.kinds:
            table.add_row(*_row(f"  {kind.name}", kind, measures), "")
    console.print(table)
    console.print(
        "percent, ± half of the 95 % interval (others: --json); gap: between scripts, R@1"
    )
    console.print(f"{report.embedder}, {report.seconds:.0f} s")
    _print_shortfalls(console, report.below_floor)


def print_answers(report: AnswerReport) -> None:
    """Prints the measures, over all cases and over those held out, and a row a kind of case."""
    console = Console()
    measures = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    for column in ("measure", "all", "held out"):
        measures.add_column(column, justify="left" if column == "measure" else "right")
    for name, value in report.measures.items():
        held_out = report.held_out.get(name)
        measures.add_row(name, f"{value:.3f}", "" if held_out is None else f"{held_out:.3f}")
    kinds = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    for column in ("kind", "cases", "passed", "most frequent problem"):
        kinds.add_column(column, justify="right" if column in {"cases", "passed"} else "left")
    for kind in report.kinds:
        problem = kind.problems[0][0] if kind.problems else ""
        kinds.add_row(kind.name, str(kind.cases), str(kind.passed), problem)
    console.print(measures)
    console.print(kinds)
    passed = sum(one.passed for one in report.judged)
    console.print(f"{passed} of {len(report.judged)} cases passed, {report.seconds:.0f} s")
    _print_shortfalls(console, report.below_floor)


def print_comparisons(comparisons: Sequence[Comparison]) -> None:
    """Prints a row a set and measure: both means, their difference, and whether it is chance."""
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    for column in ("set", "metric", "A", "B", "difference", "95 %", "p", "better", "worse"):
        table.add_column(column, justify="left" if column in {"set", "metric"} else "right")
    for one in comparisons:
        for found in one.differences:
            low, high = found.interval
            table.add_row(
                one.set,
                found.measure,
                f"{found.a:.4f}",
                f"{found.b:.4f}",
                f"{found.difference:+.4f}",
                f"{low:+.4f} to {high:+.4f}",
                f"{found.p_value:.3f}",
                str(found.better),
                str(found.worse),
            )
    Console().print(table)


def _row(name: str, measured: Measured, measures: Sequence[str]) -> list[str]:
    cells = [
        f"{100 * measured.metrics[measure]:.1f}" if measure in measured.metrics else ""
        for measure in measures
    ]
    low, high = measured.interval[measures[0]]
    cells[0] += f" ±{50 * (high - low):.1f}"
    return [name, str(measured.questions), *cells]


def _print_shortfalls(console: Console, shortfalls: Sequence[Shortfall]) -> None:
    for short in shortfalls:
        console.print(
            f"below its floor: {short.set} {short.measure} {short.value:.4f} ({short.limit:g})"
        )
