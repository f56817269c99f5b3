"""The service goes away while the page is open, and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lhassist.assistant import Assistant
from lhassist.config import Settings
from tests.ui.reader import Reader
from tests.ui.serving import free_port, serving

GROWTH = "漯河2024年上半年GDP增长多少？"
FLUTES = "贾湖骨笛是用什么骨头做的？"
AWAY = "连不上服务。请确认它还在运行，然后再试一次。"


def go_to(reader: Reader, view: str) -> None:
    reader.page.click(f'.views a[href="#{view}"]')


def test_every_view_says_that_the_service_is_away_and_goes_on_when_it_is_back(
    settings: Settings, assistant: Assistant, chromium: Any, tmp_path: Path
) -> None:
    assert assistant.generation
    port = free_port()
    with serving(settings, tmp_path / "first.txt", port=port) as address:
        reader = Reader(chromium, address)
        reader.ask(GROWTH)
    page = reader.page
    reader.ask(FLUTES)
    assert AWAY in page.locator(".turn:last-child .failed").inner_text()
    page.locator(".turn:first-child .said .cite").first.click()
    page.wait_for_selector(f".panel .failed:has-text('{AWAY}')")
    assert page.evaluate("document.activeElement.matches('.panel .again')")
    go_to(reader, "check")
    page.click(".checker .try")
    page.wait_for_selector(f".checked .failed:has-text('{AWAY}')")
    go_to(reader, "library")
    page.wait_for_selector(f".listing .failed:has-text('{AWAY}')")
    go_to(reader, "evaluation")
    page.wait_for_selector(f".unreached .failed:has-text('{AWAY}')")
    assert page.locator(".view[data-view=evaluation]").inner_text().count(AWAY) == 1
    assert page.locator(".measured .none").is_hidden()

    with serving(settings, tmp_path / "second.txt", port=port):
        reader.problems.clear()
        page.click(".unreached .again")
        page.wait_for_selector(".measured .none:visible")
        assert page.locator(".unreached .failed").count() == 0
        go_to(reader, "library")
        page.wait_for_selector(".listing .headline")
        go_to(reader, "check")
        page.click(".checked .again")
        page.wait_for_selector(".checked .claim")
        go_to(reader, "ask")
        page.click(".turn .again")
        page.wait_for_selector(".turn:last-child .said")
        assert page.locator(".turn").count() == 2
        page.locator(".turn:first-child .said .cite").first.click()
        page.wait_for_selector(".panel mark")
        assert reader.problems == []
        reader.close()


def test_an_article_that_could_not_be_fetched_is_fetched_again(address: str, chromium: Any) -> None:
    reader = Reader(chromium, address)
    reader.ask(GROWTH)
    reader.page.route("**/component_server/", lambda route: route.abort())
    reader.open_mark(0)
    reader.page.unroute("**/component_server/")
    reader.page.click(".panel .again")
    reader.page.wait_for_selector(".panel mark")
    reader.close()
