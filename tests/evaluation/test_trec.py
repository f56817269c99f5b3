from __future__ import annotations

from pathlib import Path

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.errors import EvaluationError
from lhassist.evaluation.compare import compare
from lhassist.evaluation.trec import (
    read_qrels,
    read_run,
    strictly_falling,
    write_qrels,
    write_run,
)

NAMES = st.text(min_size=1).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=50))
def test_scores_keep_the_order_of_the_ranking(values: list[float]) -> None:
    ranked = sorted(values, reverse=True)
    names = [f"p{number}" for number in range(len(ranked))]
    falling = strictly_falling(zip(names, ranked, strict=True))
    stored = np.array(list(falling.values()), np.float32)
    assert (np.diff(stored) < 0).all()
    assert stored == pytest.approx(ranked, abs=1e-4)


def test_equal_scores_rank_the_same_for_every_tool() -> None:
    run = {"q": strictly_falling([("first", 0.5), ("second", 0.5)])}
    measures = [ir_measures.parse_measure(name) for name in ("R@1", "RR@10", "nDCG@10")]
    values = ir_measures.calc_aggregate(measures, {"q": {"first": 1}}, run)
    assert set(values.values()) == {1}


@given(run=st.dictionaries(NAMES, st.dictionaries(NAMES, st.floats(0, 1, width=32), min_size=1)))
def test_run_files_keep_ids_and_scores(
    run: dict[str, dict[str, float]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("run") / "some.run"
    write_run(path, run)
    read = read_run(path)
    # trec_eval and its kin hold scores in 32 bits.
    assert {q: {p: np.float32(x) for p, x in found.items()} for q, found in read.items()} == run


@given(qrels=st.dictionaries(NAMES, st.dictionaries(NAMES, st.integers(0, 3), min_size=1)))
def test_judgement_files_keep_ids_and_grades(
    qrels: dict[str, dict[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("qrels") / "some.qrels"
    write_qrels(path, qrels)
    assert read_qrels(path) == qrels


def test_other_tools_read_the_files(tmp_path: Path) -> None:
    write_run(tmp_path / "a.run", {"q": {"p1": 0.75, "p2": 0.5}})
    write_qrels(tmp_path / "a.qrels", {"q": {"p2": 1}})
    run = list(ir_measures.read_trec_run(str(tmp_path / "a.run")))
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "a.qrels")))
    assert [(one.query_id, one.doc_id, one.score) for one in run] == [
        ("q", "p1", 0.75),
        ("q", "p2", 0.5),
    ]
    assert [(one.query_id, one.doc_id, one.relevance) for one in qrels] == [("q", "p2", 1)]


@pytest.mark.parametrize("line", ["q Q0 p 1 0.5", "q Q0 p 1 high tag", "q\tp\t0.5"])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.run"
    path.write_text(f"q Q0 p0 1 0.5 tag\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"bad\.run:2"):
        read_run(path)


def _runs(folder: Path, ranks: dict[str, list[str]]) -> Path:
    run = {
        question: strictly_falling((name, -float(rank)) for rank, name in enumerate(names))
        for question, names in ranks.items()
    }
    write_run(folder / "set.run", run)
    write_qrels(folder / "set.qrels", {question: {"right": 1} for question in ranks})
    return folder


def test_two_run_folders_are_compared(tmp_path: Path) -> None:
    a = _runs(tmp_path / "a", {f"q{n}": ["wrong", "right"] for n in range(20)})
    b = _runs(tmp_path / "b", {f"q{n}": ["right", "wrong"] for n in range(20)})
    (one,) = compare(a, b, ["R@1", "R@5"])
    first, fifth = one.differences
    assert one.set == "set"
    assert (first.a, first.b, first.better, first.worse) == (0, 1, 20, 0)
    assert first.p_value < 0.001
    assert (fifth.difference, fifth.p_value) == (0, 1)
    as_json = one.to_json()
    assert as_json["questions"] == 20
    (same,) = compare(a / "set.run", a / "set.run", ["R@1"])
    assert same.differences[0].difference == 0


def test_folders_without_a_common_set_cannot_be_compared(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(EvaluationError, match="no run of the same set"):
        compare(tmp_path / "a", tmp_path / "b")
