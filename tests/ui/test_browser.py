"""The running page, read in a real browser."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.script import detect
from tests.conftest import REPOSITORY
from tests.ui.reader import Reader

Read = Callable[..., Reader]

GROWTH = "漯河2024年上半年GDP增长多少？"
GROWTH_TRADITIONAL = "漯河2024年上半年GDP增長多少？"
FLUTES = "贾湖骨笛是用什么骨头做的？"
REFUSED = "漯河地铁有几条线？"


def test_the_same_question_in_both_scripts_gets_the_same_sources(read: Read) -> None:
    reader = read()
    sources = []
    for question, script, lang in (
        (GROWTH, "zh-Hans", "zh-Hans"),
        (GROWTH_TRADITIONAL, "zh-Hant", "zh-Hant-TW"),
    ):
        reader.ask(question)
        assert "7.8%" in reader.said()
        assert detect(reader.said()) == script
        turn = reader.page.locator(".turn").last
        assert turn.locator(".sentence").first.get_attribute("lang") == lang
        assert turn.locator(".question .text").get_attribute("lang") == lang
        sources.append(
            turn.locator(".quoted").evaluate_all(
                "all => all.map(one => [one.dataset.document, one.dataset.start])"
            )
        )
    assert sources[0] == sources[1] != []
    assert reader.problems == []


def test_a_follow_up_goes_on_and_a_new_conversation_begins_anew(read: Read) -> None:
    reader = read()
    reader.ask(GROWTH)
    reader.ask("那规上工业呢？")
    assert (
        "漯河2024年上半年规上工业增长多少？"
        in reader.page.locator(".turn:last-child .hint").first.inner_text()
    )
    assert "12.1%" in reader.said()
    reader.page.click(".new")
    reader.ask("那规上工业呢？")
    assert "规上工业增长多少" not in reader.page.locator(".turn:last-child").inner_text()
    assert reader.problems == []


@pytest.mark.parametrize("question", [GROWTH_TRADITIONAL, FLUTES])
def test_a_mark_opens_its_article_at_the_very_quote(
    read: Read, assistant: Assistant, question: str
) -> None:
    reader = read()
    reader.ask(question)
    marks = reader.page.locator(".turn:last-child .said .cite")
    assert marks.count() >= 1
    for index in range(marks.count()):
        number = marks.nth(index).get_attribute("data-cite")
        quoted = reader.page.locator(f'.turn:last-child .quoted[data-cite="{number}"]')
        identity = quoted.get_attribute("data-document")
        start, end = (int(quoted.get_attribute(f"data-{name}")) for name in ("start", "end"))
        document = assistant.document(identity)
        reader.open_mark(index)
        assert reader.marked() == document.text[start:end]
        assert reader.page.locator(".panel h2").text_content() == document.title
        assert reader.page.locator(".panel mark").first.evaluate(
            """mark => {
                const box = mark.getBoundingClientRect();
                const frame = mark.closest(".content").getBoundingClientRect();
                return box.top >= frame.top && box.bottom <= frame.bottom;
            }"""
        )


def test_stepping_through_the_sources_of_an_answer(read: Read) -> None:
    reader = read()
    reader.ask(FLUTES)
    quotes = reader.page.locator(".turn:last-child .quoted").evaluate_all(
        """all => all.sort((a, b) => a.dataset.cite - b.dataset.cite)
                     .map(one => one.querySelector("blockquote").textContent)"""
    )
    assert len(quotes) >= 2
    reader.open_mark(0)
    assert reader.marked() == quotes[0]
    reader.page.click(".panel .next")
    reader.page.wait_for_function(
        "quote => document.querySelector('.panel mark')?.textContent === quote", arg=quotes[1]
    )
    reader.page.click(".panel .previous")
    reader.page.wait_for_function(
        "quote => document.querySelector('.panel mark')?.textContent === quote", arg=quotes[0]
    )


def test_of_two_articles_asked_for_in_a_row_the_later_one_is_shown(read: Read) -> None:
    reader = read()
    reader.ask(FLUTES)
    page = reader.page
    sources = page.locator(".turn:last-child .source")
    assert sources.count() >= 2
    held: list[Any] = []

    def hold_the_first(route: Any) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/component_server/", hold_the_first)
    sources.nth(0).click()
    sources.nth(1).click()
    reader.wait_for_panel()
    with page.expect_response("**/component_server/"):
        held[0].continue_()
    title = sources.nth(1).locator(".title").text_content()
    assert page.locator(".panel h2").text_content() == title


def test_an_article_can_be_shown_in_the_readers_script_and_back(read: Read) -> None:
    reader = read(locale="zh-CN")
    reader.ask(FLUTES)
    page = reader.page
    page.locator(".turn:last-child .source:has(.title[lang|=zh-Hant])").first.click()
    page.wait_for_selector(".panel .article[lang|=zh-Hant] mark")
    original = reader.marked()
    page.click(".panel .convert")
    page.wait_for_selector(".panel .article[lang=zh-Hans] mark")
    assert reader.marked() != original
    assert len(reader.marked()) == len(original)
    assert page.locator(".panel .converted").is_visible()
    page.click(".panel .convert")
    page.wait_for_selector(".panel .article[lang|=zh-Hant] mark")
    assert reader.marked() == original


def test_the_quote_shows_on_hover(read: Read) -> None:
    reader = read()
    reader.ask(GROWTH)
    quote = reader.page.locator(".turn:last-child .quoted blockquote").first.text_content()
    assert reader.page.locator(".popover").is_hidden()
    reader.page.locator(".cite").first.hover()
    assert reader.page.locator(".popover blockquote").text_content() == quote
    reader.page.mouse.move(2, 2)
    reader.page.wait_for_selector(".popover", state="hidden")


def test_a_refusal_looks_different_and_leads_to_the_topics(read: Read) -> None:
    reader = read()
    reader.ask(REFUSED)
    turn = reader.page.locator(".turn").last
    assert turn.get_attribute("data-status") == "refused"
    assert turn.locator(".refused").is_visible()
    assert turn.locator(".cite, .sources, .gallery").count() == 0
    turn.locator(".chips button[data-topic]").first.click()
    reader.wait_for_panel()
    assert reader.page.locator(".panel .headline").count() >= 1
    reader.page.locator(".panel .headline").first.click()
    reader.page.wait_for_selector(".panel .article")
    reader.page.click(".panel .back")
    reader.page.wait_for_selector(".panel .shelf")


def test_the_views_of_the_page_have_addresses(read: Read) -> None:
    reader = read()
    page = reader.page
    for name in ("check", "library", "evaluation"):
        page.click(f'.views a[href="#{name}"]')
        page.wait_for_selector(f'.view[data-view="{name}"]')
        assert page.locator(".view:visible").count() == 1
        assert page.locator(".views [aria-current=page]").get_attribute("href") == f"#{name}"
    page.go_back()
    page.wait_for_selector('.view[data-view="library"]')
    page.reload()
    page.wait_for_selector('.view[data-view="library"]')
    page.click('.views a[href="#ask"]')
    page.wait_for_selector(".composer")
    assert reader.problems == []


def test_a_pasted_text_is_checked_and_its_quotes_open(read: Read, assistant: Assistant) -> None:
    reader = read(locale="zh-TW")
    page = reader.page
    page.click('.views a[href="#check"]')
    page.click(".checker .try")
    page.wait_for_selector(".claims")
    assert "不符 1 句" in page.locator(".counts").inner_text()
    for index in range(page.locator(".checked .cite").count()):
        quoted = page.locator(".checked .quoted").nth(index)
        quote = quoted.locator("blockquote").text_content()
        quoted.locator(".cite").click()
        page.wait_for_function(
            """quote => document.querySelector(".panel .content[aria-busy=false] mark") &&
            [...document.querySelectorAll(".panel mark")].map(one => one.textContent).join("")
              === quote""",
            arg=quote,
        )
    assert reader.overflow() == 0
    page.fill("#lh-text", "！！")
    page.press("#lh-text", "Control+Enter")
    page.wait_for_selector(".checked .failed")
    assert "貼上" in page.locator(".checked .failed").inner_text()
    assert reader.problems == []


def test_what_has_the_focus_is_never_behind_the_composer(read: Read) -> None:
    reader = read(width=390, height=844)
    reader.ask(FLUTES)
    page = reader.page
    page.evaluate("document.querySelector('.turn:last-child .said .cite').focus()")
    seen = 0
    while page.evaluate("!document.activeElement.matches('#lh-question')"):
        assert page.evaluate(
            """() => {
                const focused = document.activeElement.getBoundingClientRect();
                return focused.top < document.querySelector(".field").getBoundingClientRect().top;
            }"""
        )
        page.keyboard.press("Tab")
        seen += 1
        assert seen < 60
    assert seen > 8


def test_the_page_works_with_the_keyboard_alone(read: Read) -> None:
    reader = read()
    page = reader.page
    assert page.evaluate("document.activeElement.id") == "lh-question"
    page.keyboard.type(GROWTH)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn .reply[aria-busy=false]")
    walk_to(page, "Shift+Tab", ".said .cite")
    mark = page.locator(".cite:focus")
    number = mark.get_attribute("data-cite")
    quote = page.locator(f'.quoted[data-cite="{number}"] blockquote').text_content()
    assert page.locator(".popover blockquote").text_content() == quote
    assert (
        page.locator(f"#{mark.get_attribute('aria-describedby')}").get_attribute("role")
        == "tooltip"
    )
    page.keyboard.press("Escape")
    assert page.locator(".popover").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel mark")
    assert page.evaluate("document.activeElement.matches('.panel h2')")
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.matches('.cite')")
    walk_to(page, "Tab", "[data-tool=found]")
    page.keyboard.press("Enter")
    assert page.locator(".found").is_visible()
    walk_to(page, "Tab", ".found [data-document]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel .article")
    page.keyboard.press("Escape")
    walk_to(page, "Shift+Tab", "[data-tool=found]")
    page.keyboard.press("Space")
    assert page.locator(".found").is_hidden()
    walk_to(page, "Tab", "#lh-question")
    page.keyboard.type(FLUTES)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:nth-child(2) .reply[aria-busy=false]")
    assert reader.problems == []


def walk_to(page: Any, key: str, selector: str) -> None:
    """Presses a key until the focus is on what is looked for."""
    for _ in range(60):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {selector}")


def test_on_a_telephone_nothing_scrolls_sideways_and_the_article_takes_the_page(
    read: Read,
) -> None:
    reader = read(width=390, height=844)
    page = reader.page
    assert reader.overflow() == 0
    reader.ask(FLUTES)
    assert reader.overflow() == 0
    reader.open_mark(0)
    assert reader.overflow() == 0
    assert page.locator(".panel").bounding_box()["width"] == 390
    assert page.locator(".panel").get_attribute("role") == "dialog"
    assert page.locator(".sheet").evaluate("sheet => sheet.inert")
    page.click(".panel .back")
    page.wait_for_selector(".panel", state="hidden")
    assert not page.locator(".sheet").evaluate("sheet => sheet.inert")
    reader.open_mark(0)
    page.go_back()
    page.wait_for_selector(".panel", state="hidden")
    assert page.locator(".turn").count() == 1


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_is_wider_than_the_window_with_text_of_any_size(read: Read, width: int) -> None:
    reader = read(width=width)
    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert reader.overflow() == 0
    reader.ask(FLUTES)
    reader.page.click("[data-tool=found]")
    reader.page.click("[data-tool=down]")
    assert reader.overflow() == 0
    _check_the_sample(reader)
    assert reader.overflow() == 0
    reader.page.click(".to-history")
    assert reader.page.locator(".history").evaluate("one => one.scrollWidth <= one.clientWidth")


WRONGLY_LAID = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) &&
    !one.closest(".unseen, .skip, option, svg, thead, .composer, dialog:not([open])");
  const within = document.querySelector("dialog[open], .panel:not([hidden])") ??
    document.querySelector(".sheet");
  const texts = [...within.querySelectorAll("*")].filter((one) => seen(one) &&
    [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const found = [];
  const boxes = texts.map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const box = one.getBoundingClientRect();
    if (box.left < -1 || box.right > innerWidth + 1) found.push(["off", one.textContent]);
    const lines = [...range.getClientRects()].filter((line) => line.width > 3);
    // A character or two in a line.
    const rows = new Set(lines.map((line) => Math.round(line.top / 8))).size;
    if (rows > 2 && rows > one.textContent.trim().length / 2.5)
      found.push(["tall", one.textContent]);
    return [one, lines];
  });
  boxes.forEach(([one, lines], index) => {
    for (const [other, others] of boxes.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      if (one.closest(".bar, .masthead") !== other.closest(".bar, .masthead")) continue;
      for (const a of lines) for (const b of others) {
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 3 && height > Math.min(a.height, b.height) / 2)
          found.push(["over", one.textContent, other.textContent]);
      }
    }
  });
  return found;
}"""


