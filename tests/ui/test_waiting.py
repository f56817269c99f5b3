"""A reader whose language model takes its time: the quotes are there, and may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from tests.llm.doomed_server import Doomed, doomed_server
from tests.ui.reader import Reader
from tests.ui.serving import free_port, serving

GROWTH = "漯河2024年上半年GDP增长多少？"
PENDING = ".turn:last-child [data-label='quoted.pending']"


@pytest.fixture(scope="module")
def port() -> int:
    """Where the model server is looked for."""
    return free_port()


@pytest.fixture(scope="module")
def address(
    settings: Settings, assistant: Assistant, port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    told = {
        "LHASSIST_GENERATOR": "llm",
        "LHASSIST_LLM_MODEL": "m",
        "LHASSIST_LLM_URL": f"http://127.0.0.1:{port}/v1",
        "LHASSIST_LLM_TIMEOUT": "600",
    }
    with serving(settings, tmp_path_factory.mktemp("waiting") / "log.txt", told) as where:
        yield where


@pytest.fixture
def mute(port: int) -> Iterator[Doomed]:
    """It takes questions and says nothing."""
    with doomed_server("", port) as server:
        yield server


@pytest.fixture
def reader(chromium: Any, address: str, mute: Doomed) -> Iterator[Reader]:
    reader = Reader(chromium, address)
    yield reader
    reader.close()


def _ask(reader: Reader, question: str) -> None:
    reader.page.fill("#lh-question", question)
    reader.page.press("#lh-question", "Enter")
    reader.page.wait_for_selector(PENDING)


def test_the_quotes_are_shown_and_kept_by_a_press(reader: Reader) -> None:
    _ask(reader, GROWTH)
    page = reader.page
    assert "7.8%" in reader.said()
    assert page.locator(".announcer").inner_text() == page.locator(PENDING).inner_text()
    page.click(".turn:last-child .keep")
    page.wait_for_selector(".turn:last-child .reply[aria-busy=false]")
    assert "7.8%" in reader.said()
    assert page.locator(".keep, .writer").count() == 0
    assert "7.8%" in page.locator(".announcer").inner_text()
    page.click(".turn:last-child [data-tool=found]")
    assert page.locator(".turn:last-child .found .hits li").count() > 1
    page.reload()
    page.wait_for_selector(".turn .reply[aria-busy=false]")
    assert "7.8%" in reader.said()
    assert reader.problems == []


def test_who_asks_the_next_question_keeps_them_too(reader: Reader) -> None:
    _ask(reader, GROWTH)
    _ask(reader, "那规上工业呢？")
    turns = reader.page.locator(".turn")
    assert turns.count() == 2
    assert "7.8%" in turns.first.locator(".said").inner_text()
    assert turns.first.locator(".writer").count() == 0
    assert "12.1%" in reader.said()


def test_many_who_wait_keep_nobody_from_the_quotes(reader: Reader, chromium: Any) -> None:
    others = [Reader(chromium, reader.page.url) for _ in range(5)]
    for one in (*others, reader):
        _ask(one, GROWTH)
        assert "7.8%" in one.said()
    for one in others:
        one.close()


def test_where_the_model_dies_the_note_changes_and_nothing_else(
    reader: Reader, mute: Doomed
) -> None:
    _ask(reader, GROWTH)
    quoted = reader.said()
    mute.wait_until_it_speaks()
    mute.kill()
    reader.page.wait_for_selector(".turn:last-child .reply[aria-busy=false]")
    assert reader.said() == quoted
    assert reader.page.locator("[data-label='quoted.error']").count() == 1
    assert reader.page.locator(".further button").count() > 0
