"""The library and the evaluation in a real browser, over a copy of the sample articles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lhassist.config import Settings
from lhassist.ui.first_start import open_assistant
from tests.conftest import REPOSITORY
from tests.ui.reader import Reader
from tests.ui.serving import serving
from tests.ui.stalls import articles

Read = Callable[..., Reader]

TOKEN = "a-token-for-these-tests-alone"
BRIDGE = """---
title: 沙河新桥通车
published: 2025-03-01
topic: livelihood
---

漯河沙河新桥全长1280米，2025年3月1日通车，双向六车道。
"""
LENGTH = "沙河新桥全长多少米？"
PATIENCE = 400_000
"""Milliseconds; a job stands back for whatever else the machine does."""

GROWTH = "漯河2024年上半年GDP增长多少？"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Iterator[str]:
    """Where a service with a token serves articles that may be changed."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(sample_corpus, folder / "corpus")
    questions = (REPOSITORY / "eval/luohe/questions.jsonl").read_text("utf-8").splitlines()
    (folder / "eval/luohe").mkdir(parents=True)
    (folder / "eval/luohe/questions.jsonl").write_text("\n".join(questions[:4]) + "\n", "utf-8")
    settings = Settings.load(
        index_dir=folder / "index",
        corpus_dir=folder / "corpus",
        eval_dir=folder / "eval",
        operator_token=TOKEN,
    )
    open_assistant(settings)
    with serving(settings, folder / "log.txt") as where:
        yield where


@pytest.fixture
def visit(chromium: Any, guarded: str) -> Iterator[Read]:
    """Opens the page of the guarded service: `visit(view="library", signed_in=True)`."""
    readers: list[Reader] = []

    def open_page(view: str = "library", *, signed_in: bool = False, **options: Any) -> Reader:
        reader = Reader(chromium, guarded, **options)
        readers.append(reader)
        reader.page.set_default_timeout(PATIENCE)
        if signed_in:
            reader.page.evaluate("token => sessionStorage.setItem('lhassist.token', token)", TOKEN)
        open_view(reader, view)
        return reader

    yield open_page
    for reader in readers:
        reader.close()


def open_view(reader: Reader, view: str) -> None:
    reader.page.click(f'.views a[href="#{view}"]')
    if view == "library":
        reader.page.wait_for_selector(".listing[aria-busy=false] .headline")
    if view != "ask":
        reader.page.wait_for_selector(".lh[data-operator]")


def outcome(reader: Reader, name: str) -> str:
    """What became of a file, once it is settled."""
    item = reader.page.locator(f".upload:has-text('{name}')").first
    reader.page.wait_for_function("item => item.dataset.outcome", arg=item.element_handle())
    return str(item.locator(".state").text_content())


def titles(reader: Reader) -> list[str]:
    return list(reader.page.locator(".listing .title").all_text_contents())


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_reader_without_the_token_is_told_so_and_the_right_token_opens_the_library(
    visit: Read,
) -> None:
    reader = visit()
    page = reader.page
    assert page.locator(".listing .remove:visible").count() == 0
    page.click(".open-add")
    assert page.locator(".locked .why").inner_text() == "增删文章需要管理员的口令。"
    assert page.locator(".unlocked").is_hidden()
    for wrong in ("not-the-token", "口令"):
        page.fill("#lh-token", wrong)
        page.press("#lh-token", "Enter")
        page.wait_for_selector(".sign-in .failed:visible")
    page.fill("#lh-token", TOKEN)
    page.press("#lh-token", "Enter")
    page.wait_for_selector(".unlocked:visible")
    assert page.locator(".listing .remove:visible").count() > 0
    page.reload()
    reader.wait_until_ready()
    page.wait_for_selector(".lh[data-operator=true]")
    page.click(".open-add")
    page.click(".sign-out")
    page.wait_for_selector(".lh[data-operator=false]")
    assert page.locator(".listing .remove:visible").count() == 0
    assert page.evaluate("document.cookie") == ""
    assert reader.problems == []


