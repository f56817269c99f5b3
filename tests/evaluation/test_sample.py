from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.sample import sample_assistant


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\n{text}\n", encoding="utf-8")


def test_the_assistant_has_the_articles_and_leaves_no_index(settings: Settings) -> None:
    write(settings.corpus_dir, "flute", "贾湖骨笛出土四十余支，用鹤类的尺骨做成。")
    with sample_assistant(settings) as assistant:
        assert set(assistant.generation.documents) == {"flute"}
        assert assistant.ask("贾湖骨笛有几支？").question == "贾湖骨笛有几支？"
    assert not settings.index_dir.exists()


def test_without_articles_it_says_what_to_type(settings: Settings) -> None:
    with pytest.raises(EvaluationError, match="no articles"), sample_assistant(settings):
        pass
