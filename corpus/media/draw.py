"""Draws every picture of the sample corpus.

    python corpus/media/draw.py [NAME...]

Each picture shows the figures of the article that refers to it and nothing else. A font of the
article's script is needed (Debian: fonts-noto-cjk), because one code point looks different in
Simplified and Traditional print; matplotlib 3.11 is the first to read every face of a font
collection. The PNG files carry no metadata, so drawing again with the same matplotlib and the same
font gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from shapes import (
    INK,
    ORANGE,
    PAPER,
    SMALL,
    SOFT,
    bars,
    dots,
    flutes,
    pairs,
    ring,
    rivers,
    rows,
    timeline,
)

FOLDER = Path(__file__).resolve().parent
FONTS = {
    "zh-Hans": ("Noto Sans CJK SC", "Source Han Sans SC"),
    "zh-Hant": ("Noto Sans CJK TC", "Source Han Sans TC"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What one picture says and how it is drawn.

    Attributes:
        script: The print forms that the font must have, `zh-Hans` or `zh-Hant`.
        title: Stands above the picture.
        note: Stands below it: what is measured, in which unit.
        figures: The numbers that are shown, written as in the article.
        draw: Draws the body.
    """

    script: str
    title: str
    note: str
    figures: tuple[str, ...]
    draw: Callable[[Axes], None]


def font_for(script: str) -> str:
    """Returns the name of an installed font with the print forms of `script`.

    Raises:
        SystemExit: There is none; the message says what to install.
    """
    installed = set(font_manager.get_font_names())
    for name in FONTS[script]:
        if name in installed:
            return name
    raise SystemExit(
        f"No font for {script} is installed; looked for {' and '.join(FONTS[script])}.\n"
        "Install one, on Debian with: apt install fonts-noto-cjk\n"
        f"If it is installed, remove matplotlib's list of fonts: rm {mpl.get_cachedir()}/font*.json"
    )


