"""Files of every document format, made of known articles, so that reading can be judged."""

from __future__ import annotations

import html
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from lhassist.corpus import markdown
from lhassist.schema import Script
from lhassist.script import convert, detect
from tests.conftest import REPOSITORY

SAMPLES = sorted(path.stem for path in (REPOSITORY / "corpus").glob("*.md"))

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
    script: Script

    @property
    def paragraphs(self) -> list[str]:
        """Without headings and captions."""
        return [text for kind, text in self.parts if kind == "paragraph"]


def sample(name: str, script: Script | None = None) -> Article:
    """An article of the sample corpus, in its own script or converted to the other."""
    path = REPOSITORY / "corpus" / f"{name}.md"
    draft = markdown.parse(path.read_text(encoding="utf-8"), path)
    script = script or detect("".join(part.text for part in draft.parts)) or "zh-Hans"

    def written(text: str) -> str:
        return text if detect(text) in (None, script) else convert(text, script)

    parts = tuple((part.kind, written(part.text)) for part in draft.parts)
    date = draft.published.date if draft.published else "2024"
    date = date if len(date) > len("2024") else f"{date}-10-01"
    return Article(written(draft.title), parts, date, script)


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


def make_markdown(article: Article, path: Path, *, seed: int = 1) -> None:
    """A file with front matter, and its pictures beside it."""
    lines = ["---", f"title: {json.dumps(article.title)}", f"published: {article.date}", "---"]
    for number, (kind, text) in enumerate(article.parts):
        lines.append("")
        if kind == "heading":
            lines.append(f"## {text}")
        elif kind == "caption":
            name = f"{path.stem}-{number}.png"
            (path.parent / name).write_bytes(picture(seed * 100 + number))
            lines.append(f"![{text}]({name})")
        elif " | " in text:
            head, *rows = text.split("\n")
            rule = " | ".join("---" for _ in head.split(" | "))
            lines += [f"| {row} |" for row in (head, rule, *rows)]
        elif "\n" in text:
            lines += [f"- {item}" for item in text.split("\n")]
        else:
            lines.append(text)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def make_text(article: Article, path: Path) -> None:
    """A page copied out of a newspaper: headline, date, paragraphs; no captions."""
    texts = [article.title, date_in_words(article.date)]
    texts += (f"　　{text}" for kind, text in article.parts if kind == "paragraph")
    path.write_text("\n\n".join(texts) + "\n", "utf-8")


def make_pdf(
    article: Article,
    path: Path,
    *,
    columns: int = 2,
    seed: int = 1,
    extra: Callable[[Any], None] | None = None,
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
        if " | " in text:
            for row in text.split("\n"):
                room(leading)
                canvas.setFont(font, size)
                x, y = place()
                cells = row.split(" | ")
                for place_in_row, cell in enumerate(cells):
                    canvas.drawString(x + place_in_row * width / len(cells), y, cell)
                state["y"] -= leading
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


def make_docx(
    article: Article, path: Path, *, seed: int = 1, extra: Callable[[Any], None] | None = None
) -> None:
    """A Word file with a date below its title, and captions in Word's own style.

    Args:
        extra: Adds to the document before it is saved.
    """
    import docx

    document = docx.Document()
    document.add_heading(article.title, 0)
    document.add_paragraph(date_in_words(article.date))
    for number, (kind, text) in enumerate(article.parts):
        if kind == "heading":
            document.add_heading(text, 1)
        elif kind == "caption":
            document.add_picture(io.BytesIO(picture(seed * 100 + number)))
            document.add_paragraph(text, style="Caption")
        elif " | " in text:
            rows = [row.split(" | ") for row in text.split("\n")]
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, content in zip(row.cells, cells, strict=True):
                    cell.text = content
        else:
            paragraph = document.add_paragraph()
            for line in re.split("(\n)", text):
                if line == "\n":
                    paragraph.add_run().add_break()
                else:  # Word splits runs wherever the author has stopped typing.
                    paragraph.add_run(line[: len(line) // 2])
                    paragraph.add_run(line[len(line) // 2 :]).bold = True
    if extra:
        extra(document)
    document.save(str(path))


def make_pptx(article: Article, path: Path, *, seed: int = 1) -> None:
    """A presentation: a slide a section, its pictures below the text."""
    import pptx
    from pptx.util import Inches

    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = article.title
    slide.placeholders[1].text = date_in_words(article.date)
    body = None
    for number, (kind, text) in enumerate(article.parts):
        if kind == "heading" or body is None:
            slide = presentation.slides.add_slide(presentation.slide_layouts[1])
            slide.shapes.title.text = text if kind == "heading" else article.title
            body = slide.placeholders[1].text_frame
            below = 5.0
            if kind == "heading":
                continue
        if kind == "caption":
            image = slide.shapes.add_picture(
                io.BytesIO(picture(seed * 100 + number)), Inches(1), Inches(below), Inches(2)
            )
            image._element.nvPicPr.cNvPr.set("descr", text)
            below += 0.1
        elif " | " in text:
            rows = [row.split(" | ") for row in text.split("\n")]
            place = (Inches(1), Inches(below), Inches(6), Inches(1))
            table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
            for i, row in enumerate(rows):
                for j, content in enumerate(row):
                    table.cell(i, j).text = content
            below += 0.1
        else:
            lines = text.split("\n")
            for line in lines:
                paragraph = body.paragraphs[0] if not body.text else body.add_paragraph()
                paragraph.text = line
    presentation.save(str(path))


_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def make_epub(article: Article, path: Path, *, seed: int = 1) -> None:
    """A book: a chapter a section."""
    chapters: list[list[str]] = [[]]
    pictures = {}
    for number, (kind, text) in enumerate(article.parts):
        escaped = html.escape(text)
        if kind == "heading":
            chapters.append([f"<h1>{escaped}</h1>"])
        elif kind == "caption":
            name = f"images/{number}.png"
            pictures[name] = picture(seed * 100 + number)
            chapters[-1].append(
                f'<figure><img src="../{name}"/><figcaption>{escaped}</figcaption></figure>'
            )
        elif " | " in text:
            cells = "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(" | ")) + "</tr>"
                for row in escaped.split("\n")
            )
            chapters[-1].append(f"<table>{cells}</table>")
        else:
            chapters[-1].append("<p>" + escaped.replace("\n", "<br/>") + "</p>")
    items = "".join(
        f'<item id="c{i}" href="text/c{i}.xhtml" media-type="application/xhtml+xml"/>'
        for i in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{html.escape(article.title)}</dc:title><dc:date>{article.date}</dc:date>"
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("OEBPS/book.opf", package)
        for i, chapter in enumerate(chapters):
            page = (
                '<?xml version="1.0" encoding="utf-8"?>'
                '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
                f"<body>{''.join(chapter)}</body></html>"
            )
            book.writestr(f"OEBPS/text/c{i}.xhtml", page)
        for name, data in pictures.items():
            book.writestr(f"OEBPS/{name}", data)
