"""Health, counters, and the page that describes the API."""

from __future__ import annotations

import re

from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from lhassist.assistant import Assistant
from lhassist.server import problems
from lhassist.server.app import application
from lhassist.server.service import Service


def test_health_names_what_is_answered_from(client: TestClient, sample: Assistant) -> None:
    told = client.get("/health").json()
    assert told["status"] == "ok"
    assert told["generation"] == sample.generation.name
    assert told["documents"] == len(sample.generation.documents)
    assert told["generator"] == "extractive"


def test_what_is_counted_can_be_read_and_names_no_question(service: Service) -> None:
    fresh = Service(service.assistant, service.settings)
    client = TestClient(application(fresh, page=False))
    client.post("/v1/ask", json={"question": "漯河2024年上半年GDP增长多少？"})
    client.post("/v1/ask", json={"question": "漯河地铁有几条线？", "stream": True})
    client.get("/v1/documents/none")
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    samples = {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(response.text)
        for one in family.samples
    }
    asked = (("method", "POST"), ("route", "/v1/ask"), ("status", "200"))
    assert samples["lhassist_requests_total", asked] == 2
    route = "/v1/documents/{document_id:path}"
    missed = (("method", "GET"), ("route", route), ("status", "404"))
    assert samples["lhassist_requests_total", missed] == 1
    answers = {
        dict(labels)["status"]: value
        for (name, labels), value in samples.items()
        if name == "lhassist_answers_total"
    }
    assert answers == {"answered": 1, "refused": 1}
    assert samples["lhassist_documents", ()] == len(service.assistant.generation.documents)
    assert not re.search("[㐀-鿿]", response.text)


def test_the_description_is_a_page_without_anything_from_outside(
    app: FastAPI, client: TestClient
) -> None:
    page = client.get("/docs").text
    for path in app.openapi()["paths"]:
        assert path in page
    named = set(re.findall(r'href="#(\w+)"', page))
    assert {"AskBody", "Problem"} <= named
    assert named <= set(re.findall(r'id="(\w+)"', page))
    assert "`" not in page
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//|<script|@import|url\(", page)


def test_every_error_is_described_once_as_a_problem(app: FastAPI) -> None:
    described = app.openapi()
    errors = [
        (path, status, list(response["content"]))
        for path, methods in described["paths"].items()
        for one in methods.values()
        for status, response in one["responses"].items()
        if int(status) >= 400
    ]
    assert errors
    assert [one for one in errors if one[2] != [problems.MEDIA_TYPE]] == []
    assert "detail" in described["components"]["schemas"]["Problem"]["properties"]
