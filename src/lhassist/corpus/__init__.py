"""Files become Documents: one file a format, and the rest of the product sees no format.

scan      which files of a folder are articles
formats   which formats there are, and which of them a file is in
reader    one file to a Document; the one door, whatever the format
markdown, text
          plain texts, parsed where they are opened
html      web pages, by `elements`
pdf       by `pdf_page` and `layout`; a daily's by `newspaper` and `jumps`
docx, pptx, epub
          Word files, presentations and books, told apart by `archive`
picture, sound, film
          what is written in them or said, read by machine
pixels, ocr
          for pictures: decode, read
speech, homophones, subtitles, transcript
          for sounds: transcribe, mend local names, read subtitles, make paragraphs
beside    descriptions and subtitles that lie beside a medium
draft_cache
          what a machine has read once
workshop, worker
          where all formats but plain texts are parsed: a process with limits
encoding, files, source, dates, imprint, parts: what the formats share
"""

from __future__ import annotations

from pathlib import Path

from lhassist.corpus import encoding, markdown
from lhassist.corpus.beside import checksum, description_of, is_medium
from lhassist.corpus.files import open_file
from lhassist.corpus.formats import FILM, FORMATS, MARKDOWN, PICTURE, SOUND, Format, by_suffix
from lhassist.corpus.ocr import is_installed as reads_pictures
from lhassist.corpus.parts import clean
from lhassist.corpus.pixels import ALIKE, difference, look, open_picture
from lhassist.corpus.reader import Reader
from lhassist.corpus.scan import SourceFile, scan
from lhassist.corpus.source import Aids
from lhassist.errors import UnreadableFile
from lhassist.schema import Document

__all__ = [
    "ALIKE",
    "FILM",
    "FORMATS",
    "PICTURE",
    "SOUND",
    "Aids",
    "Format",
    "Reader",
    "SourceFile",
    "by_suffix",
    "checksum",
    "description_of",
    "difference",
    "is_medium",
    "look_of",
    "read",
    "reads_pictures",
    "scan",
    "shown_by",
]


def look_of(picture: Path) -> str | None:
    """How a picture looks, to be compared by `difference`; None for one of a single colour.

    Raises:
        UnreadableFile: It is no picture that can be decoded.
    """
    with open_file(picture, picture.parent) as file:
        try:
            return look(open_picture(file))
        except ValueError as error:
            raise UnreadableFile(picture, str(error), hint="give a PNG or JPEG") from error


def shown_by(article: Path) -> tuple[str, ...]:
    """The files that a Markdown article shows, as it writes them; empty for what is none."""
    if by_suffix(article) is not MARKDOWN:
        return ()
    try:
        written = encoding.decode(article.read_bytes()).text
        parts = markdown.parse(clean(written), article).parts
    except (UnreadableFile, ValueError):
        return ()
    return tuple(part.target for part in parts if part.target)


def read(path: Path, *, document_id: str, root: Path) -> Document:
    """Reads one file as an article, without the pictures that lie in it and the words in them.

    `Reader` reads many, and keeps their pictures as long as they are needed.

    Args:
        path: A file in one of the formats, told by its content.
        document_id: What the article is called in the collection.
        root: The folder that its pictures must lie in; their paths are relative to it.

    Raises:
        UnreadableFile: As `Reader.read`.
    """
    with Reader(reads_shown=False) as reader:
        return reader.read(path, document_id=document_id, root=root)
