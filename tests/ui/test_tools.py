"""What a reader does with an answer, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.feedback import read as read_feedback
from tests.ui.reader import Reader
from tests.ui.serving import serving

Read = Callable[..., Reader]

RADICALS = "《说文解字》有多少个部首？"
GROWTH = "漯河2024年上半年GDP增长多少？"

VOICES = """
const spoken = window.spoken = [];
const voices = TAGS.map(lang => ({ lang, name: lang }));
class Utterance { constructor(text) { this.text = text; } }
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, addEventListener() {}, cancel() { spoken.push("cancel"); },
  speak: one => { spoken.push([one.voice.lang, one.text]); setTimeout(() => one.onend?.()); },
} });
"""


def test_a_copied_answer_has_its_marks_and_its_quotes(read: Read, assistant: Assistant) -> None:
    reader = read(grant=["clipboard-read", "clipboard-write"])
    reader.ask(GROWTH)
    reader.page.click("[data-tool=copy]")
    reader.page.wait_for_selector("[data-tool=copy]:has-text('已复制')")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    answer = assistant.ask(GROWTH)
    for sentence in answer.sentences:
        assert sentence.text + "".join(f"[{n}]" for n in sentence.citations) in copied
    for citation in answer.citations:
        assert citation.quote in copied
        assert f"[{citation.number}] {citation.title}" in copied


def test_what_was_searched_is_shown_on_request(read: Read) -> None:
    reader = read()
    reader.ask(RADICALS)
    page = reader.page
    assert page.locator(".hits").is_hidden()
    page.click("[data-tool=found]")
    assert page.locator("[data-tool=found]").get_attribute("aria-expanded") == "true"
    scores = page.locator(".hits .scores").all_inner_texts()
    assert len(scores) > 5
    assert scores == sorted(scores, key=lambda one: float(one.split()[1]), reverse=True)
    page.locator(".hits .origin").first.click()
    reader.wait_for_panel()
    assert reader.marked()


def test_a_question_that_is_offered_goes_on_and_is_answered(read: Read) -> None:
    reader = read(locale="zh-TW")
    reader.ask(RADICALS)
    page = reader.page
    offered = page.locator(".further [data-ask]")
    question = offered.first.text_content()
    offered.first.click()
    page.wait_for_selector(".turn:nth-child(2) .reply[aria-busy=false]")
    turn = page.locator(".turn:nth-child(2)")
    assert turn.locator(".question .text").text_content() == question
    assert turn.get_attribute("data-status") == "answered"


def test_an_opinion_reaches_the_operator_with_the_reason(read: Read, settings: Settings) -> None:
    assert settings.feedback_log is not None
    before = len(read_feedback(settings.feedback_log))
    reader = read()
    reader.ask(RADICALS)
    page = reader.page
    page.click("[data-tool=down]")
    page.check(".why [value=incomplete]")
    page.fill(".why [name=comment]", "没说是谁写的")
    page.press(".why [name=comment]", "Enter")
    page.wait_for_selector(".thanks")
    assert page.locator("[data-tool=down]").get_attribute("aria-pressed") == "true"
    page.click("[data-tool=up]")
    page.wait_for_selector("[data-tool=up][aria-pressed=true]")
    newest, older, *_ = read_feedback(settings.feedback_log)
    assert len(read_feedback(settings.feedback_log)) == before + 2
    assert (newest.verdict, newest.question) == ("up", RADICALS)
    assert (older.reason, older.comment) == ("incomplete", "没说是谁写的")


@pytest.mark.parametrize(
    ("locale", "tags", "voice"),
    [
        ("zh-CN", ["en-US", "zh-HK", "zh-CN"], "zh-CN"),
        ("zh-TW", ["zh-CN", "zh_TW"], "zh_TW"),
        ("zh-HK", ["zh-CN", "zh-TW", "zh-HK"], "zh-HK"),
        ("zh-HK", ["zh-CN"], "zh-CN"),
    ],
)
def test_an_answer_is_read_aloud_with_local_names_said_right(
    read: Read, locale: str, tags: list[str], voice: str
) -> None:
    reader = read(locale=locale, script=VOICES.replace("TAGS", str(tags)))
    page = reader.page
    page.select_option("select.script", {"zh-CN": "zh-Hans"}.get(locale, locale))
    reader.ask(GROWTH)
    page.click("[data-tool=speak]")
    page.wait_for_function("spoken.length > 0")
    said = page.evaluate("spoken.filter(one => one !== 'cancel')")
    assert {one[0] for one in said} == {voice}
    text = "".join(one[1] for one in said)
    assert "洛河" in text
    assert "漯" not in text
    assert "[" not in text
    page.wait_for_function("spoken.includes('cancel')")


def test_nothing_is_offered_for_reading_where_there_is_no_voice(read: Read) -> None:
    reader = read(script=VOICES.replace("TAGS", "['en-US', 'ja-JP']"))
    reader.ask(GROWTH)
    assert reader.page.locator("[data-tool=copy]").is_visible()
    assert reader.page.locator("[data-tool=speak]").is_hidden()


PLAYED = """
window.played = [];
HTMLMediaElement.prototype.play = function () {
  played.push(this.src.slice(0, 30));
  setTimeout(() => this.onended?.());
  return Promise.resolve();
};
"""


def test_the_service_s_own_voice_reads_aloud_where_it_has_one(
    chromium: Any, settings: Settings, assistant: Assistant, models_dir: Path, tmp_path: Path
) -> None:
    told = {"LHASSIST_MODELS_DIR": str(models_dir)}
    with serving(settings, tmp_path / "log.txt", told) as address:
        reader = Reader(chromium, address, script=PLAYED)
        try:
            reader.ask(GROWTH)
            reader.page.click("[data-tool=speak]")
            reader.page.wait_for_selector("[data-tool=speak]:has-text('停止朗读')")
            reader.page.wait_for_selector(
                "[data-tool=speak]:not(:has-text('停止朗读'))", timeout=400_000
            )
            played = reader.page.evaluate("played")
        finally:
            reader.close()
    assert len(played) == len(assistant.ask(GROWTH).sentences)
    assert all(one.startswith("data:audio/wav;base64,UklGR") for one in played)
