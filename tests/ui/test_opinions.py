"""What a reader says of an answer reaches the operator's file, whatever a browser sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.feedback import read
from lhassist.ui import saved
from lhassist.ui.labels import tables
from lhassist.ui.opinions import opinion, spoken

LABELS = tables()["zh-CN"]
QUESTION = "贾湖骨笛是用什么骨头做的？"


@pytest.fixture
def keeping(assistant: Assistant, settings: Settings, tmp_path: Path) -> Assistant:
    """An assistant whose opinions are kept in a file of this test's own."""
    own = settings.model_copy(update={"feedback_log": tmp_path / "feedback.jsonl"})
    return Assistant(own, assistant._embedder, assistant.generation, None)


def test_an_opinion_is_kept_with_what_it_is_about(keeping: Assistant, tmp_path: Path) -> None:
    reply = keeping.ask(QUESTION)
    told = {"verdict": "down", "reason": "source", "comment": "少一句", "answer": _sent(reply)}
    assert opinion(keeping, told) == {}
    (kept,) = read(tmp_path / "feedback.jsonl")
    assert (kept.verdict, kept.reason, kept.comment) == ("down", "source", "少一句")
    assert (kept.question, kept.said) == (QUESTION, reply.text)
    assert len(kept.cited) == len(reply.citations) > 0


def _sent(reply: object) -> object:
    """As it comes back from a browser."""
    return json.loads(json.dumps(saved.to_json(reply)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "sideways"},
        {"verdict": ["up"]},
        {"answer": None},
        {"answer": {"question": 7}},
        {"answer": "漯河"},
    ],
)
def test_what_does_not_fit_is_met_with_a_label_and_not_kept(
    keeping: Assistant, tmp_path: Path, changed: dict[str, object]
) -> None:
    told = {"verdict": "up", "answer": _sent(keeping.ask(QUESTION))} | changed
    assert opinion(keeping, told)["error"] in LABELS
    assert opinion(keeping, None)["error"] in LABELS
    assert read(tmp_path / "feedback.jsonl") == ()


def test_text_that_is_no_text_is_kept_as_text(keeping: Assistant, tmp_path: Path) -> None:
    told = {"verdict": "up", "reason": {"a": 1}, "answer": _sent(keeping.ask(QUESTION))}
    assert opinion(keeping, told | {"comment": "\ud800=1+1\x00\n"}) == {}
    (kept,) = read(tmp_path / "feedback.jsonl")
    assert (kept.reason, kept.comment) == ("", "=1+1")


def test_a_file_that_cannot_be_written_is_met_with_a_label(
    assistant: Assistant, settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"feedback_log": tmp_path})
    keeping = Assistant(own, assistant._embedder, assistant.generation, None)
    told = {"verdict": "up", "answer": _sent(keeping.ask(QUESTION))}
    assert opinion(keeping, told)["error"] in LABELS


def test_a_voice_is_given_characters_that_it_says_right(assistant: Assistant) -> None:
    assert spoken(assistant, {"text": "漯河"})["text"] == "洛河"
    assert spoken(assistant, {"text": 7}) == {"text": ""}
    assert spoken(assistant, None) == {"text": ""}
