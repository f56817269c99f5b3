"""Pictures: a photographed page becomes an article, a sign or chart its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from lhassist.corpus import ocr, text
from lhassist.corpus.layout import page_text
from lhassist.corpus.parts import Draft, Part, clean
from lhassist.corpus.pixels import look, open_picture
from lhassist.corpus.source import Source
from lhassist.errors import UnreadableFile

if TYPE_CHECKING:
    from PIL import Image

_LEAST_SENTENCES = 2
_SENTENCE = re.compile(r"[^。！？\n]{8,}[。！？]")


def parse(source: Source) -> Draft:
    """Reads a picture: its caption, which is its name, and below it what is written in it.

    Raises:
        UnreadableFile: It cannot be decoded, or is too large.
    """
    try:
        picture = open_picture(source.file)
    except ValueError as error:
        raise UnreadableFile(source.path, str(error)) from error
    name = source.path.stem
    shown = Part("caption", name, target=quote(source.path.name), look=look(picture))
    draft = read_page(picture, source) if ocr.is_installed() else Draft(name, ())
    return replace(draft, parts=(shown, *draft.parts))


def read_page(picture: Image.Image, source: Source) -> Draft:
    """Reads the text in a picture, as an article where it is a page of sentences.

    Args:
        picture: In RGB: a photograph, or a scanned page.
        source: The file that it is from.

    Returns:
        Without parts where no text is found; all parts are of the origin `ocr`.
    """
    written = clean(page_text(ocr.read_pieces(picture)))
    if len(_SENTENCE.findall(written)) >= _LEAST_SENTENCES:
        draft = text.parse(written, source.path)
    else:
        lines = "\n".join(line.strip() for line in written.split("\n") if line.strip())
        draft = Draft(source.path.stem, (Part("paragraph", lines),) if lines else ())
    return replace(draft, parts=tuple(replace(part, origin="ocr") for part in draft.parts))
