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
from tests.server.killed import BEGUN, READERS, Reader, killed, told

QUESTIONS = 20
"""Of every kind, unless another number is asked for."""


def after_kill(said: str, read: Reader, index: Path) -> float:
    """Of a server that has said so much."""
    with doomed_server(said) as doomed:
        return killed(read, index, doomed).seconds


def refused(read: Reader, index: Path) -> float:
    """Of a server that is no longer there."""
    with doomed_server("") as doomed:
        doomed.kill()
        with read(told(index, doomed.url)) as asked:
            for _ in asked.parts:
                pass
            return perf_counter() - asked.at


def hanging(read: Reader, index: Path) -> float:
    """Of a server that takes a question and says nothing."""
    with doomed_server("") as doomed, read(told(index, doomed.url)) as asked:
        next(asked.parts)
        seconds = perf_counter() - asked.at
        # Else the service would wait for it before it ends.
        doomed.kill()
        return seconds


CASES: tuple[tuple[str, Callable[[Reader, Path], float], tuple[str, ...]], ...] = (
    ("killed in mid-answer", partial(after_kill, BEGUN), tuple(READERS)),
    ("killed before its first word", partial(after_kill, ""), tuple(READERS)),
    ("refused", refused, tuple(READERS)),
    # The others show nothing that they might have to take back.
    ("hangs", hanging, ("/v1/ask", "the page")),
)


def main() -> None:
    """Measures over the sample articles, with an index of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    with tempfile.TemporaryDirectory() as work:
        index = Path(work)
        open_sample(index, REPOSITORY / "corpus")
        sys.stdout.write("| server | reader | median | p95 | longest |\n|---|---|--:|--:|--:|\n")
        for case, measured, readers in CASES:
            for name in readers:
                waits = [measured(READERS[name], index) for _ in range(count)]
                sys.stdout.write(
                    f"| {case} | {name} | {statistics.median(waits):.2f} "
                    f"| {statistics.quantiles(waits, n=20, method='inclusive')[-1]:.2f} "
                    f"| {max(waits):.2f} |\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
