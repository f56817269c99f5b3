"""The page and the API on one address, and the command that serves them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from lhassist.assistant import Assistant


def test_the_page_and_its_pictures_stand_beside_the_api(
    address: str, sample: Assistant, sample_index: Path
) -> None:
    with urllib.request.urlopen(f"{address}/") as response:
        page = response.read().decode()
    assert "gradio" in page
    picture = next(
        path
        for document in sample.generation.documents.values()
        for media in document.media
        if (path := sample.generation.media_path(media))
    )
    with urllib.request.urlopen(f"{address}/gradio_api/file={picture}") as response:
        assert response.read() == picture.read_bytes()
    with urllib.request.urlopen(f"{address}/health") as response:
        assert json.load(response)["status"] == "ok"


def test_a_port_that_is_taken_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "lhassist", "serve", "--port", port]
        ended = subprocess.run(
            [*command, "--index", str(tmp_path / "none")],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LHASSIST_CORPUS_DIR": str(tmp_path)},
        )
    assert ended.returncode == 2
    assert f"port {port}: cannot be listened on" in ended.stderr
    assert "--port 7861" in ended.stderr
