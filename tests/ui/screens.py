"""Takes the screenshots of docs/screens: `python -m tests.ui.screens [FOLDER]`."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from lhassist.config import Settings
from tests.conftest import REPOSITORY
from tests.media import material
from tests.ui.reader import Reader
from tests.ui.serving import chromium_path, open_chromium, serving

LARGEST = 100_000
"""Bytes that a picture in the repository may have."""

COLOURS = 256
"""In a picture; the page has few, and so its pictures need less than half the room."""

FLUTES = ("贾湖骨笛是用什么骨头做的？", "賈湖骨笛是用什麼骨頭做的？")
GROWTH = ("漯河2024年上半年GDP增长多少？", "漯河2024年上半年GDP增長多少？")
REFUSED = ("漯河地铁有几条线？", "漯河地鐵有幾條線？")

FIGURES = ("漯河历年GDP增速", "漯河歷年GDP增速")
RADICALS = "《说文解字》有多少个部首？"
DIFFERING = ("漯河食品产业规模有多大？", "漯河食品產業規模有多大？")
DOUBTED = "漯河2024年上半年GDP增長8.7%嗎？"

SPOKEN = ("沙河新桥全长多少米？", "沙河新橋全長多少米？")
CUES = [
    (0.5, 2.0, "各位听众，这里是漯河的桥梁专题。"),
    (2.0, 4.5, "沙河新桥全长1280米，双向六车道。"),
    (4.5, 6.0, "它在2025年3月1日通车。"),
]
"""Said in the recording of a collection that is made up to show the player."""

MEASURING_MS = 900_000
"""How long the whole evaluation may take on a busy machine."""

Act = Callable[[Reader], None]


def front(reader: Reader) -> None:
    """The first page, as it opens."""


def asked(question: str) -> Act:
    return lambda reader: reader.ask(question)


def article(question: str) -> Act:
    def act(reader: Reader) -> None:
        reader.ask(question)
        reader.open_mark(0)

    return act


def hovered(question: str) -> Act:
    def act(reader: Reader) -> None:
        reader.ask(question)
        reader.page.locator(".said .cite").first.hover()

    return act


def gallery(question: str) -> Act:
    def act(reader: Reader) -> None:
        reader.ask(question)
        reader.page.locator(".gallery").scroll_into_view_if_needed()

    return act


def converted(question: str) -> Act:
    def act(reader: Reader) -> None:
        reader.ask(question)
        reader.page.locator(".source:has(.title[lang=zh-Hans])").first.click()
        reader.page.click(".panel .convert")
        reader.wait_for_panel()

    return act


def checked(reader: Reader) -> None:
    reader.page.click('.views a[href="#check"]')
    reader.page.click(".checker .try")
    reader.page.wait_for_selector(".claims")


def searched(reader: Reader) -> None:
    reader.ask(RADICALS)
    reader.page.click("[data-tool=down]")
    reader.page.click("[data-tool=found]")


def conversations(reader: Reader) -> None:
    for question in (GROWTH[0], FLUTES[1]):
        reader.ask(question)
        reader.page.click(".new")
    reader.page.click(".to-history")


def library(reader: Reader) -> None:
    reader.page.click('.views a[href="#library"]')
    reader.page.wait_for_selector(".lh[data-operator] .listing[aria-busy=false] .headline")


def adding(reader: Reader) -> None:
    library(reader)
    reader.page.click(".open-add")
    reader.page.click(".pasting summary")


def worded(reader: Reader) -> None:
    reader.page.set_input_files(".attached", REPOSITORY / "corpus/media/gdp-2024-h1.png")
    reader.page.wait_for_selector(".worded button")


def evaluation(reader: Reader) -> None:
    reader.page.click('.views a[href="#evaluation"]')
    reader.page.wait_for_selector(
        ".lh[data-operator] .measured :is(.none, .reported):not([hidden])"
    )


def measured(reader: Reader) -> None:
    evaluation(reader)
    if reader.page.locator(".reported").is_hidden():
        reader.page.click(".evaluate")
        reader.page.wait_for_selector(
            ".view[data-view=evaluation] .told:not([hidden])", timeout=MEASURING_MS
        )
    reader.page.wait_for_selector(
        ".reported:not([hidden])"
    )  # Else the line says why there is none.
    reader.page.frame_locator(".report").locator("table").first.wait_for()
    reader.page.wait_for_timeout(1000)  # Until the frame is painted.


WIDE: dict[str, Any] = {"width": 1280, "height": 860}
MIDDLE: dict[str, Any] = {"width": 768, "height": 900}
NARROW: dict[str, Any] = {"width": 390, "height": 844}
HANS: dict[str, Any] = {"locale": "zh-CN"}
HANT: dict[str, Any] = {"locale": "zh-TW"}
HONG_KONG: dict[str, Any] = {"locale": "zh-HK"}
ENGLISH: dict[str, Any] = {"locale": "en-GB"}
DARK: dict[str, Any] = {"dark": True}

SCREENS: dict[str, tuple[dict[str, Any], Act]] = {
    "front-hans-1280": (WIDE | HANS, front),
    "front-tw-1280-dark": (WIDE | HANT | DARK, front),
    "front-hk-390": (NARROW | HONG_KONG, front),
    "front-en-768": (MIDDLE | ENGLISH, front),
    "answer-hans-1280": (WIDE | HANS, asked(FLUTES[0])),
    "answer-tw-390-dark": (NARROW | HANT | DARK, asked(FLUTES[1])),
    "correction-hk-768": (MIDDLE | HONG_KONG, asked(DOUBTED)),
    "chart-hans-1280": (WIDE | HANS, asked(FIGURES[0])),
    "chart-tw-390-dark": (NARROW | HANT | DARK, asked(FIGURES[1])),
    "differing-hans-768": (MIDDLE | HANS, asked(DIFFERING[0])),
    "differing-tw-1280-dark": (WIDE | HANT | DARK, asked(DIFFERING[1])),
    "searched-hans-1280": (WIDE | HANS, searched),
    "quote-hans-1280": (WIDE | HANS, hovered(FLUTES[0])),
    "article-hans-1280": (WIDE | HANS, article(FLUTES[0])),
    "article-hk-1280-dark": (WIDE | HONG_KONG | DARK, article(FLUTES[1])),
    "article-tw-390": (NARROW | HANT, article(FLUTES[1])),
    "converted-tw-1280": (WIDE | HANT, converted(FLUTES[1])),
    "gallery-hans-390": (NARROW | HANS, gallery(FLUTES[0])),
    "check-hans-1280": (WIDE | HANS, checked),
    "check-hk-390-dark": (NARROW | HONG_KONG | DARK, checked),
    "conversations-tw-1280": (WIDE | HANT, conversations),
    "refusal-hans-1280": (WIDE | HANS, asked(REFUSED[0])),
    "refusal-tw-390-dark": (NARROW | HANT | DARK, asked(REFUSED[1])),
    "library-hans-1280": (WIDE | HANS, library),
    "library-tw-390-dark": (NARROW | HANT | DARK, library),
    "adding-hans-1280": (WIDE | HANS, adding),
    "adding-hk-390": (NARROW | HONG_KONG, adding),
    "worded-hans-1280-dark": (WIDE | HANS | DARK, worded),
    "worded-tw-390": (NARROW | HANT, worded),
    "evaluation-hk-768": (MIDDLE | HONG_KONG, evaluation),
    "report-hans-1280": (WIDE | HANS, measured),
    "report-tw-390-dark": (NARROW | HANT | DARK, measured),
}
"""Of the sample articles, in this order."""

RECORDED: dict[str, tuple[dict[str, Any], Act]] = {
    "recording-hans-768": (MIDDLE | HANS, asked(SPOKEN[0])),
    "recording-tw-390-dark": (NARROW | HANT | DARK, article(SPOKEN[1])),
}
"""Of a collection that is one recording."""


def recorded(corpus: Path) -> Path:
    """The folder of that collection: silence, with its words beside it."""
    corpus.mkdir()
    material.wav(np.zeros(6 * 8000, np.float32), corpus / "新桥专题.wav", rate=8000)
    (corpus / "新桥专题.srt").write_text(material.srt(CUES), "utf-8")
    return corpus


def take(
    screens: Mapping[str, tuple[dict[str, Any], Act]],
    folder: Path,
    corpus: Path,
    work: Path,
    browser: Any,
) -> None:
    """Serves a collection and takes its screenshots."""
    settings = Settings.load(index_dir=work / f"{corpus.name}-index", corpus_dir=corpus)
    with serving(settings, work / "log.txt") as address:
        for name, (options, act) in screens.items():
            of_samples = screens is SCREENS
            reader = Reader(browser, address, waits_for_examples=of_samples, **options)
            act(reader)
            if act is not measured:  # A page with a frame of its own never counts as idle.
                reader.page.wait_for_load_state("networkidle")
            picture = Image.open(io.BytesIO(reader.page.screenshot())).convert("RGB")
            reader.close()
            file = folder / f"{name}.png"
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
            if file.stat().st_size > LARGEST:
                raise SystemExit(f"{file}: more than {LARGEST} bytes")


def main(folder: Path) -> None:
    """Takes every screenshot."""
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium_path()
    if path is None:
        raise SystemExit("needs Chromium: apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        browser = open_chromium(playwright, path)
        take(RECORDED, folder, recorded(work / "recorded"), work, browser)
        take(SCREENS, folder, REPOSITORY / "corpus", work, browser)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs" / "screens")
