"""`make bench`: how quick and how large the product is on this machine.

Prints one line a figure: name, value, unit and the limit it is held to. Exits with 1 where a limit
is passed. Nothing here runs in the test suite: a busy machine must not fail a build.
"""

from __future__ import annotations

import argparse
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from lhassist.assistant import Assistant
from lhassist.config import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
QUESTIONS = [
    "漯河2024年上半年GDP增长多少？",
    "賈湖骨笛是用什麼骨頭做的？",
    "12345热线有多少个座席？",
    "說文解字有多少個部首？",
    "漯河地铁有几条线？",
    "Where is the Jiahu site?",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement; `limit` is None where it is only reported."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def held(self) -> bool:
        """Whether the value is inside its limit."""
        return self.limit is None or self.value <= self.limit


def cpu_seconds(*arguments: str, times: int = 5) -> float:
    """The median CPU seconds, user and system, of `python ARGUMENTS`."""
    runs = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(runs)


def warm_ask_ms(index: Path, rounds: int = 10) -> tuple[float, float, float]:
    """Seconds to open, then the median and the 95th percentile of a question in milliseconds."""
    began = time.perf_counter()
    assistant = Assistant.open(Settings.load(index_dir=index))
    assistant.ask(QUESTIONS[0])
    opened = time.perf_counter() - began
    runs = []
    for _ in range(rounds):
        for question in QUESTIONS:
            began = time.perf_counter()
            assistant.ask(question)
            runs.append((time.perf_counter() - began) * 1000)
    return opened, statistics.median(runs), statistics.quantiles(runs, n=20)[-1]


def page_ready_seconds(index: Path) -> float:
    """Wall seconds from the start of app.py until the page answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=REPOSITORY,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(Path.home()),
            "LHASSIST_INDEX_DIR": str(index),
            "LHASSIST_PORT": str(port),
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - began < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    return time.perf_counter() - began
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise TimeoutError("the page was not ready after 60 seconds")
    finally:
        server.terminate()
        server.wait()


def measure() -> list[Figure]:
    """Runs everything, in a temporary index."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        ingest = [sys.executable, "-m", "lhassist", "ingest", "corpus", "--index", str(index)]
        began = time.perf_counter()
        subprocess.run(ingest, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        first = time.perf_counter() - began
        began = time.perf_counter()
        subprocess.run(ingest, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        again = time.perf_counter() - began
        opened, median, p95 = warm_ask_ms(index)
        return [
            Figure("lhassist --help, CPU", cpu_seconds("-m", "lhassist", "--help"), "s", 0.5),
            Figure("ingest of the sample corpus", first, "s"),
            Figure("ingest again, nothing new", again, "s"),
            Figure("open and first answer", opened, "s"),
            Figure("warm ask, median", median, "ms", 100),
            Figure("warm ask, 95th percentile", p95, "ms"),
            Figure("page ready after app.py starts", page_ready_seconds(index), "s", 6),
            Figure(
                "memory of this process at its peak",
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "MB",
            ),
        ]


def main() -> int:
    """Prints the figures; the exit code is 1 where a limit is passed."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    figures = measure()
    for figure in figures:
        limit = "" if figure.limit is None else f"   (limit {figure.limit:g})"
        mark = "" if figure.held else "   TOO MUCH"
        sys.stdout.write(f"{figure.name:<40}{figure.value:>10.2f} {figure.unit}{limit}{mark}\n")
    return 0 if all(figure.held for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
