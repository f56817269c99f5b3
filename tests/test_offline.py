"""Everything works with the network cut: a namespace with the loopback interface alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, missing

SCRIPT = """
set -eu
ip link set lo up 2>/dev/null || python3 - <<'PY'
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    name = b"lo".ljust(16, b"\\0")
    flags = struct.unpack_from("H", fcntl.ioctl(s, 0x8913, name + b"\\0" * 16), 16)[0]
    fcntl.ioctl(s, 0x8914, name + struct.pack("H", flags | 1) + b"\\0" * 14)
PY
"$PYTHON" -m lhassist ingest --rebuild corpus --index "$INDEX" --json
"$PYTHON" -m lhassist ask 漯河2024年上半年GDP增长多少？ --index "$INDEX" --json \\
  > "$INDEX/answer.json"
"$PYTHON" -m lhassist serve --port 7861 --index "$INDEX" &
server=$!
trap 'kill $server' EXIT
look='import urllib.request as r; print(r.urlopen("http://127.0.0.1:7861/").status)'
for _ in $(seq 120); do
  "$PYTHON" -c "$look" 2>/dev/null && exit 0
  kill -0 $server
  sleep 0.5
done
exit 3
"""


@pytest.fixture
def cut_off() -> list[str]:
    """The command that runs another one without a network."""
    command = ["unshare", "--map-root-user", "--net"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], check=False).returncode
    ):
        missing("unshare with the right to make a network namespace")
    return command


def test_ingest_ask_and_serve_without_a_network(cut_off: list[str], tmp_path: Path) -> None:
    result = subprocess.run(
        [*cut_off, "bash", "-c", SCRIPT],
        cwd=REPOSITORY,
        env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "PYTHON": sys.executable,
            "INDEX": str(tmp_path / "index"),
            "HOME": str(Path.home()),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.rstrip().endswith("200")
    answer = json.loads((tmp_path / "index" / "answer.json").read_text("utf-8"))
    assert answer["status"] == "answered"
    assert "7.8%" in answer["text"]
