"""What can be seen on a page of a PDF: pieces of text, and pictures with their captions.

Text that is there for machines alone is left out: drawn invisibly, outside of the page, too small
to read, or in white on white.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from lhassist.corpus import shapes
from lhassist.corpus.layout import Piece
from lhassist.corpus.parts import glue_all

MAX_PIXELS = 50_000_000
"""The largest picture that is taken out of a page."""

_SMALLEST = 1.5  # Points. Type is not set in less than 4.
_SCAN_SIDE = 2000  # Pixels: an A4 page at 170 dots an inch.
_LEAST_SIDE = 48  # Pixels; smaller pictures are rules and icons.
_LEAST_SHARE = 0.01
_SCAN = 0.5
_WHITE = 250
_OPAQUE = 8

# In heights of a line.
_WORD_GAP = 0.22
_PIECE_GAP = 0.9
_BACKWARD = 0.4
_OFF_LINE = 0.35
_OVERPRINT = 0.12
_CAPTION_GAP = 2.0
_LINE_GAP = 0.9
_MAX_CAPTION_LINES = 3
_SMALL = 0.95

_UNSEEN_MODES = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points; y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a part of one, as it was drawn."""

    text: str
    box: Box

    def piece(self) -> Piece:
        """The same for `layout`."""
        box = self.box
        corners = (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        )
        return Piece(self.text, corners)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and the lines below it that are its caption; none where nothing says so."""

    image: pdfium.PdfImage
    box: Box
    caption: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The caption in one line."""
        return glue_all(line.text for line in self.caption)

    def encoded(self) -> bytes:
        """The picture as PNG or JPEG; empty where it is too large, or cannot be decoded."""
        width, height = self.image.get_px_size()
        if width * height > MAX_PIXELS:
            return b""
        if self.image.get_filters() == ["DCTDecode"]:
            data = bytes(self.image.get_data())
            with Image.open(io.BytesIO(data)) as picture:
                if picture.mode in ("RGB", "L"):
                    return data
        try:
            picture = self.image.get_bitmap().to_pil().convert("RGB")
        except pdfium.PdfiumError:
            return b""
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        return buffer.getvalue()


class Page:
    """One page. Everything is read when it is asked for."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        # The text page gives places in the page's own system, whose origin is below and left.
        left, bottom, right, top = page.get_cropbox()
        self._left, self._top = left, top
        self.box = Box(0, 0, right - left, top - bottom)

    @cached_property
    def lines(self) -> list[Line]:
        """What can be read, in the order it was drawn in."""
        return list(_lines(self._characters()))

    def figures(self, size: float) -> list[Figure]:
        """The pictures that are more than rules and icons.

        Args:
            size: The height of most lines of the document, in points.
        """
        found = []
        for image in self._objects(raw.FPDF_PAGEOBJ_IMAGE):
            box = self._box(*image.get_bounds())
            if min(image.get_px_size()) >= _LEAST_SIDE and self._share(box) >= _LEAST_SHARE:
                found.append(Figure(image, box, _caption(box, self.lines, size)))
        return found

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture of a page."""
        return not self.lines and any(self._share(f.box) > _SCAN for f in self.figures(0))

    def photographed(self) -> bytes:
        """The page as a JPEG, large enough to be read."""
        longest = max(self._page.get_size())
        picture = self._page.render(scale=_SCAN_SIDE / longest).to_pil().convert("RGB")
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=90)
        return buffer.getvalue()

    def _share(self, box: Box) -> float:
        area = (self.box.right - self.box.left) * self.box.height
        return (box.right - box.left) * box.height / area if area else 0.0

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        return Box(left - self._left, self._top - top, right - self._left, self._top - bottom)

    def _objects(self, kind: int) -> Iterator[pdfium.PdfObject]:
        yield from self._page.get_objects(filter=[kind])

    def _characters(self) -> Iterator[Line]:
        """Every visible character with its box; generated ones, which are blanks, are not."""
        text = self._page.get_textpage()
        seen: dict[int, bool] = {}
        box = raw.FS_RECTF()
        for i in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, i)
            if raw.FPDFText_IsGenerated(text, i) == 1 or code < 0x20 or 0xD800 <= code < 0xE000:
                continue
            if not raw.FPDFText_GetLooseCharBox(text, i, box):
                continue
            place = self._box(box.left, box.bottom, box.right, box.top)
            x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
            if place.height < _SMALLEST or not self.box.holds(x, y):
                continue
            drawn = raw.FPDFText_GetTextObject(text, i)
            address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
            if address not in seen:
                seen[address] = not address or self._is_seen(drawn, x, y)
            if seen[address]:
                yield Line(chr(code), place)

    def _is_seen(self, drawn: object, x: float, y: float) -> bool:
        if raw.FPDFTextObj_GetTextRenderMode(drawn) in _UNSEEN_MODES:
            return False
        colour = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFPageObj_GetFillColor(drawn, *colour):
            return True
        *rgb, alpha = (value.value for value in colour)
        if alpha < _OPAQUE:
            return False
        return min(rgb) < _WHITE or any(box.holds(x, y) for box in self._grounds)

    @cached_property
    def _grounds(self) -> list[Box]:
        """What white text can be read on: pictures and shapes that are filled with a colour."""
        filled = (path for path in self._objects(raw.FPDF_PAGEOBJ_PATH) if _is_filled(path))
        grounds = (*self._objects(raw.FPDF_PAGEOBJ_IMAGE), *filled)
        return [self._box(*ground.get_bounds()) for ground in grounds]


