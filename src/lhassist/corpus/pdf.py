"""PDF: pages of text, which are read like pages of a newspaper, and scanned pages, by OCR."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import pypdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from lhassist.corpus import dates, ocr, shapes, text
from lhassist.corpus.jumps import Article, joined, page_number
from lhassist.corpus.layout import page_text
from lhassist.corpus.newspaper import CAPTION_MARK, MARGIN, articles
from lhassist.corpus.parts import Draft, Part, clean
from lhassist.corpus.pdf_page import Box, Figure, Line, Page
from lhassist.corpus.source import Source
from lhassist.errors import UnreadableFile
from lhassist.schema import Published

MAX_PAGES = 2_000

_SAME_PLACE = 6.0  # Points.
_PAGE_NUMBER = re.compile(
    r"[-—–·\s第]*(?:[A-Z]?\d{1,4}|[一二三四五六七八九十]{1,3})[-—–·\s页頁/共]*\d{0,4}[\s页頁]*"
)


def parse(source: Source) -> Draft:
    """Reads a PDF.

    Raises:
        UnreadableFile: It has a password, too many pages, is damaged beyond what pypdf can mend,
            or all of its pages are scans and OCR is not installed.
    """
    document = _open(source)
    if len(document) > MAX_PAGES:
        raise UnreadableFile(
            source.path,
            f"{len(document):,} pages; an article has at most {MAX_PAGES:,}",
            kind="long",
            hint="split it into several articles",
        )
    pages = [Page(page) for page in document]
    running = _running_lines(pages)
    date = next(
        (found for page in pages for line in page.lines if (found := _date(line, page))), None
    )
    heights = [line.box.height for page in pages for line in page.lines]
    size = median(heights) if heights else 0.0
    pictures: dict[str, str] = {}
    written: list[tuple[int, list[Article]]] = []
    for place, page in enumerate(pages, 1):
        kept = [line for line in page.lines if not _is_running(line, page, running)]
        written.append(
            (_number(page) or place, _page(page, kept, page.figures(size), pictures, source))
        )
    scans = list(_scans(pages, source)) if ocr.is_installed() else []
    read = [article for article in joined(written) if article.text]
    if not read and not scans:
        raise UnreadableFile(
            source.path, "its pages are pictures: pip install 'lhassist[ocr]'", kind="scan"
        )
    drawn = _draft(read, source.path)
    parts = (_with_picture(part, pictures) for part in drawn.parts)
    draft = replace(drawn, parts=(*parts, *scans))
    return replace(draft, published=Published(date)) if date else draft


def _draft(read: Sequence[Article], path: Path) -> Draft:
    """The first article, and each other one below its headline."""
    whole = ["\n\n".join(filter(None, (one.headline, one.text))) for one in read]
    first, *others = (text.parse(clean(one), path) for one in whole or [""])
    parts = [*first.parts]
    for other, article in zip(others, read[1:], strict=True):
        if article.headline:
            parts.append(Part("heading", other.title))
        parts += other.parts
    sources = (*first.sources, *(source for other in others for source in other.sources))
    return replace(first, parts=tuple(parts), sources=tuple(dict.fromkeys(sources)))


def _scans(pages: Sequence[Page], source: Source) -> Iterator[Part]:
    """The pages that are pictures; `Reader` has their text read, within limits of its own."""
    for number, page in enumerate(pages, 1):
        if page.is_scan and (kept := source.keep(page.photographed())):
            yield Part("caption", f"{source.path.stem} {number}", picture=kept, is_page=True)


def _open(source: Source) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                source.path, "it has a password", kind="password", hint="save it without one"
            ) from error
    # pypdf reads what others have cut off or written wrongly, and writes it as it should be.
    mended = io.BytesIO()
    pypdf.PdfWriter(clone_from=pypdf.PdfReader(source.file, strict=False)).write(mended)
    return pdfium.PdfDocument(mended.getvalue())


def _page(
    page: Page,
    lines: Sequence[Line],
    figures: Sequence[Figure],
    pictures: dict[str, str],
    source: Source,
) -> list[Article]:
    """The articles of a page, with captions marked; adds their pictures.

    What is not a page of several articles is one without a headline of its own.
    """
    captions = [figure for figure in figures if figure.caption]
    taken = {line for figure in captions for line in figure.caption}
    kept = [line for line in lines if line not in taken]
    for figure in captions:
        pictures.setdefault(figure.text, source.keep(figure.encoded()))
        box = figure.caption[0].box
        # Half as high as it is, so that it is not taken for a line of the text below.
        low = Box(box.left, box.top, box.right, box.top + box.height / 2)
        kept.append(Line(CAPTION_MARK + figure.text, low))
    found = articles(kept, page.box)
    return found or [Article("", page_text([line.piece() for line in kept]))]


def _number(page: Page) -> int | None:
    """The number that a page of a newspaper has in its head or foot."""
    lines = (line for line in page.lines if _is_in_margin(line, page))
    return next((found for line in lines if (found := page_number(line.text))), None)


def _with_picture(part: Part, pictures: Mapping[str, str]) -> Part:
    if part.kind != "caption" or not part.text.startswith(CAPTION_MARK):
        return part
    caption = part.text.removeprefix(CAPTION_MARK)
    picture = next((kept for text, kept in pictures.items() if text.startswith(caption)), "")
    return replace(part, text=caption, picture=picture)


def _running_lines(pages: Sequence[Page]) -> frozenset[str]:
    """What stands at the same height in the margin of half of the pages, two at least."""
    counts = Counter(
        place
        for page in pages
        for place in {
            (_without_numbers(line.text), round(line.box.top / _SAME_PLACE))
            for line in page.lines
            if _is_in_margin(line, page)
        }
    )
    least = max(2, len(pages) / 2)
    return frozenset(text for (text, _), count in counts.items() if count >= least)


def _is_running(line: Line, page: Page, running: frozenset[str]) -> bool:
    """Whether a line is a running head or foot, or a page's number or date."""
    if not _is_in_margin(line, page):
        return False
    is_number = _PAGE_NUMBER.fullmatch(line.text) is not None
    return is_number or _without_numbers(line.text) in running or _date(line, page) is not None


def _date(line: Line, page: Page) -> str | None:
    """The date in the head or foot of a page, beside the newspaper's name and the page's number."""
    if not _is_in_margin(line, page) or shapes.has_stop(line.text):
        return None
    found = (dates.date_line(piece) for piece in re.split(r"\s{2,}|[　|｜]+", line.text))
    return next((date for date in found if date), None)


def _is_in_margin(line: Line, page: Page) -> bool:
    height = page.box.height
    return line.box.top < MARGIN * height or line.box.bottom > (1 - MARGIN) * height


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "0", line)
