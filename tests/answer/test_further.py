"""What is offered after an answer is answered, and by the sentence that it was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.answer.forms.further import offers
from lhassist.answer.question import Reader
from lhassist.answer.question.names import Names
from lhassist.assistant import Assistant
from lhassist.schema import ReaderScript
from lhassist.script import convert, fold
from lhassist.terms import Analyzer
from tests.answer.sample import open_sample

QUESTIONS = [
    "漯河2024年上半年GDP增长多少？",
    "贾湖骨笛是用什么骨头做的？",
    "《说文解字》有多少个部首？",
    "漯河有哪几个区和县",
    "漯河每年屠宰多少头生猪",
    "卫龙在哪里上市？",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Assistant:
    return open_sample(tmp_path_factory.mktemp("further"), sample_corpus)


@pytest.mark.parametrize("script", ["zh-Hans", "zh-TW", "zh-HK"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_that_is_offered_is_answered_by_something_new(
    assistant: Assistant, question: str, script: ReaderScript
) -> None:
    answer = assistant.ask(question, script=script)
    offered = assistant.further(answer)
    assert 1 <= len(offered) <= 3
    quoted = {(one.document_id, one.start) for one in answer.citations}
    for one in offered:
        told = assistant.ask(one)
        assert told.status == "answered", one
        assert {(cited.document_id, cited.start) for cited in told.citations} - quoted
        assert one == convert(fold(one), script, "zh-Hans")


def test_a_refusal_is_followed_by_nothing(assistant: Assistant) -> None:
    assert assistant.further(assistant.ask("漯河地铁有几条线？")) == ()


def test_a_question_stands_by_itself(assistant: Assistant) -> None:
    generation = assistant.generation
    reader = Reader(Names(generation.gazetteer), Analyzer(generation.gazetteer))
    made = {
        offer.question
        for question in QUESTIONS
        for offer in offers(assistant.ask(question), generation, reader)
    }
    assert "《说文解字》全书立多少个部首？" in made
    for question in made:
        assert question.endswith("？")
        assert not question.startswith(("其", "此", "这", "那", "他", "她", "它", "今年", "去年"))
        assert not any(mark in question for mark in "「」“”（），：")
