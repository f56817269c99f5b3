"""Sentences, passages and groups are exact stretches of the text, cut where a reader would."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import read, scan
from lhassist.passages import MAX_PASSAGE, MIN_GROUP_HAN, sentences, split, whole
from lhassist.schema import Block, BlockKind, Document, Span


def _document(parts: list[tuple[BlockKind, str]]) -> Document:
    blocks: list[Block] = []
    start = 0
    for kind, text in parts:
        blocks.append(Block(kind, Span(start, start + len(text))))
        start += len(text) + 2
    return Document(
        id="d",
        title="題",
        text="\n\n".join(text for _, text in parts),
        blocks=tuple(blocks),
        script="zh-Hans",
        sha256="",
        path="d.md",
    )


def _cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长13.5%。其中3.14亿元。", ["增长13.5%。", "其中3.14亿元。"]),
        ("增长１３．５％。好", ["增长１３．５％。", "好"]),
        ("「又快又好！」市民說。", ["「又快又好！」", "市民說。"]),
        ("他說「好。真的。」的時候笑了。", ["他說「好。真的。」的時候笑了。"]),
        ("（注一。注二。）正文。", ["（注一。注二。）", "正文。"]),
        ("他（注。注）說。", ["他（注。注）說。"]),
        ("居全省第五位，都有增长……主要指标好。", ["居全省第五位，都有增长……", "主要指标好。"]),
        ("我……我不知道。", ["我……我不知道。"]),
        ("一是甲；二是乙；三是丙。", ["一是甲；二是乙；三是丙。"]),
        ("真的？！是的。", ["真的？！", "是的。"]),
        ("Dr. Wang met Mr. J. Li at 3 p.m. in Luohe. It rained.",
         ["Dr. Wang met Mr. J. Li at 3 p.m. in Luohe.", "It rained."]),
        ("见 https://a.cn/b?c=1.5 。完", ["见 https://a.cn/b?c=1.5 。", "完"]),
        ("1. 第一条\n2. 第二条", ["1. 第一条", "2. 第二条"]),
        ("「沒有關上。第二句。", ["「沒有關上。", "第二句。"]),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert _cut(text) == expected


_TEXTS = st.text(
    st.sampled_from("漯河是的一增长 \n　，。；：、！？…—「」『』“”（）()《》.,!?%’\"'01289aBc"),
    min_size=1,
    max_size=700,
).filter(str.strip)  # fmt: skip
_PARTS = st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "caption"]), _TEXTS))


@given(_PARTS)
def test_passages_are_exact_and_cover_the_paragraphs(parts: list[tuple[BlockKind, str]]) -> None:
    document = _document(parts)
    passages = split(document)
    for p in passages:
        assert document.text[p.start : p.end] == p.text
        assert all(p.start <= s.start < s.end <= p.end for s in (*p.sentences, *p.groups))
        covered = {i for g in p.groups for i in range(g.start, g.end)}
        assert all(set(range(s.start, s.end)) <= covered for s in p.sentences)
    assert len({p.id for p in passages}) == len(passages)
    body = [i for p in passages if p.kind == "body" for i in range(p.start, p.end)]
    assert len(set(body)) == len(body)
    paragraphs = {
        i
        for b in document.blocks
        if b.kind == "paragraph"
        for i in range(b.span.start, b.span.end)
        if not document.text[i].isspace()
    }
    assert {i for i in body if not document.text[i].isspace()} == paragraphs


@given(_TEXTS, st.integers(0, 50))
def test_sentences_tile_the_text(text: str, start: int) -> None:
    spans = sentences(text, min(start, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)
    inside = "".join(text[s.start : s.end] for s in spans)
    assert "".join(inside.split()) == "".join(text[start:].split())


def test_the_corpus_and_the_seed(sample_corpus: Path, seed: Path) -> None:
    seen: set[str] = set()
    for source in scan([sample_corpus, seed]):
        document = read(source.path, document_id=source.document_id, root=source.root)
        for p in (*split(document), whole(document)):
            assert document.text[p.start : p.end] == p.text
            assert p.id not in seen
            seen.add(p.id)
            if p.start or p.end < len(document.text):
                assert len(p.text) <= MAX_PASSAGE
            for group in p.groups:
                han = sum("一" <= c <= "龥" for c in document.text[group.start : group.end])
                assert han >= MIN_GROUP_HAN or len(p.groups) == 1