@pytest.mark.parametrize(
    ("locale", "dark", "question"),
    [("zh-CN", False, "漯河历年GDP增速"), ("zh-TW", True, "漯河歷年GDP增速")],
)
def test_on_a_telephone_large_text_is_neither_cut_off_nor_over_other_text(
    read: Read, locale: str, dark: bool, question: str
) -> None:
    reader = read(locale=locale, width=390, height=844, dark=dark)
    page = reader.page
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    def is_well_laid() -> None:
        assert page.evaluate(WRONGLY_LAID) == []
        assert reader.overflow() == 0

    is_well_laid()
    reader.ask(question)
    is_well_laid()
    page.locator(".values .cite").first.click()
    reader.wait_for_panel()
    is_well_laid()
    page.click(".panel .back")
    page.wait_for_selector(".panel", state="hidden")
    page.click(".to-history")
    is_well_laid()
    page.keyboard.press("Escape")
    _check_the_sample(reader)
    is_well_laid()
    page.click('.views a[href="#library"]')
    page.wait_for_selector(".lh[data-operator=true] .listing[aria-busy=false] .headline")
    page.click(".open-add")
    page.click(".pasting summary")
    is_well_laid()
    page.locator(".entries .remove").first.click()
    is_well_laid()
    page.keyboard.press("Escape")
    page.click('.views a[href="#evaluation"]')
    page.wait_for_selector(".measured :is(.none, .reported):visible")
    is_well_laid()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_whole_form_that_asks_what_was_wrong_is_seen(read: Read, width: int) -> None:
    reader = read(width=width)
    reader.ask("漯河历年GDP增速")
    page = reader.page
    page.click("[data-tool=down]")
    send = page.locator(".why button").bounding_box()
    assert send["y"] + send["height"] <= page.locator(".field").bounding_box()["y"]


