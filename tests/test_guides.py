"""The guides name every setting and every command there is."""

from __future__ import annotations

import re

import pytest

from lhassist.cli import app
from lhassist.config import Settings
from tests.conftest import REPOSITORY

READMES = ("README.md", "README.zh-Hans.md", "README.zh-Hant.md")


def _text(name: str) -> str:
    return (REPOSITORY / name).read_text("utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_has_its_row(readme: str) -> None:
    rows = re.findall(r"^\| (`[a-z][^|]*) \| (`LHASSIST_[^|]*) \|", _text(readme), re.M)
    names = [name for row, _ in rows for name in re.findall(r"`(\w+)`", row)]
    variables = [name for _, row in rows for name in re.findall(r"`(\w+)`", row)]
    assert variables == [f"LHASSIST_{name.upper()}" for name in names]
    # Those of language models have a page of their own.
    assert sorted(names) == sorted(n for n in Settings.model_fields if not n.startswith("llm_"))


def test_every_setting_of_language_models_has_a_word() -> None:
    named = set(re.findall(r"\bllm_\w+", _text("docs/language-models.md")))
    assert named == {name for name in Settings.model_fields if name.startswith("llm_")}


def test_every_command_is_named() -> None:
    there_are = {
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback
    }
    guides = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    named = {
        name
        for guide in guides
        for name in re.findall(r"\blhassist ([a-z]+)\b", guide.read_text("utf-8"))
    }
    assert there_are <= named
