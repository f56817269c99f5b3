"""Sentences, passages and groups are exact stretches of the text, cut where a reader would."""

from __future__ import annotations

from dataclasses import replace
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
        ("動畫《問題兒童？》（），共10集。好。", ["動畫《問題兒童？》（），共10集。", "好。"]),
        ("長六一．五公尺。", ["長六一．五公尺。"]),
        ("由A．Ｌ．設計。", ["由A．Ｌ．設計。"]),
        ("負責1.供水；2.供電。", ["負責1.供水；2.供電。"]),
        ("三加了比賽.他們贏了.", ["三加了比賽.", "他們贏了."]),
        ("真的\n没有标点", ["真的", "没有标点"]),
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


_NUMBERS = st.from_regex(
    r"[1-9][0-9]{0,5}(\.[0-9]{1,3})?%?|[1-9],[0-9]{3}|１３．５％|12:30|六一．五", fullmatch=True
)
_WORDS = st.text(
    st.sampled_from("漯河市的增長是了，。；、！？：「」（）…\n "), min_size=1, max_size=30
)


@given(st.lists(st.tuples(_WORDS, _NUMBERS), min_size=1, max_size=40))
def test_no_number_is_cut(pieces: list[tuple[str, str]]) -> None:
    text, numbers = "", []
    for words, number in pieces:
        text += words + "是"
        numbers.append(range(len(text) + 1, len(text) + len(number)))
        text += number + "元"
    document = _document([("paragraph", text.strip())])
    shift = len(text) - len(text.lstrip())
    for p in (*split(document), whole(document)):
        for span in (Span(p.start, p.end), *p.sentences, *p.groups):
            assert not any(span.start + shift in n or span.end + shift in n for n in numbers)


def test_a_long_text_without_stops_is_cut_between_words() -> None:
    text = "漯河2024年GDP增长7.8%達到1869.9億元" * 60
    passages = split(_document([("paragraph", text)]))
    assert "".join(p.text for p in passages) == text
    assert all(200 <= len(p.text) <= MAX_PASSAGE for p in passages)
    for p in passages[1:]:
        assert not (text[p.start - 1].isascii() and text[p.start].isascii())


def test_passages_keep_to_their_section_and_length() -> None:
    sentence = "漯河的食品產業規模大，產品賣到全國各地去。"
    document = _document(
        [
            ("paragraph", sentence * 3),
            ("paragraph", sentence * 8),
            ("heading", "第二節"),
            ("paragraph", sentence * 30),
            ("caption", "漯河市市民之家。"),
            ("paragraph", sentence),
        ]
    )
    passages = split(document)
    assert [(p.kind, p.heading) for p in passages if p.kind == "caption"] == [("caption", "第二節")]
    lengths = [len(p.text) for p in passages if p.kind == "body"]
    assert all(180 <= length <= MAX_PASSAGE for length in lengths[:-1])
    assert lengths[-1] == len(sentence)
    assert [p.heading for p in passages] == [""] + ["第二節"] * (len(passages) - 1)
    assert all(p.text.endswith("。") and p.title == "題" for p in passages)
    assert all("第二節" not in p.text for p in passages)


def test_a_list_stays_with_what_announces_it() -> None:
    filler = "漯河的食品產業規模大，產品賣到全國各地去。" * 18
    items = "\n".join(f"{n}. 第{n}項措施的名稱和內容說明" for n in range(1, 6))
    document = _document(
        [("paragraph", filler), ("paragraph", "五項措施如下："), ("paragraph", items)]
    )
    last = split(document)[-1]
    assert last.text.endswith("五項措施如下：\n\n" + items)
    assert [document.text[s.start : s.end] for s in last.sentences][-5:] == items.split("\n")


def test_groups_are_about_fifty_characters_and_end_with_clauses() -> None:
    text = (
        "熱線的話務座席擴充到80個，水、電、氣、暖的報修電話都併了進來，24小時由人工接聽，"
        "件件登記，件件回覆，辦不了的轉給責任單位，由單位的負責人答覆。好。很好。"
    )
    (passage,) = split(_document([("paragraph", text)]))
    groups = [text[g.start : g.end] for g in passage.groups]
    assert "".join(groups) == text
    assert all(30 <= len(group) <= 75 for group in groups)
    assert all(group[-1] in "，。" for group in groups)
    assert groups[-1].endswith("好。很好。")


def test_english_gets_longer_passages_and_groups() -> None:
    text = "Luohe lies on two rivers, the Sha and the Li. " * 60
    passages = split(_document([("paragraph", text.strip())]))
    assert all(500 <= len(p.text) <= 3 * MAX_PASSAGE for p in passages)
    groups = [g.end - g.start for p in passages for g in p.groups]
    assert all(90 <= length <= 260 for length in groups)


def test_whole_is_one_passage_of_everything() -> None:
    document = _document([("heading", "甲"), ("paragraph", "乙。丙。"), ("caption", "丁")])
    passage = whole(document)
    assert (passage.text, passage.id) == (document.text, f"d#0-{len(document.text)}")
    assert [document.text[s.start : s.end] for s in passage.sentences] == [
        "甲",
        "乙。",
        "丙。",
        "丁",
    ]
    with pytest.raises(ValueError, match="no text"):
        whole(_document([]))


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


def test_written_and_machine_read_paragraphs_do_not_share_a_passage() -> None:
    document = _document(
        [("paragraph", "写的。"), ("paragraph", "读的。"), ("paragraph", "也是。")]
    )
    first, *read_off = document.blocks
    blocks = (first, *(replace(block, origin="ocr") for block in read_off))
    found = split(replace(document, blocks=blocks))
    assert [(p.text, p.origin) for p in found] == [
        ("写的。", "written"),
        ("读的。\n\n也是。", "ocr"),
    ]
