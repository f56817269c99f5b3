"""A model server that is killed in mid-answer: every reader still gets the answer in quotes.

The time limits are minutes here, so nothing but the end of the process can end the wait.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.server.app import application
from lhassist.server.service import Service
from tests.answer.sample import real_embedder
from tests.llm.doomed_server import Doomed, doomed_server
from tests.ui.proxy import listening

QUESTION = "2024年上半年漯河市地区生产总值增长多少？"
BEGUN = "今年上半年，漯河市地区生产总值比去年同期增长7.8%。增"
MINUTES = 600


@pytest.fixture
def doomed() -> Iterator[Doomed]:
    with doomed_server(BEGUN) as server:
        yield server


def _told(sample_index: Path, doomed: Doomed) -> dict[str, Any]:
    return {
        "index_dir": str(sample_index),
        "generator": "llm",
        "llm_model": "m",
        "llm_url": f"{doomed.url}/v1",
        "llm_pause": MINUTES,
        "llm_timeout": MINUTES,
    }


@contextmanager
def _serving(sample_index: Path, doomed: Doomed) -> Iterator[str]:
    settings = Settings.load(**_told(sample_index, doomed))
    assistant = Assistant.open(settings, embedder=real_embedder())
    with listening(application(Service(assistant, settings))) as port:
        yield f"http://127.0.0.1:{port}"


def _events(response: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def test_on_the_command_line(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    told = _told(sample_index, doomed)
    command = [sys.executable, "-m", "lhassist", "ask", QUESTION, "--json"]
    environment = os.environ | {f"LHASSIST_{key.upper()}": str(told[key]) for key in told}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as asked:
        doomed.wait_until_it_speaks()
        doomed.kill()
        answer = json.loads(asked.communicate()[0])
    assert asked.returncode == 0
    assert (answer["generator"], answer["fallback"]) == ("extractive", "error")
    assert answer["text"] == sample.ask(QUESTION).text


def test_in_a_stream_of_the_api(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    answers = []
    with (
        _serving(sample_index, doomed) as address,
        httpx.stream(
            "POST",
            f"{address}/v1/ask",
            json={"question": QUESTION, "stream": True},
            timeout=MINUTES,
        ) as response,
    ):
        for name, data in _events(response):
            if not answers:
                doomed.kill()
            answers.append((name, data))
    names = [name for name, _ in answers]
    assert names == ["answer", "answer", "done"]
    first, last = answers[0][1], answers[1][1]
    assert (first["generator"], first["fallback"]) == ("llm:m", None)
    assert (last["generator"], last["fallback"]) == ("extractive", "error")
    assert last["text"] == sample.ask(QUESTION).text


def test_in_the_stream_of_the_page(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    with _serving(sample_index, doomed) as address:
        asked = f"{address}/gradio_api/call/ask"
        begun = httpx.post(asked, json={"data": [QUESTION, "", "", []]}, timeout=MINUTES).json()
        shown = []
        with httpx.stream("GET", f"{asked}/{begun['event_id']}", timeout=MINUTES) as response:
            for _, data in _events(response):
                if not shown:
                    doomed.kill()
                shown += data or []
    answers = [one for one in shown if "html" in one]
    assert "worded.model" in answers[0]["html"]
    assert "quoted.error" in answers[-1]["html"]
    assert sample.ask(QUESTION).sentences[0].text in answers[-1]["said"]
    assert "saved" in shown[-1]
