"""Where hostile formats are read: a process of their own, with limits, that can be thrown away."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from dataclasses import asdict, replace
from io import BufferedReader
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from lhassist.corpus.formats import Format
from lhassist.corpus.parts import Draft
from lhassist.corpus.source import NO_AIDS, Aids, Heard
from lhassist.corpus.worker import Job, receive, send
from lhassist.errors import UnreadableFile

_PATIENCE = 10
"""How many times its seconds of computing a file may take by the clock, on a busy machine."""

_DRAFT = TypeAdapter(Draft)


class Worker:
    """A process that reads files; made on the first one, and anew after one that failed.

    Args:
        seconds: The computing that a file may take at most; None leaves it at its format's.
        heard: Told how far a recording has been heard.
    """

    def __init__(self, seconds: int | None = None, heard: Heard | None = None) -> None:
        self._most_seconds = seconds
        self._heard = heard
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._memory = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._channel:
            self._channel.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = self._channel = None
        self._memory = 0

    def read(
        self, format: Format, path: Path, file: BufferedReader, folder: Path, aids: Aids = NO_AIDS
    ) -> Draft:
        """Has a file read.

        Args:
            format: Says with which reader and within which limits.
            path: As it was given, for messages.
            file: Open, at its beginning.
            folder: Where pictures go.
            aids: What helps to read it.

        Raises:
            UnreadableFile: It cannot be read, or not within the limits.
        """
        if self._most_seconds is not None:
            format = replace(format, seconds=min(format.seconds, self._most_seconds))
        if format.memory < self._memory:
            # What it holds of a larger format's engine may be more than this format may take.
            self.close()
        channel = self._open()
        self._memory = format.memory
        channel.settimeout(format.seconds * _PATIENCE)
        job = Job(
            format.reader,
            str(path),
            str(folder),
            format.memory,
            format.seconds,
            self._most_seconds,
            aids,
        )
        try:
            send(channel, asdict(job), file.fileno())
            answer, _ = receive(channel)
            while "heard" in answer:
                if self._heard:
                    self._heard(*answer["heard"])
                answer, _ = receive(channel)
            if "draft" in answer:
                return _DRAFT.validate_python(answer["draft"])
        except (EOFError, OSError, ValidationError, ValueError) as error:
            reason = self._why_it_ended(format, error)
            raise UnreadableFile(path, reason, kind="limit") from error
        self.close()
        raise UnreadableFile(path, **answer)

    def _open(self) -> socket.socket:
        if self._channel is None:
            self._channel, other = socket.socketpair()
            with other:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "lhassist.corpus.worker", str(other.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[other.fileno()],
                )
        return self._channel

    def _why_it_ended(self, format: Format, error: Exception) -> str:
        """Says why there is no answer, and ends the process where it has not ended."""
        process = self._process
        assert process is not None
        if isinstance(error, TimeoutError):
            self.close()
            return f"reading it took longer than {format.seconds * _PATIENCE} s"
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        self.close()
        if process.returncode == -signal.SIGXCPU:
            return f"reading it takes more than {format.seconds} s of computing"
        return (
            f"its reader broke down: the file is damaged, "
            f"or needs more memory than {format.memory // 1_000_000} MB"
        )
