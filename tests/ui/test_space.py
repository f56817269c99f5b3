"""`app.py` as a Hugging Face Space runs it: a folder of its own, no variable of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

from lhassist.config import Settings
from tests.conftest import REPOSITORY
from tests.ui.serving import START_SECONDS, free_port

SPACE = REPOSITORY / "spaces"


def test_a_space_installs_what_the_package_needs() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = (SPACE / "requirements.txt").read_text("utf-8").splitlines()
    assert wanted == project["dependencies"]


def test_a_space_runs_the_gradio_that_is_tested() -> None:
    front = (SPACE / "README.md").read_text("utf-8").split("---")[1]
    (version,) = re.findall(r"^sdk_version: (.+)$", front, re.MULTILINE)
    pinned = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    assert f"gradio=={version}" in pinned
    assert "app_file: app.py" in front


def test_gradios_own_variables_say_where_to_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().host == "127.0.0.1"
    monkeypatch.setenv("SPACE_ID", "somebody/luohe")
    assert Settings.load().host == "0.0.0.0"
    monkeypatch.setenv("GRADIO_SERVER_NAME", "10.0.0.7")
    monkeypatch.setenv("GRADIO_SERVER_PORT", "7001")
    assert (Settings.load().host, Settings.load().port) == ("10.0.0.7", 7001)
    monkeypatch.setenv("LHASSIST_HOST", "127.0.0.2")
    assert Settings.load().host == "127.0.0.2"


def test_the_page_runs_as_a_space(tmp_path: Path) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    shutil.copy(REPOSITORY / "app.py", folder)
    shutil.copytree(REPOSITORY / "src", folder / "src")
    (folder / "corpus").mkdir()
    for name in ("xu-shen.md", "gazetteer.toml"):
        shutil.copy(REPOSITORY / "corpus" / name, folder / "corpus")
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONPATH" and not name.startswith("LHASSIST_")
    }
    environment |= {"SPACE_ID": "somebody/luohe", "GRADIO_SERVER_PORT": str(port)}
    with (tmp_path / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        end = time.monotonic() + START_SECONDS
        while b"lhassist: http" not in (written := (tmp_path / "log.txt").read_bytes()):
            assert process.poll() is None, written.decode()
            assert time.monotonic() < end, written.decode()
            time.sleep(0.2)
        # Whoever listens on 127.0.0.1 alone is not there at 127.0.0.2.
        with urllib.request.urlopen(f"http://127.0.0.2:{port}/", timeout=30) as page:
            assert "frame-ancestors 'self' https://huggingface.co" in str(page.headers)
    finally:
        process.terminate()
        process.wait(30)
