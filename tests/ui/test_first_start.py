"""Starting the page over no index, and over one that this version cannot use as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.ingest import ingest
from lhassist.ui.first_start import open_assistant

ARTICLE = (
    "---\ntitle: 小商桥\ntopic: culture\nsources: [x]\n---\n\n小商桥始建于隋开皇四年，即584年。\n"
)
QUESTION = "小商桥始建于哪一年？"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bridge.md").write_text(ARTICLE, "utf-8")
    return Settings.load(index_dir=tmp_path / "index", corpus_dir=tmp_path / "corpus")


def test_no_index_is_made(settings: Settings) -> None:
    assert "584" in open_assistant(settings).ask(QUESTION).text


def test_an_index_of_another_model_is_made_anew(settings: Settings) -> None:
    ingest(settings, [settings.corpus_dir], embedder=HashingEmbedder())
    assert "584" in open_assistant(settings).ask(QUESTION).text


def test_an_index_of_another_format_is_made_anew(settings: Settings) -> None:
    first = open_assistant(settings).generation.name
    manifest = settings.index_dir / "generations" / first / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}), "utf-8")
    again = open_assistant(settings)
    assert again.generation.name != first
    assert "584" in again.ask(QUESTION).text
