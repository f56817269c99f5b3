"""`app.py` as its users start it, on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lhassist.config import Settings
from tests.conftest import REPOSITORY

START_SECONDS = 240
"""How long the first start may take on a busy machine before it counts as failed."""

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    settings: Settings,
    log: Path,
    told: Mapping[str, str] = MappingProxyType({}),
    *,
    port: int | None = None,
) -> Iterator[str]:
    """Starts `app.py` over an index, with `told` in its environment; gives its address."""
    token = settings.operator_token
    port = port or free_port()
    address = f"http://127.0.0.1:{port}/"
    environment = {
        **os.environ,
        "LHASSIST_INDEX_DIR": str(settings.index_dir.resolve()),
        "LHASSIST_CORPUS_DIR": str(settings.corpus_dir.resolve()),
        "LHASSIST_FEEDBACK_LOG": str(settings.feedback_log or ""),
        "LHASSIST_EVAL_DIR": str(settings.eval_dir.resolve()),
        "LHASSIST_PORT": str(port),
        **({"LHASSIST_OPERATOR_TOKEN": token.get_secret_value()} if token else {}),
        **told,
    }
    command = [sys.executable, "app.py"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + START_SECONDS
        while not _answers(address):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < end, f"nothing at {address}: {log.read_text('utf-8')}"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def open_chromium(playwright: Any, path: str) -> Any:
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
