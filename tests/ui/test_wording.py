"""Questions that are spoken into the browser, or shown to it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.ui.labels import tables
from lhassist.ui.wording import MAX_BYTES, wording
from tests.media import material
from tests.ui.reader import Reader
from tests.ui.serving import CHROMIUM_ARGUMENTS, chromium_path

CHART = "media/gdp-2024-h1.png"


def sent(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(data).decode()}


@pytest.fixture
def listening(chromium: Any, address: str, clip: Path) -> Iterator[Callable[..., Reader]]:
    """A browser whose microphone hears a spoken question."""
    heard = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={clip}%noloop",
    ]
    browser = chromium.browser_type.launch(
        executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *heard]
    )
    yield lambda **options: Reader(browser, address, **options)
    browser.close()


def test_a_question_is_spoken_corrected_and_asked(listening: Callable[..., Reader]) -> None:
    reader = listening(grant=["microphone"])
    page = reader.page
    page.click(".dictate")
    page.wait_for_selector(".dictate[aria-pressed=true]")
    assert page.get_attribute(".dictate", "aria-label") == "说完了"
    assert page.locator(".worded").inner_text().startswith("正在录音")
    page.wait_for_timeout(9_000)  # As long as the clip is.
    page.click(".dictate")
    page.wait_for_selector(".worded:has-text('机器听写的')", timeout=400_000)
    assert "生产总值增长" in page.input_value("#lh-question")
    assert page.locator(".turn").count() == 0
    assert page.evaluate("document.activeElement.id") == "lh-question"
    reader.ask("漯河2024年上半年GDP增长多少？")
    assert page.locator(".worded").is_hidden()
    assert reader.problems == []
    assert reader.outside == []


def test_without_leave_to_listen_the_reader_is_told(read: Callable[..., Reader], asr: None) -> None:
    reader = read(locale="zh-HK")
    reader.page.click(".dictate")
    reader.page.wait_for_selector(".worded.failed:has-text('咪高峰')")


def test_without_a_secure_context_there_is_no_microphone(
    read: Callable[..., Reader], ocr: None
) -> None:
    reader = read(script="Object.defineProperty(window, 'isSecureContext', { value: false })")
    assert reader.page.locator(".dictate").is_hidden()
    assert reader.page.locator(".attach").is_visible()


def test_the_words_of_a_picture_are_shown_and_then_asked(
    read: Callable[..., Reader], ocr: None, tmp_path: Path
) -> None:
    reader = read(locale="zh-TW")
    sign = material.saved(material.sign(), tmp_path / "sign.png")
    reader.page.set_input_files(".attached", sign)
    reader.page.wait_for_selector(".worded:has-text('從圖片上讀出')", timeout=400_000)
    assert reader.page.input_value("#lh-question") == material.SIGN_HANT
    assert reader.page.locator(".turn").count() == 0
    assert reader.problems == []


def test_a_picture_of_the_collection_is_recognised_and_opens(
    read: Callable[..., Reader], ocr: None, assistant: Assistant, sample_corpus: Path
) -> None:
    reader = read()
    reader.page.set_input_files(".attached", sample_corpus / CHART)
    reader.page.click(".worded button")
    reader.wait_for_panel()
    media = next(one for one in assistant.document("gdp-2024-h1").media if one.path == CHART)
    assert reader.page.input_value("#lh-question") == media.caption
    assert reader.marked() == media.caption


@pytest.mark.usefixtures("ocr", "asr")
@pytest.mark.parametrize(
    ("given", "error"),
    [
        (None, "wording.format"),
        ({"name": 3, "data": []}, "wording.format"),
        (sent("page.pdf", b"%PDF-1.4"), "wording.format"),
        ({"name": "a.png", "data": "A" * (4 * MAX_BYTES // 3 + 8)}, "wording.size"),
        ({"name": "a.png", "data": "?"}, "error.unexpected"),
        (sent("../../a.png", b"no picture"), "wording.none.picture"),
        (sent("a.png", b"\0" * 80), "wording.none.picture"),
        (sent("a.wav", b"RIFF\0\0\0\0WAVE"), "wording.none.sound"),
        (sent("a.webm", "没有声音，只有文字。".encode()), "wording.none.sound"),
        (sent("a.mp3", b""), "wording.none.sound"),
    ],
)
def test_what_has_no_words_is_told_in_every_language(
    assistant: Assistant, given: object, error: str
) -> None:
    assert wording(assistant, given) == {"error": error}
    assert all(error in table for table in tables().values())
