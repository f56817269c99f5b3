"""Newspaper pages of our own, in both scripts and settings that the seed does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.corpus import read, text
from lhassist.corpus.parts import clean
from lhassist.schema import BlockKind, Document, Published
from lhassist.script import convert, fold
from tests.corpus.measure import articles
from tests.corpus.simulated import STYLES, score

PAGES = Path(__file__).parent / "pages"


def _page(name: str) -> Document:
    return read(PAGES / f"{name}.txt", document_id=name, root=PAGES)


def _texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind == kind]


def test_a_page_with_captions_inside_sentences() -> None:
    page = _page("flute-hant")
    assert page.title == "九千年前的笛聲 今天聽得見"
    assert page.published == Published("2023-05-19")
    assert page.sources == ("本報記者　文化組", "責任編輯：文化組　校對：文化組")
    assert _texts(page, "heading") == [
        "文化縱橫",
        "——賈湖遺址博物館試開館見聞",
        "一支笛子 七個音孔",
        "八次發掘 五萬平方米",
    ]
    assert [(media.caption, media.credit) for media in page.media] == [
        ("賈湖遺址博物館外景。", "資料圖片"),
        ("圖為刻有符號的龜甲。", None),
        ("骨笛的製作步驟模型。", None),
        ("▲觀眾在展廳聆聽骨笛錄音，這段錄音由仿製的骨笛吹奏", None),
        ("博物館內的遺址沙盤。", None),
        ("賈湖村村口的路標。", None),
    ]
    for whole in (
        "6000平方米",
        "「老祖宗的院子」",
        "24.6厘米",
        "七聲音階",
        "玩具。它是樂器。」",
        "庫房。觀眾",
    ):
        assert whole in page.text
    assert len(_texts(page, "paragraph")) == 6


def test_a_page_without_blank_lines() -> None:
    page = _page("hotline-hans")
    assert page.title == "一个号码 管好城市的小事"
    assert page.published == Published(
        "2024-10-08", inferred=True, basis="新中国成立七十五周年；本报漯河10月8日讯"
    )
    assert page.sources == ("来源：民生周刊编辑部",)
    assert _texts(page, "heading") == [
        "民生周刊",
        "一、窗口里坐着“一把手”",
        "二、社区里的三十二间屋",
    ]
    assert [(media.caption, media.credit) for media in page.media] == [
        ("图1：12345热线的话务大厅，座席分成四排", "民生组摄"),
        ("市民在政务服务中心取号。", "民生组摄"),
    ]
    for whole in ("几十个扩充", "人工接听，水、电", "从头走一遍", "不拖到", "32个功能室"):
        assert whole in page.text
    assert len(_texts(page, "paragraph")) == 4


def test_a_page_of_wrapped_lines() -> None:
    page = _page("wrapped-hant")
    assert page.title == "沙澧河畔的一座城"
    assert page.published is None
    assert [p[-5:] for p in _texts(page, "paragraph")] == ["用到今天。", "vers.", "寧洛高速。"]
    assert "Luohe is a city on two rivers." in page.text


@pytest.mark.parametrize("name", [path.stem for path in sorted(PAGES.glob("*.txt"))])
def test_the_other_script_reads_the_same(name: str) -> None:
    written = clean((PAGES / f"{name}.txt").read_text("utf-8"))
    other = convert(written, "zh-Hant") if name.endswith("hans") else fold(written)
    one, two = (text.parse(version, Path("page.txt")) for version in (written, other))
    assert [part.kind for part in one.parts] == [part.kind for part in two.parts]
    assert [fold(part.text) for part in one.parts] == [fold(part.text) for part in two.parts]
    assert (one.published or Published("")).date == (two.published or Published("")).date


@pytest.mark.parametrize(
    ("style", "paragraphs", "headings", "captions"),
    [
        ("orderly", 0.98, 0.97, 0.99),
        ("torn", 0.92, 0.94, 0.97),
        ("torn, no blank lines between paragraphs", 0.92, 0.94, 0.97),
        ("torn, captions without stops", 0.86, 0.84, 0.93),
        ("torn, photographers named", 0.92, 0.94, 0.97),
        ("torn, captions not set apart", 0.88, 0.94, 0.3),
        ("torn, captions not set apart, indented", 0.88, 0.94, 0.3),
    ],
)
def test_pages_made_of_articles(
    style: str, paragraphs: float, headings: float, captions: float
) -> None:
    scores = score(articles(), STYLES[style], rounds=2)
    assert scores["title"].recall >= 0.95
    assert scores["paragraph"].recall >= paragraphs
    assert scores["heading"].recall >= headings
    assert scores["caption"].recall >= captions
    assert scores["caption"].precision >= 0.95


@pytest.mark.parametrize(
    ("written", "title", "kinds"),
    [
        ("漯河", "漯河", ["paragraph"]),
        ("漯河是一座城。", "page", ["paragraph"]),
        ("誰來保護賈湖？\n\n賈湖遺址在舞陽縣。", "誰來保護賈湖？", ["paragraph"]),
        ("題目\n\n只有一段，沒有說完", "題目", ["paragraph"]),
        ("「一」\n「二」\n「三」", "「一」", ["paragraph"]),
        (
            "雙匯四十年\n從肉聯廠到世界五百強\n\n雙匯在漯河慶祝四十年，來了不少客人。",
            "雙匯四十年",
            ["heading", "paragraph"],
        ),
        ("圖為漯河西站。", "page", ["caption"]),
    ],
)
def test_scraps(written: str, title: str, kinds: list[str]) -> None:
    draft = text.parse(written, Path("page.txt"))
    assert draft.title == title
    assert [part.kind for part in draft.parts] == kinds


def test_an_imprint_is_kept_apart_from_an_unfinished_paragraph() -> None:
    lines = [
        "漯河的兩條河",
        "沙河和澧河在這裏交匯，兩岸是風景區。",
        "岸線有三十六公里",
        "責任編輯：編輯部",
    ]
    draft = text.parse("\n\n".join(lines), Path("page.txt"))
    assert draft.sources == ("責任編輯：編輯部",)
    assert "編輯部" not in "".join(part.text for part in draft.parts)


def test_a_list_without_stops_keeps_its_lines() -> None:
    lines = [f"第{number}項：沒有句號的文字" for number in range(20_000)]
    draft = text.parse("題目\n\n清單如下：\n" + "\n".join(lines), Path("page.txt"))
    assert [part.kind for part in draft.parts] == ["paragraph", "paragraph"]
    assert draft.parts[1].text.split("\n") == lines


def test_text_without_stops_makes_no_endless_paragraph() -> None:
    lines = "\n".join(f"第{number}行，沒有句號的文字" for number in range(20_000))
    draft = text.parse("題目\n\n" + lines, Path("page.txt"))
    assert max(len(part.text) for part in draft.parts) < 2100
    assert "".join(part.text for part in draft.parts) == lines.replace("\n", "")
