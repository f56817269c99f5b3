"""What is offered where only the period or the edition is not held."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from lhassist.schema import ReaderScript
from lhassist.script import convert, fold
from tests.answer.sample import open_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Assistant:
    return open_sample(tmp_path_factory.mktemp("nearest") / "index", sample_corpus)


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("2025年上半年漯河规模以上工业增加值增长多少？", "period", ["2024年上半年", "12.1%"]),
        ("2024年前三季度漯河GDP增长多少？", "period", ["2024年", "%"]),
        ("卫龙2025年的利润是多少？", "period", ["10.68亿"]),
        ("第八届食博会签约了多少个项目？", "entity", ["第七届", "75个"]),
    ],
)
def test_the_nearest_thing_is_offered_as_what_it_is(
    sample: Assistant, question: str, reason: str, said: list[str], script: ReaderScript
) -> None:
    answer = sample.ask(convert(question, script))
    assert (answer.status, answer.form, answer.reason) == ("refused", "nearest", reason)
    assert len(answer.citations) == 1
    for words in said:
        assert words in fold(answer.text)
    for suggestion in answer.suggestions:
        assert sample.ask(suggestion).status == "answered"


@pytest.mark.parametrize(
    "question", ["许昌2024年上半年的GDP增长多少？", "2024年漯河地铁有几条线？"]
)
def test_nothing_is_offered_of_another_place_or_thing(sample: Assistant, question: str) -> None:
    answer = sample.ask(question)
    assert (answer.status, answer.form, answer.citations) == ("refused", "refusal", ())


def test_what_says_as_much_of_a_nearer_period_is_offered(sample: Assistant) -> None:
    answer = sample.ask("2026年2月漯河的GDP增长多少？")
    assert answer.form == "nearest"
    assert [one.document_id for one in answer.citations] == ["gdp-2025-h1"]
