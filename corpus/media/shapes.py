"""The shapes that the pictures of the sample corpus are made of: each draws into one axes.

The colours are the blue and the orange of Okabe and Ito, "Color Universal Design" (2008), toned
down for cream paper: every kind of colour vision tells them apart, and so does grey print. Letters
are large because a picture is often seen at a quarter of its 1600 pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Wedge
from matplotlib.path import Path as Curve

PAPER, INK, SOFT, RULE = "#FBF8F1", "#25292E", "#66696D", "#DDD6C8"
BLUE, ORANGE, PALE, WATER = "#1F5F8B", "#D9822B", "#A9C1D1", "#5B9BC0"
HUGE, LARGE, MEDIUM, SMALL = 46, 33, 27, 22


def bars(
    axes: Axes,
    labels: Sequence[str],
    figures: Sequence[str],
    *,
    unit: str,
    remarks: Sequence[str] | None = None,
    accent: int = 0,
) -> None:
    """Draws upright bars, each with its figure above and an optional remark inside its foot."""
    values = [float(figure) for figure in figures]
    colours = [BLUE if number == accent else PALE for number in range(len(values))]
    axes.bar(range(len(values)), values, width=0.52, color=colours)
    top = max(values)
    for place, (value, figure) in enumerate(zip(values, figures, strict=True)):
        axes.text(place, value + top * 0.025, figure + unit, ha="center", va="bottom", size=LARGE)
    for place, remark in enumerate(remarks or ()):
        colour = PAPER if place == accent else INK
        axes.text(place, top * 0.035, remark, ha="center", color=colour, size=SMALL)
    axes.set_xticks(range(len(labels)), labels, size=MEDIUM)
    axes.tick_params(axis="x", length=0, pad=14)
    axes.set_xlim(-0.6, len(values) - 0.4)
    axes.set_ylim(0, top * 1.15)
    axes.spines["bottom"].set(visible=True, color=SOFT, linewidth=1.4)


def rows(
    axes: Axes, labels: Sequence[str], figures: Sequence[str], *, unit: str, remarks: Sequence[str]
) -> None:
    """Draws lying bars, the largest at the top, each with its figure and a remark at its end."""
    values = [float(figure) for figure in figures]
    places = range(len(values), 0, -1)
    top = max(values)
    for place, label, value, figure, remark in zip(
        places, labels, values, figures, remarks, strict=True
    ):
        leads = remark.endswith("第一")
        axes.barh(place, value, height=0.5, color=BLUE if leads else PALE)
        axes.text(-top * 0.02, place, label, ha="right", va="center", size=MEDIUM)
        axes.text(value + top * 0.015, place, figure + unit, ha="left", va="center", size=LARGE)
        axes.text(top * 1.48, place, remark, ha="right", va="center", color=SOFT, size=MEDIUM)
    axes.set_xlim(-top * 0.48, top * 1.5)
    axes.set_ylim(0.4, len(values) + 0.6)


def ring(axes: Axes, labels: Sequence[str], figures: Sequence[str], *, total: str) -> None:
    """Draws parts of a whole as a ring, clockwise from the top, with `total` in the middle."""
    values = [float(figure) for figure in figures]
    colours = (ORANGE, PALE, BLUE)
    start = 90.0
    for number, (value, colour) in enumerate(zip(values, colours, strict=True)):
        end = start - 360 * value / sum(values)
        axes.add_patch(Wedge((0, 0), 1, end, start, width=0.36, color=colour, ec=PAPER, lw=4))
        start = end
        row = 0.5 - 0.5 * number
        axes.add_patch(Circle((1.62, row + 0.005), 0.055, color=colour))
        axes.text(1.78, row, labels[number], va="center", size=MEDIUM)
        axes.text(4.1, row, f"{figures[number]}億元", va="center", ha="right", size=LARGE)
    axes.text(0, 0.09, total, ha="center", va="center", size=HUGE, weight="bold")
    axes.text(0, -0.17, "億元", ha="center", va="center", size=MEDIUM, color=SOFT)
    axes.set_xlim(-1.15, 4.2)
    axes.set_ylim(-1.1, 1.1)
    axes.set_aspect("equal")


def dots(
    axes: Axes,
    labels: Sequence[str],
    counts: Sequence[int],
    captions: Sequence[str],
    *,
    columns: int,
    of: Sequence[int],
) -> None:
    """Draws each count as filled dots among `of` dots, side by side, in lines of `columns`."""
    gap = 2.6
    height = -(-max(of) // columns)
    for block, (label, count, caption) in enumerate(zip(labels, counts, captions, strict=True)):
        left = block * (columns + gap)
        for dot in range(of[block]):
            colour = (BLUE if block else ORANGE) if dot < count else RULE
            axes.add_patch(
                Circle((left + dot % columns, -(dot // columns)), 0.37, color=colour, lw=0)
            )
        middle = left + (columns - 1) / 2
        axes.text(middle, height * 0.12 + 1.1, label, ha="center", size=MEDIUM)
        axes.text(middle, -height - height * 0.08, caption, ha="center", va="center", size=HUGE)
    axes.set_xlim(-1.2, len(counts) * (columns + gap) - gap + 0.2)
    axes.set_ylim(-height * 1.18 - 0.3, height * 0.22 + 1.6)
    axes.set_aspect("equal")


def pairs(
    axes: Axes,
    panels: Sequence[str],
    labels: Sequence[str],
    figures: Sequence[tuple[str, str]],
    units: Sequence[str],
) -> None:
    """Draws panels of two bars each, every panel to its own scale."""
    for panel, (name, unit) in enumerate(zip(panels, units, strict=True)):
        values = [float(figure) for figure in figures[panel]]
        for place, value in enumerate(values):
            x = panel * 3.1 + place * 1.15
            height = value / max(values)
            axes.bar(x, height, width=0.72, color=(PALE, BLUE)[place])
            figure = figures[panel][place] + unit
            axes.text(x, height + 0.03, figure, ha="center", va="bottom", size=LARGE)
            axes.text(x, -0.04, labels[place], ha="center", va="top", size=SMALL, linespacing=1.35)
        middle = panel * 3.1 + 0.575
        axes.text(middle, 1.27, name, ha="center", size=MEDIUM, color=SOFT)
        axes.plot([middle - 1.15, middle + 1.15], [0, 0], color=SOFT, lw=1.4)
    axes.set_xlim(-0.75, len(panels) * 3.1 - 1.2)
    axes.set_ylim(-0.3, 1.46)


def timeline(axes: Axes, events: Sequence[tuple[str, str]]) -> None:
    """Draws events at even distances on one line, by turns above and below it."""
    axes.plot([-0.5, len(events) - 0.5], [0, 0], color=PALE, lw=5, solid_capstyle="round")
    for place, (when, what) in enumerate(events):
        side = 1 if place % 2 == 0 else -1
        words = {"ha": "center", "va": "bottom" if side > 0 else "top", "linespacing": 1.4}
        axes.plot([place, place], [0, side * 0.34], color=SOFT, lw=1.2)
        axes.plot(place, 0, "o", ms=17, color=ORANGE if place == len(events) - 1 else BLUE)
        axes.text(place, side * 0.38, when, size=LARGE, weight="bold", **words)
        axes.text(place, side * 0.60, what, size=MEDIUM - 1, **words)
    axes.set_xlim(-0.62, len(events) - 0.38)
    axes.set_ylim(-1.05, 1.05)


RIVERS = (
    # name, where the name stands, line width, points of a chain of cubic Bezier curves
    ("沙河", (2.3, 4.6), 12, ((0.9, 3.9), (2.6, 4.4), (3.6, 3.5), (5.4, 3.1))),
    ("", (0, 0), 12, ((5.4, 3.1), (7.0, 2.75), (7.8, 2.9), (9.6, 2.2))),
    ("澧河", (2.7, 1.25), 8, ((0.9, 1.8), (2.6, 1.6), (3.8, 2.4), (5.4, 3.1))),
    ("潁河", (2.6, 6.1), 8, ((1.6, 5.4), (4.0, 5.9), (6.0, 4.3), (9.6, 4.1))),
    ("清潩河", (8.6, 5.85), 7, ((5.0, 6.4), (5.6, 5.4), (7.6, 5.4), (9.6, 5.0))),
)
INSIDE = (
    ("臨潁縣", (4.3, 4.45)),
    ("郾城區", (5.75, 3.95)),
    ("召陵區", (7.6, 3.42)),
    ("源匯區", (3.65, 2.98)),
    ("舞陽縣", (1.95, 2.85)),
)
AROUND = (
    ("北鄰許昌", (5.0, 6.95)),
    ("東接周口", (10.7, 3.4)),
    ("南接駐馬店", (5.0, 0.5)),
    ("西鄰平頂山", (-0.35, 2.85)),
)


def rivers(axes: Axes) -> None:
    """Draws the four rivers, the districts and counties, and the neighbours; not to scale."""
    codes = [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4]
    middle = {"ha": "center", "va": "center"}
    for name, place, width, points in RIVERS:
        axes.add_patch(
            PathPatch(Curve(points, codes), fc="none", ec=WATER, lw=width, capstyle="round")
        )
        axes.text(*place, name, color=BLUE, size=LARGE - 3, weight="bold", **middle)
    for name, place in INSIDE:
        axes.text(*place, name, size=MEDIUM, **middle)
    for name, place in AROUND:
        axes.text(*place, name, size=SMALL + 1, color=SOFT, **middle)
    axes.plot([5.4, 6.3], [3.1, 2.2], color=INK, lw=1.6)
    axes.plot(5.4, 3.1, "o", ms=20, color=ORANGE, mec=PAPER, mew=3)
    axes.text(6.3, 2.1, "沙澧交匯", size=MEDIUM, weight="bold", ha="center", va="top")
    arrow = {"arrowstyle": "-|>", "color": WATER, "lw": 3, "mutation_scale": 24}
    axes.annotate("", (9.6, 1.05), (7.9, 1.05), arrowprops=arrow)
    axes.text(8.75, 1.32, "流向", size=SMALL, color=BLUE, **middle)
    axes.set_xlim(-1.3, 11.6)
    axes.set_ylim(0.2, 7.2)


def flutes(axes: Axes) -> None:
    """Draws a shortest and a longest flute with seven holes over a ruler in centimetres."""
    for row, (length, word) in enumerate(((24.6, "最长"), (17.3, "最短"))):
        y = 2.9 - row * 1.35
        axes.add_patch(
            FancyBboxPatch(
                (0.2, y - 0.2),
                length - 0.4,
                0.4,
                fc="#E9DCC0",
                ec="#8C7A55",
                lw=2,
                boxstyle="round,pad=0,rounding_size=0.18",
            )
        )
        for hole in range(7):
            axes.plot(length * (0.28 + hole * 0.09), y, "o", ms=16, color=INK)
        axes.text(0, y + 0.32, f"{word}的一支", size=MEDIUM, va="bottom")
        axes.text(length + 0.4, y, f"{length}厘米", size=LARGE, va="center")
    axes.plot([0, 25], [0.55, 0.55], color=SOFT, lw=1.6)
    for mark in range(26):
        axes.plot([mark, mark], [0.55, 0.55 + (0.2 if mark % 5 == 0 else 0.1)], color=SOFT, lw=1.4)
        if mark % 5 == 0:
            axes.text(mark, 0.42, str(mark), size=SMALL, ha="center", va="top", color=SOFT)
    axes.text(26.1, 0.42, "厘米", size=SMALL, ha="left", va="top", color=SOFT)
    axes.set_xlim(-0.3, 30.2)
    axes.set_ylim(-0.1, 3.9)
