"""Keeping a collection in step with folders while files in them come, change and go."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from lhassist.config import Settings
from lhassist.embedding import Embedder
from lhassist.errors import CorpusError, IndexLocked
from lhassist.ingest.build import Progress
from lhassist.ingest.report import Report
from lhassist.ingest.run import ingest

QUIET_SECONDS = 2.0
"""How long nothing may change before what changed is taken in: files are copied in many steps."""

_LONGEST_WAIT = 60.0
_BEAT_SECONDS = 0.5
_LOCKED_SECONDS = 5.0

_log = logging.getLogger(__name__)


def watch(
    settings: Settings,
    paths: Sequence[Path],
    *,
    quiet_seconds: float = QUIET_SECONDS,
    stop: threading.Event | None = None,
    embedder: Embedder,
    progress: Progress | None = None,
) -> Iterator[Report]:
    """Takes in what has changed in some folders, then every change until it is stopped.

    One generation is published a quiet period; where files change without end, one a minute. An
    article whose file is gone from these folders is dropped. Where a folder itself is gone, as a
    disk that is not mounted is, nothing is taken in until it is back.

    Args:
        settings: As of `ingest`.
        paths: The folders.
        quiet_seconds: How long nothing may change.
        stop: Ends the watch when it is set.
        embedder: Makes the vectors.
        progress: As of `ingest`.

    Yields:
        A report first, and then one for every change that made a difference or could not be read.

    Raises:
        CorpusError: A folder is not there at the beginning.
        LhassistError: As of `ingest`, but a collection that another process is writing is waited
            for, and a change that would leave no article is logged and passed over.
    """
    import watchfiles

    for path in paths:
        if not path.is_dir():
            raise CorpusError(f"{path}: there is no such folder", hint="lhassist watch FOLDER")
    stop = stop or threading.Event()
    is_first = True
    # It watches from its first round on, and keeps what changes while an ingest runs.
    for changes in watchfiles.watch(
        *paths,
        watch_filter=_Articles(settings, paths),
        debounce=int(1000 * max(_LONGEST_WAIT, quiet_seconds)),
        step=int(1000 * quiet_seconds),
        rust_timeout=int(1000 * _BEAT_SECONDS),
        yield_on_timeout=True,
        stop_event=stop,
    ):
        if not (changes or is_first):
            continue
        report = _take_in(settings, paths, stop, embedder=embedder, progress=progress)
        if report and (is_first or _says_something(report)):
            yield report
        is_first = False


def _says_something(report: Report) -> bool:
    return bool(report.added or report.changed or report.removed or report.failed)


class _Articles:
    """Which changes may be those of articles: none in what begins with a dot, or in the index."""

    def __init__(self, settings: Settings, paths: Sequence[Path]) -> None:
        own = (settings.index_dir, settings.cache_dir)
        self._own = [os.path.realpath(folder) for folder in own]
        self._watched = [os.path.realpath(path) for path in paths]

    def __call__(self, change: object, path: str) -> bool:
        place = Path(os.path.realpath(path))
        if any(place.is_relative_to(folder) for folder in self._own):
            return False
        below = (place.relative_to(f) for f in self._watched if place.is_relative_to(f))
        return any(not any(part.startswith(".") for part in path.parts) for path in below)


def _take_in(
    settings: Settings,
    paths: Sequence[Path],
    stop: threading.Event,
    *,
    embedder: Embedder,
    progress: Progress | None,
) -> Report | None:
    """Ingests the folders; None, after a warning, where that has to wait for another change."""
    while not stop.is_set():
        if missing := [path for path in paths if not path.is_dir()]:
            _log.warning("%s is gone; nothing is dropped until it is back", missing[0])
            return None
        try:
            return ingest(settings, paths, prune=paths, embedder=embedder, progress=progress)
        except IndexLocked:
            stop.wait(_LOCKED_SECONDS)
        except CorpusError as error:
            _log.warning("%s", error.message)
            return None
    return None
