from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.config import Settings
from lhassist.errors import EvaluationError
from lhassist.evaluation.catalogue import find_sets
from lhassist.evaluation.metrics import score
from lhassist.evaluation.own import Judgement, read_own, relevant_passages
from lhassist.schema import Block, Document, Passage, Span

ARTICLE = """---
title: 沙澧河
published: 2023-05-01
topic: geography
sources: [测试]
---

沙河与澧河在漯河市区交汇。沿岸建成了开放的水利风景区，市民常在河边散步。

## 桥

河上有九座桥，最早的一座建于一九五二年。
"""

QUESTION: dict[str, Any] = {
    "id": "n1-s",
    "pair": "n1",
    "kind": "figure",
    "script": "zh-Hans",
    "text": "河上有几座桥？",
    "answerable": True,
    "near": False,
    "answers": ["九座"],
    "judgements": [{"document_id": "rivers", "quote": "河上有九座桥"}],
}


@pytest.fixture
def own(settings: Settings) -> Path:
    settings.corpus_dir.mkdir()
    (settings.corpus_dir / "rivers.md").write_text(ARTICLE, encoding="utf-8")
    folder = settings.eval_dir / "luohe"
    folder.mkdir(parents=True)
    write(folder, QUESTION)
    return folder


def write(folder: Path, *questions: dict[str, Any]) -> None:
    lines = [json.dumps(question, ensure_ascii=False) + "\n" for question in questions]
    (folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")


def test_passages_are_judged_by_the_quote_they_hold(own: Path, settings: Settings) -> None:
    one = read_own(own, settings.corpus_dir)
    (relevant,) = one.qrels["n1-s"]
    passage = next(passage for passage in one.passages if passage.id == relevant)
    assert "河上有九座桥" in passage.text
    assert len(one.passages) > 1


def test_a_file_that_cannot_be_read_is_left_out_unless_it_is_asked_about(
    own: Path, settings: Settings
) -> None:
    (settings.corpus_dir / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert [document.id for document in read_own(own, settings.corpus_dir).documents] == ["rivers"]
    asked = {**QUESTION, "judgements": [{"document_id": "broken", "quote": "桥"}]}
    write(own, asked)
    with pytest.raises(EvaluationError, match="no article 'broken'") as caught:
        read_own(own, settings.corpus_dir)
    assert "broken.md" in caught.value.hint


def test_the_set_is_found_by_its_name_and_by_default(own: Path, settings: Settings) -> None:
    assert [one.name for one in find_sets([], [], settings)] == ["luohe"]
    assert [one.name for one in find_sets(["luohe"], [], settings)] == ["luohe"]


def test_an_unanswerable_question_is_asked_but_not_judged(own: Path, settings: Settings) -> None:
    no = QUESTION | {"id": "u1", "answerable": False, "near": True, "judgements": []}
    write(own, QUESTION, no)
    one = read_own(own, settings.corpus_dir)
    assert [question.answerable for question in one.questions] == [True, False]
    assert list(one.qrels) == ["n1-s"]


def test_one_of_several_passages_with_the_answer_suffices(own: Path, settings: Settings) -> None:
    both = [{"document_id": "rivers", "quote": quote} for quote in ("河上有九座桥", "沙河与澧河")]
    write(own, QUESTION | {"judgements": both})
    one = read_own(own, settings.corpus_dir)
    first, second = one.qrels["n1-s"]
    assert one.counted({"n1-s": {second: 0.9, first: 0.5}}) == {"n1-s": {second: 1}}
    assert one.counted({}) == {"n1-s": {first: 1}}
    found = score(one.counted({"n1-s": {second: 0.9}}), {"n1-s": {second: 0.9}})
    assert found.mean() == dict.fromkeys(found.measures, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"judgements": [{"document_id": "rivers", "quote": "河上有十座桥"}]}, "hold the quote"),
        ({"judgements": [{"document_id": "rivers", "quote": ""}]}, "hold the quote"),
        ({"judgements": [{"document_id": "lakes", "quote": "河"}]}, "no article 'lakes'"),
        ({"judgements": []}, "answerable is True with 0 judgements"),
        ({"answerable": False}, "answerable is False with 1 judgements"),
        ({"judgements": [{"quote": "河"}]}, "'document_id' is missing"),
    ],
)
def test_a_wrong_judgement_is_named(
    own: Path, settings: Settings, changes: dict[str, Any], message: str
) -> None:
    write(own, QUESTION | changes)
    with pytest.raises(EvaluationError, match=message):
        read_own(own, settings.corpus_dir)


def test_ids_occur_once(own: Path, settings: Settings) -> None:
    write(own, QUESTION, QUESTION)
    with pytest.raises(EvaluationError, match="'n1-s' occurs twice"):
        read_own(own, settings.corpus_dir)


def test_a_damaged_line_is_named(own: Path, settings: Settings) -> None:
    with (own / "questions.jsonl").open("a", encoding="utf-8") as lines:
        lines.write("{\n")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl:2: not JSON"):
        read_own(own, settings.corpus_dir)


def _split(text: str, cuts: list[int]) -> tuple[Document, list[Passage]]:
    whole = Span(0, len(text))
    document = Document("d", "", text, (Block("paragraph", whole),), "zh-Hans", "", "d.md")
    ends = [0, *sorted(cuts), len(text)]
    passages = [
        Passage("d", "body", a, b, text[a:b], (Span(a, b),), (Span(a, b),))
        for a, b in pairwise(ends)
        if a < b
    ]
    return document, passages


def _relevant(text: str, cuts: list[int], quote: str) -> list[str]:
    document, passages = _split(text, cuts)
    found = relevant_passages("q", Judgement("d", quote), document, passages)
    return [passage.text for passage in passages if passage.id in found]


@pytest.mark.parametrize(
    ("cuts", "quote", "relevant"),
    [
        ([5], "cde", ["abcde"]),
        ([5], "efghi", ["fghij"]),
        ([5], "efg", ["fghij"]),
        ([5], "defg", ["abcde", "fghij"]),
        ([3, 5, 7], "abcdefghij", ["abc", "hij"]),
        ([5], "j", ["fghij"]),
    ],
)
def test_half_of_the_quote_or_the_most_of_it(
    cuts: list[int], quote: str, relevant: list[str]
) -> None:
    assert _relevant("abcdefghij", cuts, quote) == relevant


def test_every_place_of_the_quote_counts() -> None:
    assert _relevant("ab..ab..", [4], "ab") == ["ab..", "ab.."]


@given(
    st.text("abcde", min_size=1, max_size=30),
    st.lists(st.integers(1, 29), max_size=5),
    st.integers(0, 29),
    st.integers(1, 30),
)
def test_there_is_always_a_relevant_passage_and_it_overlaps_the_quote(
    text: str, cuts: list[int], start: int, length: int
) -> None:
    start %= len(text)
    quote = text[start : start + length]
    relevant = _relevant(text, [cut for cut in cuts if cut < len(text)], quote)
    assert relevant
    assert all(set(passage) & set(quote) for passage in relevant)
