"""Newspaper pages with several articles: which columns stand under which headline.

A page whose articles interlock has no white space that runs from edge to edge, so it cannot be cut
as `layout` does. What holds on every such page: an article's columns begin at the same height below
its headline, or beside it where the headline runs downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from lhassist.corpus.jumps import Article
from lhassist.corpus.layout import INDENT, glue_lines, page_text
from lhassist.corpus.parts import glue_all
from lhassist.corpus.pdf_page import Box, Line

# In heights of a line of text.
_HEADLINE = 1.35
_MOST_BELOW = 6.0
_SAME_TOP = 2.0
_GUTTER = 4.0
_NEXT_LINE = 1.5
_HEADLINE_LEADING = 1.0
_DEEPEST_HEADLINE = 5.0

_OVERLAP = 0.5
_WIDER = 1.6
_ONE_ARTICLE = 0.75
"""A page where every article is as wide as this share of the text is read from top to bottom."""

_MOST_LEFT_OVER = 0.1
"""Where more of the text stands under no headline, the page is not understood as one of several."""

MARGIN = 0.1
"""The share of a page's height where running heads and feet stand."""

CAPTION_MARK = "▲"
"""What a caption begins with that the page has shown to be one."""


@dataclass(slots=True, eq=False)
class _Strip:
    """Lines below each other: a column of an article, or a part of one."""

    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.box.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.box.right for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].box.top

    @property
    def bottom(self) -> float:
        return self.lines[-1].box.bottom


@dataclass(slots=True, eq=False)
class _Headline:
    """The lines of a headline and, once they are found, the columns under it."""

    lines: list[Line]
    upright: bool
    strips: list[_Strip] = field(default_factory=list)

    @property
    def box(self) -> Box:
        boxes = [line.box for line in self.lines]
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def size(self) -> float:
        return max(map(_size, self.lines))


def articles(lines: Sequence[Line], page: Box) -> list[Article]:
    """The articles of a page, the one with the largest headline first.

    Args:
        lines: All of the page, but its running heads.
        page: What is in its margins under no headline is the newspaper's own, and left out.

    Returns:
        Nothing where the page is not one of several articles side by side.
    """
    unit = _body_size(lines)
    headlines = _headlines([line for line in lines if _size(line) >= _HEADLINE * unit])
    used = {line for headline in headlines for line in headline.lines}
    strips = _strips([line for line in lines if line not in used], headlines, unit)
    _seed(headlines, strips, unit)
    _spread(headlines, strips, unit)
    left_over = [
        strip
        for strip in _follow(headlines, strips)
        if MARGIN * page.height < strip.top and strip.bottom < (1 - MARGIN) * page.height
    ]
    found = [headline for headline in headlines if headline.strips]
    if not _is_side_by_side(found) or _length(left_over) > _MOST_LEFT_OVER * _length(strips):
        return []
    first = max(found, key=lambda headline: headline.size)
    found.sort(key=lambda one: (one is not first, one.box.top, one.box.left))
    texts = [_article(glue_all(line.text for line in one.lines), one.strips) for one in found]
    return [*texts, _article("", left_over)] if left_over else texts


def _size(line: Line) -> float:
    """The size of a line's letters, whichever way it runs."""
    return min(line.box.height, line.box.right - line.box.left)


def _body_size(lines: Sequence[Line]) -> float:
    """The size that most characters have."""
    sizes = sorted((_size(line), len(line.text)) for line in lines if len(line.text) > 1)
    middle = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        middle -= count
        if middle <= 0:
            return size
    return 1.0


def _is_upright(line: Line) -> bool:
    width = line.box.right - line.box.left
    return len(line.text) > 1 and line.box.height > 2 * width


def _headlines(lines: Sequence[Line]) -> list[_Headline]:
    """Large lines, those close below each other together."""
    found: list[_Headline] = []
    for line in sorted(lines, key=lambda line: line.box.top):
        upright = _is_upright(line)
        above = next((one for one in found if not upright and _goes_on(one, line)), None)
        if above:
            above.lines.append(line)
        else:
            found.append(_Headline([line], upright))
    return found


def _goes_on(headline: _Headline, line: Line) -> bool:
    gap = line.box.top - headline.box.bottom
    return (
        not headline.upright
        and gap < _HEADLINE_LEADING * line.box.height
        and _overlap(headline.box.left, headline.box.right, line.box.left, line.box.right) > 0
    )


def _strips(lines: Sequence[Line], headlines: Sequence[_Headline], unit: float) -> list[_Strip]:
    """Lines in columns; a gap, a headline, or a line that is much wider begins a new one."""
    usual = median([line.box.right - line.box.left for line in lines] or [0.0])
    found: list[_Strip] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        box = line.box
        fitting = [
            strip
            for strip in found
            if -unit < box.top - strip.bottom <= _NEXT_LINE * unit
            and _overlap(strip.left, strip.right, box.left, box.right) > _OVERLAP
            and max(box.right, strip.right) - min(box.left, strip.left) <= _WIDER * usual
            and not any(_stands_between(one, strip, box) for one in headlines)
        ]
        if fitting:
            max(fitting, key=lambda strip: strip.bottom).lines.append(line)
        else:
            found.append(_Strip([line]))
    return found


def _stands_between(headline: _Headline, strip: _Strip, box: Box) -> bool:
    own = headline.box
    return (
        not headline.upright
        and strip.bottom <= own.top + own.height / 2 <= box.top + box.height / 2
        and _overlap(own.left, own.right, box.left, box.right) > 0
    )


