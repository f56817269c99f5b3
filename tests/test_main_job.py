"""The job that the product exists for, from the command line, over the real article."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.script import convert
from tests.conftest import REPOSITORY

ANSWERED = [
    ("2024年上半年漯河市生产总值增长多少？", ["7.8%"]),
    ("漯河2024年上半年GDP增长多少？", ["7.8%"]),
    ("2024年上半年漯河规上工业增加值增速居全省第几位？", ["第一"]),
    ("漯河市委八届六次全会提出了多少条改革措施？", ["37"]),
    ("漯河12345热线有多少个话务座席？", ["80"]),
    ("五里庙社区有多少个功能室？", ["32"]),
    ("漯河的四大文化是哪四个？", ["贾湖文化", "许慎文化", "商埠文化", "食品文化"]),
    ("高层次创新人才六可选包括哪些？", ["住房", "子女入学", "薪酬", "医", "编制", "资金"]),
    ("漯河三大主导产业集群规模有多大？", ["2400"]),
    ("贾湖骨笛是用什么骨头做的？", ["鹤类"]),
    ("说文解字有多少个部首？", ["540"]),
]
REFUSED = ["漯河地铁有几条线？", "今天天气怎么样？", "写一首诗。", "漯河市长的电话是多少？"]


@dataclass(frozen=True)
class Collection:
    index: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "lhassist", *arguments, "--index", str(self.index)],
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def collection(
    tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path, seed: Path
) -> Collection:
    collection = Collection(tmp_path_factory.mktemp("main") / "index")
    result = collection.run("ingest", str(sample_corpus), str(seed), "--json")
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["failed"] == []
    assert seed.stem in report["added"]
    return collection


@pytest.fixture(scope="module")
def assistant(collection: Collection) -> Assistant:
    return Assistant.open(Settings.load(index_dir=collection.index))


def _folded(text: str) -> str:
    return convert(text, "zh-Hans")


def _check_quotes(answer: dict[str, Any], assistant: Assistant) -> None:
    for citation in answer["citations"]:
        document = assistant.document(citation["document_id"])
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_prints_one_object_with_exact_quotes(
    collection: Collection, assistant: Assistant
) -> None:
    result = collection.run("ask", ANSWERED[0][0], "--json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert answer["script"] == "zh-Hans"
    assert {"question", "text", "citations", "hits", "generator", "timings_ms"} <= answer.keys()
    assert answer["citations"]
    _check_quotes(answer, assistant)


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(("question", "needed"), ANSWERED)
def test_answered_with_the_figure_in_the_text_and_in_a_quote(
    assistant: Assistant, question: str, needed: list[str], script: Any
) -> None:
    answer = assistant.ask(convert(question, script))
    assert answer.status == "answered", answer.text
    assert answer.script == script
    quotes = _folded(" ".join(citation.quote for citation in answer.citations))
    for word in needed:
        assert word in _folded(answer.text)
        assert word in quotes
    for citation in answer.citations:
        document = assistant.document(citation.document_id)
        assert document.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("question", REFUSED)
def test_refused_with_what_the_collection_covers(
    assistant: Assistant, question: str, script: Any
) -> None:
    answer = assistant.ask(convert(question, script), session_script=script)
    assert answer.status == "refused", answer.text
    assert answer.script == script
    assert answer.citations == ()
    assert answer.topics


@pytest.mark.parametrize(
    ("question", "says"),
    [("", "empty"), ("   ", "empty"), ("😀🎉", "question"), ("问" * 10_000, "10,000")],
)
def test_a_question_that_cannot_be_asked_gets_one_clear_message(
    collection: Collection, question: str, says: str
) -> None:
    result = collection.run("ask", question)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_english_question_gets_an_answer_about_the_right_article(assistant: Assistant) -> None:
    hits = assistant.search("What are the bone flutes of Jiahu made of?", 3)
    assert any("骨笛" in _folded(hit.passage.text) for hit in hits)


def test_the_app_file_exposes_the_page_in_ten_lines() -> None:
    lines = (REPOSITORY / "app.py").read_text("utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) <= 12
    assert any(line.startswith("demo") for line in lines)
