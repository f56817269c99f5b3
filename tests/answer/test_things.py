"""Whether a sentence names a work or a company."""

from __future__ import annotations

import pytest

from lhassist.answer.weighing.things import names_thing
from tests.answer.test_question import READER


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("许慎写了什么书？", "他留下一部《说文解字》。", True),
        ("许慎写了什么书？", "从成书到献书，前后隔了21年。", False),
        ("《说文解字》以后他还写了什么书？", "《说文解字》成书于公元100年。", False),
        ("火腿肠是哪家企业做的？", "双汇做火腿肠。", True),
        ("酸奶是哪家企业做的？", "三剑客公司有酸奶。", True),
        ("酸奶是哪家企业做的？", "酸奶卖得很好。", False),
        ("双汇被哪家公司收购了？", "双汇去年更名。", False),
        ("漯河的市花是什么？", "《漯河日报》说，市花是月季。", False),
    ],
)
def test_a_thing_is_named_that_the_question_does_not_name(
    question: str, text: str, *, named: bool
) -> None:
    assert names_thing(READER.read(question), text, READER) == named
