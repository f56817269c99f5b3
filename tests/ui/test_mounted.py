"""The page inside another app, at a path of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.ui import build
from tests.ui.proxy import listening, proxy
from tests.ui.reader import Reader
from tests.ui.serving import serving

PATH = "/city/luohe"


@contextmanager
def _mounted(settings: Settings, assistant: Assistant) -> Iterator[str]:
    """The page at a path of another app, and its address without a slash at the end."""
    page = build(assistant)
    import fastapi
    import gradio as gr

    media = str((settings.index_dir / "media").resolve())
    host = gr.mount_gradio_app(fastapi.FastAPI(), page, path=PATH, allowed_paths=[media])
    with listening(host) as port:
        yield f"http://127.0.0.1:{port}{PATH}"


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


def test_the_page_is_whole_below_a_path_and_behind_a_proxy(
    chromium: Any, settings: Settings, assistant: Assistant
) -> None:
    with _mounted(settings, assistant) as where, listening(proxy(where, PATH)) as port:
        for slash in ("/", ""):
            _is_whole(Reader(chromium, where + slash))
        _is_whole(Reader(chromium, f"http://127.0.0.1:{port}{PATH}/"))


def test_the_page_is_whole_behind_a_proxy_that_takes_its_path_away(
    chromium: Any, settings: Settings, assistant: Assistant, tmp_path: Path
) -> None:
    told = {"GRADIO_ROOT_PATH": PATH}
    with (
        serving(settings, tmp_path / "log.txt", told) as where,
        listening(proxy(where.rstrip("/"), PATH)) as port,
    ):
        _is_whole(Reader(chromium, f"http://127.0.0.1:{port}{PATH}/"))
