"""No sentence is said that its quote does not bear out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist import corpus
from lhassist.answer.citing.verify import problems
from lhassist.evaluation.cases import CASES, read_cases
from lhassist.evaluation.mutations import measure_mutations
from lhassist.schema import Published
from lhassist.script import convert
from tests.conftest import REPOSITORY

MOST_TRUE_BLOCKED = 0.02
IN_2024 = Published("2024-08")
GROWTH = "今年上半年，漯河生产总值增长7.8%，居全省第一位；工业投资增长32%。"
FIRM = "营业收入是62.66亿元，增长28.6%；利润是10.68亿元，增长21.3%。"


def said(text: str, quote: str = GROWTH) -> tuple[str, ...]:
    return problems(text, [(quote, IN_2024)])


def test_nearly_true_sentences_are_stopped_and_true_ones_pass() -> None:
    documents = {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in corpus.scan([REPOSITORY / "corpus"])
    }
    cases = read_cases(REPOSITORY / "eval" / CASES)
    report = measure_mutations(problems, documents, cases)
    assert [one.text for one in report.missed] == []
    assert report.true_blocked <= MOST_TRUE_BLOCKED


@pytest.mark.parametrize(
    "text",
    [
        GROWTH,
        convert(GROWTH, "zh-Hant", "zh-Hans"),
        "漯河生产总值增长百分之七点八，居全省第1位",
        "工业投资增长３２％。[1]",
        "今年上半年（2024年1–6月），漯河生产总值增长7.8%。",
        "2024年上半年，漯河生产总值增长7.8%。",
        "",
    ],
)
def test_what_the_quote_says_in_other_forms_passes(text: str) -> None:
    assert said(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "漯河生产总值增长8.7%。",
        "漯河生产总值增长7.8亿。",
        "漯河生产总值增长7.8%，居全省第三位。",
        "漯河生产总值增长32%。",
        "许昌生产总值增长7.8%。",
        "漯河生产总值下降7.8%。",
        "去年上半年，漯河生产总值增长7.8%。",
        "2023年上半年，漯河生产总值增长7.8%。",
        "今年上半年（2023年1–6月），漯河生产总值增长7.8%。",
        "今年上半年（2024年7–12月），漯河生产总值增长7.8%。",
    ],
)
def test_anything_else_is_a_problem(text: str) -> None:
    assert said(text) != ()


def test_a_figure_stays_with_its_own_words() -> None:
    assert said("利润是10.68亿元。", FIRM) == ()
    assert said("营业收入增长21.3%。", FIRM) != ()
    assert said("营业收入是10.68亿元。", FIRM) != ()


def test_the_unit_of_a_large_sum_may_go_unsaid() -> None:
    quote = "三大主导产业的集群规模已经超过2400亿元。"
    assert said("三大主导产业的集群规模2,400 亿。", quote) == ()
    assert said("三大主导产业的集群规模2400万元。", quote) != ()


def test_a_figure_stays_with_its_period() -> None:
    quote = "2019年收入33.85亿元，2020年收入41.2亿元。"
    assert said("2020年收入41.2亿元。", quote) == ()
    assert said("2019年收入41.2亿元。", quote) != ()


def test_without_a_quote_nothing_is_borne_out() -> None:
    assert problems(GROWTH, []) != ()


def test_one_quote_must_bear_a_sentence_out_alone() -> None:
    quotes = [("漯河面积2617平方公里。", IN_2024), ("许昌人口438万。", IN_2024)]
    assert problems("漯河面积2617平方公里。许昌人口438万。", quotes) == ()
    assert problems("漯河人口438万。", quotes) != ()


@given(st.decimals(min_value=0, max_value=99, places=1))
def test_only_the_quoted_number_passes(number: object) -> None:
    text = f"今年上半年，漯河生产总值增长{number}%。"
    assert (said(text) == ()) == (str(number) == "7.8")