def _check_the_sample(reader: Reader) -> None:
    reader.page.click('.views a[href="#check"]')
    reader.page.click(".checker .try")
    reader.page.wait_for_selector(".claims")


def test_pictures_of_the_cited_passages_are_shown_and_enlarged(read: Read) -> None:
    reader = read()
    reader.ask(FLUTES)
    page = reader.page
    figures = page.locator(".gallery figure")
    assert figures.count() >= 1
    held = page.locator(".gallery figure:has(img)").first
    held.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.gallery img').naturalWidth > 0")
    caption = held.locator("figcaption span").first.text_content()
    assert held.locator("img").get_attribute("alt") == caption
    held.locator(".enlarge").click()
    assert page.locator(".lightbox img").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".lightbox").is_hidden()
    held.locator(".origin").click()
    page.wait_for_selector(".panel figure mark")
    assert reader.marked() == caption


@pytest.mark.parametrize(
    ("locale", "question"), [("zh-CN", "漯河历年GDP增速"), ("zh-TW", "漯河歷年GDP增速")]
)
def test_every_point_of_a_chart_opens_its_quote_and_stands_in_the_table(
    read: Read, locale: str, question: str
) -> None:
    reader = read(locale=locale, width=390, height=844)
    reader.ask(question)
    page = reader.page
    points = page.locator(".chart .point")
    assert points.count() >= 3
    values = page.locator(".values td:last-child").all_inner_texts()
    for index in range(points.count()):
        point = points.nth(index)
        value = point.inner_text()
        assert any(value in one for one in values)
        assert value in point.get_attribute("aria-label")
        point.focus()
        quote = page.locator(
            f'.quoted[data-cite="{point.get_attribute("data-cite")}"] blockquote'
        ).text_content()
        page.keyboard.press("Enter")
        page.wait_for_selector(".panel mark")
        assert reader.marked() == quote
        page.keyboard.press("Escape")
        page.wait_for_selector(".panel", state="hidden")
        assert page.evaluate("document.activeElement.matches('.point')")
    assert reader.overflow() == 0
    assert page.evaluate(CONTRAST) == []
    assert reader.problems == []


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-CN", "图片未收录"), ("zh-TW", "圖片未收錄"), ("zh-HK", "圖片未收錄")]
)
def test_a_picture_that_is_not_held_says_so(
    read: Read, assistant: Assistant, locale: str, words: str
) -> None:
    lacking = next(
        document
        for document in assistant.generation.documents.values()
        if any(media.path is None for media in document.media)
    )
    reader = read(locale=locale)
    reader.page.locator(f'.columns h3 [data-topic="{lacking.topic}"]').click()
    reader.page.locator(f'.panel [data-document="{lacking.id}"]').click()
    assert reader.page.locator(".panel .missing").first.text_content() == words


