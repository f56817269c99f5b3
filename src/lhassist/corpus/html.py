"""Web pages: the article's text, date and pictures, without what stands around it."""

from __future__ import annotations

import trafilatura

from lhassist.corpus import dates
from lhassist.corpus.parts import Draft, Part
from lhassist.corpus.source import Source


def parse(source: Source) -> Draft:
    """Reads a page."""
    text = trafilatura.extract(source.data) or ""
    parts = tuple(Part("paragraph", line) for line in text.split("\n") if line.strip())
    return Draft(source.path.stem, parts, dates.infer("", text))
