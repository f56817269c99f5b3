"""The command line as a contract: keys, exit codes, and one clear message for bad input."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = """---
title: 小商桥
published: 2024-05-01
topic: culture
sources: ["地方文史"]
---

小商桥始建于隋开皇四年，是一座敞肩单孔石拱桥，比赵州桥略早。
"""


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lhassist", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.md").write_text(ARTICLE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Path:
    index = tmp_path_factory.mktemp("cli") / "index"
    assert run("ingest", sample_corpus, "--index", index).returncode == 0
    return index


def test_ingest_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = json.loads(run("ingest", folder, "--index", index, "--json").stdout)
    assert first["generation"] == "000001"
    assert first["added"] == ["bridge"]
    assert (first["changed"], first["removed"], first["unchanged"]) == ([], [], 0)
    assert first["failed"] == []
    assert first["passages"] == 1
    assert first["seconds"] > 0
    again = json.loads(run("ingest", folder, "--index", index, "--json").stdout)
    assert (again["generation"], again["unchanged"]) == ("000001", 1)
    (folder / "bridge.md").write_text(ARTICLE.replace("略早", "稍早"), "utf-8")
    changed = json.loads(run("ingest", folder, "--index", index, "--json").stdout)
    assert (changed["generation"], changed["changed"]) == ("000002", ["bridge"])
    (folder / "bridge.md").rename(folder / "renamed.md")
    pruned = json.loads(run("ingest", folder, "--index", index, "--prune", "--json").stdout)
    assert pruned["passages"] == 1


def test_what_is_removed_is_told_and_remembered(folder: Path, tmp_path: Path) -> None:
    (folder / "fair.md").write_text(ARTICLE.replace("小商桥", "食博会"), "utf-8")
    here: dict[str, str] = {
        "LHASSIST_INDEX_DIR": str(tmp_path / "index"),
        "LHASSIST_CORPUS_DIR": str(folder),
        "LHASSIST_EMBEDDER": "hashing",
    }
    assert run("ingest", **here).returncode == 0
    removed = run("remove", "fair", "--json", **here)
    assert json.loads(removed.stdout) == {"generation": "000002", "removed": ["fair"], "left": []}
    assert [path.name for path in folder.glob("*.md")] == ["bridge.md"]
    told = json.loads(run("history", "--json", **here).stdout)["generations"]
    assert [(one["generation"], one["removed"]) for one in told] == [
        ("000002", ["fair"]),
        ("000001", []),
    ]
    assert "  - fair" in run("history", **here).stdout
    unknown = run("remove", "fair", **here)
    assert unknown.returncode == 2
    assert "there is no article fair" in unknown.stderr


def test_bad_files_are_named_and_the_rest_is_published(folder: Path, tmp_path: Path) -> None:
    bad = {
        "empty.md": b"",
        "binary.txt": bytes(range(256)) * 8,
        "matter.md": b"---\ntitle: [unclosed\n---\n\ntext",
        "huge.txt": "漯河。".encode() * 3_500_000,
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    result = run("ingest", folder, "--index", tmp_path / "index", "--json")
    assert result.returncode == 1, result.stderr
    report = json.loads(result.stdout)
    assert report["added"] == ["bridge"]
    assert sorted(Path(failure["path"]).name for failure in report["failed"]) == sorted(bad)
    for failure in report["failed"]:
        assert failure["reason"]
        assert "\n" not in failure["reason"]
        assert f"skipped: {failure['path']}: {failure['reason']}" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_files_of_one_name_are_both_kept(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bridge.md").write_text(ARTICLE.replace("隋开皇四年", "公元584年"), "utf-8")
    report = json.loads(
        run("ingest", folder, other, "--index", tmp_path / "index", "--json").stdout
    )
    assert report["added"] == ["bridge", "other/bridge"]


def test_check_gives_each_statement_its_verdict(index: Path) -> None:
    text = "小商桥始建于公元584年。漯河有三条地铁线路。"
    found = json.loads(run("check", text, "--index", index, "--json").stdout)
    assert [claim["verdict"] for claim in found["claims"]] == ["supported", "not_found"]
    assert found["claims"][0]["citations"][0]["document_id"] == "xiaoshang-bridge"
    assert "属实" in run("check", text, "--index", index).stdout
    told = run("check", text, "--index", index, "--script", "en").stdout
    assert re.findall("^(?:holds|not found)", told, re.MULTILINE) == ["holds", "not found"]


def test_search_lists_hits_in_rank_order(index: Path) -> None:
    found = json.loads(run("search", "賈湖骨笛", "-k", "3", "--index", index, "--json").stdout)
    assert found["query"] == "賈湖骨笛"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    keys = {"rank", "passage_id", "document_id", "title", "score", "source", "text", "start", "end"}
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in found["hits"]:
        assert keys <= hit.keys()
        shown = json.loads(run("show", hit["document_id"], "--index", index, "--json").stdout)
        assert shown["text"][hit["start"] : hit["end"]] == hit["text"]


def test_info_and_doctor_describe_the_index(index: Path) -> None:
    info = json.loads(run("info", "--index", index, "--json").stdout)
    assert len(info["documents"]) >= 20
    assert {document["script"] for document in info["documents"]} == {"zh-Hans", "zh-Hant"}
    result = run("doctor", "--index", index, "--json")
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert result.returncode == 0, result.stdout
    assert checks["index"]["state"] == checks["model"]["state"] == "ok"


def test_doctor_says_what_to_type_where_there_is_no_index(tmp_path: Path) -> None:
    result = run("doctor", "--index", tmp_path / "none")
    assert result.returncode == 2
    assert "lhassist ingest" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "漯河在哪里？"], "lhassist ingest"),
        (["search", "漯河"], "lhassist ingest"),
        (["info"], "lhassist ingest"),
        (["show", "x"], "lhassist ingest"),
        (["ingest", "nowhere"], "nowhere"),
        (["info", "--config", "nowhere.toml"], "nowhere.toml"),
        (["serve", "--port", "99999"], "port"),
        (["ask", "漯河在哪里？", "--script", "klingon"], "klingon"),
    ],
)
def test_what_the_user_must_do_is_said_in_one_message(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    result = run(*arguments, "--index", tmp_path / "none")
    assert result.returncode == 2, result.stderr
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_unknown_article_is_an_error_with_a_hint(index: Path) -> None:
    result = run("show", "nothing", "--index", index)
    assert result.returncode == 2
    assert "lhassist info" in result.stderr


def test_settings_come_from_file_environment_and_arguments(tmp_path: Path, index: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f"index_dir = '{tmp_path / 'none'}'\n", "utf-8")
    assert run("info", "--config", settings).returncode == 2
    assert run("info", "--config", settings, LHASSIST_INDEX_DIR=str(index)).returncode == 0
    nowhere = run("info", "--index", tmp_path / "none", LHASSIST_INDEX_DIR=str(index))
    assert nowhere.returncode == 2
    settings.write_text("index_dir = \n", "utf-8")
    assert "TOML" in run("info", "--config", settings).stderr
    settings.write_text("colour = 'red'\n", "utf-8")
    assert "colour" in run("info", "--config", settings).stderr


def test_progress_is_shown_on_a_terminal_only(folder: Path, tmp_path: Path) -> None:
    assert run("ingest", folder, "--index", tmp_path / "quiet").stderr == ""
    ours, theirs = pty.openpty()
    shown = subprocess.run(
        [sys.executable, "-m", "lhassist", "ingest", folder, "--index", tmp_path / "seen"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    assert shown.returncode == 0
    assert b"read" in os.read(ours, 65536)
    os.close(ours)


def test_a_reader_that_closes_the_pipe_is_no_error(index: Path) -> None:
    command = f"{sys.executable} -m lhassist info --index {index} | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_check_marks_each_statement(index: Path) -> None:
    text = "贾湖骨笛用鹤类的尺骨做成。《说文解字》有541个部首。"
    checked = json.loads(run("check", text, "--index", index, "--json").stdout)
    assert [claim["verdict"] for claim in checked["claims"]] == ["supported", "contradicted"]


def test_eval_answers_takes_no_sets() -> None:
    result = run("eval", "answers", "--set", "luohe")
    assert result.returncode == 2
    assert "--set" in result.stderr