@pytest.mark.parametrize(
    ("locale", "language", "lang", "send"),
    [
        ("zh-CN", "zh-CN", "zh-Hans", "提问"),
        ("zh-TW", "zh-TW", "zh-Hant-TW", "提問"),
        ("zh-HK", "zh-HK", "zh-Hant-HK", "提問"),
        ("en-GB", "en", "en", "Ask"),
        ("fr-FR", "zh-CN", "zh-Hans", "提问"),
    ],
)
def test_the_first_language_is_the_browsers(
    read: Read, locale: str, language: str, lang: str, send: str
) -> None:
    page = read(locale=locale).page
    assert page.locator("select.language").input_value() == language
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(".composer button[type=submit]").text_content() == send


def test_switching_the_language_keeps_the_conversation_and_is_remembered(read: Read) -> None:
    reader = read(locale="zh-CN")
    page = reader.page
    reader.ask(GROWTH)
    reader.ask(REFUSED)
    said = page.locator(".said").all_text_contents()
    assert page.locator(".sources h3").first.text_content() == "出处"
    page.select_option("select.language", "zh-HK")
    assert page.locator(".sources h3").first.text_content() == "出處"
    assert page.title() == "漯河問答"
    assert page.locator(".said").all_text_contents() == said
    page.select_option("select.language", "en")
    assert page.locator(".sources h3").first.text_content() == "Sources"
    assert page.locator(".said").all_text_contents() == said
    page.select_option("select.script", "zh-TW")
    page.reload()
    reader.wait_until_ready()
    assert page.locator("select.language").input_value() == "en"
    assert page.locator("select.script").input_value() == "zh-TW"
    reader.ask(GROWTH)
    assert detect(reader.said()) == "zh-Hant"


