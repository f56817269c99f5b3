"""What surrounds the page: the policy, the closed routes, and which files are served."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from lhassist.config import Settings
from tests.conftest import REPOSITORY
from tests.ui.reader import Reader

Read = Callable[..., Reader]


def get(url: str, data: bytes | None = None) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=60) as response:
            return response.status, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


@pytest.mark.parametrize("path", ["", "gradio_api/info", "nowhere", "gradio_api/file=app.py"])
def test_every_answer_carries_the_policy(address: str, path: str) -> None:
    _, headers = get(address + path)
    sent = {name.lower(): value for name, value in headers.items()}
    assert "microphone=(self)" in sent["permissions-policy"]
    assert "camera=()" in sent["permissions-policy"]
    policy = {
        name: values
        for name, *values in (part.split() for part in sent["content-security-policy"].split(";"))
    }
    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'self'"]
    hosts = [
        value for values in policy.values() for value in values if "." in value or "/" in value
    ]
    assert hosts == []
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "no-referrer"


def test_the_browser_holds_to_the_policy(read: Read) -> None:
    reader = read()
    for view in ("check", "library", "evaluation", "ask"):
        reader.page.click(f'.views a[href="#{view}"]')
    reader.ask("漯河2024年上半年GDP增长多少？")
    reader.open_mark(0)
    assert reader.problems == []
    refused = reader.page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", event => done(event.blockedURI));
            fetch("http://192.0.2.1/").catch(() => {});
        })"""
    )
    assert refused.startswith("http://192.0.2.1")


@pytest.mark.parametrize("route", ["upload", "proxy=http://192.0.2.1/"])
def test_routes_that_the_page_does_not_use_are_closed(address: str, route: str) -> None:
    status, _ = get(f"{address}gradio_api/{route}", b"x" if route == "upload" else None)
    assert status == 403


def test_a_request_that_is_too_long_is_refused(address: str) -> None:
    request = urllib.request.Request(
        f"{address}gradio_api/call/operate", b"{}", {"Content-Length": str(10**9)}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=60)
    assert caught.value.code == 413


def test_only_the_media_folder_is_served(address: str, settings: Settings, assistant: Any) -> None:
    index, corpus = settings.index_dir.resolve(), settings.corpus_dir.resolve()
    media = sorted((index / "media").iterdir())[0]
    assert get(f"{address}gradio_api/file={media}")[0] == 200
    outside = [
        "app.py",
        "lhassist.toml",
        str(REPOSITORY / "app.py"),
        str(REPOSITORY / "pyproject.toml"),
        str(corpus / "gdp-2024.md"),
        str(corpus / "media" / "rivers.png"),
        str(index / "CURRENT"),
        f"{index}/media/../CURRENT",
        f"{index}/media/%2e%2e/CURRENT",
        str(index / "generations" / assistant.generation.name / "manifest.json"),
        "/etc/passwd",
    ]
    for path in outside:
        assert get(f"{address}gradio_api/file={path}")[0] in (403, 404), path
