"""The page inside another app, at a path of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.ui import build
from tests.ui.reader import Reader
from tests.ui.serving import START_SECONDS, free_port


@pytest.fixture(scope="module")
def mounted(settings: Settings, assistant: Assistant) -> Iterator[str]:
    page = build(assistant)
    import fastapi
    import gradio as gr
    import uvicorn

    media = str((settings.index_dir / "media").resolve())
    host = gr.mount_gradio_app(fastapi.FastAPI(), page, path="/city/luohe", allowed_paths=[media])
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(host, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/city/luohe/"
    server.should_exit = True
    thread.join(30)


@pytest.mark.parametrize("slash", ["/", ""])
def test_the_page_answers_and_shows_pictures_below_a_path(
    chromium: Any, mounted: str, slash: str
) -> None:
    reader = Reader(chromium, mounted.rstrip("/") + slash)
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
