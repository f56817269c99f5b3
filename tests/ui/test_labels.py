"""Every text of the page is there in four languages, and the right one comes first."""

from __future__ import annotations

import re
import string
from typing import get_args

import pytest

from lhassist.errors import Trouble, Unfetched
from lhassist.script import detect
from lhassist.ui import labels
from lhassist.ui.labels.examples import EXAMPLES
from tests.conftest import REPOSITORY

UI = REPOSITORY / "src" / "lhassist" / "ui"
TABLES = labels.tables()

NAMES = {
    *("English", "lhassist", "doctor", "Markdown", "JSON", "http", "https"),
    *("SVG", "PNG", "UTF", "ocr", "Office", "docx", "pptx", "md"),
}
"""What is called so in Chinese, too."""


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_says_everything_with_the_same_arguments() -> None:
    for key, text in TABLES["zh-CN"].items():
        for language in labels.LANGUAGES:
            assert TABLES[language][key].strip(), (key, language)
            assert _fields(TABLES[language][key]) == _fields(text), (key, language)


@pytest.mark.parametrize(
    ("language", "script"), [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant")]
)
def test_a_chinese_label_is_in_its_own_script(language: labels.Language, script: str) -> None:
    for key, text in TABLES[language].items():
        if not key.startswith("language."):
            assert detect(text) in (script, None), (key, text)
    for question in EXAMPLES[language]:
        assert detect(question) in (script, None), question


def test_no_english_is_left_in_a_chinese_label() -> None:
    for language in ("zh-CN", "zh-TW", "zh-HK"):
        for key, text in TABLES[language].items():
            words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", text))
            assert set(words) <= NAMES, (key, text)


def test_taiwan_and_hong_kong_differ_where_their_usage_does() -> None:
    assert TABLES["zh-TW"]["ask.heading"].count("什麼") == 1
    assert TABLES["zh-HK"]["ask.heading"].count("甚麼") == 1


def _named() -> set[str]:
    """The labels that markup, scripts and code name; a name may end in a variable part."""
    static = (UI / "static").rglob("*")
    sources = [*UI.glob("*.py"), *(one for one in static if one.suffix in (".html", ".js"))]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    named = re.findall(r"""["'`]([a-z]+\.[\w.-]*(?:\{|\$\{)?)""", text)
    return {name for name in named if not name.endswith((".html", ".css"))}


def test_every_label_that_is_named_exists_and_every_label_is_named() -> None:
    keys = set(TABLES["zh-CN"])
    groups = {key.split(".")[0] for key in keys}
    named = {name for name in _named() if name.split(".")[0] in groups}
    whole = {name for name in named if not name.endswith(("{", "."))}
    begun = {name.rstrip("${") for name in named - whole}
    assert whole - keys == set()
    unnamed = {key for key in keys - whole if not any(key.startswith(part) for part in begun)}
    assert unnamed == set()


def test_every_trouble_with_a_file_or_an_address_has_a_label() -> None:
    for group, kinds in (("unreadable", get_args(Trouble)), ("fetch", get_args(Unfetched))):
        assert {f"{group}.{kind}" for kind in kinds} <= set(TABLES["en"])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-SG", "zh-CN"),
        ("zh-Hans-HK", "zh-CN"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-HK"),
        ("zh-HK,zh-TW;q=0.8", "zh-HK"),
        ("zh-MO", "zh-HK"),
        ("yue", "zh-HK"),
        ("en-GB,en;q=0.9,zh-CN;q=0.1", "en"),
        ("en;q=0.3, zh-TW;q=0.7", "zh-TW"),
        ("ja,ko;q=0.9,zh-HK;q=0.2", "zh-HK"),
        ("zh-TW;q=0, en;q=0.1", "en"),
        ("fr-FR,fr;q=0.9", "zh-CN"),
        ("", "zh-CN"),
        ("*", "zh-CN"),
        (";;;q=,,zh-TW;q=much,en;q=0.1", "en"),
    ],
)
def test_the_browsers_language_comes_first(header: str, language: str) -> None:
    assert labels.preferred(header) == language
