"""`lhassist gaps`: what was asked and not answered."""

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
from lhassist.errors import GapLogError

_COLUMNS = ("count", "last", "reason", "topic", "nearest", "question")


def gaps(
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """List the questions that were not answered, newest first, if they are kept (gap_log)."""
    settings = load_settings(index, config, verbose)
    from lhassist.gaps import read

    if settings.gap_log is None:
        raise GapLogError(
            "unanswered questions are not kept",
            hint='to keep them, write gap_log = "gaps.jsonl" in lhassist.toml '
            "or set LHASSIST_GAP_LOG",
        )
    found = read(settings.gap_log)
    if as_json:
        print_json({"gaps": [gap.to_json() for gap in found]})
        return
    if as_csv:
        print_csv(_COLUMNS, (gap.to_json() for gap in found))
        return
    if not found:
        typer.echo(f"{settings.gap_log}: no question has gone unanswered")
    for gap in found:
        about = f"  {gap.topic}: {gap.nearest}" if gap.nearest else ""
        typer.echo(f"{gap.count:>4}  {gap.last}  {gap.reason:<8}  {gap.question}")
        typer.echo(f"{'':>28}{about}")
