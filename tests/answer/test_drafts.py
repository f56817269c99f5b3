"""A model's text as plain sentences."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lhassist.answer.generation.drafts import MOST_CHARACTERS, drafts


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "漯河有四条河。[1]全市面积2617平方公里【2】。",
            ["漯河有四条河。", "全市面积2617平方公里。"],
        ),
        ("## 答案：**漯河**有`四条`河。", ["漯河有四条河。"]),
        ("1. 沙河。\n2. 澧河。\n- 颍河。", ["沙河。", "澧河。", "颍河。"]),
        ("根据提供的资料，漯河有四条河。", ["漯河有四条河。"]),
        ("見[這裡](http://x.example/a)。漯河有河。", ["漯河有河。"]),
        ("![图](http://x.example/?q=1)漯河有河。", ["漯河有河。"]),
        ("![图](beacon.png)漯河有河。", ["漯河有河。"]),
        ("详见[本文](article)。", ["详见本文。"]),
        ("<img src=x onerror=alert(1)>漯河有河。", ["漯河有河。"]),
        ("增长7.8%。第2.5条。", ["增长7.8%。", "第2.5条。"]),
        ("2024年增长7.8%。", ["2024年增长7.8%。"]),
        ("联系 a@b.cn 即可。", []),
        ("。。。\n\n***", []),
        ("", []),
    ],
)
def test_what_is_no_prose_is_taken_out(said: str, plain: list[str]) -> None:
    assert list(drafts([said])) == plain


TEXT = st.text("漯河增长7.8%。！？[]()!#*-<>1:/.htpsw \n\u200b", max_size=80)


@given(text=TEXT, data=st.data())
def test_sentences_do_not_depend_on_how_the_text_comes_in(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edges = [0, *cuts, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    assert list(drafts(pieces)) == list(drafts([text]))


@example(text="://1")
@given(text=TEXT)
def test_no_address_picture_or_mark_is_left(text: str) -> None:
    for sentence in drafts([text]):
        assert not re.search(r"https?:|www\.|://|!\[|\[\d+\]|<[^<>]+>|\u200b", sentence)


@pytest.mark.parametrize("text", ["(。1)", "“漯河。1)有”河。", "（漯河！\n1.有）河。"])
def test_a_bracket_that_closes_later_holds_its_sentences_together(text: str) -> None:
    assert list(drafts(text)) == list(drafts([text]))


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    given_so_far = []
    pieces = iter(["漯河有四条河。", "它", "们穿城而过。"])

    def watched() -> object:
        for piece in pieces:
            given_so_far.append(piece)
            yield piece

    said = drafts(watched())  # type: ignore[arg-type]
    assert next(said) == "漯河有四条河。"
    assert given_so_far == ["漯河有四条河。", "它"]


def test_an_endless_text_is_not_read_to_its_end() -> None:
    read = 0

    def endless() -> object:
        nonlocal read
        while True:
            read += 1
            yield "说"

    assert list(drafts(endless())) == []  # type: ignore[arg-type]
    assert read <= MOST_CHARACTERS + 1
