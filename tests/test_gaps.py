"""The gap log keeps unanswered questions and nothing else, and only where it is asked to."""

from __future__ import annotations

import csv
import io
import json
import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from lhassist import gaps
from lhassist.assistant import Assistant
from lhassist.cli import app
from lhassist.config import Settings
from lhassist.errors import GapLogError
from lhassist.schema import Answer, Turn
from tests.answer.sample import open_sample, real_embedder

UNANSWERED = "漯河地铁有几条线？"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Path:
    index_dir = tmp_path_factory.mktemp("gaps")
    open_sample(index_dir, sample_corpus / "hotline-12345.md", sample_corpus / "reform-37.md")
    return index_dir


def assistant(index: Path, log: Path | None) -> Assistant:
    settings = Settings.load(index_dir=index, gap_log=log)
    return Assistant.open(settings, embedder=real_embedder())


def refusal(question: str) -> Answer:
    return Answer(
        question=question,
        status="refused",
        script="zh-Hans",
        text="",
        sentences=(),
        citations=(),
        hits=(),
        generator="extractive",
        timings_ms=(),
        reason="nothing",
    )


def test_a_refusal_is_kept_and_an_answer_is_not(index: Path, tmp_path: Path) -> None:
    log = tmp_path / "kept" / "gaps.jsonl"
    asked = assistant(index, log)
    asked.ask("12345热线有多少个座席？", asked_on=date(2026, 3, 1))
    assert not log.exists()
    asked.ask(UNANSWERED, asked_on=date(2026, 3, 1))
    list(asked.stream("漯河地鐵有幾條線", asked_on=date(2026, 3, 2)))
    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [set(row) for row in rows] == [{"day", "question", "reason", "topic", "nearest"}] * 2
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    (gap,) = gaps.read(log)
    assert (gap.question, gap.count, gap.last) == ("漯河地鐵有幾條線", 2, "2026-03-02")
    assert gap.reason == "nothing"
    assert gap.nearest


def test_a_follow_up_is_kept_as_it_was_understood(index: Path, tmp_path: Path) -> None:
    asked = assistant(index, tmp_path / "gaps.jsonl")
    first = asked.ask("12345热线有多少个座席？")
    asked.ask("它的局长是谁？", history=[Turn(first.question, first.question, first)])
    (gap,) = gaps.read(tmp_path / "gaps.jsonl")
    assert gap.question == "热线的局长是谁？"


def test_nothing_is_kept_by_default(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assistant(index, None).ask(UNANSWERED)
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_costs_no_answer(
    index: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = assistant(index, tmp_path).ask(UNANSWERED)
    assert answer.status == "refused"
    assert str(tmp_path) in caplog.text


def test_lines_of_several_writers_do_not_mix(tmp_path: Path) -> None:
    log = tmp_path / "gaps.jsonl"
    questions = [f"{number}路公交{'很' * 300}" for number in range(40)]

    def keep(question: str) -> None:
        gaps.record(log, refusal(question), {}, date(2026, 3, 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, questions))
    assert {gap.question for gap in gaps.read(log)} == set(questions)


@given(st.lists(st.tuples(st.text(), st.dates()), max_size=8))
def test_every_question_is_counted_once_and_the_newest_comes_first(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, date]]
) -> None:
    log = tmp_path_factory.mktemp("log") / "gaps.jsonl"
    for question, day in asked:
        gaps.record(log, refusal(question), {}, day)
    found = gaps.read(log)
    assert sum(gap.count for gap in found) == len(asked)
    assert [gap.last for gap in found] == sorted((gap.last for gap in found), reverse=True)
    assert all(gap.question.isprintable() for gap in found)


@pytest.mark.parametrize("line", ["{", "[]", '{"day": "2026-03-01"}', '{"day": "gestern"}'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    log = tmp_path / "gaps.jsonl"
    gaps.record(log, refusal("几点了"), {}, date(2026, 3, 1))
    log.write_text(log.read_text("utf-8") + line + "\n", "utf-8")
    with pytest.raises(GapLogError, match="line 2"):
        gaps.read(log)


def run(*arguments: str, log: Path | None) -> tuple[int, str]:
    environment = {"LHASSIST_GAP_LOG": str(log)} if log else {}
    result = CliRunner().invoke(app, ["gaps", *arguments], env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_command_prints_them_in_three_forms(tmp_path: Path) -> None:
    log = tmp_path / "gaps.jsonl"
    assert "no question" in run(log=log)[1]
    for question in ("=1+1", "有地铁吗？", "有地铁吗"):
        gaps.record(log, refusal(question), {}, date(2026, 3, 1))
    shown = json.loads(run("--json", log=log)[1])["gaps"]
    assert [(gap["question"], gap["count"]) for gap in shown] == [("有地铁吗", 2), ("=1+1", 1)]
    rows = list(csv.DictReader(io.StringIO(run("--csv", log=log)[1])))
    assert [row["question"] for row in rows] == ["有地铁吗", "'=1+1"]
    assert "有地铁吗" in run(log=log)[1]


def test_the_command_says_how_to_keep_them() -> None:
    with pytest.raises(GapLogError) as caught:
        run(log=None)
    assert "gap_log" in caught.value.hint
