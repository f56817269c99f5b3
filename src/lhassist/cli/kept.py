"""`lhassist gaps` and `lhassist feedback`: what was not answered, and what readers think."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from lhassist.cli.options import CsvOption, JsonOption, print_csv, print_json, with_settings
from lhassist.errors import FeedbackError, GapLogError, LhassistError

if TYPE_CHECKING:
    from lhassist.config import Settings

_GAP_COLUMNS = ("count", "last", "reason", "topic", "nearest", "question")
_OPINION_COLUMNS = (
    "day", "verdict", "reason", "comment", "question", "said", "cited", "generation",
)  # fmt: skip
_MARKS = {"up": "+", "down": "-"}


@with_settings()
def gaps(settings: Settings, as_csv: CsvOption = False, as_json: JsonOption = False) -> None:
    """List the questions that were not answered, newest first, if they are kept (gap_log)."""
    from lhassist.gaps import read

    log = _log(settings.gap_log, GapLogError, "unanswered questions are", "gap_log")
    found = read(log)
    if _is_exported("gaps", _GAP_COLUMNS, [gap.to_json() for gap in found], as_csv, as_json):
        return
    if not found:
        typer.echo(f"{log}: no question has gone unanswered")
    for gap in found:
        about = f"  {gap.topic}: {gap.nearest}" if gap.nearest else ""
        typer.echo(f"{gap.count:>4}  {gap.last}  {gap.reason:<8}  {gap.question}")
        typer.echo(f"{'':>28}{about}")


@with_settings()
def feedback(settings: Settings, as_csv: CsvOption = False, as_json: JsonOption = False) -> None:
    """List what readers think of the answers, newest first (feedback_log)."""
    from lhassist.feedback import read

    log = _log(settings.feedback_log, FeedbackError, "feedback is", "feedback_log")
    found = read(log)
    rows = [one.to_json() for one in found]
    if _is_exported("feedback", _OPINION_COLUMNS, rows, as_csv, as_json):
        return
    if not found:
        typer.echo(f"{log}: no reader has said anything yet")
    for one in found:
        typer.echo(f"{_MARKS[one.verdict]}  {one.day}  {one.reason:<10}  {one.question}")
        if one.comment:
            typer.echo(f"{'':>27}{one.comment}")


def _log(path: Path | None, error: type[LhassistError], what: str, setting: str) -> Path:
    """The file that something is kept in, or the error that it is not kept."""
    if path is None:
        file = {"gap_log": "gaps.jsonl", "feedback_log": "feedback.jsonl"}[setting]
        raise error(
            f"{what} not kept",
            hint=f'to change that, write {setting} = "{file}" in lhassist.toml '
            f"or set LHASSIST_{setting.upper()}",
        )
    return path


def _is_exported(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    as_csv: bool,
    as_json: bool,
) -> bool:
    """Prints what is kept for a program, if that is asked for."""
    if as_json:
        print_json({name: rows})
    elif as_csv:
        print_csv(columns, rows)
    return as_json or as_csv
