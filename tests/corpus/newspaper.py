"""A page of a daily newspaper, drawn: articles of interlocking columns under their headlines."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lhassist.schema import Document, Script
from tests.corpus.making import FONTS, PAPER, Article, _cut, picture, sample

WIDE, HIGH = 1000.0, 1420.0
MARGIN, GUTTER, COLUMNS = 40.0, 16.0, 6
COLUMN = (WIDE - 2 * MARGIN - GUTTER * (COLUMNS - 1)) / COLUMNS
SIZE, LEADING = 10.5, 16.0
CAPTION = "沙澧河畔的清晨，市民在步道上锻炼"
CREDIT = "本报记者 张三 摄"


@dataclass(frozen=True)
class Place:
    """An article on the page, and where it stands, in columns and points from the top.

    Attributes:
        headline: From which column, over how many, how far from the top, in which size.
        columns: Each with its number, top and bottom.
        upright: Whether the headline runs downwards, in a column of its own.
        ends: What stands below the last line.
        boxed: Whether a rule runs around it.
    """

    article: Article
    headline: tuple[int, int, float, float]
    columns: Sequence[tuple[int, float, float]]
    upright: bool = False
    ends: str = ""
    begins: str = ""
    boxed: bool = False


def story(script: Script, *names: str) -> Article:
    """An article as long as a newspaper's: the paragraphs of several under one title."""
    articles = [sample(name, script) for name in names]
    parts = (part for article in articles for part in article.parts)
    text = tuple((kind, text) for kind, text in parts if kind == "paragraph" and "\n" not in text)
    return Article(articles[0].title, text, articles[0].date, script)


def lead(script: Script) -> Article:
    """The one that goes on on page three."""
    return story(
        script, "talent-highland", "lab-2023", "lab-2025", "lab-2026", "reform-37", "inland-zone"
    )


def front_page(script: Script) -> list[Place]:
    """Five articles: the lead goes on elsewhere, one has an upright headline in a box."""
    side = story(script, "xiaoshang-bridge", "xu-shen", "xu-shen-park")
    boxed = story(script, "jiahu-site", "jiahu-flutes")
    low = story(script, "hotline-12345", "one-stop-2023", "happy-community")
    last = story(script, "weilong-2024", "weilong-2022")
    continued = "（下转第三版）" if script == "zh-Hans" else "（下轉第三版）"
    return [
        Place(lead(script), (0, 4, 210, 40), [(n, 250, 560) for n in range(4)], ends=continued),
        Place(side, (4, 2, 160, 24), [(n, 190, 760) for n in (4, 5)]),
        Place(boxed, (0, 1, 600, 22), [(n, 605, 900) for n in (1, 2, 3)], upright=True, boxed=True),
        Place(low, (0, 3, 950, 26), [(n, 985, 1340) for n in range(3)]),
        Place(last, (3, 3, 1050, 22), [(n, 1080, 1340) for n in (3, 4, 5)]),
    ]


def inner_page(script: Script) -> list[Place]:
    """Two articles, of which one comes from the front page."""
    other = story(script, "shuanghui", "industry-chains", "food-expo", "shali-river")
    continued = "（上接第一版）"
    return [
        Place(lead(script), (0, 3, 100, 26), [(n, 130, 700) for n in range(3)], begins=continued),
        Place(other, (3, 3, 100, 26), [(n, 130, 1300) for n in range(3, 6)]),
    ]


