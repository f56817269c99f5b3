"""Files of every document format, made of known articles, so that reading can be judged."""

from __future__ import annotations

import html
import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from lhassist.schema import Document
from lhassist.script import convert, detect

A4 = (595.0, 842.0)
FONTS = {"zh-Hans": "STSong-Light", "zh-Hant": "MSung-Light"}
PAPER = {"zh-Hans": "漯河日报", "zh-Hant": "漯河日報"}
WRAP = 38


@dataclass(frozen=True)
class Article:
    """What goes into a file, and so has to come out of it."""

    title: str
    parts: tuple[tuple[str, str], ...]
    date: str
    script: str

    @property
    def paragraphs(self) -> list[str]:
        """Without headings and captions."""
        return [text for kind, text in self.parts if kind == "paragraph"]


def article_of(document: Document, script: str | None = None) -> Article:
    """An article in its own script, or converted to the other."""
    script = script or document.script

    def written(text: str) -> str:
        return text if detect(text) in (None, script) else convert(text, script)  # type: ignore[arg-type]

    parts = tuple(
        (block.kind, written(document.text[block.span.start : block.span.end]))
        for block in document.blocks
    )
    date = document.published.date if document.published else "2024"
    date = date if len(date) > len("2024") else f"{date}-10-01"
    return Article(written(document.title), parts, date, script)


def picture(seed: int, size: tuple[int, int] = (320, 200)) -> bytes:
    """A PNG that differs from those of other seeds."""
    rng = random.Random(seed)
    image = Image.new("RGB", size, (240, 236, 225))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        colour = tuple(rng.randrange(256) for _ in range(3))
        draw.rectangle((x, y, x + rng.randrange(20, 120), y + rng.randrange(20, 90)), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def date_in_words(date: str) -> str:
    """2024-10-01 as a page prints it."""
    units = ("年", "月", "日")
    return "".join(f"{int(n)}{unit}" for n, unit in zip(date.split("-"), units, strict=False))


def make_html(article: Article, path: Path, *, encoding: str = "utf-8", seed: int = 1) -> None:
    """A page of a news site: menus around the article, and each caption below a figure."""
    body = [f"<h1>{html.escape(article.title)}</h1>", f"<p>{date_in_words(article.date)}</p>"]
    for number, (kind, text) in enumerate(article.parts):
        escaped = html.escape(text)
        if kind == "heading":
            body.append(f"<h2>{escaped}</h2>")
        elif kind == "caption":
            name = f"{path.stem}-{number}.png"
            (path.parent / name).write_bytes(picture(seed * 100 + number))
            body.append(
                f'<figure><img src="{name}" alt="">\n<figcaption>{escaped}</figcaption></figure>'
            )
        elif "\n" in text and " | " in text:
            cells = "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(" | ")) + "</tr>"
                for row in escaped.split("\n")
            )
            body.append(f"<table>{cells}</table>")
        else:
            wrapped = re.sub(f"(.{{{WRAP}}}[^\\x00-\\x7f])(?=[^\\x00-\\x7f])", r"\1\n", escaped)
            body.append(f"<p>{wrapped}</p>")
    menu = "".join(f'<li><a href="/{i}">栏目{i}</a></li>' for i in range(8))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}">'
        f"<title>{html.escape(article.title)}-{PAPER[article.script]}网</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article>{''.join(body)}</article>"
        "<footer><p>版权所有 2019-2025</p></footer></body></html>"
    )
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))


def make_pdf(
    article: Article,
    path: Path,
    *,
    columns: int = 2,
    seed: int = 1,
    extra: Callable[[object], None] | None = None,
) -> None:
    """A page of a newspaper: running head, headline across the columns, captioned pictures.

    Lines are cut where the column ends, so that sentences break over lines, columns and pages.

    Args:
        extra: Draws onto the first page's canvas.
    """
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font = FONTS[article.script]
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    canvas = Canvas(str(path), pagesize=A4)
    size, leading, margin, gutter = 10.5, 16.0, 56.0, 24.0
    width = (A4[0] - 2 * margin - gutter * (columns - 1)) / columns
    state = {"page": 0, "column": columns, "y": 0.0}

    def place() -> tuple[float, float]:
        return margin + state["column"] * (width + gutter), state["y"]

    def new_page() -> None:
        if state["page"]:
            canvas.showPage()
        state["page"] += 1
        state["column"] = 0
        canvas.setFont(font, 9)
        head = f"{PAPER[article.script]}　{date_in_words(article.date)}　第{state['page']}版"
        canvas.drawString(margin, A4[1] - 36, head)
        canvas.drawCentredString(A4[0] / 2, 30, f"- {state['page']} -")
        state["top"] = A4[1] - 70
        if state["page"] == 1:
            canvas.setFont(font, 22)
            for line in _cut(article.title, A4[0] - 2 * margin, font, 22):
                canvas.drawString(margin, state["top"] - 10, line)
                state["top"] -= 30
            canvas.setFont(font, size)
            state["top"] -= 14
            if extra:
                extra(canvas)
        state["y"] = state["top"]

    def room(height: float) -> None:
        if state["page"] and state["y"] - height >= 60:
            return
        state["column"] += 1
        state["y"] = state.get("top", 0.0)
        if state["column"] >= columns:
            new_page()

    for number, (kind, text) in enumerate(article.parts):
        if kind == "caption":
            room(width * 0.5 + 2 * leading)
            x, y = place()
            image = ImageReader(io.BytesIO(picture(seed * 100 + number)))
            canvas.drawImage(image, x, y - width * 0.5, width, width * 0.5)
            state["y"] -= width * 0.5 + 12
            canvas.setFont(font, 8.5)
            for line in _cut(text, width, font, 8.5):
                canvas.drawString(x, state["y"], line)
                state["y"] -= 12
            state["y"] -= leading
            continue
        for line in text.split("\n"):
            indented = line if kind == "heading" else "　　" + line
            for piece in _cut(indented, width, font, size):
                room(leading)
                canvas.setFont(font, size)
                canvas.drawString(*place(), piece)
                state["y"] -= leading
        if kind == "heading":
            state["y"] -= leading / 2
    canvas.save()


def _cut(text: str, width: float, font: str, size: float) -> Sequence[str]:
    """Lines of a full column: a stop that does not fit hangs over its end."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = [""]
    for character in text:
        full = stringWidth(lines[-1] + character, font, size) > width
        if full and character not in "，。、；：！？」』”）%":
            lines.append("")
        lines[-1] += character
    return lines
