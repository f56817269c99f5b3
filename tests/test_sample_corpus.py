"""The sample articles: what they must be, and that they say nothing that is not known."""

from __future__ import annotations

import importlib.util
import re
import struct
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from lhassist import corpus
from lhassist.gazetteer import Gazetteer
from lhassist.schema import Document, Topic
from lhassist.script import fold
from tests.conftest import REPOSITORY, missing

FOLDER = REPOSITORY / "corpus"
MEDIA = FOLDER / "media"

# What articles work out from the figures of their sources: sums, differences, spans of years.
DERIVED = {
    "gdp-2024": {1, 106},
    "gdp-2025-h1": {0.5, 1.6, 2},
    "growth-1986-2018": {2.7},
    "weilong-2022": {14.15},
    "weilong-2024": {14.66},
    "xu-shen": {21},
    "food-expo": {2},
    "lab-2023": {1, 50},
    "food-industry-2025": {500},
    "lab-2025": {3},
    "heritage-2024": {109},
}
# Characters of other standards; a collection that mixes them cannot be read as one.
VARIANTS = "爲裏臺羣綫啓衆牀麪纔"
ANSWERS = {
    "growth of the first half of 2024": "上半年.*生产总值.*7.8%",
    "rank of industrial output": "规模以上工业增加值增长12.1%，.*全省第一",
    "reform measures": "37条改革措施",
    "hotline seats": "12345.*座席.*80个",
    "rooms of a community": "五里庙社区.*32个功能室",
    "four cultures": "四大文化.*贾湖文化.*许慎文化.*商埠文化.*食品文化",
    "six options": "六可选(?=.*住房)(?=.*子女入学)(?=.*薪酬)(?=.*就医)(?=.*编制)(?=.*资金)",
    "size of the three clusters": "三大主导产业的集群规模.*2400亿元",
    "the flutes' bone": "骨笛.*鹤类的尺骨",
    "radicals of the dictionary": "《说文解字》.*540个部首",
}


@cache
def articles() -> dict[str, Document]:
    found = corpus.scan([FOLDER])
    return {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in found
    }


@cache
def draw() -> ModuleType:
    """The script that draws the pictures; it imports its neighbour `shapes` by name."""
    sys.path.insert(0, str(MEDIA))
    try:
        spec = importlib.util.spec_from_file_location("draw", MEDIA / "draw.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["draw"] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(MEDIA))
    return module


def squeezed(text: str) -> str:
    return "".join(text.split())


def numbers(text: str) -> set[float]:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


def longest_shared_run(text: str, other: str) -> str:
    """The longest stretch of `text` that `other` holds; the window only ever grows."""
    best = ""
    for start in range(len(text)):
        while text[start : start + len(best) + 1] in other and start + len(best) < len(text):
            best = text[start : start + len(best) + 1]
    return best


def test_there_are_enough_articles_in_both_scripts_on_every_topic() -> None:
    scripts = [one.script for one in articles().values()]
    assert len(scripts) >= 26
    assert abs(scripts.count("zh-Hans") - scripts.count("zh-Hant")) <= 1
    assert {one.topic for one in articles().values()} == set(get_args(Topic))


@pytest.mark.parametrize("name", sorted(articles()))
def test_an_article_has_its_length_and_its_front_matter(name: str) -> None:
    article = articles()[name]
    assert 250 <= len(squeezed(article.text)) <= 900
    assert article.title
    assert article.sources
    assert article.published
    assert not article.published.inferred


@pytest.mark.parametrize("name", sorted(articles()))
def test_an_article_keeps_to_one_script(name: str) -> None:
    article = articles()[name]
    whole = article.title + article.text
    # GB 2312 has no Traditional and Big5 no Simplified character, so none can have slipped in.
    whole.encode("gb2312" if article.script == "zh-Hans" else "big5")
    assert not set(VARIANTS) & set(whole)


@pytest.mark.parametrize("name", sorted(articles()))
def test_an_article_invents_no_figure(name: str, shared: Path) -> None:
    known = numbers((shared / "corpus-facts.md").read_text(encoding="utf-8"))
    article = articles()[name]
    assert numbers(article.title + article.text) <= known | DERIVED.get(name, set())


@pytest.mark.parametrize("name", sorted(articles()))
def test_an_article_copies_no_sentence_of_the_newspaper_page(name: str, seed: Path) -> None:
    page = squeezed(fold(seed.read_text(encoding="utf-8")))
    assert len(longest_shared_run(squeezed(fold(articles()[name].text)), page)) <= 20


@pytest.mark.parametrize("what", ANSWERS)
def test_the_articles_answer_what_users_will_ask_first(what: str) -> None:
    paragraphs = [
        fold(article.text[block.span.start : block.span.end])
        for article in articles().values()
        for block in article.blocks
        if block.kind == "paragraph"
    ]
    sentences = [one for text in paragraphs for one in re.split(r"(?<=[。！？])", text)]
    assert any(re.search(ANSWERS[what], one) for one in sentences)


def test_some_photos_are_described_but_not_held() -> None:
    lacking = {
        name for name, one in articles().items() if any(media.path is None for media in one.media)
    }
    assert len(lacking) >= 3
    for name in lacking:
        text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        assert "]()" in text, f"{name} refers to a picture that is missing"


def test_every_picture_is_drawn_and_belongs_to_an_article() -> None:
    used = {
        Path(media.path).stem: article
        for article in articles().values()
        for media in article.media
        if media.path
    }
    assert len({article.id for article in used.values()}) >= 8
    assert set(used) == {path.stem for path in MEDIA.glob("*.png")} == set(draw().PICTURES)
    for name, article in used.items():
        picture = draw().PICTURES[name]
        assert picture.script == article.script
        shown = numbers(" ".join(picture.figures))
        assert shown <= numbers(article.text), f"{name} shows another figure"


@pytest.mark.parametrize("path", sorted(MEDIA.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_carries_no_metadata(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) <= 150 * 1024
    chunks, place = [], 8
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        chunks.append(kind)
        place += length + 12
    assert set(chunks) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert struct.unpack(">II", data[16:24]) == (1600, 1000)


def test_drawing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    try:
        draw().font_for("zh-Hans")
    except SystemExit as error:
        missing(f"the fonts that pictures are drawn with: {error}")
    picture = draw().PICTURES["gdp-2025-h1"]
    first = draw().save("first", picture, tmp_path).read_bytes()
    assert draw().save("second", picture, tmp_path).read_bytes() == first


def test_drawing_without_a_font_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(draw().FONTS, "zh-Hans", ("No Such Font",))
    with pytest.raises(SystemExit, match=r"No Such Font[\s\S]*fonts-noto-cjk"):
        draw().font_for("zh-Hans")


def test_the_gazetteer_lists_the_names_of_the_articles() -> None:
    entries = Gazetteer.load(FOLDER / "gazetteer.toml").entries
    assert len(entries) >= 60
    whole = "".join(fold(article.title + article.text) for article in articles().values())
    absent = [one.name for one in entries if not any(n in whole for n in (one.name, *one.aliases))]
    assert not absent
    for entry in entries:
        assert fold(entry.name) == entry.name
        spoken = re.findall(r"[一-鿿]|\d|\+", entry.name)
        assert len(entry.reading.split()) == len(spoken), entry.name
