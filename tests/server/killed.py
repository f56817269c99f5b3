"""Readers of a service whose model server is killed, refuses them or hangs while they wait.

The time limits are minutes here, so nothing but the end of the process can end the wait.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Any

import httpx

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.server.app import application
from lhassist.server.service import Service
from tests.answer.sample import real_embedder
from tests.llm.doomed_server import Doomed
from tests.ui.proxy import listening

QUESTION = "2024年上半年漯河市地区生产总值增长多少？"
BEGUN = "今年上半年，漯河市地区生产总值比去年同期增长7.8%。增"
MINUTES = 600


@dataclass(frozen=True)
class Asked:
    """A question on its way.

    Attributes:
        at: When it was asked, in seconds of `perf_counter`.
        parts: Of the answer, as they come: the events of a stream by name; one on the command line.
        interrupt: Presses Ctrl-C, where there is a keyboard.
    """

    at: float
    parts: Iterator[tuple[str, Any]]
    interrupt: Callable[[], None] | None = None


@dataclass(frozen=True)
class Seen:
    """What came to a reader whose model server was killed.

    Attributes:
        parts: Of the answer.
        seconds: From the kill to the end of the last of them.
    """

    parts: list[tuple[str, Any]]
    seconds: float


@dataclass(frozen=True)
class Place:
    """Where readers ask.

    Attributes:
        settings: Of the command line.
        address: Of a service with the same, where one runs.
    """

    settings: Mapping[str, Any]
    address: str = ""


def settings_with(index: Path, url: str) -> dict[str, Any]:
    """Settings over an index, with a model server at `url`."""
    return {
        "index_dir": str(index),
        "generator": "llm",
        "llm_model": "m",
        "llm_url": f"{url}/v1",
        "llm_pause": MINUTES,
        "llm_timeout": MINUTES,
    }


@contextmanager
def serving(index: Path, url: str) -> Iterator[Place]:
    """A service with its page."""
    told = settings_with(index, url)
    settings = Settings.load(**told)
    assistant = Assistant.open(settings, embedder=real_embedder())
    with listening(application(Service(assistant, settings))) as port:
        yield Place(told, f"http://127.0.0.1:{port}")


def killed(read: Reader, place: Place, doomed: Doomed) -> Seen:
    """Asks, kills the model server once it has said what it says, and reads to the end."""
    with read(place) as asked:
        doomed.wait_until_it_speaks()
        began = perf_counter()
        doomed.kill()
        parts = list(asked.parts)
        return Seen(parts, perf_counter() - began)


@contextmanager
def on_the_command_line(place: Place) -> Iterator[Asked]:
    """`lhassist ask`: its object when its process has ended."""
    command = [sys.executable, "-m", "lhassist", "ask", QUESTION, "--json"]
    environment = os.environ | {
        f"LHASSIST_{key.upper()}": str(value) for key, value in place.settings.items()
    }
    began = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:

        def said() -> Iterator[tuple[str, Any]]:
            out, _ = process.communicate()
            assert process.returncode == 0
            yield "answer", json.loads(out)

        try:
            yield Asked(began, said(), lambda: process.send_signal(signal.SIGINT))
        finally:
            process.kill()


@contextmanager
def in_the_api(place: Place) -> Iterator[Asked]:
    """The events of `/v1/ask`."""
    asked = {"question": QUESTION, "stream": True}
    with _streaming("POST", f"{place.address}/v1/ask", json=asked) as begun:
        yield begun


@contextmanager
def in_a_chat(place: Place) -> Iterator[Asked]:
    """The chunks of `/v1/chat/completions`."""
    messages = [{"role": "user", "content": QUESTION}]
    asked = {"model": "lhassist", "messages": messages, "stream": True}
    with _streaming("POST", f"{place.address}/v1/chat/completions", json=asked) as begun:
        yield begun


@contextmanager
def on_the_page(place: Place) -> Iterator[Asked]:
    """What the page gets from Gradio's queue."""
    began = perf_counter()
    asked = f"{place.address}/gradio_api/call/ask"
    joined = httpx.post(asked, json={"data": [QUESTION, "", "", []]}, timeout=MINUTES)
    with _streaming("GET", f"{asked}/{joined.json()['event_id']}") as begun:
        yield Asked(began, begun.parts)


Reader = Callable[[Place], AbstractContextManager[Asked]]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "lhassist ask": on_the_command_line,
        "/v1/ask": in_the_api,
        "/v1/chat/completions": in_a_chat,
        "the page": on_the_page,
    }
)


@contextmanager
def _streaming(method: str, address: str, **sent: Any) -> Iterator[Asked]:
    began = perf_counter()
    with httpx.stream(method, address, timeout=MINUTES, **sent) as response:
        yield Asked(began, _events(response))


def _events(response: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data" and value != "[DONE]":
            yield name, json.loads(value)
