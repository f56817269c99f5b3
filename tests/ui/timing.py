"""How long a reader waits: `python -m tests.ui.timing` prints seconds and milliseconds."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from lhassist.config import Settings
from lhassist.ui.first_start import open_assistant
from tests.conftest import REPOSITORY
from tests.ui.reader import Reader
from tests.ui.serving import chromium_path, open_chromium, serving

QUESTIONS = 50

FIRST_TEXT = """question => new Promise(done => {
  const field = document.querySelector("#lh-question");
  const turns = document.querySelectorAll(".turn").length;
  field.value = question;
  const start = performance.now();
  const watch = new MutationObserver(() => {
    const turn = document.querySelectorAll(".turn")[turns];
    if (!turn?.querySelector(".said")) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  watch.observe(document.querySelector(".conversation"), { childList: true, subtree: true });
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
})"""


def main() -> None:
    """Measures over the sample articles, with the index built beforehand."""
    path = chromium_path()
    if path is None:
        raise SystemExit("needs Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = open_chromium(playwright, path)
        settings = Settings.load(index_dir=Path(work) / "index", corpus_dir=REPOSITORY / "corpus")
        open_assistant(settings)
        start = time.perf_counter()
        with serving(settings, Path(work) / "log.txt") as address:
            answered = time.perf_counter() - start
            reader = Reader(browser, address)
            ready = time.perf_counter() - start
            waits = []
            for number in range(QUESTIONS):
                waits.append(
                    reader.page.evaluate(FIRST_TEXT, f"漯河202{number % 6}年GDP增长多少？")
                )
                reader.page.wait_for_selector(".turn:last-child .reply[aria-busy=false]")
    sys.stdout.write(
        f"app.py to the server's first answer: {answered:.1f} s\n"
        f"app.py to a page that can be used: {ready:.1f} s\n"
        f"Enter to the first text of an answer, {QUESTIONS} questions: "
        f"median {statistics.median(waits):.0f} ms, "
        f"p95 {statistics.quantiles(waits, n=20)[-1]:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
