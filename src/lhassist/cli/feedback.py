"""`lhassist feedback`: what readers think of the answers."""

from __future__ import annotations

import typer

from lhassist.cli.options import (
    ConfigOption,
    CsvOption,
    IndexOption,
    JsonOption,
    VerboseOption,
    load_settings,
    print_csv,
    print_json,
)
from lhassist.errors import FeedbackError

_COLUMNS = ("day", "verdict", "reason", "comment", "question", "said", "cited", "generation")
_MARKS = {"up": "+", "down": "-"}


def feedback(
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """List what readers think of the answers, newest first (feedback_log)."""
    settings = load_settings(index, config, verbose)
    from lhassist.feedback import read

    if settings.feedback_log is None:
        raise FeedbackError(
            "feedback is not kept",
            hint='to keep it, write feedback_log = "feedback.jsonl" in lhassist.toml '
            "or set LHASSIST_FEEDBACK_LOG",
        )
    found = read(settings.feedback_log)
    if as_json:
        print_json({"feedback": [one.to_json() for one in found]})
        return
    if as_csv:
        print_csv(_COLUMNS, ({**one.to_json(), "cited": " ".join(one.cited)} for one in found))
        return
    if not found:
        typer.echo(f"{settings.feedback_log}: no reader has said anything yet")
    for one in found:
        typer.echo(f"{_MARKS[one.verdict]}  {one.day}  {one.reason:<10}  {one.question}")
        if one.comment:
            typer.echo(f"{'':>27}{one.comment}")
