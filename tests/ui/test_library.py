"""The library's desk: whatever a browser sends is met with JSON, and only the operator changes."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.ingest import ingest
from lhassist.ui import catalogue
from lhassist.ui.library import UPLOAD_BYTES, Caller, LibraryDesk
from tests.ui.html_tree import parse
from tests.ui.samples import HOSTILE, document

HERE = Caller({"host": "127.0.0.1:7860"}, "127.0.0.1")
ELSEWHERE = Caller({"host": "luohe.example"}, "192.0.2.7")
BRIDGE = "---\ntitle: 沙河新桥\n---\n\n沙河新桥全长1280米，双向六车道，连接两岸。\n"
CHANGING = ("arrive", "paste", "fetch", "add", "remove", "ingest", "evaluate", "cancel")


def open_desk(tmp_path: Path, sample_corpus: Path) -> LibraryDesk:
    settings = Settings(
        index_dir=tmp_path / "index",
        corpus_dir=tmp_path / "corpus",
        cache_dir=tmp_path / "cache",
        embedder="hashing",
    )
    settings.corpus_dir.mkdir()
    for name in ("gdp-2024", "xu-shen", "jiahu-flutes"):
        shutil.copy(sample_corpus / f"{name}.md", settings.corpus_dir)
    embedder = open_embedder(settings.embedder, settings.cache_dir)
    ingest(settings, [settings.corpus_dir], embedder=embedder)
    return LibraryDesk.over(Assistant.open(settings, embedder=embedder))


@pytest.fixture
def desk(tmp_path: Path, sample_corpus: Path) -> LibraryDesk:
    return open_desk(tmp_path, sample_corpus)


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> LibraryDesk:
    """For tests after which everything is as it was."""
    return open_desk(tmp_path_factory.mktemp("library"), sample_corpus)


def arrive(desk: LibraryDesk, name: str, text: str, caller: Caller = HERE) -> dict[str, Any]:
    data = base64.b64encode(text.encode()).decode()
    return desk.operate("arrive", {"name": name, "data": data}, caller)


def last(steps: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return list(steps)[-1]


def held(desk: LibraryDesk) -> set[str]:
    return set(desk.assistant.generation.documents)


def test_an_article_arrives_is_added_and_found_at_once(desk: LibraryDesk) -> None:
    arrived = arrive(desk, "bridge.md", BRIDGE)
    assert desk.operate("add", {"tickets": [arrived["ticket"]]}, HERE) == {"started": "add"}
    (file,) = last(desk.follow(HERE))["result"]["files"]
    assert (file["name"], file["outcome"], file["document_id"]) == ("bridge.md", "added", "bridge")
    assert "bridge" in held(desk)
    assert desk.assistant.search("沙河新桥全长")[0].passage.document_id == "bridge"
    assert "沙河新桥" in desk.changes()["html"]


def test_a_pasted_text_becomes_an_article_with_what_was_said_of_it(desk: LibraryDesk) -> None:
    given = {
        "title": "夜市",
        "text": "夜市有摊位八十个。",
        "published": "2024-05",
        "topic": "livelihood",
    }
    arrived = desk.operate("paste", given, HERE)
    desk.operate("add", {"tickets": [arrived["ticket"]]}, HERE)
    (file,) = last(desk.follow(HERE))["result"]["files"]
    article = desk.assistant.document(file["document_id"])
    assert (article.title, article.topic) == ("夜市", "livelihood")
    assert article.published is not None
    assert article.published.date == "2024-05"
    assert desk.operate("paste", {"title": " ", "text": "x"}, HERE) == {"error": "paste.incomplete"}


def test_an_article_is_removed_and_everything_rebuilt(desk: LibraryDesk) -> None:
    desk.operate("remove", {"document": "xu-shen"}, HERE)
    assert last(desk.follow(HERE))["result"]["removed"] == ["xu-shen"]
    assert held(desk) == {"gdp-2024", "jiahu-flutes"}
    desk.operate("ingest", {"rebuild": True}, HERE)
    report = last(desk.follow(HERE))["result"]
    assert (report["added"], report["unchanged"]) == ([], 2)


@pytest.mark.parametrize("action", CHANGING)
def test_nobody_else_changes_anything(read_only: LibraryDesk, action: str) -> None:
    given = {"name": "bridge.md", "data": "eA==", "title": "t", "text": "t", "document": "xu-shen"}
    assert read_only.operate(action, given, ELSEWHERE) == {"error": "operator.network"}
    assert read_only.jobs.last is None
    assert [path.suffix for path in read_only.settings.corpus_dir.iterdir()] == [".md"] * 3
    assert list(read_only.follow(ELSEWHERE)) == [{"error": "operator.network"}]
    who = read_only.operate("who", {}, ELSEWHERE)
    assert who == {"operator": False, "why": "network", "busy": False}
    assert read_only.operate("who", {}, HERE) == {"operator": True, "why": None, "busy": False}


@pytest.mark.parametrize(
    ("action", "given", "error"),
    [
        ("arrive", None, "file.name"),
        ("arrive", {"name": "../../bridge.md", "data": ""}, "file.empty"),
        ("arrive", {"name": "bridge.exe", "data": "eA=="}, "file.format"),
        ("arrive", {"name": "bridge.md", "data": "not base64!"}, "error.unexpected"),
        ("arrive", {"name": "bridge.md", "data": 7}, "file.empty"),
        ("arrive", {"name": "bridge.md", "data": "e" * (UPLOAD_BYTES * 4 // 3 + 8)}, "file.size"),
        ("paste", ["title"], "paste.incomplete"),
        ("paste", {"title": "\ud800", "text": "\ud800"}, "paste.incomplete"),
        ("fetch", {"address": "https://luohe.example/"}, "job.failed"),
        ("unknown", {}, "error.unexpected"),
        ("", "", "error.unexpected"),
    ],
)
def test_what_does_not_fit_is_named(
    read_only: LibraryDesk, action: str, given: object, error: str
) -> None:
    assert read_only.operate(action, given, HERE)["error"] == error
    assert sorted(path.name for path in read_only.settings.corpus_dir.iterdir()) == [
        "gdp-2024.md",
        "jiahu-flutes.md",
        "xu-shen.md",
    ]


def test_a_job_that_fails_says_why(desk: LibraryDesk) -> None:
    desk.operate("remove", {"document": "nowhere"}, HERE)
    told = last(desk.follow(HERE))
    assert told["error"] == "job.failed"
    assert "nowhere" in told["detail"]
    assert desk.report() == {"html": ""}


def test_one_job_at_a_time_and_the_waiting_file_is_kept(desk: LibraryDesk) -> None:
    arrived = arrive(desk, "bridge.md", BRIDGE)
    desk.operate("ingest", {"rebuild": True}, HERE)
    refused = desk.operate("add", {"tickets": [arrived["ticket"]]}, HERE)
    assert refused == {"error": "job.running"}
    last(desk.follow(HERE))
    desk.operate("add", {"tickets": [arrived["ticket"]]}, HERE)
    assert last(desk.follow(HERE))["result"]["files"][0]["outcome"] == "added"


def ids(html: str) -> list[str]:
    return [str(one.attributes["data-document"]) for one in parse(html).all(classes="headline")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, {"gdp-2024", "xu-shen", "jiahu-flutes"}),
        ({"topic": "economy"}, {"gdp-2024"}),
        ({"topic": "nothing"}, set()),
        ({"query": "骨笛"}, {"jiahu-flutes"}),
        ({"query": "说文解字"}, {"xu-shen"}),
        ({"query": "說文解字"}, {"xu-shen"}),
        ({"query": "?", "topic": 7, "year": [], "limit": "many"}, set()),
        ({"year": "1999"}, set()),
    ],
)
def test_articles_are_found_by_topic_year_and_words_in_either_script(
    read_only: LibraryDesk, wanted: object, found: set[str]
) -> None:
    result = read_only.articles(wanted)
    assert set(ids(result["html"])) == found
    assert result["found"] == len(found)
    assert result["total"] == 3
    assert sum(number for _, number in result["topics"]) == 3
    assert sum(number for _, number in result["years"]) == 3
    assert (".md", ".markdown") in result["suffixes"]


def test_only_so_many_are_listed_at_first(read_only: LibraryDesk) -> None:
    result = read_only.articles({"limit": 2})
    assert (result["shown"], result["found"], len(ids(result["html"]))) == (2, 3, 2)


@pytest.mark.parametrize("write", [catalogue.by_year, catalogue.entries])
def test_a_title_is_text(write: Callable[..., str]) -> None:
    html = write([document([("paragraph", "文")], title=HOSTILE, identity=HOSTILE)])
    tree = parse(html)
    assert tree.all("img") == []
    assert HOSTILE in tree.text
