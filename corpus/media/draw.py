"""Draws every picture of the sample corpus.

    python corpus/media/draw.py [NAME...]

Each picture shows the figures of the article that refers to it and nothing else. A font of the
article's script is needed (Debian: fonts-noto-cjk), because one code point looks different in
Simplified and Traditional print. The PNG files carry no metadata, so drawing again with the same
matplotlib and font gives the same bytes.

Colours follow Okabe and Ito, "Color Universal Design" (2008), toned down for print on cream: blue
and orange stay apart for every kind of colour vision and in grey.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Wedge

FOLDER = Path(__file__).resolve().parent
FONTS = {
    "zh-Hans": ("Noto Sans CJK SC", "Source Han Sans SC"),
    "zh-Hant": ("Noto Sans CJK TC", "Source Han Sans TC"),
}
PAPER, INK, SOFT, RULE = "#FBF8F1", "#25292E", "#6B6F73", "#D9D2C3"
BLUE, ORANGE, PALE, WATER = "#1F5F8B", "#D9822B", "#A9C1D1", "#5B9BC0"
WIDTH, HEIGHT = 1600, 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its words and how it is drawn.

    Attributes:
        script: Which print form the font must have.
        title: Set over the picture.
        note: Set under it: what is measured, and in what unit.
        figures: The numbers that it shows, written as in the article.
        draw: Draws the body into the axes.
    """

    script: str
    title: str
    note: str
    figures: tuple[str, ...]
    draw: Callable[[Axes], None]


def font_for(script: str) -> str:
    """Returns the name of an installed font with the script's print forms.

    Raises:
        SystemExit: There is none; the message says what to install.
    """
    installed = set(font_manager.get_font_names())
    for name in FONTS[script]:
        if name in installed:
            return name
    raise SystemExit(
        f"No font for {script}: looked for {', '.join(FONTS[script])}.\n"
        "Install one (Debian: apt install fonts-noto-cjk) and remove matplotlib's font cache: "
        f"{Path(font_manager.get_cachedir()) if hasattr(font_manager, 'get_cachedir') else '~/.cache/matplotlib'}"
    )
