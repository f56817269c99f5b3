"""A model server in a process of its own, to be killed while it speaks.

    python -m tests.llm.doomed_server TEXT PORT

Prints its address, and `spoken` each time that it has said TEXT, which may be empty, and goes on
with nothing. A PORT of 0 is one that the system chooses.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TextIO

from tests.conftest import REPOSITORY
from tests.llm.scripted_server import Hang, Step, scripted_server


@dataclass(frozen=True)
class Doomed:
    """The process.

    Attributes:
        url: Where it listens.
    """

    url: str
    _process: subprocess.Popen[str]
    _told: TextIO

    def wait_until_it_speaks(self) -> None:
        assert self._told.readline() == "spoken\n"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def doomed_server(text: str, port: int = 0) -> Iterator[Doomed]:
    command = [sys.executable, "-m", "tests.llm.doomed_server", text, str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process:
        try:
            yield Doomed(process.stdout.readline().strip(), process, process.stdout)
        finally:
            process.kill()


class _Spoken:
    """What it says to everybody."""

    def __iter__(self) -> Iterator[Step]:
        if sys.argv[1]:
            yield sys.argv[1]
        sys.stdout.write("spoken\n")
        sys.stdout.flush()
        yield Hang()


def main() -> None:
    with scripted_server(int(sys.argv[2])) as server:
        server.steps = _Spoken()
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    main()
