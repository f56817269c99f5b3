"""Articles in Markdown: front matter, pictures, lists, and no trust in what they say."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lhassist.corpus import read
from lhassist.errors import UnreadableFile
from lhassist.schema import Document, Published

FRONT_MATTER = """---
title: 漯河 概況
published: 2024-10-01
topic: geography
sources:
  - 地方文史，2024年
  - 「漯河」：一說
extra: 42
---
"""
PICTURE = b"\x89PNG not really"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    (root / "sub" / "media").mkdir(parents=True)
    (root / "media").mkdir()
    (root / "media" / "map.png").write_bytes(PICTURE)
    (root / "sub" / "media" / "圖 一.jpg").write_bytes(PICTURE)
    (root / "media" / "talk.mp3").write_bytes(PICTURE)
    (tmp_path / "secret.png").write_bytes(PICTURE)
    (root / "media" / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "media" / "notes.txt").write_text("不是圖片")
    return root


def _read(corpus: Path, body: str, name: str = "article.md", front: str = FRONT_MATTER) -> Document:
    path = corpus / name
    path.write_text(front + body, encoding="utf-8")
    return read(path, document_id="article", root=corpus)


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.span.start : b.span.end]) for b in document.blocks]


def test_front_matter(corpus: Path) -> None:
    document = _read(corpus, "\n漯河在河南省。\n")
    assert document.title == "漯河 概況"
    assert document.published == Published("2024-10-01")
    assert document.topic == "geography"
    assert document.sources == ("地方文史，2024年", "「漯河」：一說")
    assert document.text == "漯河在河南省。"
    assert document.script == "zh-Hant"
    assert document.sha256 == hashlib.sha256((corpus / "article.md").read_bytes()).hexdigest()


@pytest.mark.parametrize("written", ["2024", '"2024-10"', "2024年10月", "2024/10/1"])
def test_dates_are_as_precise_as_given(corpus: Path, written: str) -> None:
    document = _read(corpus, "文。", front=f"---\npublished: {written}\n---\n")
    assert document.published is not None
    assert document.published.date in {"2024", "2024-10", "2024-10-01"}
    assert not document.published.inferred


def test_blocks_without_their_markup(corpus: Path) -> None:
    document = _read(
        corpus,
        "# 漯河 概況\n\n第一段**很重要**，見[這裏](http://a.cn/x)、`代碼`和*斜體*。\n接着\n"
        "說 two\nwords。\n\n"
        "**「四大文化」**是指：\n\n- 賈湖文化\n- 許慎文化\n  - 說文解字\n\n"
        "3. 三\n4. 四\n\n## 小節 *一*\n\n> 引文\n\n| 年 | 值 |\n|---|---|\n| 2023 | 1 |\n"
        "\n---\n\n末段。\n",
    )
    assert _blocks(document) == [
        ("paragraph", "第一段很重要，見這裏、代碼和斜體。接着說 two words。"),
        ("paragraph", "「四大文化」是指："),
        ("paragraph", "賈湖文化\n許慎文化\n說文解字"),
        ("paragraph", "3. 三\n4. 四"),
        ("heading", "小節 一"),
        ("paragraph", "引文"),
        ("paragraph", "年 | 值\n2023 | 1"),
        ("paragraph", "末段。"),
    ]


def test_html_is_text(corpus: Path) -> None:
    document = _read(
        corpus, "<script>alert(1)</script>\n\n漯河<b>市</b>&amp;縣 <img src=x onerror=y>。\n"
    )
    assert document.text == "<script>alert(1)</script>\n\n漯河<b>市</b>&縣 <img src=x onerror=y>。"


def test_pictures_beside_the_article(corpus: Path) -> None:
    document = _read(
        corpus,
        "一段![地圖 | 地方志](../media/map.png)文。\n\n![圖一](media/%E5%9C%96%20%E4%B8%80.jpg)\n"
        "![錄音](../media/talk.mp3)\n\n![照片：雙匯總部]()\n",
        name="sub/article.md",
    )
    assert _blocks(document) == [
        ("paragraph", "一段文。"),
        ("caption", "地圖"),
        ("caption", "圖一"),
        ("caption", "錄音"),
        ("caption", "照片：雙匯總部"),
    ]
    assert [(m.kind, m.caption, m.path, m.credit) for m in document.media] == [
        ("image", "地圖", "media/map.png", "地方志"),
        ("image", "圖一", "sub/media/圖 一.jpg", None),
        ("audio", "錄音", "media/talk.mp3", None),
        ("image", "照片：雙匯總部", None, None),
    ]
    assert document.media[0].sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert document.media[3].sha256 is None
    assert all(document.text[m.span.start : m.span.end] == m.caption for m in document.media)


@pytest.mark.parametrize(
    "target",
    [
        "media/none.png",
        "media/none.mp3",
        "../secret.png",
        "media/../../secret.png",
        "media/%2e%2e/%2e%2e/secret.png",
        "media/link.png",
        "{corpus}/media/map.png",
        "file://{corpus}/media/map.png",
        "//host/map.png",
        "https://a.cn/map.png",
        "data:image/png;base64,AAAA",
        "media/notes.txt",
        "media",
        "media/%00.png",
        "[",
        "media/" + "x" * 5000 + ".png",
    ],
)
def test_no_file_from_elsewhere(
    corpus: Path, target: str, caplog: pytest.LogCaptureFixture
) -> None:
    target = target.format(corpus=corpus)
    document = _read(corpus, f"文。\n\n![說明](<{target}>)\n")
    assert [(m.caption, m.path, m.sha256) for m in document.media] == [("說明", None, None)]
    assert document.media[0].kind == ("audio" if target.endswith("mp3") else "image")
    assert "說明" in document.text
    assert "stands alone" in caplog.text


def test_the_root_may_be_relative(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus / "a.md").write_text("文。\n\n![圖](media/map.png)\n", encoding="utf-8")
    for place, root in ((corpus.parent, "corpus"), (corpus, "."), (corpus, "../corpus")):
        monkeypatch.chdir(place)
        document = read(Path(root, "a.md"), document_id="a", root=Path(root))
        assert document.media[0].path == "media/map.png"


def test_a_picture_without_a_caption_is_called_by_its_name(corpus: Path) -> None:
    document = _read(corpus, "文。\n\n![](media/map.png) ![]()\n")
    assert [(m.caption, m.path) for m in document.media] == [("map", "media/map.png")]


def test_the_title_of_last_resort(corpus: Path) -> None:
    assert _read(corpus, "# 標題\n\n文。", front="").title == "標題"
    assert _read(corpus, "文。", front="").title == "article"
    assert _read(corpus, "# 別的\n\n文。").text == "別的\n\n文。"
    assert _read(corpus, "文。\n\n---\n\n尾。", front="").text == "文。\n\n尾。"


def test_the_date_is_inferred_where_none_is_given(corpus: Path) -> None:
    document = _read(corpus, "今年是新中國成立75周年。", front="")
    assert document.published == Published("2024", inferred=True, basis="新中國成立75周年")


BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("---\ntitle: [\n---\n", "the front matter is not YAML"),
        ("---\ntitle: a: b\n---\n", "in line 2"),
        ("---\n- 一\n---\n", "no keys"),
        ("---\ntitle: x\n", "the front matter has no end"),
        ("---\n" + "x: y\n" * 10_000 + "---\n", "the front matter has no end"),
        ("---\n" + BOMB + "---\n", "alias"),
        ("---\nx: " + "[" * 15_000 + "\n---\n", "not YAML"),
        ("---\nx: !!python/object/apply:os.system [ls]\ntopic: sport\n---\n", "topic: 'sport'"),
        ("---\npublished: 昨天\n---\n", "published: '昨天' is no date"),
        ("---\npublished: 2024-02-30\n---\n", "published: '2024-02-30' is no date"),
        ("---\ntitle: [a, b]\n---\n", "title: not one line"),
        ("---\nsources: {a: b}\n---\n", "sources: not a list"),
    ],
)
def test_front_matter_that_does_not_fit(corpus: Path, front: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        _read(corpus, "\n文。", front=front)
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert caught.value.path.endswith("article.md")


def test_front_matter_alone_is_no_article(corpus: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        _read(corpus, "\n\n")


def test_a_picture_whose_name_has_blanks_is_seen(corpus: Path) -> None:
    (corpus / "media" / "沙河 2024 春.png").write_bytes(PICTURE)
    path = corpus / "blanks.md"
    path.write_text(
        "# 沙河\n\n![春天](media/沙河 2024 春.png)\n\n見（圖一）和 ![](media/map.png) (a b.c)\n",
        "utf-8",
    )
    document = read(path, document_id="blanks", root=corpus)
    assert [media.path for media in document.media] == ["media/沙河 2024 春.png", "media/map.png"]
    assert "![" not in document.text
