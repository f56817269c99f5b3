"""Prints how well each document format is read, and how fast; for docs/articles.md.

    python -m eval.bench_readers [NAME...]

Every sample article, or those of these names, is written into each format, in both scripts, and
read back; another file holds all of them, so that sentences break over columns and pages, and a
last one is a newspaper. A sentence counts as whole when every character of it stands in one block
of what was read; of a newspaper, when it stands below its own headline, too.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.corpus.making import (
    SAMPLES,
    Article,
    make_docx,
    make_epub,
    make_html,
    make_pdf,
    make_pptx,
    sample,
)
from tests.corpus.newspaper import make_newspaper, under_headlines

from lhassist.corpus import Reader
from lhassist.schema import Document, Script

SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_SCRIPTS: tuple[Script, ...] = ("zh-Hans", "zh-Hant")
FORMATS: dict[str, Callable[[Article, Path], None]] = {
    "page.html": make_html,
    "one-column.pdf": partial(make_pdf, columns=1),
    "two-columns.pdf": make_pdf,
    "three-columns.pdf": partial(make_pdf, columns=3),
    "letter.docx": make_docx,
    "slides.pptx": make_pptx,
    "book.epub": make_epub,
}


def whole_sentences(article: Article, document: Document) -> tuple[int, int]:
    """How many sentences of an article were read whole, and how many there are."""
    spans = (block.span for block in document.blocks)
    blocks = [document.text[span.start : span.end] for span in spans]
    sentences = [s for text in article.paragraphs for s in SENTENCE.findall(text)]
    return sum(any(s in block for block in blocks) for s in sentences), len(sentences)


def _captions(article: Article, document: Document) -> tuple[int, int]:
    written = [text for kind, text in article.parts if kind == "caption"]
    read = {media.caption for media in document.media if media.is_inside or media.path}
    return sum(text in read for text in written), len(written)


def _together(articles: Sequence[Article]) -> Article:
    parts = tuple(part for article in articles for part in article.parts)
    return Article(articles[0].title, parts, articles[0].date, articles[0].script)


def main() -> None:
    """Prints the table."""
    names = sys.argv[1:] or SAMPLES
    articles = [sample(name, script) for script in _SCRIPTS for name in names]
    long = [_together([a for a in articles if a.script == script]) for script in _SCRIPTS]
    rows = [(name, make, articles) for name, make in FORMATS.items()]
    rows.append(("two-columns.pdf", make_pdf, long))
    out = sys.stdout.write
    out("| file | files | sentences whole | captions with their picture | s a file |\n")
    out("|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as scratch, Reader() as reader:
        for name, make, some in rows:
            counts, seconds = [0, 0, 0, 0], 0.0
            for article in some:
                path = Path(scratch) / name
                make(article, path)
                began = time.perf_counter()
                document = reader.read(path, document_id="x", root=path.parent)
                seconds += time.perf_counter() - began
                found = (*whole_sentences(article, document), *_captions(article, document))
                counts = [a + b for a, b in zip(counts, found, strict=True)]
            shown = f"{name}, all articles in one" if some is long else name
            share = f"{counts[0]} of {counts[1]} | {counts[2]} of {counts[3]}"
            out(f"| {shown} | {len(some)} | {share} | {seconds / len(some):.2f} |\n")
        own, written, seconds = _newspapers(reader, Path(scratch))
        out(f"| newspaper.pdf, five articles a page | 2 | {own} of {written} | | {seconds:.2f} |\n")


def _newspapers(reader: Reader, folder: Path) -> tuple[int, int, float]:
    """Sentences of two newspapers that stand whole below their own headline; all; s a file."""
    own, written, seconds = 0, 0, 0.0
    for script in _SCRIPTS:
        path = folder / "newspaper.pdf"
        printed = make_newspaper(path, script)
        began = time.perf_counter()
        found = under_headlines(reader.read(path, document_id="x", root=folder))
        seconds += time.perf_counter() - began
        for headline, text in printed:
            sentences = SENTENCE.findall(text)
            written += len(sentences)
            own += sum(sentence in found.get(headline, "") for sentence in sentences)
    return own, written, seconds / len(_SCRIPTS)


if __name__ == "__main__":
    main()
