"""Web pages: the article's text, date and pictures, without what stands around it.

trafilatura tells which text of a page is the article. It drops figures and their captions; so the
page is read whole (`elements`), and of that what trafilatura names is kept, with the pictures in
between.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from lhassist.corpus import dates, imprint, shapes
from lhassist.corpus.elements import Picture, parse_tree, read_parts
from lhassist.corpus.encoding import decode, unmarked
from lhassist.corpus.parts import Draft, Part, tidy
from lhassist.corpus.source import Source
from lhassist.errors import UnreadableFile

_CHARSET = re.compile(
    r"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S+) -->")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
_HEAD = 4096
_MOST_BROKEN = 0.01
_HELD = 0.8


def parse(source: Source) -> Draft:
    """Reads a page.

    Raises:
        UnreadableFile: It is no text, or its elements lie too deep in one another.
    """
    try:
        tree = parse_tree(decode_page(source.data))
    except ValueError as error:
        raise UnreadableFile(
            source.path, str(error), kind="encoding", hint="save the page again"
        ) from error
    found = trafilatura.bare_extraction(
        # It works on what it gets.
        html.fromstring(etree.tostring(tree, encoding="unicode")),
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
        as_dict=True,
    )
    about = found if isinstance(found, dict) else {}
    parts = list(tidy(read_parts(tree, lambda address: _picture(address, source))))
    parts = _article(parts, "".join((about.get("text") or "").split()))
    title = " ".join((about.get("title") or "").split())
    first = next((i for i, part in enumerate(parts) if part.kind != "caption"), len(parts))
    heading = parts[first].text if parts[first:] and parts[first].kind == "heading" else ""
    if heading and (not title or _begins_alike(heading, title)):
        title = parts.pop(first).text
    declared = about.get("date")
    date, bylines = _told(tree)
    published = declared if declared and dates.parse(declared) else date
    draft = imprint.draft(title or source.path.stem, parts, published)
    saved = _SAVED_FROM.search(unmarked(source.data[:_HEAD]))
    sources = (*bylines, *draft.sources, *((saved[1],) if saved else ()))
    return replace(draft, sources=tuple(dict.fromkeys(sources)))


def decode_page(data: bytes) -> str:
    """The text of a page: in the encoding that it declares, if it fits, else in the likeliest.

    Raises:
        ValueError: It is in none; the message is one line.
    """
    declared = _CHARSET.search(unmarked(data[:_HEAD]))
    name = declared[1].lower() if declared else ""
    name = _SUPERSETS.get(name, name)
    try:
        return data.decode(codecs.lookup(name).name) if name else decode(data).text
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return decode(data).text
    except ValueError:
        # Most pages with one broken character are whole otherwise.
        text = data.decode("gb18030" if name == "gb18030" else "utf-8", "replace")
        if text.count("\ufffd") > _MOST_BROKEN * len(text):
            raise
        return text.replace("\ufffd", "")


def _picture(address: str, source: Source) -> Picture:
    """A picture written into the page is kept; one elsewhere on the network is not fetched."""
    if address.startswith("data:"):
        header, _, encoded = address.partition(",")
        if not header.endswith(";base64"):
            return Picture()
        try:
            return Picture(kept=source.keep(base64.b64decode(encoded)))
        except binascii.Error:
            return Picture()
    if urlsplit(address).scheme or address.startswith("/"):
        return Picture()
    return Picture(target=address)


def _article(parts: Sequence[Part], text: str) -> list[Part]:
    """The parts of a page that belong to its article.

    Args:
        parts: Of the whole page.
        text: The article's text without blanks; where it is empty, all of the page is the article.
    """
    if not text:
        return list(parts)
    held = [part.kind != "caption" and _is_held(part.text, text) for part in parts]
    if True not in held:
        return list(parts)
    first, last = held.index(True), len(held) - held[::-1].index(True)
    while first and parts[first - 1].kind == "caption":
        first -= 1
    while last < len(parts) and parts[last].kind == "caption":
        last += 1
    return [
        part for i, part in enumerate(parts[first:last], first) if held[i] or part.kind == "caption"
    ]


def _is_held(part: str, text: str) -> bool:
    """Whether most of a part stands in the text; tables and lists are told by their cells."""
    pieces = [flat for piece in re.split(r"\n| \| ", part) if (flat := "".join(piece.split()))]
    held = sum(len(piece) for piece in pieces if piece in text)
    return held >= _HELD * sum(map(len, pieces)) > 0


def _told(tree: html.HtmlElement) -> tuple[str | None, list[str]]:
    """The first date that stands alone on the page, in ISO 8601, and its bylines."""
    date, bylines = None, []
    for element in tree.iter("p", "div", "span", "time", "li", "h2", "h3", "h4", "h5", "h6"):
        text = " ".join((element.text or "").split())
        if not len(element) and 0 < len(text) <= shapes.MAX_IMPRINT:
            date = date or dates.date_line(text)
            if imprint.is_byline(text):
                bylines.append(text)
    return date, bylines


def _begins_alike(left: str, right: str) -> bool:
    """Whether two headlines are one; pages add their own name to the one in their head."""
    left, right = "".join(left.split()), "".join(right.split())
    return left == right or (len(left) > 4 and right.startswith(left))
