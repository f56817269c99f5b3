"""What readers think of answers is kept for the operator, whatever they send."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from lhassist import feedback
from lhassist.cli import app
from lhassist.config import Settings
from lhassist.errors import FeedbackError
from lhassist.feedback import Feedback

OPINIONS = st.builds(
    Feedback,
    day=st.dates().map(date.isoformat),
    verdict=st.sampled_from(get_args(feedback.Opinion)),
    reason=st.sampled_from(get_args(feedback.Reason)),
    comment=st.text(),
    question=st.text(),
    said=st.text(),
    cited=st.lists(st.text(), max_size=30).map(tuple),
    generation=st.just("000001"),
)


def opinion(**fields: str) -> Feedback:
    given = {"verdict": "down", "reason": "wrong", "comment": "", "question": "问？"} | fields
    return Feedback(
        day="2026-03-01", said="答。", cited=("a#0-2", "b#3-9"), generation="1", **given
    )  # type: ignore[arg-type]


@given(st.lists(OPINIONS, max_size=5))
def test_what_is_kept_is_read_again_newest_first(
    tmp_path_factory: pytest.TempPathFactory, given: list[Feedback]
) -> None:
    log = tmp_path_factory.mktemp("log") / "feedback.jsonl"
    for one in given:
        feedback.record(log, one)
    found = feedback.read(log)
    assert [(one.verdict, one.reason, one.day) for one in found] == [
        (one.verdict, one.reason, one.day) for one in reversed(given)
    ]
    for one in found:
        for name, longest in feedback.LONGEST.items():
            assert len(getattr(one, name)) <= longest
            assert getattr(one, name).isprintable()
        assert len(one.cited) <= feedback.MOST_CITED


def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    log = tmp_path / "kept" / "feedback.jsonl"
    feedback.record(log, opinion())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match=str(tmp_path)):
        feedback.record(tmp_path, opinion())


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"verdict": "sideways", "reason": ""}'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    log = tmp_path / "feedback.jsonl"
    feedback.record(log, opinion())
    log.write_text(log.read_text("utf-8") + line + "\n", "utf-8")
    with pytest.raises(FeedbackError, match="line 2"):
        feedback.read(log)


def run(*arguments: str, log: Path | str) -> str:
    result = CliRunner().invoke(
        app, ["feedback", *arguments], env={"LHASSIST_FEEDBACK_LOG": str(log)}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_the_command_prints_it_in_three_forms(tmp_path: Path) -> None:
    log = tmp_path / "feedback.jsonl"
    assert "no reader" in run(log=log)
    feedback.record(log, opinion(question="第一问？"))
    feedback.record(log, opinion(question="=1+1", comment="少了一个数", verdict="up", reason=""))
    shown = json.loads(run("--json", log=log))["feedback"]
    assert [one["question"] for one in shown] == ["=1+1", "第一问？"]
    rows = list(csv.DictReader(io.StringIO(run("--csv", log=log))))
    assert [row["question"] for row in rows] == ["'=1+1", "第一问？"]
    assert rows[0]["cited"] == "a#0-2 b#3-9"
    assert "少了一个数" in run(log=log)


def test_an_empty_setting_keeps_nothing_and_says_so() -> None:
    with pytest.raises(FeedbackError) as caught:
        run(log="")
    assert "feedback_log" in caught.value.hint
    assert Settings.load(feedback_log="").feedback_log is None
