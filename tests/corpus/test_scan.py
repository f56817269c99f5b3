"""Which files are articles, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lhassist.corpus import SourceFile, scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    for name in (
        "b.md",
        "a/b.txt",
        "a/c.2024.MD",
        "media/x.png",
        "gazetteer.toml",
        "draw.py",
        "README.md",
        ".hidden.md",
        ".git/x.md",
        "漯河.markdown",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("文。", encoding="utf-8")
    return root


def test_a_folder(folder: Path) -> None:
    assert scan([folder]) == [
        SourceFile(folder / "a/b.txt", "a/b", folder),
        SourceFile(folder / "a/c.2024.MD", "a/c.2024", folder),
        SourceFile(folder / "b.md", "b", folder),
        SourceFile(folder / "漯河.markdown", "漯河", folder),
    ]


def test_a_file_by_its_own_name(folder: Path, tmp_path: Path) -> None:
    given = [folder / "a/b.txt", folder / "draw.py", tmp_path / "missing.txt", folder / "README.md"]
    assert [(s.document_id, s.root) for s in scan(given)] == [
        ("b", folder / "a"),
        ("draw", folder),
        ("missing", tmp_path),
        ("README", folder),
    ]


def test_a_file_is_listed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    listed = scan([Path("corpus"), Path("corpus/b.md"), folder / "a", folder])
    assert [source.document_id for source in listed] == ["a/b", "a/c.2024", "b", "漯河"]
    assert {source.root for source in listed} == {Path("corpus")}


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "up").symlink_to(folder.parent)
    assert len(scan([folder])) == 4


def test_the_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [s.document_id for s in scan([Path()])] == ["a/b", "a/c.2024", "b", "漯河"]
    assert scan([Path("b.md")])[0].root == Path()


def test_special_files_are_listed_and_left_to_the_reader(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "pipe" in [source.document_id for source in scan([folder])]
