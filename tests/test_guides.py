"""The guides name every setting and every command there is."""

from __future__ import annotations

import re

import pytest
from typer.main import get_group

from lhassist.cli import app
from lhassist.config import Settings
from tests.conftest import REPOSITORY

OF_LANGUAGE_MODELS = {
    name for name in Settings.model_fields if name.startswith("llm_") or name == "models_dir"
}
"""The settings that have a page of their own."""


@pytest.mark.parametrize("readme", ["README.md", "README.zh-Hans.md", "README.zh-Hant.md"])
def test_every_setting_has_its_row(readme: str) -> None:
    text = (REPOSITORY / readme).read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z][^|]*) \| (`LHASSIST_[^|]*) \|", text, re.M)
    names = [name for row, _ in rows for name in re.findall(r"`(\w+)`", row)]
    variables = [name for _, row in rows for name in re.findall(r"`(\w+)`", row)]
    assert variables == [f"LHASSIST_{name.upper()}" for name in names]
    assert sorted(names) == sorted(Settings.model_fields.keys() - OF_LANGUAGE_MODELS)


def test_every_setting_of_language_models_has_a_word() -> None:
    text = (REPOSITORY / "docs" / "language-models.md").read_text("utf-8")
    assert set(re.findall(r"\w+", text)) >= OF_LANGUAGE_MODELS
    assert set(re.findall(r"\bllm_\w+", text)) <= OF_LANGUAGE_MODELS


def test_every_command_is_named() -> None:
    guides = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    named = {
        name
        for guide in guides
        for name in re.findall(r"\blhassist ([a-z]+)\b", guide.read_text("utf-8"))
    }
    assert get_group(app).commands.keys() <= named
