"""How soon a reader has an answer where the model server fails.

    python -m tests.server.killed_timing [COUNT]

Prints seconds in a table in Markdown, COUNT questions (20) for each line. "Killed" counts from the
kill of the server's process to the end of the answer, "refused" from the question to that end,
"hangs" from the question to the first answer that is shown, in quotes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.answer.sample import open_sample
from tests.conftest import REPOSITORY
from tests.llm.doomed_server import doomed_server
from tests.server.killed import BEGUN, READERS, Place, Reader, killed, serving
from tests.ui.serving import free_port

QUESTIONS = 20
"""Of every kind, unless another number is asked for."""


def after_kill(said: str, read: Reader, place: Place, port: int) -> float:
    """Of a server that has said so much."""
    with doomed_server(said, port) as doomed:
        return killed(read, place, doomed).seconds


def refused(read: Reader, place: Place, port: int) -> float:
    """Of a server that is not there."""
    with read(place) as asked:
        for _, _ in asked.parts:
            pass
        return perf_counter() - asked.at


def hanging(read: Reader, place: Place, port: int) -> float:
    """Of a server that takes a question and says nothing."""
    with doomed_server("", port) as doomed, read(place) as asked:
        next(asked.parts)
        seconds = perf_counter() - asked.at
        doomed.wait_until_it_speaks()
        doomed.kill()
        return seconds


Measure = Callable[[Reader, Place, int], float]
CASES: tuple[tuple[str, Measure, tuple[str, ...]], ...] = (
    ("killed in mid-answer", partial(after_kill, BEGUN), tuple(READERS)),
    ("killed before its first word", partial(after_kill, ""), tuple(READERS)),
    ("refused", refused, tuple(READERS)),
    # The others show nothing that they might have to take back.
    ("hangs", hanging, ("/v1/ask", "the page")),
)


def main() -> None:
    """Measures over the sample articles, with an index and a service of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    port = free_port()
    with tempfile.TemporaryDirectory() as work:
        index = Path(work)
        open_sample(index, REPOSITORY / "corpus")
        sys.stdout.write("| server | reader | median | p95 | longest |\n|---|---|--:|--:|--:|\n")
        with serving(index, f"http://127.0.0.1:{port}") as place:
            for case, measure, readers in CASES:
                for name in readers:
                    waits = [measure(READERS[name], place, port) for _ in range(count)]
                    sys.stdout.write(_line(case, name, waits))
                    sys.stdout.flush()


def _line(case: str, reader: str, waits: list[float]) -> str:
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1]
    return (
        f"| {case} | {reader} | {statistics.median(waits):.2f} | {p95:.2f} | {max(waits):.2f} |\n"
    )


if __name__ == "__main__":
    main()
