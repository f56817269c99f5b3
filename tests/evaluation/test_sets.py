from __future__ import annotations

import json
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.catalogue import find_sets
from lhassist.evaluation.parity import PAIRS, ask_in, collection_in
from lhassist.evaluation.sets import merge, read_set, write_set
from lhassist.script import detect, fold
from tests.evaluation.conftest import CORPUS, QUERIES, make_set


def test_a_folder_in_beir_form_is_read(tiny: Path) -> None:
    one = read_set(tiny)
    assert one.name == "tiny"
    assert {question.id: question.text for question in one.questions} == QUERIES
    assert {document.id: document.text for document in one.documents} == {
        name: text for name, (_, text) in CORPUS.items()
    }
    assert one.qrels == {name: {f"p{name[1:]}": 1} for name in QUERIES}


def test_one_document_is_one_passage(tiny: Path) -> None:
    one = read_set(tiny)
    assert [one.names[passage.id] for passage in one.passages] == list(CORPUS)
    assert [passage.text for passage in one.passages] == [text for _, text in CORPUS.values()]


def test_unjudged_questions_are_not_asked(tmp_path: Path) -> None:
    corpus = [{"_id": "p", "title": "", "text": "漯河在河南省中南部。"}]
    queries = [{"_id": name, "text": "漯河在哪里？"} for name in ("right", "wrong", "unjudged")]
    write_set(tmp_path / "s", corpus, queries, [("right", "p", 2), ("wrong", "p", 0)])
    assert [question.id for question in read_set(tmp_path / "s").questions] == ["right"]


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("corpus.jsonl", "{not json", r"corpus\.jsonl:5: not JSON"),
        ("corpus.jsonl", '{"_id": "p9"}', r"corpus\.jsonl:5: no object with `_id` and `text`"),
        ("corpus.jsonl", "[1]", r"corpus\.jsonl:5: no object"),
        ("queries.jsonl", '{"_id": "q1", "text": "?"}', r"queries\.jsonl:5: the id 'q1' occurs"),
        ("qrels/test.tsv", "q1\tp1", r"test\.tsv:6: not a judgement"),
        ("qrels/test.tsv", "q1\tp1\tyes", r"test\.tsv:6: not a judgement"),
        ("qrels/test.tsv", "q1\tp99\t1", r"test\.tsv:6: 'p99' is not in corpus\.jsonl"),
        ("qrels/test.tsv", "q99\tp1\t1", r"test\.tsv:6: 'q99' is not in queries\.jsonl"),
    ],
)
def test_a_bad_line_is_named(tiny: Path, file: str, line: str, message: str) -> None:
    with (tiny / file).open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    with pytest.raises(EvaluationError, match=message):
        read_set(tiny)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tiny: Path, file: str, settings: Settings) -> None:
    (tiny / file).unlink()
    with pytest.raises(EvaluationError, match=file):
        find_sets([str(tiny)], [], settings)


def test_merged_collections_keep_the_first_sets_questions(tmp_path: Path) -> None:
    other = {f"x{name}": value for name, value in CORPUS.items()}
    make_set(tmp_path / "a")
    write_set(
        tmp_path / "b",
        [{"_id": name, "title": title, "text": text} for name, (title, text) in other.items()],
        [{"_id": "xq", "text": "双汇？"}],
        [("xq", "xp3", 1)],
    )
    merged = merge(read_set(tmp_path / "a"), read_set(tmp_path / "b"))
    assert merged.name == "a+b"
    assert [question.id for question in merged.questions] == list(QUERIES)
    assert sorted(merged.names.values()) == sorted([*CORPUS, *other])


def test_collections_with_the_same_ids_cannot_be_merged(tiny: Path) -> None:
    with pytest.raises(EvaluationError, match="same document ids"):
        merge(read_set(tiny), read_set(tiny))


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A folder of two sets with ids of their own."""
    folder = settings.eval_dir / "sets"
    for prefix in "ab":
        write_set(
            folder / prefix,
            [{"_id": f"{prefix}{name}", "title": "", "text": CORPUS[name][1]} for name in CORPUS],
            [{"_id": f"{prefix}q", "text": QUERIES["q1"]}],
            [(f"{prefix}q", f"{prefix}p1", 1)],
        )
    return folder


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ([], ["a", "b", "a+b"]),
        (["{folder}"], ["a", "b", "a+b"]),
        (["{folder}/b"], ["b"]),
        (["b", "a", "b"], ["b", "a"]),
        (["b+a"], ["b+a"]),
        (["{folder}/a+b"], ["a+b"]),
        (["{folder}/a+{folder}/b"], ["a+b"]),
    ],
)
def test_sets_are_found(
    folder: Path, settings: Settings, given: list[str], names: list[str]
) -> None:
    asked = [one.format(folder=folder) for one in given]
    assert [one.name for one in find_sets(asked, ["a+b", "a+c"], settings)] == names


@pytest.mark.parametrize("name", ["nowhere", "a+nowhere", "nowhere+a"])
def test_an_unknown_set_is_named(folder: Path, settings: Settings, name: str) -> None:
    with pytest.raises(EvaluationError, match=name.replace("+", r"\+")):
        find_sets([name], [], settings)


def test_without_any_set_the_user_is_told_where_to_run(settings: Settings) -> None:
    with pytest.raises(EvaluationError, match="there is no question set") as caught:
        find_sets([], [], settings)
    assert "--set" in caught.value.hint


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
def test_a_turned_collection_is_in_one_script_and_keeps_its_offsets(
    tiny: Path, script: str
) -> None:
    one = read_set(tiny)
    turned = collection_in(one, script)  # type: ignore[arg-type]
    documents = {document.id: document for document in turned.documents}
    for before, after in zip(one.passages, turned.passages, strict=True):
        assert after.id == before.id
        assert after.text == documents[after.document_id].text[after.start : after.end]
        assert detect(after.text) == script
        assert fold(after.text) == fold(before.text)


def test_questions_are_asked_in_every_wording() -> None:
    assert {ask_in("打印机和软件", pair.question) for pair in PAIRS} == {
        "打印机和软件",
        "打印機和軟件",
        "印表機和軟體",
    }
    assert {ask_in("What is Luohe?", pair.question) for pair in PAIRS} == {"What is Luohe?"}


def test_the_public_sets_are_as_their_readme_says(shared: Path) -> None:
    sizes = {}
    for folder in sorted(path for path in (shared / "data").iterdir() if path.is_dir()):
        one = read_set(folder)
        sizes[one.name] = (len(one.passages), len(one.questions))
    assert sizes == {
        "cmrc_dev": (848, 3219),
        "drcd_dev": (1000, 3524),
        "dureader2_demo": (6744, 195),
        "xquad_en_zh": (240, 1190),
        "xquad_zh": (240, 1190),
    }


def test_write_set_writes_the_header(tiny: Path) -> None:
    lines = (tiny / "qrels" / "test.tsv").read_text("utf-8").splitlines()
    assert lines[0] == "query-id\tcorpus-id\tscore"
    assert json.loads((tiny / "corpus.jsonl").read_text("utf-8").splitlines()[0])["_id"] == "p1"
