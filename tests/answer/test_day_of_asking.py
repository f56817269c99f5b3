"""Answers about an archive, asked on other days and in the middle of a conversation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from lhassist.assistant import Assistant
from lhassist.facts.relative import on_day
from lhassist.schema import Turn
from tests.conftest import REPOSITORY

DAYS = [date(2024, 3, 1), date(2026, 11, 23), date(2030, 7, 1)]
QUESTIONS = [
    row["text"]
    for row in map(
        json.loads, (REPOSITORY / "eval/luohe/questions.jsonl").read_text("utf-8").splitlines()
    )
]


def test_the_day_of_asking_changes_no_answer_to_a_question_without_relative_dates(
    sample: Assistant,
) -> None:
    plain = [question for question in QUESTIONS if on_day(question, DAYS[0]) == question][::7]
    assert len(plain) > 50
    for question in plain:
        answers = {
            replace(sample.ask(question, asked_on=day), timings_ms=(), hits=()) for day in DAYS
        }
        assert len(answers) == 1, question


def test_last_year_is_that_of_the_day_of_asking(sample: Assistant) -> None:
    question = "去年上半年漯河GDP增长多少？"
    in_2025 = sample.ask(question, asked_on=date(2025, 9, 1))
    in_2026 = sample.ask(question, asked_on=date(2026, 9, 1))
    assert in_2025.question == question
    assert in_2025.understood_as == "2024年上半年漯河GDP增长多少？"
    assert "7.8%" in in_2025.text
    assert "7.3%" in in_2026.text


@pytest.mark.parametrize(
    ("first", "then", "understood"),
    [
        (
            "2024年上半年漯河GDP增长多少？",
            "那规上工业呢？",
            "2024年上半年漯河规上工业增长多少？",
        ),
        (
            "2024年上半年漯河GDP增長多少？",
            "那規上工業呢？",
            "2024年上半年漯河規上工業增長多少？",
        ),
    ],
)
def test_a_follow_up_is_answered_as_it_was_understood(
    sample: Assistant, first: str, then: str, understood: str
) -> None:
    history = [Turn(first, first, sample.ask(first))]
    answer = sample.ask(then, history=history)
    assert answer.understood_as == understood
    assert answer.question == then
    assert "12.1%" in answer.text
    alone = sample.ask(understood)
    assert alone.understood_as is None
    assert answer.citations == alone.citations
    assert list(sample.stream(then, history=history))[-1].text == answer.text


def test_a_follow_up_without_a_telling_character_is_answered_in_the_script_of_the_conversation(
    sample: Assistant,
) -> None:
    first = "2024年上半年漯河GDP增長多少？"
    history = [Turn(first, first, sample.ask(first))]
    assert sample.ask("那2025年呢？", history=history).script == "zh-Hant"
