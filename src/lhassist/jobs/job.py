"""Starting a job, following it, and calling it off."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lhassist.config import Settings
from lhassist.errors import JobCancelled, JobFailed, JobRunning

Task = Literal["add", "remove", "ingest", "evaluate"]

_WAIT_SECONDS = 1.0
"""How often whoever follows a job is told that nothing has changed, and may go."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: `done` of `total` of a stage; `start` before its first one."""

    stage: str
    done: int
    total: int


class Job:
    """One run of a task. Threads may share it.

    Attributes:
        number: Counts the jobs of a service.
        task: What it does.
    """

    def __init__(
        self, number: int, task: Task, settings: Settings, arguments: Mapping[str, Any]
    ) -> None:
        self.number = number
        self.task = task
        self._changed = threading.Condition()
        self._step = Step("start", 0, 1)
        self._result: Any = None
        self._error: JobFailed | JobCancelled | None = None
        self._finished = False
        self._cancelled = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lhassist.jobs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._send({"task": task, "arguments": arguments, "settings": _portable(settings)})

    @property
    def process_id(self) -> int:
        """Of the process that does it."""
        return self._process.pid

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to come."""
        return self._finished

    def follow(self) -> Iterator[Step]:
        """Each new step, until the job has finished; now and then the same one again."""
        seen = None
        while True:
            with self._changed:
                if not self._finished and self._step is seen:
                    self._changed.wait(_WAIT_SECONDS)
                if self._finished:
                    return
                seen = self._step
            yield seen

    def result(self) -> Any:
        """What came of it, as JSON; waits until it has finished.

        Raises:
            JobFailed: The task raised an error, or the process died.
            JobCancelled: It was called off.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._finished)
        if self._error is not None:
            raise self._error
        return self._result

    def cancel(self) -> None:
        """Calls the job off; nothing happens where it has finished."""
        self._cancelled = True
        self._process.terminate()

    def run(self, on_end: Callable[[], object]) -> None:
        """Listens to the process until it ends; what `Jobs` has a thread do.

        Args:
            on_end: Called before those who follow the job are told that it has finished.
        """
        told: dict[str, list[Any]] = {}
        with self._process as process:
            for line in process.stdout or ():
                kind, *values = json.loads(line)
                if kind == "step":
                    with self._changed:
                        self._step = Step(*values)
                        self._changed.notify_all()
                else:
                    told[kind] = values
        on_end()
        with self._changed:
            self._result, self._error = self._outcome(told)
            self._finished = True
            self._changed.notify_all()

    def _outcome(
        self, told: Mapping[str, list[Any]]
    ) -> tuple[Any, JobFailed | JobCancelled | None]:
        if "result" in told:
            return told["result"][0], None
        if self._cancelled:
            return None, JobCancelled("the job was called off", hint="start it again when you like")
        if "error" in told:
            cause, message, hint = told["error"]
            return None, JobFailed(message, cause=cause, hint=hint)
        return None, JobFailed(
            f"the job's process ended with code {self._process.returncode}",
            hint="start it again; if it ends so again, the service's log says more",
        )

    def _send(self, request: Mapping[str, Any]) -> None:
        stdin = self._process.stdin
        if stdin is not None:
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()


class Jobs:
    """The jobs of a service, one at a time.

    Args:
        settings: For every job.
        on_end: Called in a job's thread when it has finished, before those who follow it are told.
    """

    def __init__(self, settings: Settings, on_end: Callable[[], object]) -> None:
        self._settings = settings
        self._on_end = on_end
        self._starting = threading.Lock()
        self._last: Job | None = None
        self._by_task: dict[Task, Job] = {}

    @property
    def last(self) -> Job | None:
        """The job that runs, or the one that ran last."""
        return self._last

    def last_of(self, task: Task) -> Job | None:
        """The same, of one task."""
        return self._by_task.get(task)

    def start(self, task: Task, **arguments: Any) -> Job:
        """Starts a job.

        Args:
            task: What to do.
            **arguments: What the task of this name in `lhassist.jobs.tasks` takes, as JSON.

        Raises:
            JobRunning: Another one has not finished.
        """
        with self._starting:
            if self._last is not None and not self._last.finished:
                raise JobRunning(
                    f"a job ({self._last.task}) is running",
                    hint="wait until it has finished, or call it off",
                )
            number = 1 if self._last is None else self._last.number + 1
            job = Job(number, task, self._settings, arguments)
            self._last = self._by_task[task] = job
        thread = threading.Thread(
            target=job.run, args=(self._on_end,), name=f"job {number}", daemon=True
        )
        thread.start()
        return job


def _portable(settings: Settings) -> dict[str, Any]:
    """The settings as JSON, without the secret, which no job needs."""
    return settings.model_dump(mode="json", exclude={"operator_token"})
