"""Runs one ingest and kills it at a given step; a program of its own, started by `test_killed.py`.

    python killed_ingest.py INDEX CORPUS CACHE STEP

A step is a call that changes the file system or makes it durable. The process is killed just before
the call of that number; with 0 it runs to its end and prints how many calls there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.ingest import ingest

CALLS = ("fsync", "rename", "replace", "mkdir", "unlink", "rmdir", "ftruncate", "pwrite")


class Counter:
    def __init__(self, kill_at: int) -> None:
        self.calls: list[str] = []
        self._kill_at = kill_at

    def wrap(self, name: str) -> None:
        original: Callable[..., Any] = getattr(os, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        setattr(os, name, counted)


def main(index: str, corpus: str, cache: str, step: str) -> None:
    counter = Counter(int(step))
    for name in CALLS:
        counter.wrap(name)
    settings = Settings(index_dir=Path(index), cache_dir=Path(cache))
    ingest(settings, [Path(corpus)], prune=True, embedder=HashingEmbedder())
    sys.stdout.write(" ".join(counter.calls))


if __name__ == "__main__":
    main(*sys.argv[1:])
