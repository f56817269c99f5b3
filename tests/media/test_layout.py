"""Pieces of text in reading order, whatever order and angle they come in."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus.layout import Piece, page_text

HIGH = 20.0


def piece(text: str, x: float, y: float, degrees: float = 0.0) -> Piece:
    """A line with its upper left corner at x, y, on a page that is turned."""
    wide = HIGH * len(text)
    turn = math.radians(degrees)
    corners = [(x, y), (x + wide, y), (x + wide, y + HIGH), (x, y + HIGH)]
    a, b, c, d = (
        (u * math.cos(turn) - v * math.sin(turn), u * math.sin(turn) + v * math.cos(turn))
        for u, v in corners
    )
    return Piece(text, (a, b, c, d))


def upright(text: str, x: float, y: float) -> Piece:
    tall = HIGH * len(text)
    return Piece(text, ((x, y), (x + HIGH, y), (x + HIGH, y + tall), (x, y + tall)))


COLUMNS = [
    ("大标题横跨两栏写在上面", 100, 0),
    ("第一栏的第一行字，", 0, 60),
    ("第一栏的第二行字。", 0, 90),
    ("第二栏的第一行字，", 240, 60),
    ("第二栏的第二行字。", 240, 90),
]


@given(st.permutations(COLUMNS), st.floats(-6, 6))
def test_columns_are_read_one_after_the_other(
    pieces: list[tuple[str, float, float]], degrees: float
) -> None:
    text = page_text([piece(*one, degrees) for one in pieces])
    assert text == (
        "大标题横跨两栏写在上面\n\n"
        "第一栏的第一行字，第一栏的第二行字。\n\n"
        "第二栏的第一行字，第二栏的第二行字。"
    )


def test_upright_lines_are_read_from_right_to_left() -> None:
    lines = [upright("形成了獨特的濱河景觀", 0, 0), upright("沙河與澧河在市區交匯", 40, 0)]
    assert page_text(lines) == "沙河與澧河在市區交匯形成了獨特的濱河景觀"


def test_indents_and_short_lines_begin_paragraphs() -> None:
    pieces = [
        piece("第一段的开头在这里写着，", 2 * HIGH, 0),
        piece("第一段的第二行写到这里就完。", 0, 30),
        piece("短的一行。", 0, 60),
        piece("第三段写在这里也有十四个字。", 0, 90),
    ]
    assert page_text(pieces).split("\n") == [
        "\u3000\u3000第一段的开头在这里写着，第一段的第二行写到这里就完。短的一行。",
        "第三段写在这里也有十四个字。",
    ]


def test_the_cells_of_a_table_are_read_by_rows() -> None:
    cells = [
        piece("工业投资", 0, 0), piece("32%", 200, 0),
        piece("生产总值", 0, 30), piece("7.8%", 200, 30),
    ]  # fmt: skip
    assert page_text(cells) == "工业投资 | 32%\n生产总值 | 7.8%"


@given(
    st.lists(
        st.tuples(st.text("漯河市ab ", min_size=1, max_size=9), *[st.floats(-1e4, 1e4)] * 2),
        max_size=30,
    ),
    st.floats(-90, 90),
)
def test_no_piece_is_lost(pieces: list[tuple[str, float, float]], degrees: float) -> None:
    text = page_text([piece(*one, degrees) for one in pieces])
    # Between the cells of a row stands a stroke.
    found = "".join(text.replace("|", "").split())
    assert sorted(found) == sorted("".join("".join(t for t, _, _ in pieces).split()))


def test_many_pieces_take_no_long_time() -> None:
    pieces = [piece(f"第{n}行", 137 * n % 3000, 91 * n % 4000) for n in range(2000)]
    assert len(page_text(pieces)) > 2000


@pytest.mark.parametrize("pieces", [[], [piece("一", 0, 0)]])
def test_hardly_any_pieces(pieces: list[Piece]) -> None:
    assert page_text(pieces) == "".join(one.text for one in pieces)
