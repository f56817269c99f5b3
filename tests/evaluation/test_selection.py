from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.selection import measure_selection
from tests.evaluation.conftest import QUERIES, make_set

ANSWERS = {"q1": ["漯河市区"], "q2": ["鶴類尺骨"], "q3": ["一九九二年"], "q4": ["不在這裡"]}


def with_answers(folder: Path) -> Path:
    path = folder / "queries.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(row | {"answers": ANSWERS[row["_id"]]}) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_gold_answers_are_looked_for_in_the_best_sentences(
    tmp_path: Path, settings: Settings
) -> None:
    told: list[tuple[str, int, int]] = []
    found = measure_selection(
        settings,
        with_answers(make_set(tmp_path / "tiny")),
        progress=lambda *stage: told.append(stage),
    )
    assert (found.name, found.questions) == ("tiny", len(QUERIES))
    # Three of the four passages hold what their question's answer is said to be.
    assert found.held == 0.75
    assert found.best <= found.best_two <= found.held
    kinds = {"ranked", "elsewhere", "by meaning", "by words", "at random"}
    for told_apart in (found.auroc, found.auroc_plain):
        assert set(told_apart) == kinds
        assert all(0 <= value <= 1 for value in told_apart.values())
    assert found.to_json()["questions"] == 4
    assert ("tiny sentences", 0, 4) in told


def test_every_other_question_is_a_quick_look(tmp_path: Path, settings: Settings) -> None:
    folder = with_answers(make_set(tmp_path / "tiny"))
    assert measure_selection(settings, folder, every=2).questions == 2


def test_a_set_without_answers_is_an_error(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(EvaluationError, match="no gold answers"):
        measure_selection(settings, make_set(tmp_path / "tiny"))
