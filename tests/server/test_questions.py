"""Asking, searching and checking over HTTP: the same as on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from lhassist.answer import answer_to_json
from lhassist.assistant import Assistant
from lhassist.schema import Answer
from lhassist.server.bodies import AnswerBody

QUESTION = "漯河2024年上半年GDP增长多少？"


def _untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "timings_ms"}


def _events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.mark.parametrize("question", [QUESTION, "賈湖骨笛是用什麼骨頭做的？", "漯河地铁有几条线？"])
def test_an_answer_is_the_assistants_own(
    client: TestClient, sample: Assistant, question: str
) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200
    assert _untimed(response.json()) == _untimed(answer_to_json(sample.ask(question)))
    assert response.json()["timings_ms"]["retrieve"] > 0


def test_every_key_of_an_answer_is_described(sample: Assistant) -> None:
    def undescribed(body: Any) -> list[str]:
        found = list(body.model_extra or ())
        for name in type(body).model_fields:
            value = getattr(body, name)
            for one in value if isinstance(value, list) else [value]:
                if hasattr(one, "model_extra"):
                    found += undescribed(one)
        return found

    for question in (QUESTION, "漯河各年GDP增速是多少？", "漯河地铁有几条线？"):
        body = AnswerBody.model_validate(answer_to_json(sample.ask(question)))
        assert undescribed(body) == []


def test_a_stream_grows_by_sentences_to_the_same_answer(
    client: TestClient, sample: Assistant
) -> None:
    question = "漯河的四大文化是哪四个？"
    response = client.post("/v1/ask", json={"question": question, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = _events(response.text)
    assert [name for name, _ in events] == ["answer"] * (len(events) - 1) + ["done"]
    assert _untimed(events[-2][1]) == _untimed(answer_to_json(sample.ask(question)))


def test_script_and_history_are_minded(client: TestClient) -> None:
    first = client.post("/v1/ask", json={"question": QUESTION}).json()
    body = {
        "question": "那规上工业呢？",
        "script": "zh-TW",
        "history": [{"question": QUESTION, "said": first["text"]}],
    }
    answer = client.post("/v1/ask", json=body).json()
    assert answer["script"] == "zh-TW"
    assert "2024年上半年" in answer["understood_as"]
    assert "規" in answer["text"]


def test_searching_and_checking(client: TestClient, sample: Assistant) -> None:
    found = client.get("/v1/search", params={"query": "12345热线", "k": 3}).json()
    hits = sample.search("12345热线", 3)
    assert [one["passage_id"] for one in found["hits"]] == [hit.passage.id for hit in hits]
    claims = client.post("/v1/check", json={"text": "《说文解字》有541个部首。"}).json()["claims"]
    assert [one["verdict"] for one in claims] == ["contradicted"]
    assert "540" in claims[0]["citations"][0]["quote"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "   "}, 422),
        ({"question": "？！"}, 422),
        ({"question": "长" * 2001}, 422),
        ({"question": QUESTION, "script": "fr"}, 422),
        ({"question": QUESTION, "asked": 1}, 422),
        ({}, 422),
        ([], 422),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_asked_is_a_problem(
    client: TestClient, body: Any, status: int, stream: bool
) -> None:
    if isinstance(body, dict):
        body = {**body, "stream": stream}
    response = client.post("/v1/ask", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


def test_half_a_character_is_a_problem_and_no_fault(client: TestClient) -> None:
    response = client.post(
        "/v1/ask",
        content=b'{"question": "\\ud83c"}',
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 422


def test_too_long_a_body_is_not_read(client: TestClient) -> None:
    def unsized() -> Iterator[bytes]:
        yield from [b"x" * 100_001] * 10

    for content in (b"x" * 1_000_001, unsized()):
        response = client.post("/v1/ask", content=content)
        assert response.status_code == 413
        assert response.headers["content-type"] == "application/problem+json"


def test_answers_carry_the_headers_of_the_page(client: TestClient) -> None:
    assert client.get("/health").headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in client.get("/docs").headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/ask/more", "/v1/documents/none"])
def test_an_unknown_address_is_a_problem(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_a_problem_that_says_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Answer:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(Assistant, "stream", fail)
    response = client.post("/v1/ask", json={"question": QUESTION})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
