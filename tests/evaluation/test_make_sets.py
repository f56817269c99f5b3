from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lhassist.evaluation.sets import read_set
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def make_sets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sets", REPOSITORY / "eval/make_sets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _squad(path: Path, questions: dict[str, str], answers: list[str]) -> Path:
    """Two paragraphs of one article; the questions are about the second."""
    qas = [
        {
            "id": name,
            "question": text,
            "answers": [{"text": answer, "answer_start": 0} for answer in answers],
        }
        for name, text in questions.items()
    ]
    paragraphs = [
        {"id": "1-0", "context": "沙河流過漯河。", "qas": []},
        {"id": "1-1", "context": "澧河也流過漯河。", "qas": qas},
    ]
    data = {"version": "1.3", "data": [{"title": "河流", "id": "1", "paragraphs": paragraphs}]}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_squad_files_become_sets(make_sets: ModuleType, tmp_path: Path) -> None:
    download = _squad(tmp_path / "DRCD_dev.json", {"1-1-1": "哪條河？"}, ["澧河", "澧河", "河"])
    make_sets.main(["--drcd", str(download), "--cmrc", str(download), "--out", str(tmp_path)])
    one = read_set(tmp_path / "drcd_dev")
    assert [(d.id, d.title, d.text) for d in one.documents] == [
        ("drcd_dev-p0", "河流", "沙河流過漯河。"),
        ("drcd_dev-p1", "河流", "澧河也流過漯河。"),
    ]
    assert one.qrels == {"1-1-1": {"drcd_dev-p1": 1}}
    query = json.loads((tmp_path / "drcd_dev" / "queries.jsonl").read_text("utf-8"))
    assert query == {"_id": "1-1-1", "text": "哪條河？", "answers": ["澧河", "河"]}
    assert read_set(tmp_path / "cmrc_dev").qrels == {"1-1-1": {"cmrc_dev-p1": 1}}


def test_xquad_asks_in_two_languages(make_sets: ModuleType, tmp_path: Path) -> None:
    zh = _squad(tmp_path / "xquad.zh.json", {"a": "哪条河？"}, ["澧河"])
    en = _squad(tmp_path / "xquad.en.json", {"a": "Which river?"}, ["Li River"])
    make_sets.main(["--xquad-zh", str(zh), "--xquad-en", str(en), "--out", str(tmp_path)])
    chinese, english = (read_set(tmp_path / name) for name in ("xquad_zh", "xquad_en_zh"))
    assert [question.text for question in chinese.questions] == ["哪条河？"]
    assert [question.text for question in english.questions] == ["Which river?"]
    assert [d.text for d in chinese.documents] == [d.text for d in english.documents]
    assert chinese.qrels == english.qrels == {"a": {"xquad_zh-p1": 1}}


def _page(paragraphs: list[str], best: int | None = None) -> dict[str, Any]:
    page = {"title": "页", "paragraphs": paragraphs, "is_selected": best is not None}
    return page if best is None else page | {"most_related_para": best}


def test_dureader_is_judged_by_the_chosen_pages(make_sets: ModuleType, tmp_path: Path) -> None:
    furniture, right, other = "首页", "漯河的火腿肠是双汇做的。", "另一段没有关系的文字。"
    records = [
        {
            "question_id": 7,
            "question": "火腿肠是哪家做的",
            "answers": ["双汇"],
            "documents": [
                _page([furniture, right], best=1),
                _page([other]),
                _page([right], best=0),
            ],
        },
        {"question_id": 8, "question": "没有", "answers": [], "documents": [_page([other])]},
        {
            "question_id": 9,
            "question": "首页在哪",
            "answers": ["首页"],
            "documents": [_page([furniture], best=0)],
        },
    ]
    download = tmp_path / "search.dev.json"
    download.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    make_sets.main(["--dureader", str(download), "--out", str(tmp_path)])
    one = read_set(tmp_path / "dureader2_demo")
    assert [document.text for document in one.documents] == [right, other]
    assert one.qrels == {"dureader-q7": {"dureader-p0": 1}}


def test_without_a_download_it_says_so(
    make_sets: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        make_sets.main([])
    assert "give at least one download" in capsys.readouterr().err
