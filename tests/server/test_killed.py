"""A model server that is killed: every reader still gets the answer in quotes.

How soon is measured by `python -m tests.server.killed_timing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from tests.llm.doomed_server import Doomed, doomed_server
from tests.server.killed import (
    BEGUN,
    QUESTION,
    Place,
    in_a_chat,
    in_the_api,
    killed,
    on_the_command_line,
    on_the_page,
    serving,
    settings_with,
)


@pytest.fixture
def doomed() -> Iterator[Doomed]:
    with doomed_server(BEGUN) as server:
        yield server


@pytest.fixture
def mute() -> Iterator[Doomed]:
    """It takes a question and says nothing."""
    with doomed_server("") as server:
        yield server


def test_on_the_command_line(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    [(_, answer)] = killed(
        on_the_command_line, Place(settings_with(sample_index, doomed.url)), doomed
    ).parts
    assert (answer["generator"], answer["fallback"]) == ("extractive", "error")
    assert answer["text"] == sample.ask(QUESTION).text


def test_in_a_stream_of_the_api(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    with serving(sample_index, doomed.url) as place:
        parts = killed(in_the_api, place, doomed).parts
    assert [name for name, _ in parts] == ["answer", "answer", "answer", "done"]
    answers = [answer for _, answer in parts[:-1]]
    assert [(one["generator"], one["fallback"]) for one in answers] == [
        ("extractive", "pending"),
        ("llm:m", None),
        ("extractive", "error"),
    ]
    assert answers[0]["text"] == answers[-1]["text"] == sample.ask(QUESTION).text


def test_in_a_streamed_chat(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    with serving(sample_index, doomed.url) as place:
        chunks = [chunk for _, chunk in killed(in_a_chat, place, doomed).parts]
    said = [chunk["choices"][0]["delta"].get("content", "") for chunk in chunks]
    extracted = sample.ask(QUESTION).text
    assert said[0] == ""
    assert said[1].startswith("今年上半年")
    assert said[2] == f"\n\n{extracted}"
    assert chunks[-1]["lhassist"]["fallback"] == "error"


def test_in_the_stream_of_the_page(sample: Assistant, sample_index: Path, doomed: Doomed) -> None:
    with serving(sample_index, doomed.url) as place:
        parts = killed(on_the_page, place, doomed).parts
    shown = [value for _, data in parts for value in data or []]
    answers = [one for one in shown if "html" in one]
    extracted = sample.ask(QUESTION).sentences[0].text
    assert "quoted.pending" in answers[0]["html"]
    assert "worded.model" in answers[1]["html"]
    assert "quoted.error" in answers[-1]["html"]
    assert extracted in answers[0]["said"]
    assert extracted in answers[-1]["said"]
    assert "saved" in shown[-1]


def test_before_its_first_word(sample: Assistant, sample_index: Path, mute: Doomed) -> None:
    with serving(sample_index, mute.url) as place:
        parts = killed(in_the_api, place, mute).parts
    assert [answer["fallback"] for _, answer in parts[:-1]] == ["pending", "error"]
    assert parts[-2][1]["text"] == sample.ask(QUESTION).text


def test_who_presses_ctrl_c_gets_the_quotes(
    sample: Assistant, sample_index: Path, mute: Doomed
) -> None:
    with on_the_command_line(Place(settings_with(sample_index, mute.url))) as asked:
        mute.wait_until_it_speaks()
        assert asked.interrupt is not None
        asked.interrupt()
        [(_, answer)] = asked.parts
    assert (answer["generator"], answer["fallback"]) == ("extractive", "pending")
    assert answer["text"] == sample.ask(QUESTION).text


def test_nobody_waits_for_the_quotes(sample: Assistant, sample_index: Path, mute: Doomed) -> None:
    with serving(sample_index, mute.url) as place, in_the_api(place) as asked:
        _, answer = next(asked.parts)
        mute.wait_until_it_speaks()
        assert answer["text"] == sample.ask(QUESTION).text
        assert answer["fallback"] == "pending"
        mute.kill()
