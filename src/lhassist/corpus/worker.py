"""The process that takes files apart: `python -m lhassist.corpus.worker FD`.

It gets one open file after another over the socket FD and answers each with a `Draft`, or with the
reason why there is none. A file that is a bomb meets the limits of memory and computing that its
format has, and then this process ends, and nothing else. `Worker` in `workshop` is the other end.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import resource
import socket
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lhassist.corpus.parts import Draft, tidy
from lhassist.corpus.source import MAX_PICTURE_BYTES, Aids, Heard, Source
from lhassist.errors import ModelError, UnreadableFile

_TOO_MUCH_MEMORY = "it takes more memory than a file may"
_NO_MEMORY = re.compile("failed to allocate memory|bad_alloc")
"""How libraries in C++ say that there is no more memory."""

_LENGTH = 8
_MAX_MESSAGE = 200_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of the worker; the open file travels beside it.

    Attributes:
        reader: The module that reads it.
        path: The file's, as it was given.
        folder: Where pictures go.
        memory: How many bytes the process may take.
        seconds: How many more seconds of computing it may take; of a recording, between two signs
            of how far it has been heard.
        seconds_in_all: How many it may take in all, where that is limited, too.
        aids: What helps to read it.
    """

    reader: str
    path: str
    folder: str
    memory: int
    seconds: int
    seconds_in_all: int | None
    aids: Aids


_JOB = TypeAdapter(Job)


def send(channel: socket.socket, message: Any, file: int | None = None) -> None:
    """Sends a message, with an open file where one is given."""
    data = json.dumps(message).encode()
    head = len(data).to_bytes(_LENGTH, "big")
    if file is None:
        channel.sendall(head)
    else:
        socket.send_fds(channel, [head], [file])
    channel.sendall(data)


def receive(channel: socket.socket) -> tuple[Any, int | None]:
    """Receives what `send` sent: the message, and the open file or None.

    Raises:
        EOFError: The other end is gone.
    """
    head, files, _, _ = socket.recv_fds(channel, _LENGTH, 1)
    head += _exactly(channel, _LENGTH - len(head))
    length = int.from_bytes(head, "big")
    if length > _MAX_MESSAGE:
        raise EOFError
    return json.loads(_exactly(channel, length)), files[0] if files else None


def _exactly(channel: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        block = channel.recv(min(count - len(data), 1 << 20))
        if not block:
            raise EOFError
        data += block
    return bytes(data)


def run(job: Job, file: int, tell: Heard) -> Draft:
    """Reads one file within its limits.

    Args:
        job: What to read, and the limits.
        file: Open; it is closed.
        tell: Told how far a recording has been heard.

    Raises:
        UnreadableFile: It cannot be read, for whatever reason.
    """
    began = _seconds_used()

    def allow() -> None:
        end = _seconds_used() + job.seconds
        if job.seconds_in_all is not None:
            end = min(end, began + job.seconds_in_all)
        resource.setrlimit(resource.RLIMIT_CPU, (end + 1, resource.RLIM_INFINITY))

    def heard(seconds: int, total: int) -> None:
        allow()
        tell(seconds, total)

    # What it writes to: engines map far more addresses than they use.
    resource.setrlimit(resource.RLIMIT_DATA, (job.memory, resource.RLIM_INFINITY))
    allow()
    path = Path(job.path)
    reader = importlib.import_module(job.reader)
    try:
        with os.fdopen(file, "rb") as opened:
            draft: Draft = reader.parse(Source(path, opened, Path(job.folder), job.aids, heard))
    except UnreadableFile:
        raise
    except ModelError as error:
        raise UnreadableFile(path, error.message, kind="extra", hint=error.hint) from error
    except (MemoryError, RecursionError) as error:
        raise UnreadableFile(path, _TOO_MUCH_MEMORY, kind="limit") from error
    except Exception as error:  # A parser may raise anything on a damaged file.
        reason = " ".join(str(error).split())[:200]
        if _NO_MEMORY.search(reason):
            raise UnreadableFile(path, _TOO_MUCH_MEMORY, kind="limit") from error
        raise UnreadableFile(path, f"damaged: {reason or type(error).__name__}") from error
    return replace(draft, parts=tidy(draft.parts))


def _seconds_used() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime)


def main() -> None:
    """Answers until the other end is gone, or until a file could not be read."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_PICTURE_BYTES, MAX_PICTURE_BYTES))

    def tell(seconds: int, total: int) -> None:
        send(channel, {"heard": [seconds, total]})

    while True:
        try:
            message, file = receive(channel)
        except EOFError:
            return
        assert file is not None
        try:
            send(channel, {"draft": asdict(run(_JOB.validate_python(message), file, tell))})
        except UnreadableFile as error:
            told = {"kind": error.kind, "about": error.about, "hint": error.hint}
            send(channel, {"reason": error.reason, **told})


if __name__ == "__main__":
    main()