def test_an_article_and_its_pictures_are_added_together(visit: Read, tmp_path: Path) -> None:
    reader = visit(signed_in=True, locale="zh-TW")
    page = reader.page
    page.click(".open-add")
    words = "\n![河上的沙河二橋](圖/二橋.png)\n"
    text = BRIDGE.replace("沙河新桥", "沙河二桥").replace("1280", "960") + words
    picture = tmp_path / "二橋.png"
    Image.effect_mandelbrot((160, 100), (-2, -1, 1, 1), 60).save(picture)
    page.set_input_files(".files", [write(tmp_path, "二桥.md", text), picture])
    assert outcome(reader, "二桥.md") == "已加入"
    assert outcome(reader, "二橋.png") == "已隨文章加入"
    page.click(".upload:has-text('二桥.md') button:text-is('開啟')")
    reader.wait_for_panel()
    shown = page.locator(".panel figure img")
    assert shown.get_attribute("alt") == "河上的沙河二橋"
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.panel figure img').naturalWidth === 160")
    page.click(".panel .close")
    page.click(".entries li:has-text('沙河二桥') .remove")
    page.click(".removing .yes")
    page.wait_for_selector(".told:visible:has-text('沙河二桥')")
    assert reader.problems == []


def test_an_article_is_added_asked_about_and_removed(visit: Read, tmp_path: Path) -> None:
    reader = visit(signed_in=True)
    page = reader.page
    open_view(reader, "ask")
    reader.ask(LENGTH)
    assert "1280" not in reader.said()
    open_view(reader, "library")
    assert page.locator(".library .heading:visible").inner_text() == "文库"
    page.click(".open-add")
    page.set_input_files(
        ".files",
        [
            write(tmp_path, "新桥.md", BRIDGE),
            write(tmp_path, "broken.md", "---\ntitle: [\n---\n\n没有写完。\n"),
            write(tmp_path, "empty.md", ""),
            write(tmp_path, "program.exe", "MZ"),
        ],
    )
    assert outcome(reader, "新桥.md") == "已加入"
    assert outcome(reader, "broken.md") == "读不成文章，没有加入"
    why = page.locator(".upload:has-text('broken.md') .detail")
    assert why.inner_text() == "文件开头两行 --- 之间的这一处写得不对：title: ["
    assert why.get_attribute("lang") == "zh-Hans"
    assert outcome(reader, "empty.md") == "文件是空的"
    assert outcome(reader, "program.exe") == "不是可以读的格式"
    page.wait_for_selector(".listing .title:text-is('沙河新桥通车')")
    page.click(".upload:has-text('新桥.md') button:text-is('打开')")
    reader.wait_for_panel()
    assert page.locator(".panel h2").text_content() == "沙河新桥通车"
    page.click(".panel .close")
    open_view(reader, "ask")
    reader.ask(LENGTH)
    assert "1280米" in reader.said()

    open_view(reader, "library")
    page.set_input_files(".files", [write(tmp_path, "新桥.md", BRIDGE.replace("1280", "1290"))])
    assert outcome(reader, "新桥.md") == "已有同名文件，没有覆盖"
    page.click(".upload:has-text('新桥.md') button:text-is('替换')")
    page.wait_for_selector(".upload[data-outcome=good]:has-text('已更新')")
    open_view(reader, "ask")
    reader.ask(LENGTH)
    assert "1290米" in reader.said()

    open_view(reader, "library")
    page.click(".entries li:has-text('沙河新桥通车') .remove")
    assert "沙河新桥通车" in page.locator(".removing h3").inner_text()
    page.click(".removing .yes")
    page.wait_for_selector(".told:visible:has-text('已移除《沙河新桥通车》')")
    assert "沙河新桥通车" not in titles(reader)
    page.click(".changes summary")
    page.wait_for_selector(".generations .removed li:text-is('新桥')")
    open_view(reader, "ask")
    reader.ask(LENGTH)
    assert "1290" not in reader.said()
    assert reader.problems == []