def make_newspaper(path: Path, script: Script) -> list[tuple[str, str]]:
    """Draws the front page and page three.

    Returns:
        Of each article its headline, and the text of it that stands on the two pages.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font = FONTS[script]
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    canvas = Canvas(str(path), pagesize=(WIDE, HIGH))
    printed: dict[str, str] = {}
    for number, places in ((1, front_page(script)), (3, inner_page(script))):
        _head(canvas, font, script, number)
        for place in places:
            title, text = _draw(canvas, font, place, printed.get(place.article.title, ""))
            printed[title] = printed.get(title, "") + text
        if number == 1:
            _picture(canvas, font)
        canvas.setFont(font, 8)
        canvas.drawString(MARGIN, 36, "责任编辑：李四　校对：王五")
        canvas.showPage()
    canvas.save()
    return list(printed.items())


def _left(column: int) -> float:
    return MARGIN + column * (COLUMN + GUTTER)


def _head(canvas: Any, font: str, script: Script, number: int) -> None:
    if number == 1:
        canvas.setFont(font, 64)
        canvas.drawString(MARGIN, HIGH - 100, PAPER[script])
        canvas.setFont(font, 9)
        canvas.drawString(420, HIGH - 60, "2024年10月1日　星期二　第1版")
        canvas.drawString(420, HIGH - 80, "国内统一连续出版物号 CN 41-0000　第10000期")
        canvas.line(MARGIN, HIGH - 125, WIDE - MARGIN, HIGH - 125)
    else:
        canvas.setFont(font, 9)
        head = f"{PAPER[script]}　2024年10月1日　星期二　第{number}版"
        canvas.drawString(MARGIN, HIGH - 40, head)


def _draw(canvas: Any, font: str, place: Place, before: str) -> tuple[str, str]:
    column, span, top, size = place.headline
    title = place.article.title
    canvas.setFont(font, size)
    if place.upright:
        x = _left(column) + COLUMN / 2
        for row, character in enumerate(title):
            canvas.drawCentredString(x, HIGH - top - (row + 1) * size, character)
    else:
        width = span * COLUMN + (span - 1) * GUTTER
        while len(_cut(title, width, font, size)) > 1:
            size -= 1
        canvas.setFont(font, size)
        canvas.drawCentredString(_left(column) + width / 2, HIGH - top, title)
    if place.boxed:
        numbers = [column, *(number for number, _, _ in place.columns)]
        left, right = _left(min(numbers)) - 6, _left(max(numbers)) + COLUMN + 6
        bottom = max(end for _, _, end in place.columns) + 8
        canvas.rect(left, HIGH - bottom, right - left, bottom - top + 14)
    canvas.setFont(font, SIZE)
    written = _running(place, before)
    drawn = []
    for number, start, end in place.columns:
        y = start
        while y + LEADING < end:
            line = next(written, None)
            if line is None:
                break
            y += LEADING
            canvas.drawString(_left(number), HIGH - y, line)
            drawn.append(line)
    if place.ends and next(written, None) is not None:
        canvas.drawRightString(_left(number) + COLUMN, HIGH - y - LEADING, place.ends)
    text = "".join(drawn).replace("　　", "\n").replace(place.begins, "").strip("\n")
    return title, text


def _running(place: Place, before: str) -> Iterator[str]:
    """The lines of an article's paragraphs, from where another page has left it."""
    text = "\n".join(p.replace("\n", "") for p in place.article.paragraphs if " | " not in p)
    text = text[len(before) :]
    begins = place.begins
    for number, paragraph in enumerate(text.split("\n")):
        first = "" if before and not number else "　　"
        yield from _cut(first + begins + paragraph, COLUMN, FONTS[place.article.script], SIZE)
        begins = ""


def _picture(canvas: Any, font: str) -> None:
    from reportlab.lib.utils import ImageReader

    width = 2 * COLUMN + GUTTER
    image = ImageReader(io.BytesIO(picture(7, (640, 400))))
    canvas.drawImage(image, _left(4), HIGH - 960, width, 180)
    canvas.setFont(font, 8.5)
    canvas.drawString(_left(4), HIGH - 974, f"{CAPTION}　{CREDIT}")


def under_headlines(document: Document) -> dict[str, str]:
    """What was read below each headline: its title for the first one."""
    found = {document.title: ""}
    headline = document.title
    for block in document.blocks:
        text = document.text[block.span.start : block.span.end]
        if block.kind == "heading":
            headline = text
        found[headline] = found.get(headline, "") + text + "\n"
    return found
