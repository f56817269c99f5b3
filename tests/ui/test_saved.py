"""Answers come back from a browser as they went, or not at all; quotes say what became of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.assistant import Assistant
from lhassist.schema import Answer, Media, Span
from lhassist.ui import saved
from lhassist.ui.desk import Desk
from tests.ui import samples
from tests.ui.html_tree import parse

QUESTIONS = ["贾湖骨笛是用什么骨头做的？", "漯河历年GDP增速", "漯河地铁有几条线？"]
SOURCE = samples.document([("paragraph", "沙河流過漯河。澧河也流過漯河。")], title="兩條河")
CITED = samples.citation(SOURCE, "澧河也流過漯河。")


def _there_and_back(answer: Answer) -> object:
    return json.loads(json.dumps(saved.to_json(answer)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_comes_back_as_it_went(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert saved.from_json(_there_and_back(answer)) == replace(answer, hits=())


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_restored_answer_looks_as_it_did(assistant: Assistant, question: str) -> None:
    desk = Desk(assistant)
    *_, whole, below = desk.ask(question, "", "")
    (restored,) = desk.restore({"answers": [below["saved"]]})["replies"]
    assert {key: restored[key] for key in whole} == whole
    assert restored["saved"] == below["saved"]


@pytest.mark.parametrize("kept", [None, 7, "漯河", [], {}, {"question": 7}, {"answers": [1]}])
def test_what_is_no_answer_is_left_out(assistant: Assistant, kept: object) -> None:
    desk = Desk(assistant)
    assert saved.from_json(kept) is None
    assert desk.restore({"answers": [kept]}) == {"replies": [None]}
    assert desk.restore(kept)["replies"] in ([], [None])


@given(st.data())
def test_one_broken_part_is_one_answer_less_and_no_error(data: st.DataObject) -> None:
    kept: Any = _there_and_back(samples.answer(("澧河也流過漯河。", CITED)))
    key = data.draw(st.sampled_from(sorted(kept)))
    kept[key] = data.draw(
        st.none() | st.integers() | st.text() | st.lists(st.integers(), max_size=2)
    )
    answer = saved.from_json(kept)
    if answer is not None:
        saved.as_of_now(answer, {SOURCE.id: SOURCE})


def test_a_mark_without_a_citation_is_no_answer() -> None:
    kept: Any = _there_and_back(samples.answer(("澧河也流過漯河。", CITED)))
    kept["sentences"][0]["citations"] = [9]
    assert saved.from_json(kept) is None


@pytest.mark.parametrize(
    ("text", "state", "start"),
    [
        (SOURCE.text, "same", CITED.start),
        (f"新的開頭。{SOURCE.text}", "moved", CITED.start + 5),
        ("全都改了。", "changed", None),
        (None, "gone", None),
    ],
)
def test_what_became_of_a_quote(text: str | None, state: str, start: int | None) -> None:
    document = None if text is None else replace(SOURCE, text=text)
    answer = samples.answer(("澧河也流過漯河。", CITED))
    now, standings = saved.as_of_now(answer, {} if document is None else {SOURCE.id: document})
    assert standings == {1: state}
    (citation,) = now.citations
    assert citation.quote == CITED.quote
    assert citation.start == (CITED.start if start is None else start)
    if document and start is not None:
        assert document.text[citation.start : citation.end] == CITED.quote


@given(st.text(), st.integers(0, 40), st.integers(0, 40), st.text(min_size=1))
def test_where_a_quote_is_said_to_stand_it_stands(
    text: str, start: int, end: int, quote: str
) -> None:
    state, span = saved.standing(replace(SOURCE, text=text), start, end, quote)
    assert (span is None) == (state in ("changed", "gone"))
    if span:
        assert text[span.start : span.end] == quote
    else:
        assert quote not in text


def test_a_browser_names_no_file_of_the_server() -> None:
    media = Media("image", "圖", Span(0, 1), "../../etc/passwd", "0" * 64)
    answer = samples.answer(("澧河也流過漯河。", replace(CITED, media=(media,))))
    now, _ = saved.as_of_now(answer, {SOURCE.id: SOURCE})
    assert now.citations[0].media[0].path is None
    assert now.citations[0].media[0].sha256 is None


def test_the_panel_shows_an_old_quote_where_the_article_says_otherwise(
    assistant: Assistant,
) -> None:
    desk = Desk(assistant)
    identity = next(iter(assistant.generation.documents))
    text = assistant.document(identity).text
    at = {"document": identity, "start": 0, "end": 5}
    same = parse(desk.article(at | {"quote": text[:5]})["html"])
    assert "".join(one.text for one in same.all("mark")) == text[:5]
    moved = parse(desk.article(at | {"quote": text[30:42]})["html"])
    assert "".join(one.text for one in moved.all("mark")) == text[30:42]
    changed = parse(desk.article(at | {"quote": "從前有<b>這句話"})["html"])
    assert changed.all("mark") == []
    assert changed.all("aside", "was")[0].all("blockquote")[0].text == "從前有<b>這句話"
    gone = parse(desk.article({"document": "no-such", "quote": "從前有這句話"})["html"])
    assert gone.all("blockquote")[0].text == "從前有這句話"
