"""axe-core finds nothing serious on any view, light or dark; npm fetches it when tests run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing
from tests.ui.reader import Reader

AXE = "axe-core@4.14.1"
GRAVE = ("serious", "critical")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FINDINGS = """rules => axe.run(document, { runOnly: rules }).then(found => found.violations.map(
    one => ({ id: one.id, impact: one.impact, where: one.nodes.map(node => node.html) })
))"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script."""
    npm = shutil.which("npm")
    if npm is None:
        missing("npm (apt-get install npm)")
    folder = tmp_path_factory.mktemp("axe")
    fetched = subprocess.run(
        [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, AXE],
        capture_output=True,
        text=True,
        check=False,
    )
    script = folder / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        missing(f"{AXE} from npm: {fetched.stderr.strip()[-200:]}")
    return Path(script).read_text("utf-8")


def view(name: str) -> Callable[[Reader], None]:
    def act(reader: Reader) -> None:
        reader.page.click(f'.views a[href="#{name}"]')
        reader.page.wait_for_selector(f".view[data-view={name}]:visible")

    return act


def answer(reader: Reader) -> None:
    view("ask")(reader)
    reader.ask("贾湖骨笛是用什么骨头做的？")
    reader.open_mark(0)


def refusal(reader: Reader) -> None:
    reader.page.click(".panel .close")
    reader.ask("漯河地铁有几条线？")


def checked(reader: Reader) -> None:
    view("check")(reader)
    reader.page.click(".checker .try")
    reader.page.wait_for_selector(".checked .claim")


def library(reader: Reader) -> None:
    view("library")(reader)
    reader.page.wait_for_selector(".lh[data-operator=true] .listing[aria-busy=false] .headline")
    reader.page.click(".open-add")
    reader.page.click(".pasting summary")
    reader.page.click(".changes summary")
    reader.page.wait_for_selector(".generations li")


def removing(reader: Reader) -> None:
    reader.page.locator(".entries .remove").first.click()


def evaluation(reader: Reader) -> None:
    reader.page.click(".removing .no")
    view("evaluation")(reader)
    reader.page.wait_for_selector(".measured .none:visible")


STEPS = (view("ask"), answer, refusal, checked, library, removing, evaluation)


def findings(reader: Reader, axe: str) -> list[dict[str, Any]]:
    reader.page.evaluate(axe)
    found: list[dict[str, Any]] = reader.page.evaluate(FINDINGS, RULES)
    return [one for one in found if one["impact"] in GRAVE]


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_is_found_on_any_view(
    read: Callable[..., Reader], axe: str, dark: bool
) -> None:
    reader = read(dark=dark)
    for step in STEPS:
        step(reader)
        assert findings(reader, axe) == [], step


def test_nothing_serious_is_found_where_the_library_is_read_only(
    read: Callable[..., Reader], axe: str
) -> None:
    reader = read(width=390, height=844, locale="zh-TW", headers={"Forwarded": "for=203.0.113.9"})
    view("library")(reader)
    reader.page.wait_for_selector(".lh[data-operator=false] .listing[aria-busy=false] .headline")
    reader.page.click(".open-add")
    assert findings(reader, axe) == []


def test_axe_does_find_what_is_wrong(read: Callable[..., Reader], axe: str) -> None:
    reader = read()
    reader.page.evaluate("document.querySelector('#lh-question').labels[0].remove()")
    reader.page.evaluate("document.querySelector('#lh-question').removeAttribute('placeholder')")
    reader.page.evaluate(
        "document.querySelector('#lh-question').removeAttribute('data-label-placeholder')"
    )
    assert [one["id"] for one in findings(reader, axe)] == ["label"]