def test_a_question_without_words_gets_a_kind_message_in_the_conversation(read: Read) -> None:
    reader = read(locale="zh-HK")
    reader.ask("😀🎉")
    assert "這句話" in reader.page.locator(".turn .failed").inner_text()
    assert reader.page.locator(".turn .again").count() == 0


def test_a_lost_connection_is_said_kindly_and_the_question_can_be_sent_again(read: Read) -> None:
    reader = read()
    page = reader.page
    page.route("**/call/ask", lambda route: route.abort())
    reader.ask(GROWTH)
    assert "连不上服务" in page.locator(".turn .failed").inner_text()
    page.unroute("**/call/ask")
    page.click(".again")
    page.wait_for_selector(".turn .said")
    assert page.locator(".turn").count() == 1


def test_enter_that_ends_the_input_of_a_word_asks_nothing(read: Read) -> None:
    page = read().page
    page.fill("#lh-question", "贾湖")
    page.locator("#lh-question").dispatch_event(
        "keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    )
    page.press("#lh-question", "Shift+Enter")
    assert page.locator("#lh-question").input_value().startswith("贾湖")
    assert page.locator(".turn").count() == 0


def test_a_question_is_text_and_never_markup(read: Read) -> None:
    reader = read()
    question = "<img src=x onerror=document.title='broken'>贾湖骨笛是用什么骨头做的？"
    reader.ask(question)
    text = reader.page.locator(".question .text")
    assert text.text_content() == question
    assert text.locator("img").count() == 0
    assert reader.page.title() == "漯河问答"


def test_what_was_said_is_announced_once(read: Read) -> None:
    reader = read()
    reader.ask(FLUTES)
    sentences = [
        re.sub(r"\[\d+\]", "", one)
        for one in reader.page.locator(".turn:last-child .sentence").all_text_contents()
    ]
    announcer = reader.page.locator("[aria-live=polite]")
    assert announcer.locator("p").all_text_contents() == sentences


def test_a_new_conversation_begins_with_the_first_page(read: Read) -> None:
    reader = read()
    reader.ask(GROWTH)
    assert reader.page.locator(".front").is_hidden()
    reader.open_mark(0)
    reader.page.click(".new")
    assert reader.page.locator(".turn").count() == 0
    assert reader.page.locator(".panel").is_hidden()
    assert reader.page.locator(".front").is_visible()
    reader.page.locator(".examples button").first.click()
    reader.page.wait_for_selector(".turn .said")


CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b]
    .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (...colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const one of colours) { canvas.fillStyle = one; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const bad = [];
  for (const one of document.querySelectorAll(".lh *")) {
    const own = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !one.checkVisibility() || one.closest(".unseen, option") || one.disabled) continue;
    const behind = [];
    for (let at = one; at; at = at.parentElement)
      behind.unshift(getComputedStyle(at).backgroundColor);
    const style = getComputedStyle(one);
    const [a, b] = [light(paint(...behind)), light(paint(...behind, style.color))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.push([one.className, one.textContent.slice(0, 20), ratio]);
  }
  return bad;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_enough_contrast(read: Read, dark: bool) -> None:
    reader = read(dark=dark)
    page = reader.page
    shade = page.locator(".lh").evaluate("one => getComputedStyle(one).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", shade)[:3]) / 3
    assert (brightness < 60) if dark else (brightness > 200)
    assert page.evaluate(CONTRAST) == []
    reader.ask(FLUTES)
    reader.ask(REFUSED)
    page.locator("[data-tool=found]").first.click()
    page.locator("[data-tool=down]").first.click()
    reader.open_mark(0, ":first-child")
    assert page.evaluate(CONTRAST) == []
    page.click(".panel .close")
    _check_the_sample(reader)
    assert page.evaluate(CONTRAST) == []
    page.click(".to-history")
    assert page.evaluate(CONTRAST) == []


