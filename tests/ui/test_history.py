"""Conversations that the browser keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.reader import Reader

Read = Callable[..., Reader]

FLUTES = "贾湖骨笛是用什么骨头做的？"
GROWTH = "漯河2024年上半年GDP增长多少？"


def titles(reader: Reader) -> list[str]:
    reader.page.click(".to-history")
    found: list[str] = reader.page.locator(".history .list .title").all_text_contents()
    reader.page.keyboard.press("Escape")
    return found


def downloaded(reader: Reader, kind: str, folder: Path) -> Path:
    reader.page.click(".to-history")
    with reader.page.expect_download() as waiting:
        reader.page.click(f".history [data-history={kind}] >> nth=0")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    reader.page.keyboard.press("Escape")
    return path


def test_conversations_are_kept_renamed_opened_and_deleted(read: Read) -> None:
    reader = read(locale="zh-CN")
    page = reader.page
    reader.ask(GROWTH)
    reader.ask("那规上工业呢？")
    said = page.locator(".said").all_text_contents()
    page.reload()
    reader.wait_until_ready()
    assert page.locator(".said").all_text_contents() == said
    reader.open_mark(0, ":first-child")
    assert reader.marked()
    page.click(".panel .close")
    page.click(".new")
    reader.ask(FLUTES)
    assert titles(reader) == [FLUTES, GROWTH]
    page.click(".to-history")
    page.click(".history [data-history=rename] >> nth=1")
    page.fill(".naming input", "经济")
    page.press(".naming input", "Enter")
    page.click(".history .title:has-text('经济')")
    page.wait_for_selector(".history", state="hidden")
    assert page.locator(".said").all_text_contents() == said
    reader.ask("那固定资产投资呢？")
    assert "13.5%" in reader.said()
    assert titles(reader) == ["经济", FLUTES]
    page.click(".to-history")
    # Every conversation has the same buttons: each says whose it is.
    described = page.locator(".history [data-history=delete] >> nth=0").get_attribute(
        "aria-describedby"
    )
    assert page.locator(f"#{described}").inner_text() == "经济"
    page.click(".history [data-history=delete] >> nth=0")
    assert page.locator(".history .title").count() == 2
    page.click(".history [data-history=delete] >> nth=0")
    page.wait_for_function("document.querySelectorAll('.history .title').length === 1")
    page.keyboard.press("Escape")
    assert page.locator(".turn").count() == 0
    assert titles(reader) == [FLUTES]
    assert reader.problems == []


@pytest.mark.parametrize("kind", ["markdown", "json"])
def test_a_conversation_goes_to_a_file_and_into_another_browser(
    read: Read, tmp_path: Path, kind: str
) -> None:
    reader = read(locale="zh-TW")
    reader.ask(FLUTES)
    said = reader.page.locator(".said").all_text_contents()
    quotes = reader.page.locator(".sources blockquote").all_text_contents()
    path = downloaded(reader, kind, tmp_path)
    text = path.read_text("utf-8")
    assert FLUTES in text
    assert all(quote in text for quote in quotes)
    other = read(locale="zh-HK")
    other.page.click(".to-history")
    other.page.set_input_files(".history [type=file]", path)
    other.page.wait_for_selector(".history .title")
    assert FLUTES in other.page.locator(".history .news").inner_text()
    other.page.click(".history .title")
    other.page.wait_for_selector(".turn")
    assert other.page.locator(".said").all_text_contents() == said
    assert other.page.locator(".sources h3").first.text_content() == "出處"
    other.open_mark(0)
    assert other.marked() == quotes[0]


def test_a_quote_that_has_changed_or_gone_is_shown_as_it_was(read: Read, tmp_path: Path) -> None:
    reader = read()
    reader.ask(FLUTES)
    kept: Any = json.loads(downloaded(reader, "json", tmp_path).read_text("utf-8"))
    first, second = kept["answers"][0]["citations"]
    first["quote"] = "從前這裡是另一句話。"
    second["document_id"] = "no-longer-held"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(kept), "utf-8")
    page = reader.page
    page.click(".to-history")
    page.set_input_files(".history [type=file]", changed)
    page.wait_for_selector(".history .title >> nth=1")
    page.click(".history .title >> nth=0")
    page.wait_for_selector(".lost >> nth=1")
    assert "从前" not in page.locator(".said").inner_text()
    lost = page.locator(".lost").all_text_contents()
    assert "改过" in lost[0]
    assert "不在收录" in lost[1]
    reader.open_mark(0)
    assert page.locator(".panel .was blockquote").text_content() == "從前這裡是另一句話。"
    page.click(".panel .next")
    page.wait_for_selector(".panel .gone")
    assert page.locator(".panel .was blockquote").text_content() == second["quote"]
    assert reader.problems == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "# 不是對話",
        '{"format": "lhassist-conversation", "answers": [{"question": "<img src=x>"}]}',
    ],
)
def test_a_file_without_a_conversation_is_met_with_a_message(
    read: Read, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, "utf-8")
    reader = read(locale="zh-TW")
    reader.page.click(".to-history")
    reader.page.set_input_files(".history [type=file]", path)
    reader.page.wait_for_selector(".history .news:not(:empty)")
    assert "沒有能用的對話" in reader.page.locator(".history .news").inner_text()
    assert reader.page.locator(".history .title").count() == 0


def test_a_full_browser_drops_the_oldest_conversation_and_says_so(read: Read) -> None:
    reader = read()
    page = reader.page
    reader.ask(GROWTH)
    page.click(".new")
    page.evaluate(
        """() => {
            for (let size = 4 * 1024 * 1024; size > 64; size /= 2) {
                try { localStorage.setItem("x" + size, "x".repeat(size)); } catch { continue; }
            }
        }"""
    )
    reader.ask(FLUTES)
    assert titles(reader) == [FLUTES]
    assert reader.problems == []
