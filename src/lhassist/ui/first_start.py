"""The first start, and the first after an update: make the index, with progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.errors import IndexMismatch, IndexMissing
from lhassist.ingest import ingest


def open_assistant(settings: Settings) -> Assistant:
    """Opens the assistant; makes the index from `corpus_dir` where there is none yet.

    An index of another version or another model is made anew, from the articles that it was made
    from: whoever updates and types `make app` again expects the page, not an errand.

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
        except (IndexMissing, IndexMismatch) as error:
            report = ingest(
                settings,
                [settings.corpus_dir],
                rebuild=isinstance(error, IndexMismatch),
                embedder=embedder,
                progress=show,
            )
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
                tasks[stage] = bar.add_task(f"making the index: {stage}", total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
