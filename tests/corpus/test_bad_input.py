"""Whatever lies in a folder: a document or one clear line, never anything else."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lhassist.corpus import read, scan
from lhassist.corpus.formats import TEXT
from lhassist.errors import UnreadableFile
from lhassist.passages import split


def _reason(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path, document_id="x", root=path.parent)
    assert "\n" not in str(caught.value)
    assert caught.value.path == str(path)
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\r\n\t", "it is empty"),
        ("\ufeff\u200b\u3000".encode(), "it is empty"),
        (b"\x7fELF\x02\x01\x00\x00" * 50, "NUL bytes"),
        (random.Random(1).randbytes(5000).replace(b"\0", b"\1"), "not"),
        (b"\x01\x02\x03\x04 text" * 20, "control characters"),
        ("漯河 ".encode("utf-16-le"), "NUL bytes"),
        (b"\xff\xfe\x00\xd8", "damaged utf-16"),
        ("漯河市的文化很有名。".encode()[:-1] * 3, "not UTF-8 (byte"),
        ("Le café de Luohe à côté".encode("latin-1"), "not UTF-8 (byte 6)"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_no_text(tmp_path: Path, data: bytes, reason: str, suffix: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_bytes(data)
    assert reason in _reason(path)


def test_a_missing_file(tmp_path: Path) -> None:
    assert _reason(tmp_path / "none.txt") == "there is no such file"
    assert _reason(tmp_path / "none") == "there is no such file"
    assert _reason(tmp_path / "none.txt" / "none.txt") == "there is no such file"
    assert _reason(tmp_path / ("x" * 300 + ".txt")) == "the name is too long"


def test_an_unknown_format(tmp_path: Path) -> None:
    for name in ("article.pdf", "article"):
        (tmp_path / name).write_bytes(b"\x7fELF\x02\x01\x00\x00" * 50)
        assert _reason(tmp_path / name) == "not a format that is read"


@pytest.mark.parametrize("name", ["article.pdf", "article"])
def test_a_text_under_another_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("漯河市的文化很有名。", encoding="utf-8")
    assert read(tmp_path / name, document_id="x", root=tmp_path).text == "漯河市的文化很有名。"


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert _reason(tmp_path / "folder.txt") == "a folder, not a file"
    os.mkfifo(tmp_path / "pipe.txt")
    assert _reason(tmp_path / "pipe.txt") == "no regular file"
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert _reason(tmp_path / "loop.txt") == "a symbolic link that leads back to itself"


def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("漯河。", encoding="utf-8")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "real.txt").write_text("漯河。", encoding="utf-8")
    (folder / "inside.txt").symlink_to("real.txt")
    assert _reason(folder / "link.txt").startswith("a symbolic link that leads out of")
    assert read(folder / "inside.txt", document_id="i", root=folder).text == "漯河。"


def test_names_that_cannot_be_written_down(tmp_path: Path) -> None:
    for raw in (b"a\xff.txt", b"a\n.txt"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
        path.write_text("漯河。", encoding="utf-8")
        with pytest.raises(UnreadableFile, match="the name") as caught:
            read(path, document_id="x", root=tmp_path)
        assert str(caught.value).isprintable()
        str(caught.value).encode("utf-8")


def test_a_file_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes("漯河市。\n".encode() * (30_000_000 // 13))
    size = path.stat().st_size
    assert size > TEXT.max_bytes
    assert _reason(path) == f"{size:,} bytes; plain text has at most {TEXT.max_bytes:,}"


def test_a_file_without_permission(tmp_path: Path) -> None:
    # Root may read anything, so another user tries.
    path = tmp_path / "private.txt"
    path.write_text("漯河。", encoding="utf-8")
    path.chmod(0)
    for folder in [tmp_path, *tmp_path.parents][:-2]:
        if folder.owner() != "root" or os.geteuid() == 0:
            folder.chmod(folder.stat().st_mode | 0o111)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from lhassist.corpus import read\n"
        "from lhassist.errors import UnreadableFile\n"
        "path = Path(sys.argv[1])\n"
        "if os.geteuid() == 0:\n"
        "    os.setuid(65534)\n"
        "try:\n"
        "    read(path, document_id='x', root=path.parent)\n"
        "except UnreadableFile as error:\n"
        "    sys.exit(error.reason)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert result.stderr.strip() == "no permission to read it"


_PIECES = [
    "---",
    "title:",
    "漯河",
    "。",
    "#",
    "-",
    "1.",
    ">",
    "![",
    "](",
    ")",
    "[",
    "]",
    "*",
    "**",
    "_",
    "`",
    "```",
    "|",
    "|-|",
    "<b>",
    "&#0;",
    "&amp;",
    "\\",
    "「",
    "」",
    "圖片來源：",
    "王某攝",
    "圖為",
    "2024年",
    "國慶",
    "75周年",
    "，",
    "http://a",
    "!",
    "0",
]
_MARKUP = st.sampled_from([*_PIECES, "\n", "\n\n", "\t", "    ", " ", "\u3000\u3000"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(_MARKUP, max_size=40).map(lambda pieces: "".join(pieces).encode()),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    st.sampled_from([".txt", ".md"]),
)
def test_any_bytes_are_an_article_or_one_clear_line(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    try:
        document = read(path, document_id="any", root=tmp_path)
    except UnreadableFile as error:
        if "\n" in str(error):
            pytest.fail(f"more than one line: {error}")
        return
    assert document.title.strip()
    document.text.encode("utf-8")
    end = 0
    for block in document.blocks:
        text = document.text[block.span.start : block.span.end]
        assert text.strip() == text != ""
        assert block.span.start == (end + 2 if end else 0)
        end = block.span.end
    assert end == len(document.text)
    captions = [b.span for b in document.blocks if b.kind == "caption"]
    assert [media.span for media in document.media] == captions
    for passage in split(document):
        assert document.text[passage.start : passage.end] == passage.text


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("漯河。", encoding="utf-8")
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    failed = []
    for source in scan([tmp_path]):
        try:
            read(source.path, document_id=source.document_id, root=source.root)
        except UnreadableFile as error:
            failed.append(error.path)
    assert failed == [str(tmp_path / "bad.txt"), str(tmp_path / "empty.md")]
