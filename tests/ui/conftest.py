"""The page over the sample articles, served by `app.py`, and a real browser to read it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.ui.first_start import open_assistant
from tests.conftest import REPOSITORY, missing
from tests.ui.reader import CHROMIUM_ARGUMENTS, Reader

START_SECONDS = 240
"""How long the first start may take on a busy machine before it counts as failed."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Settings:
    index = tmp_path_factory.mktemp("page") / "index"
    return Settings.load(index_dir=index, corpus_dir=sample_corpus)


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    """The first start makes the index that the server then finds."""
    return open_assistant(settings)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(
    settings: Settings, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where `app.py` serves."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    environment = {
        **os.environ,
        "LHASSIST_INDEX_DIR": str(settings.index_dir),
        "LHASSIST_PORT": str(port),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=REPOSITORY,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"nothing served at {address}: {log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("Chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
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
