"""What is learned from lessons, and what is left to chance."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.answer.weighing import confidence
from lhassist.answer.weighing.features import MISFITS, NAMES
from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.engine import Engine
from lhassist.evaluation.learning import (
    Lesson,
    Outcome,
    calibration,
    crossed,
    learn,
    outcomes,
    refusals,
    threshold_of,
)
from lhassist.evaluation.lessons import LESSONS, own_lessons, own_questions, set_lessons
from tests.conftest import REPOSITORY
from tests.evaluation.conftest import make_set
from tests.evaluation.test_selection import with_answers

NEARNESS, NO_DATE = NAMES.index("nearness"), NAMES.index("no date")
PERIOD = NAMES.index("period")


def lesson(rows: list[tuple[float, float, bool]], *, answerable: bool, group: str = "g") -> Lesson:
    """Of sentences with a nearness, whether they lack a date, and whether they answer."""
    features = np.zeros((len(rows), len(NAMES)))
    for row, (nearness, no_date, _) in zip(features, rows, strict=True):
        row[NEARNESS], row[NO_DATE] = nearness, no_date
    right = np.array([is_right for *_, is_right in rows], np.bool_)
    return Lesson(features, right, answerable, "made", "" if answerable else "near", group)


def made(count: int = 60) -> list[Lesson]:
    """Near sentences with a date answer; near ones without and far ones do not."""
    chance = np.random.default_rng(1)
    lessons = []
    for number in range(count):
        near, far = chance.normal(4, 0.5), chance.normal(1, 0.5)
        answerable = number % 2 == 0
        rows = [(near, 0.0 if answerable else 1.0, answerable), (far, 0.0, False)]
        lessons.append(lesson(rows, answerable=answerable, group=f"g{number}"))
    return lessons


def test_what_tells_answers_apart_is_learned() -> None:
    learned = learn(made())
    assert learned.weights[NEARNESS] > 0
    assert learned.weights[NO_DATE] < 0
    found = outcomes(made(), learned)
    assert all((one.log_odds > 0) == one.lesson.answerable for one in found)
    assert all(one.right for one in found if one.lesson.answerable)


def test_no_feature_counts_against_what_it_means() -> None:
    contrary = [
        lesson([(4.0, 1.0, True), (5.0, 0.0, False)], answerable=True, group=f"g{number}")
        for number in range(20)
    ]
    learned = learn(contrary)
    assert learned.weights[NEARNESS] >= 0
    assert learned.weights[NO_DATE] <= 0


def test_a_sentence_that_is_never_said_teaches_and_is_no_outcome() -> None:
    lessons = made()
    for one in lessons:
        # All that tells near misses from answers is the period.
        one.features[0, PERIOD] = one.features[0, NO_DATE]
        one.features[:, NO_DATE] = 0
    learned = learn(lessons)
    assert learned.weights[PERIOD] < 0
    for one in outcomes(lessons, learned):
        best = 0 if one.lesson.answerable else 1
        assert one.log_odds == pytest.approx(
            one.lesson.features[best] @ learned.weights + learned.intercept
        )


def test_lessons_that_teach_nothing_change_nothing() -> None:
    lost = lesson([(3.0, 0.0, False)], answerable=True)
    assert learn([*made(), lost, lesson([], answerable=False)]) == learn(made())


def test_no_lesson_is_judged_by_weights_that_saw_its_group() -> None:
    # In each group what answers is the opposite of what it is elsewhere.
    found = crossed(made())
    assert len(found) == len(made())
    assert {one.lesson.group for one in found} == {one.group for one in made()}


def outcome(log_odds: float, *, answerable: bool) -> Outcome:
    return Outcome(lesson([], answerable=answerable), log_odds, answerable)


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.booleans()), min_size=1, max_size=40),
    st.floats(0.1, 1),
)
def test_the_threshold_refuses_the_share_that_it_is_to(
    drawn: list[tuple[float, bool]], recall: float
) -> None:
    found = [outcome(log_odds, answerable=answerable) for log_odds, answerable in drawn]
    at = threshold_of(found, recall)
    assert refusals(found, at)["recall"] >= recall - 1e-9
    assert sum(size for *_, size in calibration(found)) == len(found)


def test_the_product_has_weights_for_its_features() -> None:
    learned = confidence.learned()
    assert len(learned.weights) == len(NAMES)
    by_name = dict(zip(NAMES, learned.weights, strict=True))
    assert all(by_name[name] <= 0 for name in MISFITS)
    assert by_name["words"] > 0
    with pytest.raises(ValueError, match="weights"):
        confidence.read({"weights": {"nearness": 1.0}, "intercept": 0, "threshold": 0})


def test_own_lessons_have_answers_and_near_misses(tmp_path: Path) -> None:
    settings = Settings.load(
        eval_dir=REPOSITORY / "eval",
        corpus_dir=REPOSITORY / "corpus",
        cache_dir=tmp_path,
        embedder="hashing",
    )
    asked = list(own_questions(settings))
    assert {one.split for one in asked} == {"read", "unread"}
    with Engine(settings, None, None) as engine:
        lessons = own_lessons(settings, engine, "unread", "own")
    assert len(lessons) > 100
    assert all(not one.right.any() for one in lessons if not one.answerable)
    assert {one.nearness for one in lessons} == {"", "near", "far"}
    found = [one.right.any() for one in lessons if one.answerable]
    assert np.mean(found) > 0.5


def test_what_is_for_learning_alone_is_measured_nowhere() -> None:
    settings = Settings.load(eval_dir=REPOSITORY / "eval", corpus_dir=REPOSITORY / "corpus")
    taught = [json.loads(line) for line in (REPOSITORY / "eval" / LESSONS).open(encoding="utf-8")]
    texts = [row["question"] for row in taught]
    assert len(set(texts)) == len(texts)
    asked = Counter(one.text for one in own_questions(settings))
    assert all(asked[text] == 1 for text in texts)
    for row in taught:
        for place in row["evidence"]:
            article = REPOSITORY / "corpus" / f"{place['document_id']}.md"
            assert place["quote"] in article.read_text(encoding="utf-8"), row["question"]


def test_a_lesson_without_evidence_is_a_near_miss_and_a_broken_one_an_error(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "eval"
    shutil.copytree(REPOSITORY / "eval" / "luohe", folder / "luohe")
    shutil.copy(REPOSITORY / "eval" / "answers.jsonl", folder)
    settings = Settings.load(eval_dir=folder, corpus_dir=REPOSITORY / "corpus")
    path = folder / LESSONS
    path.write_text('{"question": "澧河有多长？", "evidence": []}\n', encoding="utf-8")
    (near,) = (one for one in own_questions(settings) if one.text == "澧河有多长？")
    assert (near.answerable, near.kind, near.split) == (False, "near", "read")
    path.write_text('{"question": "澧河有多长？"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match="evidence"):
        list(own_questions(settings))


def test_reading_sets_give_two_lessons_a_question(tmp_path: Path, settings: Settings) -> None:
    folder = with_answers(make_set(tmp_path / "tiny"))
    with Engine(settings, None, None) as engine:
        halves = [set_lessons(folder, engine, split) for split in ("read", "unread")]
    assert sum(map(len, halves)) == 2 * len(
        [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    )
    groups = [{one.group for one in half} for half in halves]
    assert not groups[0] & groups[1]