def _overlap(left: float, right: float, other_left: float, other_right: float) -> float:
    """How much of the narrower of two stretches lies in the other."""
    shared = min(right, other_right) - max(left, other_left)
    return shared / max(min(right - left, other_right - other_left), 1e-6)


def _seed(headlines: Sequence[_Headline], strips: Sequence[_Strip], unit: float) -> None:
    """Gives each headline the columns that begin right below it, or beside it."""
    for headline in headlines:
        box = headline.box
        if headline.upright:
            near = [
                strip
                for strip in strips
                if abs(strip.top - box.top) <= _DEEPEST_HEADLINE * unit
                and (-unit < strip.left - box.right or -unit < box.left - strip.right)
            ]
            near.sort(key=lambda strip: max(strip.left - box.right, box.left - strip.right))
            headline.strips = [strip for strip in near[:1] if strip.left > box.left] or near[:1]
            continue
        below = [
            strip
            for strip in strips
            if -unit < strip.top - box.bottom <= _MOST_BELOW * unit
            and _overlap(box.left, box.right, strip.left, strip.right) > 0
            and not any(
                other is not headline and not other.upright and _is_nearer(other, headline, strip)
                for other in headlines
            )
        ]
        headline.strips = below


def _is_nearer(other: _Headline, headline: _Headline, strip: _Strip) -> bool:
    """Whether another headline stands between a headline and a column."""
    return (
        headline.box.bottom <= other.box.bottom <= strip.top + other.box.height / 2
        and _overlap(other.box.left, other.box.right, strip.left, strip.right) > 0
    )


def _spread(headlines: Sequence[_Headline], strips: Sequence[_Strip], unit: float) -> None:
    """Adds the columns beside those found that begin as high, the nearest headline's first."""
    taken = {id(strip) for headline in headlines for strip in headline.strips}
    while True:
        found = [
            (distance, headline, strip)
            for headline in headlines
            if headline.strips
            for strip in strips
            if id(strip) not in taken and (distance := _distance(headline, strip, unit)) is not None
        ]
        if not found:
            return
        _, headline, strip = min(found, key=lambda one: one[0])
        headline.strips.append(strip)
        taken.add(id(strip))


def _distance(headline: _Headline, strip: _Strip, unit: float) -> float | None:
    """How far a column is from a headline; None where it cannot be the next of its columns."""
    top = min(one.top for one in headline.strips)
    nearest = min(max(strip.left - one.right, one.left - strip.right) for one in headline.strips)
    if abs(strip.top - top) > _SAME_TOP * unit or not -unit < nearest <= _GUTTER * unit:
        return None
    return max(strip.left - headline.box.right, headline.box.left - strip.right, 0.0) + nearest


def _follow(headlines: Sequence[_Headline], strips: Sequence[_Strip]) -> list[_Strip]:
    """Gives what is left to the article above it, as below a picture; returns what has none."""
    owner = {id(strip): headline for headline in headlines for strip in headline.strips}
    left_over = []
    for strip in sorted(strips, key=lambda strip: strip.top):
        if id(strip) in owner:
            continue
        above = [
            other
            for other in strips
            if id(other) in owner
            and other.bottom <= strip.top + (strip.bottom - strip.top) / 2
            and _overlap(other.left, other.right, strip.left, strip.right) > _OVERLAP
            and not any(_stands_between(one, other, strip.lines[0].box) for one in headlines)
        ]
        if not above:
            left_over.append(strip)
            continue
        headline = owner[id(max(above, key=lambda other: other.bottom))]
        owner[id(strip)] = headline
        headline.strips.append(strip)
    return left_over


def _is_side_by_side(found: Sequence[_Headline]) -> bool:
    """Whether there are several articles, and not all as wide as the page."""
    if len(found) < 2:
        return False
    sides = [
        (min(strip.left for strip in one.strips), max(strip.right for strip in one.strips))
        for one in found
    ]
    width = max(right for _, right in sides) - min(left for left, _ in sides)
    return any(right - left < _ONE_ARTICLE * width for left, right in sides)


def _length(strips: Iterable[_Strip]) -> int:
    return sum(len(line.text) for strip in strips for line in strip.lines)


def _article(headline: str, strips: Sequence[_Strip]) -> Article:
    """Puts the columns of an article together, its captions last."""
    lines = [line for strip in _in_order(strips) for line in strip.lines]
    captions = [line.text for line in lines if line.text.startswith(CAPTION_MARK)]
    columns = [
        page_text([line.piece() for line in strip.lines if line.text not in captions])
        for strip in _in_order(strips)
    ]
    # Where paragraphs are indented, a column that does not begin so goes on with the one before.
    is_indented = any("\n" + INDENT in column for column in columns)
    text = ""
    for column in filter(None, columns):
        if text and is_indented and not column.startswith(INDENT):
            text = glue_lines(text, column)
        else:
            text += "\n\n" + column
    return Article.printed(headline, text, captions)


def _in_order(strips: Sequence[_Strip]) -> list[_Strip]:
    """Columns from left to right, the parts of one from top to bottom."""
    columns: list[list[_Strip]] = []
    for strip in sorted(strips, key=lambda strip: strip.left):
        last = columns[-1] if columns else []
        if any(_overlap(one.left, one.right, strip.left, strip.right) > _OVERLAP for one in last):
            last.append(strip)
        else:
            columns.append([strip])
    return [strip for column in columns for strip in sorted(column, key=lambda one: one.top)]
