"""Word files: paragraphs, lists, tables and pictures, in the order of the page.

What Word does not show is left out: hidden and deleted text, type too small to see, white on white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import docx as python_docx
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle

from lhassist.corpus import imprint, shapes
from lhassist.corpus.elements import Picture, caption, captioned
from lhassist.corpus.parts import Draft, Part
from lhassist.corpus.source import Source

_HEADINGS = ("heading", "标题", "標題", "title", "subtitle", "副标题", "副標題")
_CAPTIONS = ("caption", "题注", "題注", "標號", "图注", "圖說")
_SMALLEST = 3  # Half-points.
_MAX_TITLE = 40


def parse(source: Source) -> Draft:
    """Reads a Word file."""
    document = python_docx.Document(source.file)
    walk = _Walk(document, source)
    parts = captioned(_lists_joined(walk.read(document.element.body)))
    title = _title(parts)
    if title:
        parts = parts[1:]
    return imprint.draft(title or source.path.stem, parts)


def _title(parts: Sequence[Part]) -> str:
    """The first line, where it is a heading or short and no sentence; else empty."""
    if not parts or parts[0].kind == "caption" or "\n" in parts[0].text:
        return ""
    text = parts[0].text
    is_short = len(text) <= _MAX_TITLE and not shapes.has_stop(text) and len(parts) > 1
    return text if parts[0].kind == "heading" or is_short else ""


def _lists_joined(blocks: Iterator[tuple[Part, bool]]) -> list[Part]:
    """Makes the items of a list, which stand one below the other, lines of one paragraph."""
    parts: list[Part] = []
    for is_item, group in groupby(blocks, key=lambda block: block[1]):
        some = [part for part, _ in group]
        if is_item:
            some = [Part("paragraph", "\n".join(part.text for part in some))]
        parts += some
    return parts


class _Walk:
    """Goes through the elements of a Word file."""

    def __init__(self, document: Any, source: Source) -> None:
        self._part = document.part
        self._styles: dict[str, BaseStyle] = {style.style_id: style for style in document.styles}
        self._source = source
        self._waiting: list[Part] = []

    def read(self, body: Any) -> Iterator[tuple[Part, bool]]:
        """The parts of the body, in order, and whether each is an item of a list."""
        yield from self._blocks(body)
        yield from self._pictures_above()

    def _pictures_above(self, text: str = "") -> Iterator[tuple[Part, bool]]:
        """The pictures that stood last; the text, where there is one, is the last one's caption."""
        if text and self._waiting:
            last = self._waiting[-1]
            self._waiting[-1] = caption(text, Picture(kept=last.picture))
        yield from ((picture, False) for picture in self._waiting)
        self._waiting = []

    def _blocks(self, container: Any) -> Iterator[tuple[Part, bool]]:
        for element in container:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._pictures_above()
                yield Part("paragraph", "\n".join(self._rows(element))), False
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
                yield from self._blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[tuple[Part, bool]]:
        text = self._text(paragraph).strip()
        style = self._style(paragraph, "w:pPr/w:pStyle")
        name = (style.name or "").lower() if style is not None else ""
        if text and name.startswith(_CAPTIONS) and self._waiting:
            yield from self._pictures_above(text)
        elif text:
            yield from self._pictures_above()
            kind = "heading" if name.startswith(_HEADINGS) else "paragraph"
            is_item = kind == "paragraph" and self._is_item(paragraph)
            yield Part(kind, text), is_item  # type: ignore[arg-type]
        self._waiting += self._pictures(paragraph)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(around.tag.endswith("}Fallback") for around in box.iterancestors()):
                yield from self._blocks(box)

    def _is_item(self, paragraph: Any) -> bool:
        """Whether a paragraph is an item of a list, by itself or by its style."""
        places = [paragraph.find(qn("w:pPr"))]
        places += self._properties(paragraph, "w:pPr/w:pStyle", "w:pPr")
        found = (p.find(qn("w:numPr")) for p in places if p is not None)
        return any(number is not None for number in found)

    def _rows(self, table: Any) -> Iterator[str]:
        for row in table.iter(qn("w:tr")):
            cells = [
                " ".join(" ".join(self._text(p) for p in cell.iter(qn("w:p"))).split())
                for cell in row.findall(qn("w:tc"))
            ]
            if any(cells):
                yield " | ".join(cells)

    def _text(self, paragraph: Any) -> str:
        """What is seen of a paragraph, without what is in its text boxes."""
        pieces = []
        for run in paragraph.iter(qn("w:r")):
            owner = next(run.iterancestors(qn("w:p")))
            if owner is not paragraph or self._is_hidden(run, paragraph):
                continue
            for child in run:
                if child.tag == qn("w:t"):
                    pieces.append(child.text or "")
                elif child.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
                    pieces.append(" " if child.tag == qn("w:tab") else "-")
                elif child.tag == qn("w:br") and child.get(qn("w:type")) in (None, "textWrapping"):
                    pieces.append("\n")
        return "".join(pieces)

    def _is_hidden(self, run: Any, paragraph: Any) -> bool:
        if any(around.tag in (qn("w:del"), qn("w:moveFrom")) for around in run.iterancestors()):
            return True
        looks = [run.find(qn("w:rPr"))]
        looks += self._properties(run, "w:rPr/w:rStyle", "w:rPr")
        looks += self._properties(paragraph, "w:pPr/w:pStyle", "w:rPr")
        for look in looks:
            # The nearest that says anything decides.
            for tag, hides in (("w:vanish", _is_on), ("w:color", _is_white), ("w:sz", _is_tiny)):
                said = look.find(qn(tag)) if look is not None else None
                if said is not None and hides(said):
                    return not (tag == "w:color" and _has_ground(run, paragraph))
        return False

    def _properties(self, element: Any, place: str, tag: str) -> Iterator[Any]:
        """What the style of an element, and those it is based on, say; None where one is silent."""
        style = self._style(element, place)
        while style is not None:
            yield style.element.find(qn(tag))
            style = getattr(style, "base_style", None)

    def _style(self, element: Any, place: str) -> BaseStyle | None:
        named = element.find("/".join(qn(step) for step in place.split("/")))
        return self._styles.get(named.get(qn("w:val"))) if named is not None else None

    def _pictures(self, paragraph: Any) -> Iterator[Part]:
        for blip in paragraph.iter(qn("a:blip")):
            related = self._part.related_parts.get(blip.get(qn("r:embed")))
            if related is None:
                continue  # A picture that Word would fetch from the network.
            drawing = next(blip.iterancestors(qn("w:drawing")), None)
            about = drawing.find(f".//{qn('wp:docPr')}") if drawing is not None else None
            text = about.get("descr", "") if about is not None else ""
            yield caption(text, Picture(kept=self._source.keep(related.blob)))


def _is_on(switch: Any) -> bool:
    return switch.get(qn("w:val")) not in ("0", "false", "off")


def _is_white(colour: Any) -> bool:
    return (colour.get(qn("w:val")) or "").upper() == "FFFFFF"


def _is_tiny(size: Any) -> bool:
    value = size.get(qn("w:val")) or ""
    return value.isdigit() and int(value) < _SMALLEST


def _has_ground(run: Any, paragraph: Any) -> bool:
    """Whether a text stands on a colour of its own, or its paragraph or table does."""
    for element in (run, paragraph, *paragraph.iterancestors(qn("w:tc"))):
        for ground in element.iter(qn("w:shd"), qn("w:highlight")):
            value = ground.get(qn("w:fill")) or ground.get(qn("w:val")) or ""
            if value.lower() not in ("", "auto", "ffffff", "white", "clear", "none"):
                return True
    return False
