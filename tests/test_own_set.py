"""The project's own questions: whole, fair and judged by words that stand in the articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from lhassist import corpus, passages
from lhassist.gazetteer import Gazetteer
from lhassist.schema import Document, Passage
from lhassist.script import detect, fold
from lhassist.terms import Analyzer, is_chinese
from tests.conftest import REPOSITORY

CORPUS = REPOSITORY / "corpus"
QUESTIONS = REPOSITORY / "eval" / "luohe" / "questions.jsonl"
LEAST = {
    "figure": 60,
    "name": 30,
    "definition": 20,
    "list": 30,
    "comparison": 20,
    "time": 40,
    "cause": 16,
    "paraphrase": 160,
    "typo": 60,
    "english": 20,
    "unanswerable": 60,
}
# Words that carry no topic: no passage is found by them.
LIGHT = frozenset("也了他们做像到叫和在它年想把排是有比的能谁过那都") | {"这里"}


@cache
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@cache
def articles() -> dict[str, Document]:
    return {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in corpus.scan([CORPUS])
    }


@cache
def split(document_id: str) -> tuple[Passage, ...]:
    return passages.split(articles()[document_id])


@cache
def analyzer() -> Analyzer:
    return Analyzer(Gazetteer.load(CORPUS / "gazetteer.toml"))


def pairs() -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for question in questions():
        if question["pair"]:
            found[question["pair"]].append(question)
    return found


def asked(kind: str) -> list[Any]:
    return [pytest.param(one, id=one["id"]) for one in questions() if one["kind"] == kind]


def letters(text: str) -> str:
    return "".join(c for c in fold(text) if c not in "“”「」")


def test_ids_are_unique_and_no_question_is_asked_twice() -> None:
    assert max(Counter(one["id"] for one in questions()).values()) == 1
    assert max(Counter((one["script"], one["text"]) for one in questions()).values()) == 1


def test_every_kind_has_its_number() -> None:
    kinds = Counter(one["kind"] for one in questions())
    assert set(kinds) == set(LEAST)
    assert {kind: number for kind, number in LEAST.items() if kinds[kind] < number} == {}
    assert sum(one["near"] for one in questions()) >= 30
    assert len({one["pair"] for one in questions() if one["kind"] == "paraphrase"}) >= 80


def test_every_quote_stands_in_its_article() -> None:
    wrong = [
        (question["id"], judgement)
        for question in questions()
        for judgement in question["judgements"]
        if judgement["quote"] not in articles()[judgement["document_id"]].text
    ]
    assert wrong == []


def test_what_is_unanswerable_has_no_judgement_and_the_rest_has() -> None:
    for one in questions():
        assert one["answerable"] == bool(one["judgements"]) == bool(one["answers"]), one["id"]
        assert one["answerable"] == (one["kind"] != "unanswerable"), one["id"]
        assert not (one["near"] and one["answerable"]), one["id"]


def test_every_answer_stands_in_a_judged_quote() -> None:
    for one in questions():
        quotes = fold(" ".join(judgement["quote"] for judgement in one["judgements"]))
        absent = [answer for answer in one["answers"] if fold(answer) not in quotes]
        assert not absent, one["id"]


def test_every_article_is_asked_about() -> None:
    judged = {j["document_id"] for one in questions() for j in one["judgements"]}
    assert judged == set(articles())


def test_pairs_are_whole_and_judged_alike() -> None:
    for name, two in pairs().items():
        assert sorted(one["script"] for one in two) == ["zh-Hans", "zh-Hant"], name
        for key in ("kind", "answerable", "near", "judgements", "answers"):
            assert two[0][key] == two[1][key], name


def test_the_questions_of_a_pair_are_the_same_but_for_declared_words() -> None:
    for name, (first, second) in pairs().items():
        same = letters(first["text"]) == letters(second["text"])
        declared = first.get("variant", False) and second.get("variant", False)
        assert same != declared, name


def test_questions_are_in_the_script_that_they_say() -> None:
    for one in questions():
        if one["script"] is None:
            assert not one["pair"]
            assert not is_chinese(one["text"])
        else:
            assert detect(one["text"]) in (one["script"], None), one["id"]


def content(text: str) -> set[str]:
    """The words that could find a passage; the city's name is everywhere and finds none."""
    words = {word for word in analyzer().words(text) if word != "漯河"}
    return words - LIGHT


@pytest.mark.parametrize("question", asked("paraphrase"))
def test_a_paraphrase_shares_no_content_word_with_its_passages(question: dict[str, Any]) -> None:
    words = content(question["text"])
    for judgement in question["judgements"]:
        text = articles()[judgement["document_id"]].text
        start = text.index(judgement["quote"])
        end = start + len(judgement["quote"])
        for passage in split(judgement["document_id"]):
            if passage.start < end and start < passage.end and passage.kind == "body":
                shared = words & content(passage.text)
                assert not shared, (question["text"], shared)
