"""`lhassist watch`: the collection follows a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhassist.cli.options import (
    open_engine,
    progress_bars,
    with_settings,
)

if TYPE_CHECKING:
    from lhassist.config import Settings


@with_settings()
def watch(
    settings: Settings,
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders; default: corpus/")] = None,
) -> None:
    """Add, update and remove articles as files change, until it is interrupted (Ctrl-C)."""
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