def drop(reader: Reader, *paths: Path) -> None:
    """Drops files and folders on the page, as from the desktop."""
    session = reader.page.context.new_cdp_session(reader.page)
    carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 600, "y": 400, "data": carried}
        session.send("Input.dispatchDragEvent", event)


def test_of_a_dropped_folder_every_file_is_told_of(visit: Read, tmp_path: Path) -> None:
    reader = visit(signed_in=True)
    page = reader.page
    folder = tmp_path / "桥"
    for place, name in (("石桥", "汾河石桥"), ("钢桥", "汾河钢桥")):
        (folder / place / "media").mkdir(parents=True)
        text = BRIDGE.replace("沙河新桥", name) + f"\n![{name}侧影](media/bridge.png)\n"
        write(folder / place, "index.md", text)
        # The same picture twice: each article has its own.
        picture = folder / place / "media" / "bridge.png"
        Image.effect_mandelbrot((160, 100), (-2, -1, 1, 1), 60).save(picture)
    write(folder, "program.exe", "MZ")
    write(folder, "empty.md", "")
    write(folder, "<img src=x onerror=alert(1)>.svg", "<svg><script>alert(1)</script></svg>")
    write(folder, ".DS_Store", "hidden")
    (folder / "nothing").mkdir()
    for number in range(120):
        write(folder / "石桥", f"{number}.exe", "MZ")
    drop(reader, folder)
    page.wait_for_function(
        "document.querySelectorAll('.upload[data-outcome]').length === 127", timeout=PATIENCE
    )
    told = {
        item.locator(".name").inner_text(): item.locator(".state").inner_text()
        for item in page.locator(".upload:not(:has-text('.exe'))").all()
    }
    assert told == {
        "桥/石桥/index.md": "已加入",
        "桥/钢桥/index.md": "已加入",
        "桥/石桥/media/bridge.png": "已随文章加入",
        "桥/钢桥/media/bridge.png": "已随文章加入",
        "桥/empty.md": "文件是空的",
        "桥/<img src=x onerror=alert(1)>.svg": "不是可以读的格式",
    }
    assert page.locator(".upload .state:text-is('不是可以读的格式')").count() == 122
    drop(reader, folder / "nothing")
    page.wait_for_selector(".told:visible:has-text('里面没有文件。')")
    for name in ("汾河石桥", "汾河钢桥"):
        page.click(f".entries li:has-text('{name}') .remove")
        page.click(".removing .yes")
        page.wait_for_selector(f".told:visible:has-text('{name}')")
    assert reader.problems == []


def test_a_pasted_text_becomes_an_article(visit: Read) -> None:
    reader = visit(signed_in=True, locale="zh-TW")
    page = reader.page
    page.click(".open-add")
    page.click(".pasting summary")
    page.click(".paste .primary")
    page.wait_for_selector(".paste .failed:visible:has-text('請寫上標題和內文。')")
    assert page.evaluate("document.activeElement.id") == "lh-paste-title"
    page.fill("#lh-paste-title", "澧河夜市")
    page.fill("#lh-paste-date", "2025-06")
    page.select_option("#lh-paste-topic", "livelihood")
    page.fill("#lh-paste-text", "澧河夜市設攤位86個。\n每天晚上六點開市。")
    page.click(".paste .primary")
    assert outcome(reader, "澧河夜市") == "已加入"
    open_view(reader, "ask")
    reader.ask("澧河夜市有多少個攤位？")
    assert "86" in reader.said()
    assert reader.problems == []


def test_two_readers_are_answered_while_articles_are_added(visit: Read, tmp_path: Path) -> None:
    operator = visit(signed_in=True)
    readers = [visit("ask"), visit("ask", locale="zh-TW")]
    operator.page.set_input_files(".files", articles(tmp_path / "new", 25))
    operator.page.wait_for_selector('.job[data-job="library"]:visible')
    settled = ".upload[data-outcome]"
    said = []
    while not said or operator.page.locator(settled).count() < 25:
        for reader in readers:
            reader.ask(GROWTH)
            said.append(reader.said())
            reader.page.click(".new")
    assert all("7.8%" in one for one in said)
    assert operator.page.locator(".upload[data-outcome=good]").count() == 25
    for reader in (operator, *readers):
        assert reader.problems == []
    readers[1].ask("第7號社區2019年有多少戶居民？")
    assert "第7号社区" in str(readers[1].page.locator(".turn:last-child .sources").text_content())


