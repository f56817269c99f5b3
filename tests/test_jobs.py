"""Long work in a process of its own, over the real index."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.errors import JobCancelled, JobFailed, JobRunning
from lhassist.index import current_name, open_writer
from lhassist.ingest.arrivals import arrive
from lhassist.jobs import Job, Jobs

BRIDGE = "---\ntitle: 小商桥\n---\n\n小商桥在小商河上，始建于隋开皇四年，是敞肩式石拱桥。\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        index_dir=tmp_path / "index",
        corpus_dir=tmp_path / "corpus",
        cache_dir=tmp_path / "cache",
        embedder="hashing",
        operator_token="not-to-be-sent-anywhere",
    )


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def jobs(settings: Settings, ended: list[str]) -> Jobs:
    settings.corpus_dir.mkdir()
    (settings.corpus_dir / "bridge.md").write_text(BRIDGE, "utf-8")
    return Jobs(settings, lambda: ended.append("ended"))


def many(settings: Settings, count: int) -> list[str]:
    paths = []
    for number in range(count):
        text = BRIDGE.replace("小商桥", f"第{number}座桥")
        paths.append(str(arrive(settings.corpus_dir, f"bridge-{number}.md", text.encode())))
    return paths


def test_a_job_changes_the_collection_and_says_how_far_it_is(
    jobs: Jobs, settings: Settings, ended: list[str]
) -> None:
    job = jobs.start("ingest", rebuild=False)
    steps = list(job.follow())
    assert job.finished
    assert ended == ["ended"]
    assert job.result()["added"] == ["bridge"]
    assert {step.stage for step in steps} <= {"start", "read", "embed"}
    assert all(0 <= step.done <= step.total for step in steps)
    assert current_name(settings.index_dir) == "000001"


def test_several_follow_one_job_and_one_that_comes_late_gets_the_result(
    jobs: Jobs, settings: Settings
) -> None:
    jobs.start("ingest", rebuild=False).result()
    job = jobs.start("add", arrived=many(settings, 3), replace=False)
    assert jobs.last is job
    list(job.follow())
    list(job.follow())
    files = job.result()["files"]
    assert [one["outcome"] for one in files] == ["added"] * 3
    removal = jobs.start("remove", document_ids=["bridge-0", "bridge-2"])
    assert removal.number == job.number + 1
    assert removal.result()["removed"] == ["bridge-0", "bridge-2"]


def test_one_job_at_a_time(jobs: Jobs, settings: Settings) -> None:
    job = jobs.start("ingest", rebuild=False)
    try:
        with pytest.raises(JobRunning, match="ingest"):
            jobs.start("ingest", rebuild=True)
    finally:
        job.result()


def cancel(job: Job) -> None:
    job.cancel()


def kill(job: Job) -> None:
    os.kill(job.process_id, signal.SIGKILL)


@pytest.mark.parametrize(("end", "error"), [(cancel, JobCancelled), (kill, JobFailed)])
def test_a_job_that_is_ended_changes_nothing(
    jobs: Jobs, settings: Settings, end: Callable[[Job], None], error: type[Exception]
) -> None:
    jobs.start("ingest", rebuild=False).result()
    job = jobs.start("add", arrived=many(settings, 2), replace=False)
    end(job)
    with pytest.raises(error):
        job.result()
    assert current_name(settings.index_dir) == "000001"
    assert jobs.start("ingest", rebuild=False).result()["failed"] == []


def test_what_was_called_off_leaves_the_articles_as_they_were(
    jobs: Jobs, settings: Settings
) -> None:
    jobs.start("ingest", rebuild=False).result()
    job = jobs.start("add", arrived=many(settings, 60), replace=False)
    for step in job.follow():
        if step.stage == "read":
            job.cancel()
    with pytest.raises(JobCancelled):
        job.result()
    assert [path.name for path in settings.corpus_dir.iterdir()] == ["bridge.md"]
    assert current_name(settings.index_dir) == "000001"


def test_an_expected_error_arrives_with_its_hint(jobs: Jobs, settings: Settings) -> None:
    with open_writer(settings.index_dir):
        job = jobs.start("ingest", rebuild=False)
        with pytest.raises(JobFailed, match="is writing this index") as caught:
            job.result()
    assert caught.value.cause == "IndexLocked"
    assert "wait until" in caught.value.hint


def test_a_finished_job_can_be_called_off_without_effect(jobs: Jobs) -> None:
    job = jobs.start("ingest", rebuild=False)
    result = job.result()
    job.cancel()
    assert job.result() == result
