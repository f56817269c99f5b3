from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.errors import EvaluationError
from lhassist.evaluation.metrics import Scores, paired, score

QRELS = {
    "first": {"a": 1},
    "third": {"a": 1},
    "half": {"a": 1, "b": 1},
    "missed": {"a": 1},
    "silent": {"a": 1},
}
RUN = {
    "first": {"a": 3.0, "b": 2.0},
    "third": {"x": 3.0, "y": 2.0, "a": 1.0},
    "half": {"a": 3.0, "x": 2.0},
    "missed": {"x": 1.0},
}


def test_values_computed_by_hand() -> None:
    scores = score(QRELS, RUN)
    assert scores.of("R@1") == pytest.approx(
        {"first": 1, "third": 0, "half": 0.5, "missed": 0, "silent": 0}
    )
    assert scores.of("RR@10") == pytest.approx(
        {"first": 1, "third": 1 / 3, "half": 1, "missed": 0, "silent": 0}
    )
    ideal = 1 + 1 / math.log2(3)
    assert scores.of("nDCG@10") == pytest.approx(
        {"first": 1, "third": 1 / math.log2(4), "half": 1 / ideal, "missed": 0, "silent": 0}
    )


def test_a_question_that_found_nothing_counts_as_0() -> None:
    with_it = score(QRELS, RUN).mean()
    without = score({name: QRELS[name] for name in RUN}, RUN).mean()
    assert with_it["R@5"] == pytest.approx(without["R@5"] * 4 / 5)
    assert score(QRELS, {}).mean()["R@5"] == 0


def test_a_question_with_no_relevant_judgement_is_left_out() -> None:
    scores = score({"q": {"a": 1}, "none": {"a": 0}, "empty": {}}, {"q": {"a": 1.0}})
    assert scores.questions == ("q",)


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(EvaluationError, match="Recal@3"):
        score(QRELS, RUN, ["Recal@3"])


def _scores(values: list[float], prefix: str = "q") -> Scores:
    names = tuple(f"{prefix}{number:04}" for number in range(len(values)))
    return Scores(names, ("R@1",), np.array(values, float).reshape(-1, 1))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_the_interval_lies_within_the_values_and_around_the_mean(values: list[float]) -> None:
    scores = _scores(values)
    low, high = scores.interval()["R@1"]
    mean = scores.mean()["R@1"]
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert low - 0.05 <= mean <= high + 0.05
    assert scores.interval() == scores.interval()


def test_the_interval_is_as_wide_as_theory_says() -> None:
    # A share of 0.5 in 400 questions: 1.96 * sqrt(0.25 / 400) = 0.049 to either side.
    low, high = _scores([0.0, 1.0] * 200).interval()["R@1"]
    assert (low, high) == pytest.approx((0.451, 0.549), abs=0.006)


def test_no_questions_give_zeros() -> None:
    assert _scores([]).mean() == {"R@1": 0}
    assert _scores([]).interval() == {"R@1": (0, 0)}


def test_the_paired_test_counts_sign_flips() -> None:
    # Of the eight ways to sign three equal gains, two are as extreme as all three on one side.
    (one,) = paired(_scores([0, 0, 0]), _scores([1, 1, 1]))
    assert one.p_value == pytest.approx(2 / 8, abs=0.02)
    assert (one.difference, one.better, one.worse) == (1, 3, 0)


def test_equal_runs_do_not_differ() -> None:
    (one,) = paired(_scores([0, 1, 1]), _scores([0, 1, 1]))
    assert (one.difference, one.p_value, one.interval) == (0, 1, (0, 0))


def test_a_gain_on_many_questions_is_no_chance() -> None:
    (one,) = paired(_scores([0] * 40 + [1] * 60), _scores([1] * 30 + [0] * 10 + [1] * 60))
    assert one.difference == pytest.approx(0.3)
    assert one.p_value < 0.001
    assert 0.2 < one.interval[0] < 0.3 < one.interval[1] < 0.4


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_swapping_the_runs_swaps_the_signs(values: list[tuple[float, float]]) -> None:
    a, b = _scores([one for one, _ in values]), _scores([other for _, other in values])
    (forth,), (back,) = paired(a, b), paired(b, a)
    assert forth.difference == pytest.approx(-back.difference)
    assert forth.p_value == pytest.approx(back.p_value)
    assert (forth.better, forth.worse) == (back.worse, back.better)


def test_runs_without_a_common_question_cannot_be_compared() -> None:
    with pytest.raises(EvaluationError, match="no question in common"):
        paired(_scores([1], "a"), _scores([1], "b"))
