"""Quotes that are said in a recording: marked as such, and played from their time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from lhassist.config import Settings
from lhassist.schema import Media, Span, TimeRange
from lhassist.ui.first_start import open_assistant
from lhassist.ui.markup import heard, recording
from tests.media import material
from tests.ui.html_tree import parse
from tests.ui.reader import Reader
from tests.ui.serving import serving

SAID = [
    (0.5, 2.0, "各位听众，这里是漯河的桥梁专题。"),
    (2.0, 4.5, "沙河新桥全长1280米，双向六车道。"),
    (4.5, 6.0, "它在2025年3月1日通车。"),
]


SIGNS = "沙河新桥由漯河市交通局管理"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, asr: None, ocr: None) -> Iterator[str]:
    """A recording with subtitles beside it, a film with subtitles in it, and a sign."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "corpus").mkdir()
    material.film(folder / "corpus" / "食博会.mkv", material.SUBTITLES)
    material.saved(material.sign(SIGNS, "SC", upright=False), folder / "corpus" / "桥头告示.png")
    material.wav(np.zeros(6 * 8000, np.float32), folder / "corpus" / "新桥专题.wav", rate=8000)
    (folder / "corpus" / "新桥专题.srt").write_text(material.srt(SAID), "utf-8")
    settings = Settings.load(index_dir=folder / "index", corpus_dir=folder / "corpus")
    open_assistant(settings)
    with serving(settings, folder / "log.txt") as where:
        yield where


def test_a_quote_from_a_recording_says_so_and_plays_from_its_time(
    chromium: Any, recorded: str
) -> None:
    reader = Reader(chromium, recorded, locale="zh-TW", waits_for_examples=False)
    page = reader.page
    reader.ask("沙河新橋全長多少米？")
    assert "1280" in reader.said()
    note = page.locator(".sources .heard").first
    assert note.inner_text().split("\n")[-1].endswith("字幕 · 0:02 起")
    player = page.locator(".turn .recordings audio").first
    assert str(player.get_attribute("src")).endswith("#t=2,4.5")
    page.wait_for_function("() => document.querySelector('.turn audio').currentTime === 2")
    page.locator(".said .cite").first.hover()
    assert "字幕" in page.locator(".popover .heard").inner_text()
    reader.open_mark(0)
    assert "1280" in reader.marked()
    assert page.locator(".panel .article > .heard").inner_text() == "字幕"
    page.wait_for_function("() => document.querySelector('.panel audio').currentTime === 2")
    assert page.locator(".panel audio").get_attribute("aria-label") == "播放：新桥专题"
    assert reader.problems == []
    reader.close()


def test_a_quote_from_a_film_is_shown_with_its_film_at_its_time(
    chromium: Any, recorded: str
) -> None:
    reader = Reader(chromium, recorded, locale="zh-CN", waits_for_examples=False)
    page = reader.page
    reader.ask("食博会的展馆面积多大？")
    assert "八万平方米" in reader.said()
    assert page.locator(".sources .heard").first.inner_text().endswith("字幕 · 0:04 起")
    shown = page.locator(".turn .recordings video").first
    assert str(shown.get_attribute("src")).endswith("#t=4,7")
    assert shown.get_attribute("aria-label") == "播放：食博会"
    # The browser knows no film of this kind.
    offered = page.locator(".turn .recordings a.missing")
    assert offered.inner_text() == "浏览器放不了，可以下载文件"
    file = str(shown.get_attribute("src")).split("#")[0]
    assert str(offered.get_attribute("href")).endswith(file)
    assert shown.is_hidden()
    reader.open_mark(0)
    assert "八万平方米" in reader.marked()
    assert str(page.locator(".panel video").first.get_attribute("src")).endswith("#t=4,7")
    assert reader.outside == []
    reader.close()


def test_a_quote_that_was_read_off_a_picture_says_so_and_shows_it(
    chromium: Any, recorded: str
) -> None:
    reader = Reader(chromium, recorded, locale="zh-HK", waits_for_examples=False)
    page = reader.page
    reader.ask("沙河新橋由誰管理？")
    assert "交通局" in reader.said()
    assert page.locator(".sources .heard").first.inner_text().endswith("機器從圖片上讀出")
    page.locator(".said .cite").first.hover()
    assert page.locator(".popover .heard").inner_text().endswith("機器從圖片上讀出")
    assert page.locator(".turn .pictures img").first.get_attribute("alt") == "桥头告示"
    reader.open_mark(0)
    assert SIGNS[-7:] in reader.marked()
    assert page.locator(".panel .article > .heard").inner_text() == "機器從圖片上讀出"
    assert reader.problems == []
    reader.close()


@pytest.mark.parametrize(
    ("start", "shown"), [(0.0, "0:00"), (65.9, "1:05"), (3599.0, "59:59"), (3661.0, "1:01:01")]
)
def test_a_time_is_written_as_a_clock_shows_it(start: float, shown: str) -> None:
    written = parse(heard("speech", TimeRange(start, start + 1)))
    assert written.all("span")[1].attributes["data-args"] == f'{{"start": "{shown}"}}'


def test_what_is_written_has_no_note_and_what_is_not_held_no_player() -> None:
    assert heard("written") == ""
    film = Media("video", "开幕", Span(0, 2))
    shown = parse(recording(film, "zh-Hans", None, "开幕"))
    assert shown.all("video") == []
    assert shown.all("div", "missing")
    held = parse(recording(film, "zh-Hans", "file=a&b.mp4", "开幕", time=TimeRange(1.25, 3.0)))
    assert held.all("video")[0].attributes["src"] == "file=a&b.mp4#t=1.25,3"
