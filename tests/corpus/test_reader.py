"""The frame of the readers: content before name, limits, a process that can be thrown away."""

from __future__ import annotations

import dataclasses
import importlib
import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from lhassist.corpus import FORMATS, Reader, read, scan
from lhassist.corpus.formats import HTML, Format
from lhassist.corpus.workshop import Worker
from lhassist.errors import UnreadableFile

PAGE = (
    "<!DOCTYPE html><html><head><title>小商桥</title></head><body><article><h1>小商桥</h1>"
    + "<p>小商桥在临颍县与郾城区之间的小商河上，始建于隋开皇四年，比赵州桥略早。</p>" * 3
    + "</article></body></html>"
)


def _reason(path: Path, reader: Reader) -> str:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(path, document_id="x", root=path.parent)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def test_every_format_has_its_reader() -> None:
    for format in FORMATS:
        assert importlib.import_module(format.reader).parse
        assert format.suffixes
        assert not (format.needs and not format.extra)
    suffixes = [suffix for format in FORMATS for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.pdf", "page"])
def test_content_goes_before_the_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    document = read(tmp_path / name, document_id="x", root=tmp_path)
    assert "小商桥在临颍县" in document.text
    assert "<" not in document.text


def test_a_folder_lists_what_its_first_bytes_tell(tmp_path: Path) -> None:
    (tmp_path / "saved page").write_text(PAGE, encoding="utf-8")
    (tmp_path / "notes").write_text("no article", encoding="utf-8")
    assert [source.path.name for source in scan([tmp_path])] == ["saved page"]


def test_archives_and_pictures_with_scripts_say_what_to_do(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../escaped.txt", "漯河。")
    (tmp_path / "a.zip").write_bytes(archive.getvalue())
    (tmp_path / "cut.docx").write_bytes(archive.getvalue()[:40])
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (tmp_path / "x.svg").write_text("<svg><script>alert(1)</script></svg>", encoding="utf-8")
    with Reader() as reader:
        assert _reason(tmp_path / "a.zip", reader) == "a ZIP archive"
        assert _reason(tmp_path / "cut.docx", reader).startswith("a damaged ZIP file")
        assert "password" in _reason(tmp_path / "old.doc", reader)
        assert "scripts" in _reason(tmp_path / "x.svg", reader)
    assert not (tmp_path.parent.parent / "escaped.txt").exists()


def test_an_extra_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    missing = dataclasses.replace(HTML, extra="web", needs=("no_such_module",))
    monkeypatch.setattr("lhassist.corpus.reader.recognise", lambda path, file: missing)
    with Reader() as reader:
        reason = _reason(tmp_path / "page.html", reader)
    assert reason == "HTML needs an extra: pip install 'lhassist[web]'"


BOMBS = {
    "memory": ("held = bytearray(2 << 30)", "it takes more memory than a file may"),
    "library's memory": (
        "raise RuntimeError('mkl_malloc: failed to allocate memory')",
        "it takes more memory than a file may",
    ),
    "computing": ("while True: pass", "reading it takes more than 1 s of computing"),
    "crash": ("import os; os.abort()", "its reader broke down"),
    "error": ("raise KeyError('word')", "damaged: 'word'"),
    "silence": ("import time; time.sleep(600)", "reading it took longer than 10 s"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_costs_one_file(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, expected = BOMBS[kind]
    module = tmp_path / "lhassist_bomb.py"
    module.write_text(f"def parse(source):\n    {code}\n", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    bomb = Format("bomb", (".bomb",), "lhassist_bomb", seconds=1)
    with Worker() as worker, page.open("rb") as file:
        with pytest.raises(UnreadableFile, match=re.escape(expected)):
            worker.read(bomb, page, file, tmp_path)
        file.seek(0)
        assert worker.read(HTML, page, file, tmp_path).parts
