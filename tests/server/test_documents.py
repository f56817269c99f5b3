"""The library over HTTP: everybody reads, the operator changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lhassist.assistant import Assistant
from tests.server.conftest import OPERATOR

NEW = {"files": ("hotline.md", "# 热线\n\n12345热线设有36个座席。\n".encode(), "text/markdown")}


def test_articles_are_listed_and_read(client: TestClient, sample: Assistant) -> None:
    listed = client.get("/v1/documents").json()
    assert listed["generation"] == sample.generation.name
    assert [one["id"] for one in listed["documents"]] == list(sample.generation.documents)
    article = client.get("/v1/documents/jiahu-flutes").json()
    held = sample.document("jiahu-flutes")
    assert (article["title"], article["text"]) == (held.title, held.text)
    assert [article["text"][b["start"] : b["end"]] for b in article["blocks"]] == [
        held.text[b.span.start : b.span.end] for b in held.blocks
    ]
    assert held.path not in client.get("/v1/documents/jiahu-flutes").text


def test_what_the_operator_adds_is_answered_from_at_once_and_can_go_again(
    own: TestClient, tmp_path: Path
) -> None:
    added = own.post("/v1/documents", files=NEW, headers=OPERATOR)
    assert added.status_code == 200, added.text
    assert [(one["name"], one["outcome"]) for one in added.json()["files"]] == [
        ("hotline.md", "added")
    ]
    found = own.get("/v1/search", params={"query": "12345热线座席"}).json()["hits"][0]
    assert found["document_id"] == "hotline"
    removed = own.delete("/v1/documents/hotline", headers=OPERATOR)
    assert (removed.status_code, removed.json()["removed"]) == (200, ["hotline"])
    assert own.get("/v1/documents/hotline").status_code == 404
    assert not (tmp_path / "corpus" / "hotline.md").exists()
    assert list((tmp_path / "corpus" / ".removed").iterdir())


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_nobody_else_changes_anything(
    own: TestClient, tmp_path: Path, headers: dict[str, str]
) -> None:
    for response in (
        own.post("/v1/documents", files=NEW, headers=headers),
        own.delete("/v1/documents/bridge", headers=headers),
    ):
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.headers["content-type"] == "application/problem+json"
    assert len(own.get("/v1/documents").json()["documents"]) == 2
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == [
        "bridge.md",
        "rivers.md",
    ]


def test_without_a_token_only_the_machine_itself_may(client: TestClient) -> None:
    response = client.delete("/v1/documents/jiahu-flutes")
    assert response.status_code == 403
    assert "only the machine" in response.json()["detail"]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.md", b"", 422),
        (".hidden.md", b"# A\n\ntext", 422),
        ("program.exe", b"MZ", 415),
        ("long.md", b"x" * 10_000_001, 413),
    ],
)
def test_what_can_be_no_article_is_refused(
    own: TestClient, tmp_path: Path, name: str, data: bytes, status: int
) -> None:
    good = ("good.md", b"# G\n\n\xe6\xb2\xb3\xe6\xb5\x81\xe5\xbe\x88\xe9\x95\xbf\xe3\x80\x82")
    response = own.post(
        "/v1/documents", files=[("files", good), ("files", (name, data))], headers=OPERATOR
    )
    assert response.status_code == status, response.text
    assert response.json()["hint"]
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == [
        "bridge.md",
        "rivers.md",
    ]


def test_the_last_article_and_an_unknown_one_cannot_be_removed(own: TestClient) -> None:
    assert own.delete("/v1/documents/none", headers=OPERATOR).status_code == 404
    assert own.delete("/v1/documents/bridge", headers=OPERATOR).status_code == 200
    last = own.delete("/v1/documents/rivers", headers=OPERATOR)
    assert (last.status_code, last.json()["type"]) == (409, "urn:lhassist:CorpusError")
