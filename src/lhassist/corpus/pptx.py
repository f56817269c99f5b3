"""Presentations: each slide a heading with its texts, tables and captioned pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pptx as python_pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE

from lhassist.corpus import imprint
from lhassist.corpus.elements import Picture, caption, captioned
from lhassist.corpus.parts import Draft, Part
from lhassist.corpus.source import Source
from lhassist.terms import is_chinese

_SMALLEST = 25_400  # Two points.


def parse(source: Source) -> Draft:
    """Reads a presentation, but for hidden slides and the speaker's notes."""
    presentation = python_pptx.Presentation(source.file)
    size = (presentation.slide_width or 0, presentation.slide_height or 0)
    parts: list[Part] = []
    for slide in presentation.slides:
        if slide._element.get("show") != "0":
            parts += captioned(list(_slide(slide, size, source)))
    title = parts.pop(0).text if parts and parts[0].kind == "heading" else source.path.stem
    return imprint.draft(title, parts)


def _slide(slide: Any, size: tuple[int, int], source: Source) -> Iterator[Part]:
    title = slide.shapes.title
    if title is not None and title.text_frame.text.strip():
        yield Part("heading", " ".join(title.text_frame.text.split()))
    shapes = [shape for shape in _flat(slide.shapes) if _is_on_slide(shape, size)]
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_text_frame:
            yield Part("paragraph", "\n".join(_lines(shape.text_frame)))
        elif getattr(shape, "has_table", False):
            rows = (
                " | ".join(" ".join("".join(_lines(cell.text_frame)).split()) for cell in row.cells)
                for row in shape.table.rows
            )
            yield Part("paragraph", "\n".join(rows))
        elif shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            yield caption(_description(shape), Picture(kept=source.keep(shape.image.blob)))


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _is_on_slide(shape: Any, size: tuple[int, int]) -> bool:
    """Whether any of a shape is seen; one without a place is where the layout has it."""
    if shape.left is None or shape.top is None:
        return True
    return bool(
        shape.left < size[0]
        and shape.top < size[1]
        and shape.left + shape.width > 0
        and shape.top + shape.height > 0
    )


def _lines(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        runs = (run.text for run in paragraph.runs if not _is_tiny(run))
        if text := "".join(runs).replace("\v", "\n").strip():
            yield text


def _is_tiny(run: Any) -> bool:
    return run.font.size is not None and run.font.size < _SMALLEST


def _description(shape: Any) -> str:
    """What the author wrote about a picture; programs put names of files there."""
    text = shape._element.nvPicPr.cNvPr.get("descr", "")
    return text if any(map(is_chinese, text)) else ""
