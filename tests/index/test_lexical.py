from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.index.lexical import K1, B, LexicalBuilder, LexicalIndex

Unit = list[str]
Bags = list[tuple[Unit, list[Unit]]]

terms = st.lists(st.sampled_from("漯河市经济增长七点八"), max_size=12)
bags = st.lists(st.tuples(terms, st.lists(terms, max_size=3)), max_size=6)


def owner(units: Bags) -> np.ndarray:
    return np.repeat(np.arange(len(units)), [len(groups) for _, groups in units])


def index(units: Bags) -> LexicalIndex:
    builder = LexicalBuilder()
    for whole, groups in units:
        builder.add(whole, groups)
    return builder.build(owner(units))


def bm25(units: Sequence[Unit], question: Unit) -> list[float]:
    """Okapi BM25 with Lucene's idf, written down from the formula."""
    mean = sum(map(len, units)) / len(units) if any(units) else 1.0
    scores = []
    for unit in units:
        counts, score = Counter(unit), 0.0
        for term in question:
            having = sum(term in other for other in units)
            idf = math.log(1 + (len(units) - having + 0.5) / (having + 0.5))
            tf = counts[term]
            score += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(unit) / mean))
        scores.append(score)
    return scores


@given(bags, terms)
def test_scores_are_okapi_bm25(units: Bags, question: Unit) -> None:
    whole, best = index(units).scores(question)
    groups = bm25([group for _, some in units for group in some], question)
    expected_best, at = [], 0
    for _, some in units:
        expected_best.append(max(groups[at : at + len(some)], default=0.0))
        at += len(some)
    np.testing.assert_allclose(whole, bm25([unit for unit, _ in units], question), rtol=1e-5)
    np.testing.assert_allclose(best, expected_best, rtol=1e-5)


@given(bags, terms)
def test_scores_stay_below_their_limits_and_a_perfect_unit_comes_near(
    units: Bags, question: Unit
) -> None:
    perfect = question * 1000
    found = index([*units, (perfect, [perfect])])
    for scores, limit in zip(found.scores(question), found.limits(question), strict=True):
        assert (scores <= limit * (1 + 1e-6)).all()
        if question and not units:
            assert scores[-1] > 0.99 * limit


def test_unknown_words_raise_the_limits() -> None:
    found = index([(["漯"], [["漯"]])])
    assert found.limits(["漯", "铁"]) > found.limits(["漯"]) > found.limits([]) == (0, 0)


def test_a_term_that_the_question_repeats_counts_again() -> None:
    found = index([(["漯", "河"], [["漯", "河"]]), (["沙", "河"], [["沙", "河"]])])
    once, _ = found.scores(["漯"])
    twice, _ = found.scores(["漯", "漯"])
    assert once[0] > 0
    np.testing.assert_allclose(twice, 2 * once)


def test_unknown_words_and_an_empty_index_score_nothing() -> None:
    whole, best = index([(["漯"], [["漯"]])]).scores(["铁"])
    assert not whole.any()
    assert not best.any()
    whole, best = index([]).scores(["漯"])
    assert len(whole) == len(best) == 0


@given(bags, st.lists(st.sampled_from("漯河市铁"), unique=True))
def test_words_that_mean_the_same_count_by_how_many_are_said(units: Bags, words: Unit) -> None:
    found = index(units)
    any_of = found.any_of(words)
    expected = np.zeros(len(units))
    for word in words:
        assert found.holds(word) == any(
            word in unit for whole, groups in units for unit in (whole, *groups)
        )
        whole, _ = found.scores([word])
        expected += whole / found.limits([word])[0]
    np.testing.assert_allclose(any_of, expected / max(len(words), 1) ** 0.5, rtol=1e-5)


@given(bags, st.data())
def test_taking_units_over_equals_indexing_them_again(units: Bags, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    older_units = [unit for unit, keep in zip(units, kept, strict=True) if keep]
    dropped = (list("只在旧的里面"), [list("只在旧的"), list("里面")])
    builder = LexicalBuilder(index([dropped, *older_units]))
    passage, group = 1, 2
    for (whole, groups), keep in zip(units, kept, strict=True):
        if keep:
            builder.keep(range(passage, passage + 1), range(group, group + len(groups)))
            passage, group = passage + 1, group + len(groups)
        else:
            builder.add(whole, groups)
    assert_same(builder.build(owner(units)), index(units))


@given(units=bags)
def test_what_was_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, units: Bags
) -> None:
    folder = tmp_path_factory.mktemp("lexical")
    written = index(units)
    written.save(folder)
    assert_same(LexicalIndex.load(folder, len(units), owner(units)), written)


def assert_same(one: LexicalIndex, other: LexicalIndex) -> None:
    assert list(one.vocabulary) == list(other.vocabulary)
    for a, b in ((one.passages, other.passages), (one.groups, other.groups)):
        assert a.size == b.size
        np.testing.assert_array_equal(a.starts, b.starts)
        np.testing.assert_array_equal(a.units, b.units)
        np.testing.assert_array_equal(a.counts, b.counts)