PICTURES = {
    "gdp-2024-h1": Picture(
        "zh-Hans",
        "漯河四项指标：2024年上半年同比增速",
        "单位：%。右列为增速在河南全省的位次。",
        ("32", "13.5", "12.1", "7.8"),
        partial(
            rows,
            labels=("工业投资", "固定资产投资", "规上工业增加值", "生产总值"),
            figures=("32", "13.5", "12.1", "7.8"),
            unit="%",
            remarks=("全省第三", "全省第五", "全省第一", "全省第一"),
        ),
    ),
    "gdp-2024-sectors": Picture(
        "zh-Hant",
        "2024年漯河生產總值的構成",
        "三次產業增加值，單位：億元。",
        ("149.1", "773.8", "947", "1869.9"),
        partial(
            ring,
            labels=("第一產業", "第二產業", "第三產業"),
            figures=("149.1", "773.8", "947"),
            total="1869.9",
        ),
    ),
    "gdp-2025-h1": Picture(
        "zh-Hans",
        "2025年上半年：漯河快过全省和全国",
        "生产总值同比增速，单位：%。",
        ("7.3", "5.7", "5.3"),
        partial(bars, labels=("漯河", "河南", "全国"), figures=("7.3", "5.7", "5.3"), unit="%"),
    ),
    "growth-1986-2018": Picture(
        "zh-Hant",
        "1986年至2018年：總量與預算收入",
        "左右兩幅各用自己的尺度；增長倍數的原文作「44倍多」和「94倍」。",
        ("44", "94", "12.6", "15.3"),
        partial(
            pairs,
            panels=("增長倍數", "年均增速"),
            labels=("生產總值", "一般公共\n預算收入"),
            figures=(("44", "94"), ("12.6", "15.3")),
            units=("倍", "%"),
        ),
    ),
    "food-industry": Picture(
        "zh-Hant",
        "漯河食品產業的總規模",
        "單位：億元。2023年為9月的報導，2025年為3月的報導；後者原文作「超過」。",
        ("2000", "2500"),
        partial(bars, labels=("2023年", "2025年"), figures=("2000", "2500"), unit="億元", accent=1),
    ),
    "weilong-revenue": Picture(
        "zh-Hans",
        "卫龙上市前三年的收入",
        "单位：亿元。据招股文件。",
        ("33.85", "41.2", "48"),
        partial(
            bars,
            labels=("2019年", "2020年", "2021年"),
            figures=("33.85", "41.2", "48"),
            unit="亿元",
            accent=2,
        ),
    ),
    "weilong-2024": Picture(
        "zh-Hant",
        "衛龍2024年的營收與利潤",
        "單位：億元。柱腳為比上年的增幅。",
        ("62.66", "10.68", "28.6", "21.3"),
        partial(
            bars,
            labels=("營業收入", "利潤"),
            figures=("62.66", "10.68"),
            unit="億元",
            remarks=("增長28.6%", "增長21.3%"),
        ),
    ),
    "lab-academicians": Picture(
        "zh-Hant",
        "中原食品實驗室的院士",
        "一個圓點代表一名院士。",
        ("11", "14"),
        partial(
            dots,
            labels=("2023年9月", "2025年3月"),
            counts=(11, 14),
            captions=("11名", "14名"),
            columns=5,
            of=(11, 14),
        ),
    ),
    "lab-pilot": Picture(
        "zh-Hans",
        "中试之后，十个里成八个",
        "产业化成功率，均为约数；一个圆点代表十项成果中的一项。",
        ("30", "80"),
        partial(
            dots,
            labels=("未经中试", "经过中试"),
            counts=(3, 8),
            captions=("约30%", "约80%"),
            columns=5,
            of=(10, 10),
        ),
    ),
    "heritage": Picture(
        "zh-Hant",
        "漯河的非物質文化遺產項目",
        "單位：項。截至2023年。",
        ("3", "17", "89"),
        partial(bars, labels=("國家級", "省級", "市級"), figures=("3", "17", "89"), unit="項"),
    ),
    "rivers": Picture(
        "zh-Hant", "漯河的河流、區縣與四鄰", "示意圖，不按比例，也不代表行政界線。", (), rivers
    ),
    "place-name-timeline": Picture(
        "zh-Hans",
        "漯河地名的沿革",
        "据地方文史。线上各点等距排列，不按年份比例。",
        ("1524",),
        partial(
            timeline,
            events=(
                ("商代", "隐阳城\n在隐水（沙河）北岸"),
                ("南北朝", "奇雒城"),
                ("隋代", "殷城"),
                ("元代", "螺湾河镇\n河湾形似海螺"),
                ("1524年", "改“螺”为“漯”"),
            ),
        ),
    ),
    "shuanghui-timeline": Picture(
        "zh-Hant",
        "雙匯四十年",
        "線上各點等距排列，不按年份比例。",
        ("1984", "1989", "1992", "1994", "2006", "2013", "2016", "2024"),
        partial(
            timeline,
            events=(
                ("1984", "萬隆任廠長\n當年扭虧"),
                ("1989", "創立品牌"),
                ("1992", "第一根\n火腿腸"),
                ("1994", "與華懋合資"),
                ("2006", "股權轉讓\n羅特克斯"),
                ("2013", "收購\n史密斯菲爾德"),
                ("2016", "《財富》\n500強"),
                ("2024", "四十年慶典"),
            ),
        ),
    ),
    "bone-flute": Picture(
        "zh-Hans",
        "贾湖骨笛有多长",
        "按实际长短比例绘制的示意图，音孔位置不代表实物。",
        ("17.3", "24.6", "7"),
        flutes,
    ),
}


def save(name: str, picture: Picture, folder: Path) -> Path:
    """Draws one picture as `folder/name.png`, 1600 x 1000 pixels, and returns the file."""
    with mpl.rc_context(
        {"font.family": font_for(picture.script), "text.color": INK, "xtick.color": INK}
    ):
        figure = Figure(figsize=(16, 10), dpi=100, facecolor=PAPER)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.05, 0.18, 0.90, 0.63), facecolor=PAPER)
        axes.set_yticks([])
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        picture.draw(axes)
        figure.add_artist(Rectangle((0.05, 0.945), 0.045, 0.008, color=ORANGE, lw=0))
        figure.text(0.05, 0.855, picture.title, size=45, weight="bold", va="baseline")
        figure.text(0.05, 0.045, picture.note, size=SMALL, color=SOFT, va="baseline")
        path = folder / f"{name}.png"
        figure.savefig(path, metadata={"Software": None}, pil_kwargs={"optimize": True})
    return path


def main(names: Sequence[str]) -> None:
    """Draws the named pictures, or all of them."""
    unknown = sorted(set(names) - set(PICTURES))
    if unknown:
        raise SystemExit(f"No such picture: {', '.join(unknown)}. Known: {', '.join(PICTURES)}.")
    for name in names or PICTURES:
        path = save(name, PICTURES[name], FOLDER)
        sys.stdout.write(f"{path.name}  {path.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
