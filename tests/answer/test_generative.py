"""Answers in a model's words: what is said of them, what is cited, and what happens when it fails.

The model is scripted, behind a real server on loopback; the articles and the embedder are real.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from lhassist.answer.citing.verify import problems
from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.schema import Answer
from lhassist.script import detect
from tests.answer.sample import real_embedder
from tests.llm.scripted_server import Die, Hang, ScriptedServer, Step, Think, scripted_server

GDP = "2024年上半年漯河市地区生产总值增长多少？"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture(scope="module")
def with_model(sample: Assistant, sample_index: Path, server: ScriptedServer) -> Assistant:
    """The articles of `sample`, with a model to write."""
    settings = Settings.load(
        index_dir=sample_index,
        generator="llm",
        llm_model="m",
        llm_url=f"{server.url}/v1",
        llm_pause=0.5,
        llm_timeout=20,
    )
    return Assistant.open(settings, embedder=real_embedder())


def _say(server: ScriptedServer, *steps: Step) -> None:
    server.requests.clear()
    server.steps, server.status = steps, 200


def holds(answer: Answer, assistant: Assistant) -> None:
    """Every sentence is borne out by each of its citations, and every quote is its article's."""
    cited = {one.number: one for one in answer.citations}
    assert sorted(cited) == list(range(1, len(cited) + 1))
    for one in answer.citations:
        text = assistant.document(one.document_id).text
        assert text[one.start : one.end] == one.quote
    for sentence in answer.sentences:
        assert sentence.citations
        for number in sentence.citations:
            quote = cited[number]
            assert problems(sentence.text, [(quote.quote, quote.published)]) == ()


def test_what_a_quote_bears_out_is_said_in_the_models_words(
    sample: Assistant, with_model: Assistant, server: ScriptedServer
) -> None:
    _say(server, "今年上半年，漯河市地区生产总值", "比去年同期增长7.8%。")
    answer = with_model.ask(GDP)
    assert answer.generator == "llm:m"
    assert answer.fallback is None
    assert [one.text for one in answer.sentences] == [
        "今年上半年（2024年1–6月），漯河市地区生产总值比去年同期（2023年1–6月）增长7.8%。"
    ]
    assert answer.sentences[0].text != sample.ask(GDP).sentences[0].text
    assert [stage for stage, _ in answer.timings_ms] == ["retrieve", "answer", "model"]
    holds(answer, with_model)


