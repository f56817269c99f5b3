"""Values that differ by date or source are shown side by side, on articles of their own.

The sample articles give 27 questions to which they have several values; `conflicts` gives 38
more, and `revisions` 21, beside ten where units, rounding or scope make several in looks alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.evaluation.answers import AnswerReport, evaluate_answers
from lhassist.evaluation.cases import CASES, read_cases
from tests.answer.sample import open_sample

FOLDERS = ("conflicts", "revisions")


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(__file__).with_name(request.param)


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AnswerReport:
    assistant = open_sample(tmp_path_factory.mktemp(folder.name), folder / "articles")
    return evaluate_answers(assistant, read_cases(folder / CASES))


def test_every_quote_of_the_cases_stands_in_its_article(folder: Path) -> None:
    for case in read_cases(folder / CASES).questions:
        for one in case.evidence:
            article = (folder / "articles" / f"{one.document_id}.md").read_text(encoding="utf-8")
            assert one.quote in article, case.id


def test_both_values_are_shown_with_their_dates(report: AnswerReport) -> None:
    assert report.measures["conflicts_shown"] == 1.0
    assert report.measures["conflicts_right"] == 1.0


def test_what_only_looks_different_is_one_value(report: AnswerReport) -> None:
    assert report.measures.get("answers_right", 1.0) == 1.0


def test_nothing_is_shown_that_no_quote_has(report: AnswerReport) -> None:
    kept = ("quotes_exact", "sentences_supported", "numbers_supported", "script_right")
    assert {name: report.measures[name] for name in kept} == dict.fromkeys(kept, 1.0)
    assert report.measures["pairs_alike"] == 1.0
    assert report.measures["same_on_any_day"] == 1.0
