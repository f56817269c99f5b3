"""The page over the sample articles, served by `app.py`, and a real browser to read it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.ui.first_start import open_assistant
from tests.conftest import missing
from tests.ui.reader import Reader
from tests.ui.serving import chromium_path, open_chromium, serving


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Settings:
    folder = tmp_path_factory.mktemp("page")
    return Settings.load(
        index_dir=folder / "index",
        corpus_dir=sample_corpus,
        feedback_log=folder / "feedback.jsonl",
    )


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    """The first start makes the index that the server then finds."""
    return open_assistant(settings)


@pytest.fixture(scope="session")
def address(
    settings: Settings, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where `app.py` serves."""
    with serving(settings, tmp_path_factory.mktemp("server") / "log.txt") as where:
        yield where


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = chromium_path()
    if path is None:
        missing("Chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = open_chromium(playwright, path)
        yield browser
        browser.close()


@pytest.fixture
def read(chromium: Any, address: str) -> Iterator[Callable[..., Reader]]:
    """Opens the page: `read(locale="zh-TW", width=390, dark=True)`."""
    readers: list[Reader] = []

    def open_page(**options: Any) -> Reader:
        readers.append(Reader(chromium, address, **options))
        return readers[-1]

    yield open_page
    for reader in readers:
        reader.close()
