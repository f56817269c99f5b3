"""The report's charts, as inline SVG in the page's own colours.

Shapes carry CSS classes instead of colours, so that one drawing serves light and dark. Each chart
is drawn for a frame: what is shrunk to a telephone's width cannot be read. Every chart has a title
for screen readers; the tables beside it hold the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

_VALUE = 60
_ROW = 26
_AXIS = 26
_PLOT = 220
_MARGIN = 44
_HEAD = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """How much room a chart has, in its own units.

    Attributes:
        width: Of the whole.
        label: Of it, what the names of rows take.
        tenths: How many tenths lie between two marks of an axis of 0 to 1.
    """

    width: int
    label: int
    tenths: int

    def x(self, value: float) -> float:
        """Where a value of 0 to 1 stands on the lower axis."""
        return _MARGIN + value * (self.width - _MARGIN)


WIDE, NARROW = Frame(720, 190, 1), Frame(350, 116, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dot chart, all values 0 to 1.

    Attributes:
        low: The lower end of the interval; `high` the upper.
        floor: The least allowed value; None where the baseline has none.
    """

    label: str
    value: float
    low: float
    high: float
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A curve with a CSS class; values and shares 0 to 1."""

    style: str
    points: Sequence[tuple[float, float]]


def dots(frame: Frame, title: str, rows: Sequence[Row]) -> str:
    """Means as dots, intervals as bars, floors as ticks, over one axis of 0 to 1.

    The axis starts at the tenth below the lowest value, so that good systems can be told apart.
    """
    lowest = min([row.low for row in rows] + [row.floor for row in rows if row.floor is not None])
    start = min(int(lowest * 10) / 10, 0.9)
    height = _ROW * len(rows) + _AXIS
    svg = _svg(frame, title, height)

    def x(value: float) -> float:
        room = frame.width - frame.label - _VALUE
        return frame.label + (value - start) / (1 - start) * room

    steps = round((1 - start) * 10)
    for tenth in range(steps, -1, -frame.tenths):
        value = start + tenth / 10
        _line(svg, "grid", (x(value), 0), (x(value), height - _AXIS))
        _text(svg, "tick", x(value), height - 8, f"{value:.1f}", anchor="middle")
    for number, row in enumerate(rows):
        y = _ROW * number + _ROW / 2
        _text(svg, "label", frame.label - 10, y + 4, row.label, anchor="end")
        _line(svg, "interval", (x(row.low), y), (x(row.high), y))
        if row.floor is not None:
            _line(svg, "floor", (x(row.floor), y - 9), (x(row.floor), y + 9))
        style = "dot bad" if row.floor is not None and row.value < row.floor else "dot"
        _put(svg, "circle", {"class": style, "cx": x(row.value), "cy": y, "r": 5})
        _text(svg, "value", frame.width, y + 4, f"{row.value:.3f}", anchor="end")
    return tostring(svg, encoding="unicode")


def histogram(
    frame: Frame, title: str, groups: Sequence[tuple[str, Sequence[float]]], *, mark: float
) -> str:
    """How often each group takes which values, as shares of the group, in overlapping steps.

    Args:
        frame: How much room there is.
        title: For screen readers.
        groups: A CSS class and the values, 0 to 1, each.
        mark: A value to mark with an upright line.
    """
    bins = 30
    svg = _svg(frame, title, _PLOT + _AXIS)
    shares = {}
    for style, values in groups:
        counts = [0] * bins
        for value in values:
            counts[min(int(value * bins), bins - 1)] += 1
        shares[style] = [count / max(len(values), 1) for count in counts]
    top = max((max(share) for share in shares.values()), default=0) or 1
    for style, share in shares.items():
        corners = [(frame.x(0), float(_PLOT))]
        for number, part in enumerate(share):
            y = _y(part / top)
            corners += [(frame.x(number / bins), y), (frame.x((number + 1) / bins), y)]
        corners.append((frame.x(1), float(_PLOT)))
        _put(svg, "polygon", {"class": f"area {style}", "points": _points(corners)})
    _x_axis(frame, svg)
    _line(svg, "mark", (frame.x(mark), 0), (frame.x(mark), _PLOT))
    return tostring(svg, encoding="unicode")


def curves(frame: Frame, title: str, lines: Sequence[Line], *, mark: float | None = None) -> str:
    """Shares over values, both 0 to 1.

    Args:
        frame: How much room there is.
        title: For screen readers.
        lines: The curves.
        mark: A value to mark with an upright line; None marks nothing.
    """
    svg = _svg(frame, title, _PLOT + _AXIS)
    for quarter in range(5):
        y = _y(quarter / 4)
        _line(svg, "grid", (_MARGIN, y), (frame.width, y))
        _text(svg, "tick", _MARGIN - 8, y + 4, f"{quarter * 25} %", anchor="end")
    for line in lines:
        corners = [(frame.x(value), _y(share)) for value, share in line.points]
        _put(svg, "polyline", {"class": f"curve {line.style}", "points": _points(corners)})
    _x_axis(frame, svg)
    if mark is not None:
        _line(svg, "mark", (frame.x(mark), 0), (frame.x(mark), _PLOT))
    return tostring(svg, encoding="unicode")


def _y(share: float) -> float:
    return _PLOT - share * (_PLOT - _HEAD)


def _svg(frame: Frame, title: str, height: float) -> Element:
    svg = Element(
        "svg",
        {
            "viewBox": f"0 0 {frame.width} {height:g}",
            "role": "img",
            "class": "chart",
            "preserveAspectRatio": "xMidYMid meet",
        },
    )
    SubElement(svg, "title").text = title
    return svg


def _x_axis(frame: Frame, svg: Element) -> None:
    _line(svg, "axis", (_MARGIN, _PLOT), (frame.width, _PLOT))
    for tenth in range(0, 11, frame.tenths):
        anchor = "end" if tenth == 10 else "middle"
        _text(svg, "tick", frame.x(tenth / 10), _PLOT + 18, f"{tenth / 10:.1f}", anchor=anchor)


def _put(parent: Element, tag: str, attributes: dict[str, object]) -> Element:
    def written(value: object) -> str:
        return f"{value:.5g}" if isinstance(value, float) else str(value)

    return SubElement(parent, tag, {key: written(value) for key, value in attributes.items()})


def _line(
    parent: Element, style: str, start: tuple[float, float], end: tuple[float, float]
) -> None:
    (x1, y1), (x2, y2) = start, end
    _put(parent, "line", {"class": style, "x1": x1, "y1": y1, "x2": x2, "y2": y2})


def _text(parent: Element, style: str, x: float, y: float, text: str, *, anchor: str) -> None:
    _put(parent, "text", {"class": style, "x": x, "y": y, "text-anchor": anchor}).text = text


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