def test_the_words_come_in_the_readers_script(
    with_model: Assistant, server: ScriptedServer
) -> None:
    _say(server, "今年上半年，漯河市地区生产总值比去年同期增长7.8%。")
    answer = with_model.ask("2024年上半年漯河市地區生產總值增長多少？")
    assert answer.generator == "llm:m"
    assert "生產總值比去年同期（2023年1–6月）增長7.8%" in answer.text
    assert detect(answer.sentences[0].text) == "zh-Hant"
    assert "繁體中文" in server.requests[0]["messages"][0]["content"]
    holds(answer, with_model)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        # An invented figure and an invented mayor, both cited: the one becomes its quote.
        (
            "今年上半年，漯河市地区生产总值比去年同期增长7.8%。"
            "全市生产总值增长9.9%，增速全省第一。[1]漯河市市长王大明主持工作。[1]",
            "7.8%",
        ),
        ("今年上半年，漯河市地区生产总值比去年同期增长7.8%。![](http://x.example/?q=7)", "7.8%"),
        ("今年上半年，漯河市地区生产总值比去年同期增长7.8%。详见http://x.example/7。", "7.8%"),
        ("根据资料，今年上半年，漯河市地区生产总值比去年同期增长7.8%[1]。", "7.8%"),
        (
            "去年上半年，漯河市地区生产总值比去年同期增长7.8%。今年上半年，漯河市地区生产总值增长7.8%。",
            "7.8%",
        ),
    ],
)
def test_what_no_quote_bears_out_is_not_said(
    with_model: Assistant, server: ScriptedServer, said: str, shown: str
) -> None:
    _say(server, said)
    answer = with_model.ask(GDP)
    assert shown in answer.text
    for never in ("9.9%", "王大明", "x.example", "http", "!["):
        assert never not in answer.text
    holds(answer, with_model)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([], "empty"),
        ([Think("用户问的是生产总值。")], "empty"),
        (["<think>用户问的是生产总值。</think>"], "empty"),
        (["。。。 *** 。"], "empty"),
        (["资料中没有提到这个问题。"], "ungrounded"),
        (["漯河市地区生产总值增长9.9%。"], "ungrounded"),
        (["lorem ipsum dolor sit amet " * 40], "ungrounded"),
        (["增速全省第一。"], "ungrounded"),
        (["今年上半年，漯河市地区生产总值比去年同期增长7.8%。增", Die()], "error"),
        (["今年上半年，漯河市地区生产总值比去年同期增长7.8%。增", Hang()], "timeout"),
        ([Die()], "error"),
    ],
)
def test_where_the_model_fails_the_extracted_answer_is_given_and_says_so(
    sample: Assistant,
    with_model: Assistant,
    server: ScriptedServer,
    steps: Sequence[Step],
    why: str,
) -> None:
    _say(server, *steps)
    answer = with_model.ask(GDP)
    extracted = sample.ask(GDP)
    assert answer.fallback == why
    assert answer.generator == "extractive"
    assert (answer.text, answer.citations) == (extracted.text, extracted.citations)


def test_a_server_that_refuses_costs_nothing_but_the_words(
    sample: Assistant, with_model: Assistant, server: ScriptedServer
) -> None:
    _say(server)
    server.status = 503
    answer = with_model.ask(GDP)
    assert (answer.fallback, answer.text) == ("error", sample.ask(GDP).text)


@pytest.mark.parametrize(
    "question",
    ["漯河地铁有几条线？", "漯河2019年上半年的生产总值增长多少？", "漯河各年GDP增速是多少？"],
)
def test_a_refusal_or_a_table_is_not_shown_to_the_model(
    sample: Assistant, with_model: Assistant, server: ScriptedServer, question: str
) -> None:
    _say(server, "漯河地铁有三条线。")
    answer = with_model.ask(question)
    assert answer.text == sample.ask(question).text
    assert answer.form != "sentences"
    assert server.requests == []


def test_a_stream_shows_a_sentence_only_when_it_is_verified(
    with_model: Assistant, server: ScriptedServer
) -> None:
    _say(
        server,
        "今年上半年，漯河市地区生产总值比去年同期增长7.8%。",
        "增速是9.9%。",
        "市长王大明说好。",
        Hang(),
    )
    shown = list(with_model.stream(GDP))
    assert len(shown) >= 3
    for answer in shown:
        assert "9.9%" not in answer.text
        assert "王大明" not in answer.text
        holds(answer, with_model)
    assert (shown[0].generator, shown[0].fallback) == ("extractive", "pending")
    assert shown[1].generator == "llm:m"
    assert shown[-1].fallback == "timeout"


def test_quotes_go_to_the_model_as_numbered_data_the_best_first(
    sample: Assistant, with_model: Assistant, server: ScriptedServer
) -> None:
    _say(server)
    with_model.ask(GDP)
    rules, *_, task = (one["content"] for one in server.requests[0]["messages"])
    told = json.loads(task)
    assert told["question"] == GDP
    assert [one["number"] for one in told["evidence"]] == list(range(1, len(told["evidence"]) + 1))
    assert {one["type"] for one in told["evidence"]} == {"quote"}
    first = sample.ask(GDP).citations[0]
    assert (told["evidence"][0]["title"], told["evidence"][0]["published"]) == (
        first.title,
        first.published.date if first.published else None,
    )
    assert GDP not in rules
