"""What a job does: arguments and results travel as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.evaluation import evaluate as run_evaluation
from lhassist.evaluation.page import render
from lhassist.ingest import filing
from lhassist.ingest import ingest as run_ingest

Progress = Callable[[str, int, int], None]
"""Stage, how much of it is done, and how much there is."""


def run(task: str, settings: Settings, arguments: Mapping[str, Any], progress: Progress) -> Any:
    """Does a task.

    Args:
        task: The name of a function below.
        settings: As of the service.
        arguments: What the function takes besides.
        progress: Told how far it is.
    """
    return _TASKS[task](settings, progress, **arguments)


def add(
    settings: Settings, progress: Progress, *, arrived: Sequence[str], replace: bool
) -> dict[str, Any]:
    """Adds files that arrived; `Filing` as JSON."""
    filed = filing.add(
        settings,
        [Path(path) for path in arrived],
        replace=replace,
        embedder=_embedder(settings),
        progress=progress,
    )
    return filed.to_json()


def remove(
    settings: Settings, progress: Progress, *, document_ids: Sequence[str]
) -> dict[str, Any]:
    """Removes articles; `Removal` as JSON."""
    removal = filing.remove(settings, document_ids, embedder=_embedder(settings), progress=progress)
    return removal.to_json()


def ingest(settings: Settings, progress: Progress, *, rebuild: bool) -> dict[str, Any]:
    """Reads the folder of articles, or everything again; `Report` as JSON."""
    report = run_ingest(
        settings,
        [settings.corpus_dir],
        rebuild=rebuild,
        embedder=_embedder(settings),
        progress=progress,
    )
    return report.to_json()


def evaluate(settings: Settings, progress: Progress) -> dict[str, Any]:
    """Measures retrieval on the project's sets; `report` as JSON and its page as `html`."""
    report = run_evaluation(settings, embedder=_embedder(settings), progress=progress)
    return {"report": report.to_json(), "html": render(report)}


_TASKS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "add": add,
    "remove": remove,
    "ingest": ingest,
    "evaluate": evaluate,
}


def _embedder(settings: Settings) -> Embedder:
    return open_embedder(settings.embedder, settings.cache_dir)
