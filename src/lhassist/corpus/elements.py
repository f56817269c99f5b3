"""HTML elements become parts: what pages of the web and chapters of EPUB books have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree, html

from lhassist.corpus import shapes
from lhassist.corpus.parts import Part, clean, glue_all

TREE_DEPTH = 255
"""How deep elements may lie in one another. Pages have 20 to 40 levels."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_DROPPED = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math"),
        *("button", "input", "select", "textarea", "head", "rt", "rp"),
    )
)
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=　)")
_ASIDE = frozenset(("header", "footer", "nav", "aside"))
_ICON = 48

_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|\Z)|"
    r"font-size\s*:\s*(?:0*(?:\.0+)?[01]?(?:px|pt)|0[a-z%]*)\s*(?:[;!]|\Z)|"
    r"(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_COLOURS = re.compile(r"(?:\A|[;\s])(background(?:-color)?|color)\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)", "transparent"))
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\s*[\w*]*([.#])([\w-]+)\s*")


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture is: beside the article, kept under a name of `Source.keep`, or nowhere."""

    target: str = ""
    kept: str = ""


def parse_tree(written: str) -> html.HtmlElement:
    """Parses HTML, without what a reader of the page does not see and without line wraps.

    Raises:
        ValueError: Its elements lie too deep in one another.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    # An encoding that the text declares is not the one that it has any more.
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", clean(written))
    tree = html.document_fromstring(text if text.strip() else "<html/>", parser=parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise ValueError(f"its elements lie more than {TREE_DEPTH} deep")
    _drop_hidden(tree)
    _unwrap(tree)
    return tree


def read_parts(tree: html.HtmlElement, picture_of: Callable[[str], Picture]) -> list[Part]:
    """The headings, paragraphs, lists, tables and captioned pictures of a page, in order.

    Args:
        tree: Made by `parse_tree`.
        picture_of: Says where the picture is that a `src` names.
    """
    walk = _Walk(picture_of)
    walk.visit(tree)
    walk.flush()
    return captioned(walk.parts)


def captioned(parts: list[Part]) -> list[Part]:
    """Gives pictures the marked line that stands below them; drops those with no caption at all."""
    result: list[Part] = []
    for part in parts:
        above = result[-1] if result else None
        if part.kind == "paragraph" and above is not None and above.kind == "caption":
            if shapes.is_marked_caption(part.text):
                text, credit = shapes.split_credit(part.text)
                result[-1] = replace(above, text=text, credit=credit)
                continue
            if above.credit is None and above.text and shapes.is_credit(part.text):
                result[-1] = replace(above, credit=part.text)
                continue
        result.append(part)
    return [part for part in result if part.text]


def caption(text: str, picture: Picture) -> Part:
    """The part of a picture's caption, with the photographer taken from its end."""
    text, credit = shapes.split_credit(" ".join(text.split()))
    text, *more = re.split(r"\s+[|｜]\s+", text, maxsplit=1)
    return Part("caption", text, picture.target, more[0] if more else credit, picture.kept)


def _drop_hidden(tree: html.HtmlElement) -> None:
    hidden = set()
    for sheet in tree.iter("style"):
        for selectors, style in _RULE.findall(sheet.text or ""):
            if _is_hidden(style):
                found = (_SELECTOR.fullmatch(selector) for selector in selectors.split(","))
                hidden |= {match[1] + match[2] for match in found if match}
    for element in list(tree.iter(etree.Element)):
        names = {f".{name}" for name in element.get("class", "").split()}
        names.add(f"#{element.get('id', '')}")
        if element.getparent() is not None and (
            (element.tag in _DROPPED and element.tag != "head")
            or "hidden" in element.attrib
            or _is_hidden(element.get("style", ""))
            or names & hidden
        ):
            element.drop_tree()


def _is_hidden(style: str) -> bool:
    """Whether a style hides its element, or gives text the colour of what it stands on.

    Pages are white where they do not say.
    """
    if _INVISIBLE.search(style):
        return True
    colours = {
        name.lower(): re.sub(r"\s", "", value.lower()) for name, value in _COLOURS.findall(style)
    }
    text = colours.get("color")
    ground = colours.get("background-color", colours.get("background", "white"))
    return text is not None and (text == ground or {text, ground} <= _WHITE)


def _unwrap(tree: html.HtmlElement) -> None:
    """Takes out the line ends of the file; between Chinese characters they are no blanks."""
    for element in tree.iter(etree.Element):
        if element.tag != "pre":
            element.text = _unwrapped(element.text)
        element.tail = _unwrapped(element.tail)


def _unwrapped(text: str | None) -> str | None:
    if text is None or "\n" not in text:
        return text
    inner = glue_all(line.strip(" ") for line in text.split("\n"))
    if not inner.strip():
        return " "
    before = " " if text[0].isspace() and inner[0].isascii() else ""
    return before + inner + (" " if text[-1].isspace() and inner[-1].isascii() else "")


class _Walk:
    """Goes through a tree once. A list or a table becomes one paragraph, an item or row a line."""

    def __init__(self, picture_of: Callable[[str], Picture]) -> None:
        self.parts: list[Part] = []
        self._picture_of = picture_of
        self._pieces: list[str] = []
        self._pictures: list[Part] = []

    def flush(self) -> None:
        """Ends the paragraph."""
        text = "".join(self._pieces)
        self.parts += [
            Part("paragraph", piece.strip()) for piece in _PARAGRAPHS.split(text) if piece.strip()
        ]
        self._end_block()

    def visit(self, element: html.HtmlElement) -> None:
        """Reads an element and what lies in it."""
        match element.tag:
            case "br":
                self._pieces.append("\n")
            case "img":
                self._image(element)
            case "figure":
                self.flush()
                self._figure(element)
            case "table" if not _is_layout(element):
                self.flush()
                self._add_lines(_rows(element), element)
            case "ul" | "ol":
                self.flush()
                self._add_lines(_items(element), element)
            case tag if tag in _HEADINGS:
                self.flush()
                text = " ".join(element.text_content().split())
                self.parts += [Part("heading", text)] if text else []
                self._images_in(element)
                self._end_block()
            case tag if tag in _DROPPED or not isinstance(tag, str):
                pass
            case tag if tag in _INLINE:
                self._children(element)
            case _:
                self.flush()
                self._children(element)
                self.flush()

    def _children(self, element: html.HtmlElement) -> None:
        self._pieces.append(element.text or "")
        for child in element:
            self.visit(child)
            self._pieces.append(child.tail or "")

    def _add_lines(self, lines: Iterator[str], element: html.HtmlElement) -> None:
        if text := "\n".join(line for line in lines if line.strip(" |")):
            self.parts.append(Part("paragraph", text))
        self._images_in(element)
        self._end_block()

    def _figure(self, figure: html.HtmlElement) -> None:
        """A figure's pictures; its caption belongs to the first, the others have their own."""
        text = " ".join(" ".join(c.text_content().split()) for c in figure.iter("figcaption"))
        pictures = [self._picture_of(_file(image)) for image in figure.iter("img")]
        if pictures and text:
            self.parts.append(caption(text, pictures[0]))
        elif pictures:
            self._images_in(figure)
            self._end_block()
        else:
            self._children(figure)
            self.flush()

    def _images_in(self, element: html.HtmlElement) -> None:
        for image in element.iter("img"):
            self._image(image)

    def _image(self, image: html.HtmlElement) -> None:
        if any(around.tag in _ASIDE for around in image.iterancestors()):
            return
        sizes = [image.get(side, "").removesuffix("px") for side in ("width", "height")]
        if not any(size.isdigit() and int(size) < _ICON for size in sizes):
            text = image.get("alt") or image.get("title") or ""
            self._pictures.append(caption(text, self._picture_of(_file(image))))

    def _end_block(self) -> None:
        self.parts += self._pictures
        self._pieces, self._pictures = [], []


def _file(image: html.HtmlElement) -> str:
    """Where a picture lies; pages that load it late say so elsewhere."""
    names = ("data-src", "data-original", "src")
    return next((value for name in names if (value := image.get(name, "").strip())), "")


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only sets the page: it has tables or whole articles in its cells."""
    if table.find(".//table") is not None:
        return True
    return any(len(cell.findall(".//p")) > 2 for cell in table.iter("td"))


def _rows(table: html.HtmlElement) -> Iterator[str]:
    for title in table.iter("caption"):
        yield " ".join(title.text_content().split())
    for row in table.iter("tr"):
        yield " | ".join(" ".join(cell.text_content().split()) for cell in row.iter("td", "th"))


def _items(listing: html.HtmlElement) -> Iterator[str]:
    """The items of a list, and of the lists in it, without their marks."""
    for item in listing.iter("li"):
        own = [item.text or ""]
        for child in item:
            if child.tag not in ("ul", "ol"):
                own.append(child.text_content())
            own.append(child.tail or "")
        yield " ".join("".join(own).split())
