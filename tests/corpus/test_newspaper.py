"""Pages of a daily: each headline has its own columns, whatever interlocks with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from eval.bench_readers import SENTENCE
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import Reader
from lhassist.corpus.jumps import Article, joined, page_number
from lhassist.corpus.newspaper import articles
from lhassist.corpus.pdf_page import Box, Line
from lhassist.schema import Document, Media
from tests.corpus.newspaper import CAPTION, CREDIT, make_newspaper, under_headlines

if TYPE_CHECKING:
    from lhassist.schema import Script

PAGE = Box(0, 0, 600, 800)


@pytest.fixture(scope="module", params=["zh-Hans", "zh-Hant"])
def read(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, list[tuple[str, str]]]:
    script: Script = request.param
    path = tmp_path_factory.mktemp(script) / "daily.pdf"
    printed = make_newspaper(path, script)
    with Reader(reads_shown=False) as reader:
        return reader.read(path, document_id="daily", root=path.parent), printed


def test_every_headline_has_its_own_sentences(
    read: tuple[Document, list[tuple[str, str]]],
) -> None:
    document, printed = read
    found = under_headlines(document)
    assert found.keys() >= {title for title, _ in printed}
    for title, text in printed:
        sentences = SENTENCE.findall(text)
        own = [sentence for sentence in sentences if sentence in found[title]]
        assert len(own) >= len(sentences) - 1, (title, set(sentences) - set(own))


def test_the_largest_headline_is_the_title(read: tuple[Document, list[tuple[str, str]]]) -> None:
    document, printed = read
    assert document.title == printed[0][0]
    assert document.published is not None
    assert document.published.date == "2024-10-01"


def test_the_page_s_own_words_are_left_out(read: tuple[Document, list[tuple[str, str]]]) -> None:
    document, _ = read
    for own in ("第三版", "第一版", "日报", "日報", "出版物号", "校对"):
        assert own not in document.text.replace("招商日报", ""), own


def test_the_picture_has_its_caption(read: tuple[Document, list[tuple[str, str]]]) -> None:
    (picture,) = read[0].media
    assert isinstance(picture, Media)
    assert picture.is_inside
    assert (picture.caption, picture.credit) == (CAPTION, CREDIT)


def _column(text: str, left: float, top: float, rows: int, size: float = 10) -> list[Line]:
    width = len(text) * size
    return [
        Line(text, Box(left, top + 16 * row, left + width, top + 16 * row + size))
        for row in range(rows)
    ]


def test_articles_one_below_the_other_are_read_from_top_to_bottom() -> None:
    lines = [
        *_column("一个标题", 50, 100, 1, 24),
        *_column("正文" * 20, 50, 140, 10),
        *_column("另一标题", 50, 340, 1, 24),
        *_column("其他" * 20, 50, 380, 10),
    ]
    assert articles(lines, PAGE) == []


def test_columns_without_a_headline_are_not_divided() -> None:
    lines = [*_column("一" * 20, 50, 140, 20), *_column("二" * 20, 300, 140, 20)]
    assert articles(lines, PAGE) == []


def test_articles_side_by_side_are_told_apart() -> None:
    lines = [
        *_column("左边的标题", 50, 100, 1, 24),
        *_column("右边标题", 320, 200, 1, 24),
        *_column("左" * 20, 50, 140, 20),
        *_column("右" * 20, 320, 240, 20),
    ]
    found = articles(lines, PAGE)
    assert [one.headline for one in found] == ["左边的标题", "右边标题"]
    assert [set(one.text) - set("\n") for one in found] == [{"左"}, {"右"}]


def test_what_goes_on_elsewhere_is_joined_to_where_it_began() -> None:
    front = [Article("甲", "甲一", goes_to=3), Article("乙", "乙一", goes_to=2)]
    inner = [Article("甲续", "甲二", comes_from=1), Article("丙", "丙一", comes_from=2)]
    found = joined([(1, front), (2, [Article("乙续", "乙二", comes_from=1)]), (3, inner)])
    assert [(one.headline, one.text) for one in found] == [
        ("甲", "甲一\n甲二"),
        ("乙", "乙一\n乙二"),
        ("丙", "丙一"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第3版", 3),
        ("第三版", 3),
        ("第十版", 10),
        ("第十二版", 12),
        ("二十一版", 21),
        ("出版", None),
    ],
)
def test_a_page_s_number_is_read(text: str, number: int | None) -> None:
    assert page_number(text) == number


@given(
    st.lists(
        st.builds(
            lambda text, left, top, size, upright: Line(
                text,
                Box(left, top, left + size, top + size * len(text))
                if upright
                else Box(left, top, left + size * len(text), top + size),
            ),
            st.text("漯河食品，。", min_size=1, max_size=30),
            st.floats(0, 500),
            st.floats(0, 700),
            st.sampled_from([8.0, 10.0, 24.0]),
            st.booleans(),
        ),
        max_size=25,
        unique_by=lambda line: (line.box.left, line.box.top),
    )
)
def test_no_line_is_lost_or_read_twice(lines: list[Line]) -> None:
    margin = [line for line in lines if not 80 < line.box.top < line.box.bottom < 720]
    written = sorted("".join(line.text for line in lines if line not in margin))
    found = articles(lines, PAGE)
    if found and not margin:
        read = "".join(one.headline + one.text for one in found)
        assert sorted(c for c in read if c not in "\n　 |") == written
