"""The page inside another app, at a path of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.ui import build
from tests.ui.proxy import listening, proxy
from tests.ui.reader import Reader


@pytest.fixture(scope="module")
def mounted(settings: Settings, assistant: Assistant) -> Iterator[str]:
    page = build(assistant)
    import fastapi
    import gradio as gr

    media = str((settings.index_dir / "media").resolve())
    host = gr.mount_gradio_app(fastapi.FastAPI(), page, path="/city/luohe", allowed_paths=[media])
    with listening(host) as port:
        yield f"http://127.0.0.1:{port}/city/luohe/"


def _is_whole(reader: Reader) -> None:
    """The page answers, shows pictures, and asks no other host."""
    try:
        reader.ask("漯河2024年上半年GDP增长多少？")
        assert "7.8%" in reader.said()
        reader.open_mark(0)
        reader.page.locator(".panel img").first.scroll_into_view_if_needed()
        reader.page.wait_for_function("document.querySelector('.panel img').naturalWidth > 0")
        assert reader.outside == []
        assert not reader.page.evaluate(
            "[...document.querySelectorAll('footer')].some("
            "one => !one.closest('.lh') && one.checkVisibility())"
        )
    finally:
        reader.close()


@pytest.mark.parametrize("slash", ["/", ""])
def test_the_page_answers_and_shows_pictures_below_a_path(
    chromium: Any, mounted: str, slash: str
) -> None:
    _is_whole(Reader(chromium, mounted.rstrip("/") + slash))


def test_the_page_is_whole_behind_a_proxy_that_takes_a_path_away(
    chromium: Any, mounted: str, address: str
) -> None:
    for target in (mounted, address):
        with listening(proxy(target.rstrip("/"), "/news/town")) as port:
            _is_whole(Reader(chromium, f"http://127.0.0.1:{port}/news/town/"))
