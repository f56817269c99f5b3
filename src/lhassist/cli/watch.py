"""`lhassist watch`: the collection follows a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lhassist.cli.options import (
    ConfigOption,
    IndexOption,
    VerboseOption,
    load_settings,
    open_engine,
    progress_bars,
)


def watch(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders; default: corpus/")] = None,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Add, update and remove articles as files change, until it is interrupted (Ctrl-C)."""
    settings = load_settings(index, config, verbose)
    from lhassist.ingest.watch import watch as run

    with progress_bars() as progress:
        embedder = open_engine(settings, progress)
    folders = paths or [settings.corpus_dir]
    try:
        for report in run(settings, folders, embedder=embedder):
            typer.echo(report.summary())
            for failure in report.failed:
                typer.echo(f"skipped: {failure.path}: {failure.reason}", err=True)
    except KeyboardInterrupt:
        typer.echo("watched no longer", err=True)
