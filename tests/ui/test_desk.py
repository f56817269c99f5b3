"""What the page asks for, over the real assistant; and what a hostile browser might ask."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.ui.claims import check
from lhassist.ui.desk import Desk
from lhassist.ui.labels import LANGUAGES, tables
from tests.ui.html_tree import parse

LABELS = tables()["zh-CN"]


@pytest.fixture(scope="module")
def desk(assistant: Assistant) -> Desk:
    return Desk(assistant)


def _last(desk: Desk, question: str, script: str = "", session: str = "") -> dict[str, Any]:
    *_, reply, _ = desk.ask(question, script, session)
    return reply


def test_the_first_page_holds_every_topic_and_the_number_of_articles(
    desk: Desk, assistant: Assistant
) -> None:
    first = desk.start("", "zh-HK")
    assert first["language"] == "zh-HK"
    assert first["articles"] == len(assistant.generation.documents)
    headings = parse(first["front"]).all("h3")
    topics = [one.all("button")[0].attributes["data-topic"] for one in headings]
    assert set(topics) == {one.topic or "other" for one in assistant.generation.documents.values()}
    shown = 0
    for topic in topics:
        shown += len(parse(desk.topic(topic)["html"]).all("button", "headline"))
    assert shown == first["articles"]


def test_what_a_reader_chose_goes_before_what_the_browser_says(desk: Desk) -> None:
    assert desk.start("zh-TW", "en")["language"] == "zh-TW"
    assert desk.start("klingon", "en")["language"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_that_is_offered_is_answered(desk: Desk, language: str) -> None:
    offered = desk.examples(language, "")["examples"]
    assert len(offered) >= 4
    for question in offered:
        assert _last(desk, question)["status"] == "answered"


@pytest.mark.parametrize(
    ("question", "script", "session", "written"),
    [
        ("贾湖骨笛是用什么骨头做的？", "", "zh-TW", "zh-Hans"),
        ("賈湖骨笛是用什麼骨頭做的？", "", "zh-HK", "zh-HK"),
        ("賈湖骨笛是用什麼骨頭做的？", "zh-Hans", "", "zh-Hans"),
        ("贾湖骨笛是用什么骨头做的？", "zh-TW", "", "zh-TW"),
    ],
)
def test_answers_come_in_the_script_of_the_question_unless_the_reader_fixed_one(
    desk: Desk, question: str, script: str, session: str, written: str
) -> None:
    assert _last(desk, question, script, session)["script"] == written


def test_an_answer_grows_and_what_is_read_aloud_only_gets_longer(desk: Desk) -> None:
    *replies, below = desk.ask("漯河的四大文化是哪四个？", "", "")
    for reply in replies:
        tree = parse(reply["html"])
        sentences = [one.text for one in tree.all("span", "sentence")]
        assert len(sentences) == len(reply["said"])
    assert [one["text"] for one in below["saved"]["sentences"]] == replies[-1]["said"]


def test_what_was_searched_stands_under_an_answer_with_its_scores(desk: Desk) -> None:
    question = "漯河2024年上半年GDP增长多少？"
    *_, below = desk.ask(question, "", "")
    hits = parse(below["found"]).all("ol", "hits")[0].all("li")
    found = desk.assistant.ask(question).hits
    assert len(hits) == len(found) > 5
    for item, hit in zip(hits, found, strict=True):
        opened = item.all("button")[0].attributes
        assert opened["data-document"] == hit.passage.document_id
        assert int(opened["data-start"] or -1) == hit.passage.start
        scores = json.loads(item.all("span", "scores")[0].attributes["data-args"] or "")
        assert scores["score"] == f"{hit.score:.2f}"
    assert parse(below["found"]).all("span", "cited")


def test_questions_to_go_on_with_are_answered(desk: Desk) -> None:
    *_, below = desk.ask("《说文解字》有多少个部首？", "zh-TW", "")
    offered = [one.text for one in parse(below["further"]).all("button")]
    assert offered
    for question in offered:
        assert _last(desk, question)["status"] == "answered"


def test_every_mark_of_an_answer_opens_the_very_words(desk: Desk, assistant: Assistant) -> None:
    tree = parse(_last(desk, "漯河2024年上半年GDP增长多少？")["html"])
    sources = tree.all("div", "quoted")
    assert sources
    for source, quote in zip(sources, tree.all("blockquote"), strict=True):
        where = source.attributes
        start, end = int(where["data-start"] or 0), int(where["data-end"] or 0)
        identity = where["data-document"] or ""
        article = desk.article({"document": identity, "start": start, "end": end})
        marked = "".join(one.text for one in parse(article["html"]).all("mark"))
        assert marked == quote.text == assistant.document(identity).text[start:end]


def test_a_follow_up_is_taken_for_the_question_that_it_is_part_of(desk: Desk) -> None:
    first = "漯河2024年上半年GDP增长多少？"
    reply = _last(desk, first)
    assert reply["understood"] == first
    turn = {"question": first, "understood": first, "said": "".join(reply["said"])}
    *_, then, _ = desk.ask("那规上工业呢？", "", "", [turn])
    assert then["understood"] == "漯河2024年上半年规上工业增长多少？"
    assert then["understood"] in parse(then["html"]).all("p", "hint")[0].attributes["data-args"]
    assert "12.1%" in then["html"]


@pytest.mark.parametrize(
    "history",
    [
        None,
        7,
        "漯河",
        {},
        [None, 7, "漯河", [], {}],
        [{"question": "漯河有几个县？"}],
        [{"question": 1, "understood": [], "said": {}}],
        [{"question": "", "understood": "", "said": ""}],
        [{"question": "问" * 10_000, "understood": "问" * 10_000, "said": "答" * 10_000}],
        [{"question": "漯", "understood": "漯", "said": 9}] * 10_000,
        [{"question": "<script>", "understood": "\ud800(((漯河", "said": "\x00"}],
    ],
)
def test_a_history_may_be_anything(desk: Desk, history: object) -> None:
    *_, reply, _ = desk.ask("贾湖骨笛是用什么骨头做的？", "", "", history)
    assert reply["status"] == "answered"
    assert reply["understood"] == "贾湖骨笛是用什么骨头做的？"


def test_what_cannot_be_asked_is_met_with_a_label(desk: Desk) -> None:
    for question in ("", "   ", "！？", "\ud800", "问" * 10_000):
        (reply,) = desk.ask(question, "", "")
        assert reply["error"] in LABELS


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        7,
        "gdp-2024",
        [],
        {},
        {"document": "../../etc/passwd"},
        {"document": None, "start": 1},
        {"document": ["gdp-2024"]},
    ],
)
def test_an_article_that_is_not_held_is_met_with_a_label(desk: Desk, wanted: object) -> None:
    assert desk.article(wanted)["error"] in LABELS


@pytest.mark.parametrize(
    "span",
    [
        {"start": -5, "end": 4},
        {"start": 9, "end": 9},
        {"start": 0, "end": 10**9},
        {"start": "0", "end": "9"},
        {"start": 1.5, "end": 2.5},
        {"start": 3},
        {"script": "zh-Klingon"},
        {"script": {"a": 1}},
    ],
)
def test_a_place_that_does_not_exist_marks_nothing(
    desk: Desk, assistant: Assistant, span: dict[str, object]
) -> None:
    identity = next(iter(assistant.generation.documents))
    tree = parse(desk.article({"document": identity, **span})["html"])
    assert tree.all("mark") == []
    assert tree.all("h2")[0].text == assistant.document(identity).title


@pytest.mark.parametrize("topic", [None, 3, "", "nothing", ["economy"], {"a": 1}])
def test_a_topic_that_is_not_held_is_met_with_a_label(desk: Desk, topic: object) -> None:
    assert desk.topic(topic)["error"] in LABELS


def test_everything_travels_as_json(desk: Desk) -> None:
    for value in (
        desk.start("", ""),
        desk.examples("en", ""),
        desk.topic("economy"),
        _last(desk, "漯河地铁有几条线？"),
    ):
        assert json.loads(json.dumps(value)) == value


def test_only_articles_of_one_topic_stand_on_its_shelf_newest_first(
    desk: Desk, assistant: Assistant
) -> None:
    tree = parse(desk.topic("economy")["html"])
    held = [
        assistant.document(one.attributes["data-document"] or "")
        for one in tree.all("button", "headline")
    ]
    assert {one.topic for one in held} == {"economy"}
    dates = [one.published.date if one.published else "" for one in held]
    assert dates == sorted(dates, reverse=True)


def test_each_statement_is_marked_and_quoted_in_both_scripts(assistant: Assistant) -> None:
    for text, script in (
        ("漯河2024年上半年GDP增长8.7%。贾湖骨笛用鹤类的尺骨制成。漯河有地铁。", "zh-Hans"),
        ("漯河2024年上半年GDP增長8.7%。賈湖骨笛用鶴類的尺骨製成。漯河有地鐵。", "zh-TW"),
    ):
        result = check(assistant, {"text": text, "script": script})
        assert result["counts"] == {"supported": 1, "contradicted": 1, "not_found": 1}
        tree = parse(result["html"])
        said = [one.text for one in tree.all("p", "statement")]
        assert "".join(said) == text
        assert [one.attributes["data-verdict"] for one in tree.all("li", "claim")] == [
            "contradicted",
            "supported",
            "not_found",
        ]
        numbers = []
        for quoted in tree.all("div", "quoted"):
            where = quoted.attributes
            numbers.append(where["data-cite"])
            document = assistant.document(where["data-document"] or "")
            start, end = int(where["data-start"] or 0), int(where["data-end"] or 0)
            assert quoted.all("blockquote")[0].text == document.text[start:end]
        assert numbers == [str(n) for n in range(1, len(numbers) + 1)] != []


@pytest.mark.parametrize(
    "wanted", [None, 7, {}, {"text": 3}, {"text": "！"}, {"text": "漯" * 10_000}]
)
def test_what_cannot_be_checked_is_met_with_a_label(assistant: Assistant, wanted: object) -> None:
    assert check(assistant, wanted)["error"] in LABELS