WORDS = """() => {
  const found = [];
  for (const one of document.querySelectorAll("body, body *")) {
    if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(one.tagName)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-roledescription"])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
    for (const node of one.childNodes) if (node.nodeType === 3) found.push(node.textContent);
  }
  return [document.title, ...found];
}"""


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "zh-HK"])
def test_no_english_is_left_in_a_chinese_page(
    read: Read, assistant: Assistant, locale: str
) -> None:
    reader = read(locale=locale)
    page = reader.page
    seen = page.evaluate(WORDS)
    reader.ask(FLUTES)
    reader.ask(REFUSED)
    reader.ask("!")
    reader.open_mark(0, ":first-child")
    seen += page.evaluate(WORDS)
    page.locator(".gallery .enlarge").first.click()
    seen += page.evaluate(WORDS)
    page.keyboard.press("Escape")
    page.click(".panel .close")
    page.locator("[data-tool=found]").first.click()
    page.locator("[data-tool=down]").first.click()
    page.click(".to-history")
    seen += page.evaluate(WORDS)
    page.keyboard.press("Escape")
    _check_the_sample(reader)
    seen += page.evaluate(WORDS)
    words = {word for text in seen for word in re.findall(r"[A-Za-z]{3,}", text)}
    articles = "".join(
        one.title + one.text + "".join(one.sources)
        for one in assistant.generation.documents.values()
    )
    own = {word for word in words if word not in articles}
    assert own <= {"English", "GDP", "Markdown", "JSON"}


def test_no_request_leaves_the_machine(read: Read) -> None:
    reader = read()
    reader.ask(FLUTES)
    reader.open_mark(0)
    reader.page.locator(".panel").get_by_role("button").last.focus()
    reader.page.wait_for_load_state("networkidle")
    assert reader.outside == []
    assert reader.problems == []


def _status(address: str, path: str) -> int:
    try:
        with urllib.request.urlopen(
            f"{address}gradio_api/file={urllib.parse.quote(path)}", timeout=30
        ) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_only_the_media_folder_is_served(address: str, settings: Settings) -> None:
    index = settings.index_dir.resolve()
    picture = next((index / "media").iterdir())
    assert _status(address, str(picture)) == 200
    current = next(path for path in index.iterdir() if path.is_file())
    for path in (
        current,
        index / "media" / ".." / current.name,
        REPOSITORY / "app.py",
        Path("app.py"),
        Path("corpus/gazetteer.toml"),
        Path("/etc/hostname"),
    ):
        assert _status(address, str(path)) in (403, 404), path
