"""Pieces of text on a page, each with its place, in the order in which people read them.

A page is taken apart by its white space: into bands above each other, a band into columns where a
gap runs through it, a column into rows. This is the recursive X-Y cut of Nagy and Seth (1984), but
that a column has to be wide enough for sentences: the cells of a table are read row by row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lhassist.corpus import shapes
from lhassist.corpus.parts import glue

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]

# All in heights of a line of text.
_GUTTER = 0.8
_LEAST_COLUMN = 6.0
_SHORT_OF_EDGE = 1.5
_LEAST_INDENT, _MOST_INDENT = 1.2, 4.5
_APART = 1.0
_BETWEEN_CELLS = 1.5
_OTHER_SIZE = 1.3

INDENT = "　　"
"""What stands before the first line of a paragraph that is indented."""

_MOST_BOXES = 2_000
_TALL = 1.5
_WIDE = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text, or a part of one.

    Attributes:
        corners: Upper left, upper right, lower right, lower left as one reads it; x to the right
            and y downwards, in any unit.
    """

    text: str
    corners: Corners


@dataclass(frozen=True, slots=True)
class _Box:
    """A piece on an upright page of horizontal text."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def page_text(pieces: Sequence[Piece]) -> str:
    """Puts the pieces of a page into reading order.

    Slightly rotated pages are turned upright. Where most characters stand in upright lines, the
    page is read from top to bottom and from right to left.

    Returns:
        A paragraph a line, indented as on the page; a blank line where the page leaves a gap or
        changes the size of its letters. Empty for no pieces.
    """
    boxes = _upright(pieces[:_MOST_BOXES])
    if not boxes:
        return ""
    unit = median(box.height for box in boxes)
    return "\n\n".join(_column_text(column, unit) for column in _columns(boxes, unit))


def _upright(pieces: Sequence[Piece]) -> list[_Box]:
    vertical = sum(len(p.text) for p in pieces if _is_tall(p)) * 2 > sum(
        len(p.text) for p in pieces
    )
    angle = _skew(pieces, vertical=vertical)
    sine, cosine = math.sin(-angle), math.cos(-angle)
    boxes = []
    for piece in pieces:
        xs = [x * cosine - y * sine for x, y in piece.corners]
        ys = [x * sine + y * cosine for x, y in piece.corners]
        # The sides of a box that is still turned a little lie halfway between its corners.
        (left, *_, right), (top, *_, bottom) = _sides(xs), _sides(ys)
        if vertical:
            left, top, right, bottom = top, -right, bottom, -left
        boxes.append(_Box(piece.text, left, top, right, bottom))
    return boxes


def _sides(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return (ordered[0] + ordered[1]) / 2, (ordered[2] + ordered[3]) / 2


def _is_tall(piece: Piece) -> bool:
    (a, b, _, d) = piece.corners
    return len(piece.text) > 1 and math.dist(a, d) > _TALL * math.dist(a, b)


def _skew(pieces: Sequence[Piece], *, vertical: bool) -> float:
    """How far the page is turned clockwise, in radians; by its long lines."""
    angles = []
    for piece in pieces:
        a, b, c, d = piece.corners
        width, height = math.dist(a, b), math.dist(a, d)
        if not vertical and width > _WIDE * height:
            angles += [math.atan2(b[1] - a[1], b[0] - a[0]), math.atan2(c[1] - d[1], c[0] - d[0])]
        elif vertical and height > _WIDE * width:
            angles += [math.atan2(a[0] - d[0], d[1] - a[1]), math.atan2(b[0] - c[0], c[1] - b[1])]
    return median(angles) if angles else 0.0


def _columns(boxes: Sequence[_Box], unit: float) -> list[list[_Box]]:
    """The columns of a page in reading order; what runs across all of them is one of its own."""
    bands = _bands(boxes)
    found: list[list[_Box]] = []
    across: list[_Box] = []
    start = 0
    while start < len(bands):
        end, edges = _side_by_side(bands, start, unit)
        if edges:
            found += [across] if across else []
            across = []
            inside = [box for band in bands[start:end] for box in band]
            for left, right in edges:
                found += _columns([box for box in inside if left <= box.left < right], unit)
            start = end
        else:
            across += bands[start]
            start += 1
    return [*found, across] if across else found


def _bands(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Boxes in groups that have white space above and below, from top to bottom."""
    bands: list[list[_Box]] = []
    bottom = -math.inf
    for box in sorted(boxes, key=lambda box: box.top + 0.25 * box.height):
        if not bands or box.top + 0.25 * box.height >= bottom:
            bands.append([])
        bands[-1].append(box)
        bottom = max(bottom, box.bottom - 0.25 * box.height)
    return bands


