"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from email.message import Message
from importlib.metadata import Distribution, PackageMetadata, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    "onnxruntime": "embedding, speaking",
    "sentence_transformers": "embedding",
    "tokenizers": "embedding",
    "torch": "embedding",
    "mcp": "server",
    "opentelemetry": "tracing",
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
    "xllamacpp": "llm",
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


def _default_install() -> dict[str, Distribution]:
    """What `pip install lhassist` brings along, by name, as it is installed here."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        wanted = waiting.pop()
        extras = wanted.extras or {""}
        if wanted.marker and not any(wanted.marker.evaluate({"extra": e}) for e in extras):
            continue
        name = canonicalize_name(wanted.name)
        if name in found and not wanted.extras:
            continue
        found[name] = distribution(name)
        for line in found[name].requires or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(Requirement(line.split(";")[0]))
    return found


def test_the_default_install_has_no_torch_and_nothing_under_the_gpl() -> None:
    installed = _default_install()
    assert {"lxml", "pypdfium2", "trafilatura"} <= installed.keys()
    assert not installed.keys() & {"torch", "pymupdf", "ebooklib", "opencc"}
    terms = {name: _only_copyleft(found.metadata) for name, found in installed.items()}
    assert {name: said for name, said in terms.items() if said} == {}


@pytest.mark.parametrize(
    ("terms", "is_bound"),
    [
        ("AGPL-3.0-or-later", True),
        ("GPL-2.0-only AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only", False),
        ("LGPL-3.0-only", False),
        ("Apache-2.0", False),
    ],
)
def test_what_counts_as_gpl(terms: str, is_bound: bool) -> None:
    metadata = Message()
    metadata["License-Expression"] = terms
    assert bool(_only_copyleft(metadata)) is is_bound


def _only_copyleft(metadata: PackageMetadata | Message) -> str:
    """The licence of a package that may be used under the GPL or AGPL alone; else empty."""
    terms = metadata.get("License-Expression") or "; ".join(
        line.removeprefix("License :: ")
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License :: ")
    )
    choices = re.split(r"\bOR\b|;", terms)
    # Not the LGPL, which lets a program use a library that it does not change.
    bound = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public")
    return terms if all(bound.search(choice) for choice in choices) else ""