def test_an_ingest_can_be_stopped_and_leaves_nothing(visit: Read, tmp_path: Path) -> None:
    reader = visit(signed_in=True)
    before = titles(reader)
    folder = tmp_path / "stopped"
    texts = articles(folder, 40)
    for path in texts:
        path.write_text(path.read_text("utf-8").replace("社区", "村庄"), "utf-8")
    paths = [path.rename(path.with_stem(f"village-{path.stem}")) for path in texts]
    reader.page.set_input_files(".files", paths)
    reader.page.click('.job[data-job="library"] .cancel')
    reader.page.wait_for_function(
        "document.querySelectorAll('.upload[data-outcome]').length === 40"
    )
    assert set(reader.page.locator(".upload .state").all_text_contents()) == {
        "已停止，文库没有变化。"
    }
    assert titles(reader) == before


def test_the_evaluation_runs_and_its_report_can_do_nothing(visit: Read) -> None:
    reader = visit("evaluation", signed_in=True)
    page = reader.page
    page.wait_for_selector(".measured .none:visible")
    page.click(".evaluate")
    assert page.locator(".measured .none").is_hidden()
    page.wait_for_selector(".reported:visible")
    assert (
        page.locator(".view[data-view=evaluation] .told").inner_text() == "所有指标都不低于要求。"
    )
    frame = page.frame_locator("iframe.report")
    assert "luohe" in frame.locator("body").inner_text()
    assert page.locator("iframe.report").get_attribute("sandbox") == ""
    box = frame.locator("h1").bounding_box()
    shown = page.locator("iframe.report").bounding_box()
    assert shown["y"] < box["y"] < shown["y"] + shown["height"]
    frame.locator("body").evaluate("body => body.dataset.seen = 'yes'")
    open_view(reader, "library")
    open_view(reader, "evaluation")
    page.wait_for_function("document.querySelector('.evaluate').checkVisibility()")
    assert frame.locator("body").get_attribute("data-seen") == "yes"
    assert reader.problems == []
    assert reader.outside == []
    stranger = visit("evaluation")
    stranger.page.wait_for_selector(".reported:visible")
    assert stranger.page.locator(".evaluate").is_hidden()


def test_without_a_token_the_machine_itself_may_and_a_proxy_s_visitor_may_not(
    read: Read,
) -> None:
    here = read()
    open_view(here, "library")
    here.page.wait_for_selector(".lh[data-operator=true]")
    behind = read(headers={"X-Forwarded-For": "203.0.113.9"}, locale="en-GB")
    open_view(behind, "library")
    behind.page.wait_for_selector(".lh[data-operator=false]")
    behind.page.click(".open-add")
    assert "behind a proxy" in behind.page.locator(".locked .why").inner_text()
    assert behind.page.locator("#lh-token").is_hidden()
    assert behind.problems == []


@pytest.mark.parametrize(
    ("act", "title"),
    [
        (lambda page: page.fill("#lh-find", "說文解字"), "字圣许慎与《说文解字》"),
        (lambda page: page.select_option("#lh-year", "2008"), "一座內陸城市的特區往事"),
        (lambda page: page.select_option("#lh-topic", "geography"), "四條河流過的城市：漯河概況"),
    ],
)
def test_articles_are_found_and_read(read: Read, act: Callable[[Any], object], title: str) -> None:
    reader = read()
    open_view(reader, "library")
    whole = len(titles(reader))
    act(reader.page)
    reader.page.wait_for_function(
        "whole => document.querySelectorAll('.listing .title').length < whole", arg=whole
    )
    assert title in titles(reader)
    reader.page.click(f".listing .headline:has-text('{title}')")
    reader.wait_for_panel()
    assert reader.page.locator(".panel h2").text_content() == title