def _side_by_side(
    bands: Sequence[Sequence[_Box]], start: int, unit: float
) -> tuple[int, list[tuple[float, float]]]:
    """The tallest stretch of bands that a gutter runs through.

    Returns:
        The number of the band below it, and the left and right edges of its columns; no edges
        where there is no such stretch.
    """
    end, found = start, list[tuple[float, float]]()
    edges: list[tuple[float, float]] = []
    for number in range(start, len(bands)):
        for box in bands[number]:
            edges = _with(edges, box, _GUTTER * unit)
        if len(edges) < len(found):
            break
        if len(edges) > 1 and all(b - a >= _LEAST_COLUMN * unit for a, b in edges):
            end, found = number + 1, edges
    return end, found


def _with(
    edges: Sequence[tuple[float, float]], box: _Box, gutter: float
) -> list[tuple[float, float]]:
    """Edges of columns when a box is added: columns less than a gutter apart are one."""
    left, right = box.left, box.right
    apart = []
    for a, b in edges:
        if a < right + gutter and left < b + gutter:
            left, right = min(a, left), max(b, right)
        else:
            apart.append((a, b))
    return sorted([*apart, (left, right)])


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float
    cells: int


def _column_text(boxes: Sequence[_Box], unit: float) -> str:
    rows = [_row(band) for band in _rows(boxes)]
    left, right = _edges(rows, rows[0])
    text = _indent(rows[0], left) + rows[0].text
    for above, row in pairwise(rows):
        left, right = _edges(rows, row)
        if not _is_alike(above, row) or row.top - above.bottom > _APART * unit:
            text += "\n\n" + _indent(row, left) + row.text
        elif indent := _indent(row, left):
            text += "\n" + indent + row.text
        elif _ends_paragraph(above, row, right):
            text += "\n" + row.text
        else:
            text = glue_lines(text, row.text)
    return text


def _ends_paragraph(above: _Row, row: _Row, right: float) -> bool:
    """Whether a row ends its paragraph: it is short, a row of cells, or above a title.

    A short one that breaks off within a word does not: not every line fills its column.
    """
    is_short = above.right < right - _SHORT_OF_EDGE * row.height
    if is_short and not shapes.has_stop(above.text) and shapes.share_a_word(above.text, row.text):
        is_short = False
    return is_short or max(above.cells, row.cells) > 1 or _is_title(above, row, right)


def _is_title(above: _Row, row: _Row, right: float) -> bool:
    """Whether a row below the last, full row of a paragraph is the title of the next."""
    is_short = row.right < right - _SHORT_OF_EDGE * row.height
    return is_short and shapes.has_stop(above.text) and not shapes.has_stop(row.text)


def _edges(rows: Sequence[_Row], row: _Row) -> tuple[float, float]:
    """The left and right edge of what is set in the size of a row: a headline may be wider."""
    alike = [other for other in rows if _is_alike(other, row)]
    return min(other.left for other in alike), max(other.right for other in alike)


def _is_alike(one: _Row, other: _Row) -> bool:
    smaller, larger = sorted((one.height, other.height))
    return larger <= _OTHER_SIZE * smaller


def glue_lines(left: str, right: str) -> str:
    """Joins two lines; digits at both ends are one number, which a page may cut anywhere."""
    is_number = right[:1].isdigit() and left[-2:].rstrip(".,")[-1:].isdigit()
    return left + right if is_number else glue(left, right)


def _rows(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Boxes of one column, those beside each other together."""
    rows: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda box: box.top + box.bottom):
        middle = (box.top + box.bottom) / 2
        if rows and middle < rows[-1][0].bottom - 0.2 * rows[-1][0].height:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _row(boxes: Sequence[_Box]) -> _Row:
    text = boxes[0].text
    for left, right in pairwise(boxes):
        is_cell = right.left - left.right > _BETWEEN_CELLS * left.height
        text += (" | " if is_cell else " ") + right.text
    return _Row(
        text,
        boxes[0].left,
        max(box.right for box in boxes),
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
        median(box.height for box in boxes),
        len(boxes),
    )


def _indent(row: _Row, left: float) -> str:
    indented = _LEAST_INDENT * row.height < row.left - left < _MOST_INDENT * row.height
    return INDENT if indented else ""
