"""The process of a job: `python -m lhassist.jobs.worker`.

It reads one line of JSON, the request, and writes lines of JSON: `["step", stage, done, total]`
and, at the end, `["result", ...]` or `["error", class, message, hint]`. SIGTERM ends it in good
order. It ends so by itself when its input does: then the service that started it is gone.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any, TextIO

from lhassist.config import Settings
from lhassist.errors import LhassistError

NICENESS = 10
"""How far a job stands back for whoever needs the processor, from 0 to 19."""


def main() -> None:
    """Does one job."""
    _stand_back()
    # What a library prints must not get among the lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1, encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    signal.signal(signal.SIGTERM, _end)
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_service, daemon=True).start()

    def step(stage: str, done: int, total: int) -> None:
        _write(out, "step", stage, done, total)

    from lhassist.jobs.tasks import run

    try:
        result = run(request["task"], Settings(**request["settings"]), request["arguments"], step)
    except LhassistError as error:
        _write(out, "error", type(error).__name__, error.message, error.hint)
    else:
        _write(out, "result", result)


def _stand_back() -> None:
    """Takes the processor when nobody else does, and leaves one of several cores to readers."""
    os.nice(NICENESS)
    _, *rest = sorted(os.sched_getaffinity(0))
    if rest:
        os.sched_setaffinity(0, rest)


def _write(out: TextIO, *line: Any) -> None:
    out.write(json.dumps(line) + "\n")


def _end(number: int, _frame: FrameType | None) -> None:
    """Ends by an exception, so that what was begun is undone, and is not disturbed in that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + number)


def _end_with_the_service() -> None:
    # Not through `sys.stdin`, whose lock would be in the way of a regular end.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
