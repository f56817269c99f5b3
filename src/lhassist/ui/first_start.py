"""The first start: an index from the articles at hand, with its progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.errors import IndexMissing
from lhassist.ingest import ingest


def open_assistant(settings: Settings) -> Assistant:
    """Opens the assistant; makes the index from `corpus_dir` where there is none yet.

    Raises:
        LhassistError: See `lhassist.ui.build`.
    """
    with _progress() as show:
        embedder = open_embedder(
            settings.embedder,
            settings.cache_dir,
            progress=lambda done, total: show("model", done, total),
        )
        try:
            return Assistant.open(settings, embedder=embedder)
        except IndexMissing:
            report = ingest(settings, [settings.corpus_dir], embedder=embedder, progress=show)
    for failure in report.failed:
        sys.stderr.write(f"skipped: {failure.path}: {failure.reason}\n")
    return Assistant.open(settings, embedder=embedder)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar a stage on a terminal; elsewhere the finished bars alone."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(f"first start: {stage}", total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