def _is_filled(path: pdfium.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(
        raw.FPDFPath_GetDrawMode(path, mode, stroke)
        and mode.value != raw.FPDF_FILLMODE_NONE
        and raw.FPDFPageObj_GetFillColor(path, *colour)
        and min(value.value for value in colour[:3]) < _WHITE
        and colour[3].value >= _OPAQUE
    )


def _lines(characters: Iterator[Line]) -> Iterator[Line]:
    """Puts characters that stand side by side, or below each other, into lines."""
    run: list[Line] = []
    for character in characters:
        if run and _is_overprint(run[-1], character):
            continue
        if run and not (_is_beside(run[-1], character) or _is_below(run, character)):
            yield from _line(run)
            run = []
        run.append(character)
    yield from _line(run)


def _is_overprint(left: Line, right: Line) -> bool:
    """Whether a character was drawn twice, as bold type is sometimes made."""
    near = _OVERPRINT * left.box.height
    return (
        left.text == right.text
        and abs(left.box.left - right.box.left) < near
        and abs(left.box.top - right.box.top) < near
    )


def _is_beside(left: Line, right: Line) -> bool:
    height = max(left.box.height, right.box.height)
    gap = right.box.left - left.box.right
    return (
        abs(left.box.bottom - right.box.bottom) < _OFF_LINE * height
        and -_BACKWARD * height < gap < _PIECE_GAP * height
        and min(left.box.height, right.box.height) > height / 2
    )


def _is_below(run: Sequence[Line], lower: Line) -> bool:
    """Whether a character goes on with a line that is written downwards."""
    upper = run[-1]
    if len(run) > 1 and _is_beside(run[-2], upper):
        return False
    width = upper.box.right - upper.box.left
    gap = lower.box.top - upper.box.bottom
    return (
        abs(upper.box.left - lower.box.left) < _OVERPRINT * width
        and abs(gap) < _OFF_LINE * width
        and not upper.text.isascii()
    )


def _line(run: list[Line]) -> Iterator[Line]:
    """The line that characters make, without the blanks that indent it."""
    while run and run[0].text.isspace():
        del run[0]
    while run and run[-1].text.isspace():
        del run[-1]
    if not run:
        return
    text = [run[0].text]
    for left, right in pairwise(run):
        is_latin = left.text.isascii() or right.text.isascii()
        if is_latin and right.box.left - left.box.right > _WORD_GAP * left.box.height:
            text.append(" ")
        text.append(right.text)
    boxes = [character.box for character in run]
    box = Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
    yield Line("".join(text), box)


def _caption(picture: Box, lines: Sequence[Line], size: float) -> tuple[Line, ...]:
    """The lines below a picture that are its caption.

    They are few, and marked as captions are, smaller than the rest, or set apart from it.
    """
    bottom = picture.bottom - size / 2
    below = sorted(
        (
            line
            for line in lines
            if line.box.top >= bottom
            and line.box.left >= picture.left - size
            and line.box.right <= picture.right + size
        ),
        key=lambda line: line.box.top,
    )
    found: list[Line] = []
    for line in below:
        gap = line.box.top - (found[-1].box.bottom if found else picture.bottom)
        if gap > (_LINE_GAP if found else _CAPTION_GAP) * size:
            break
        found.append(line)
    if not found or len(found) > _MAX_CAPTION_LINES:
        return ()
    text = glue_all(line.text for line in found)
    is_small = all(line.box.height < _SMALL * size for line in found)
    if shapes.is_marked_caption(text) or is_small or shapes.is_caption_like(text):
        return tuple(found)
    return ()
