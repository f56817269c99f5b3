"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

HEAVY = ["gradio", "faiss", "llama_index", "onnxruntime", "torch", "opencc", "rjieba", "fastapi"]


def test_imports_run_downward_only() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("module", ["lhassist", "lhassist.cli"])
def test_nothing_heavy_is_imported_before_it_is_used(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


def _tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return listed.stdout.split("\n")[:-1]


DOORS = {
    "PIL": "corpus",
    "av": "corpus",
    "faster_whisper": "corpus",
    "rapidocr": "corpus",
    "faiss": "index",
    "fastapi": "server, ui",
    "gradio": "ui",
    "onnx": "embedding",
    "onnxruntime": "embedding",
    "sentence_transformers": "embedding",
    "tokenizers": "embedding",
    "torch": "embedding",
    "mcp": "server",
    "opencc": "script",
    "prometheus_client": "server",
    "pypinyin": "pronunciation",
    "rjieba": "terms",
    "ir_measures": "evaluation",
    "llama_index": "integrations, llm",
    "pydantic_settings": "config",
    "rich": "cli, ui",
    "docx": "corpus",
    "lxml": "corpus",
    "pptx": "corpus",
    "pypdf": "corpus",
    "pypdfium2": "corpus",
    "trafilatura": "corpus",
    "watchfiles": "ingest",
    "typer": "cli",
    "uvicorn": "server",
    "yaml": "corpus",
}


def _imported(name: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse((REPOSITORY / name).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_every_heavy_library_has_one_door() -> None:
    rooms: dict[str, set[str]] = {library: set() for library in DOORS}
    for name in _tracked("src/**/*.py"):
        room = name.removeprefix("src/lhassist/").split("/")[0].removesuffix(".py")
        for library in _imported(name) & DOORS.keys():
            rooms[library].add(room)
    assert {library: ", ".join(sorted(found)) for library, found in rooms.items()} == DOORS


def test_only_the_command_line_prints() -> None:
    printing = [
        name
        for name in _tracked("src/**/*.py", "src/*.py")
        if re.search(r"(?<![\w.])print\(", (REPOSITORY / name).read_text("utf-8"))
    ]
    assert printing == []


def test_only_one_package_installs_the_module_opencc() -> None:
    pinned = (REPOSITORY / "constraints.txt").read_text("utf-8").lower().splitlines()
    names = {line.split("==")[0] for line in pinned}
    assert "opencc-python-reimplemented" in names
    assert "opencc" not in names
