"""A small set in BEIR form, and settings that find it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.evaluation.sets import write_set

CORPUS = {
    "p1": ("沙澧河", "沙河与澧河在漯河市区交汇，沿岸建成了开放的水利风景区，市民常在河边散步。"),
    "p2": ("賈湖骨笛", "賈湖遺址出土的骨笛用鶴類尺骨製成，距今約八千年，是中國最早的樂器實物。"),
    "p3": ("双汇", "双汇在一九九二年生产出第一根火腿肠，后来成为全国最大的肉类加工企业之一。"),
    "p4": ("說文解字", "許慎編寫的說文解字收字九千餘個，分為五百四十個部首，是最早的字典之一。"),
}
QUERIES = {
    "q1": "沙河与澧河在哪里交汇？",
    "q2": "贾湖骨笛用什么骨头制成？",
    "q3": "第一根火腿腸是哪年生產的？",
    "q4": "说文解字分为多少个部首？",
}


def make_set(
    folder: Path,
    corpus: Mapping[str, tuple[str, str]] = CORPUS,
    queries: Mapping[str, str] = QUERIES,
) -> Path:
    """Writes a set whose question qN is answered by pN."""
    write_set(
        folder,
        [{"_id": name, "title": title, "text": text} for name, (title, text) in corpus.items()],
        [{"_id": name, "text": text} for name, text in queries.items()],
        [(name, f"p{name[1:]}", 1) for name in queries],
    )
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return make_set(tmp_path / "tiny")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With an embedder that needs no weights, and folders of their own."""
    return Settings.load(
        embedder="hashing",
        cache_dir=tmp_path / "cache",
        eval_dir=tmp_path / "eval",
        corpus_dir=tmp_path / "corpus",
        index_dir=tmp_path / "index",
    )


def write_baseline(settings: Settings, **fields: object) -> None:
    settings.eval_dir.mkdir(exist_ok=True)
    (settings.eval_dir / "baseline.json").write_text(json.dumps(fields), encoding="utf-8")
