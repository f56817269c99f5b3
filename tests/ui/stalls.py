"""How long one reader waits while another adds articles: `python -m tests.ui.stalls [COUNT]`.

A reader asks one question after the other, in a browser; an operator in another adds the articles.
A wait is the time from Enter to the first text of an answer, or from one growth of it to the next.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from lhassist.config import Settings
from lhassist.ui.first_start import open_assistant
from tests.conftest import REPOSITORY
from tests.ui.reader import Reader
from tests.ui.serving import chromium_path, open_chromium, serving

ARTICLES = 200
"""Unless another number is asked for."""

QUESTIONS = 50

ASK = """question => new Promise(done => {
  const field = document.querySelector("#lh-question");
  const turns = document.querySelectorAll(".turn").length;
  field.value = question;
  let before = performance.now();
  let said = "";
  const waits = [];
  const watch = new MutationObserver(() => {
    const turn = document.querySelectorAll(".turn")[turns];
    const text = turn?.querySelector(".said-body .said")?.textContent ?? "";
    if (text !== said) {
      const now = performance.now();
      waits.push(now - before);
      before = now;
      said = text;
    }
    if (turn?.querySelector(".reply[aria-busy=false]")) {
      watch.disconnect();
      done(waits);
    }
  });
  const everything = { childList: true, subtree: true, attributes: true, characterData: true };
  watch.observe(document.querySelector(".conversation"), everything);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
})"""


def articles(folder: Path, count: int, first: int = 0) -> list[Path]:
    """Files of about 900 characters, numbered from `first`, each with figures of its own."""
    folder.mkdir()
    paths = []
    for number in range(first, first + count):
        paragraphs = [
            f"第{number}号社区在{1990 + part}年有居民{number * 37 + part * 11}户，"
            f"社区食堂每天供餐{number + part * 3}份，一位居民说饭菜又热又便宜。"
            f"当年修路{number % 9 + part}条，植树{number * 3 + part}棵，"
            f"文化广场第{number + part}次翻修后，晚上有人唱戏，也有人打太极拳。"
            for part in range(10)
        ]
        path = folder / f"community-{number}.md"
        head = f"---\ntitle: 第{number}号社区的十年\npublished: 2024-0{number % 9 + 1}-01\n---\n\n"
        path.write_text(head + "\n\n".join(paragraphs) + "\n", "utf-8")
        paths.append(path)
    return paths


def ask(reader: Reader, number: int) -> list[float]:
    """The waits of one question, in milliseconds."""
    questions = (
        f"漯河202{number % 6}年GDP增长多少？",
        "贾湖骨笛是用什么骨头做的？",
        "小商桥在哪里？",
    )
    waits: list[float] = reader.page.evaluate(ASK, questions[number % 3])
    if number % 10 == 9:
        reader.page.click(".new")
    return waits


def line(name: str, answers: list[list[float]]) -> str:
    """One line of the report."""
    waits = [wait for answer in answers for wait in answer]
    first = statistics.median(answer[0] for answer in answers)
    return (
        f"{name}: {len(answers)} questions, {len(waits)} waits; first text: median {first:.0f} ms; "
        f"every wait: p95 {statistics.quantiles(waits, n=20)[-1]:.0f} ms, "
        f"longest {max(waits):.0f} ms\n"
    )


def measure(browser: Any, work: Path, count: int) -> None:
    """Serves a copy of the sample articles and writes the report."""
    shutil.copytree(REPOSITORY / "corpus", work / "corpus")
    settings = Settings.load(index_dir=work / "index", corpus_dir=work / "corpus")
    open_assistant(settings)
    # Of figures that an earlier run has left in the cache, nothing would have to be computed.
    files = articles(work / "new", count, random.randrange(1_000_000))
    with serving(settings, work / "log.txt") as address:
        reader = Reader(browser, address)
        quiet = [ask(reader, number) for number in range(QUESTIONS)]
        sys.stdout.write(line("nobody else there", quiet))
        operator = Reader(browser, address)
        operator.page.click('.views a[href="#library"]')
        operator.page.wait_for_selector(".lh[data-operator=true] .listing[aria-busy=false]")
        began = time.perf_counter()
        operator.page.set_input_files(".files", files)
        busy = []
        while operator.page.locator(".upload[data-outcome]").count() < len(files):
            busy.append(ask(reader, len(busy)))
        taken = time.perf_counter() - began
        sys.stdout.write(line(f"while {count} articles are added", busy))
        added = operator.page.locator(".upload[data-outcome=good]").count()
        sys.stdout.write(f"{added} articles added in {taken:.0f} s\n")


def main() -> None:
    """Measures with a browser and a folder of its own."""
    path = chromium_path()
    if path is None:
        raise SystemExit("needs Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
        measure(open_chromium(playwright, path), Path(work), count)


if __name__ == "__main__":
    main()
