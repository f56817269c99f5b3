"""What a reader makes of a file, and how it becomes the text and the blocks of a `Document`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lhassist.schema import Block, BlockKind, Origin, Published, Span, TimeRange, Topic

BETWEEN_BLOCKS = "\n\n"

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# Control characters, zero-width characters and those that turn the direction of writing: they are
# invisible, so a quote that holds one could not be found again by what a reader sees.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BLANKS = re.compile("[\t\u00a0]")
_LATIN_BOTH_SIDES = re.compile(r"[^\W_\u2e80-\U0003ffff]\Z|[,.;:!?)\"'%]\Z")
_LATIN_START = re.compile(r"[^\W_\u2e80-\U0003ffff(\"']|[(\"'](?=[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Part:
    """A block of an article before the blocks are joined.

    Attributes:
        text: Without blank lines; a line break separates the items of a list.
        target: The file of a caption's picture, as the article writes it; empty for none. Of text
            that was read off a file by machine, that file; so with `picture`.
        credit: The photographer or source of a caption's picture.
        origin: How the text came into the article.
        times: Of a transcript: when each line of the text is said in the sound or film before it.
        is_page: Of a caption's picture: whether it is a scanned page, whose text is the article's.
        look: Of a caption's picture: its perceptual hash, where it was looked at.
        picture: The name that `Source.keep` gave to the caption's picture, where the article's own
            file holds it; empty for none.
    """

    kind: BlockKind
    text: str
    target: str = ""
    credit: str | None = None
    picture: str = ""
    origin: Origin = "written"
    times: tuple[TimeRange, ...] = ()
    look: str | None = None
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its reader understood it, without what only its place in the folder tells."""

    title: str
    parts: tuple[Part, ...]
    published: Published | None = None
    topic: Topic | None = None
    sources: tuple[str, ...] = ()


def clean(text: str) -> str:
    r"""Makes every line end `\n` and takes out what cannot be seen."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def tidy(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Makes the text of parts what `Part` asks for; those that hold no text are left out."""
    tidied = []
    for part in parts:
        lines = (re.sub(" {2,}", " ", line).strip() for line in clean(part.text).split("\n"))
        if text := "\n".join(line for line in lines if line):
            tidied.append(replace(part, text=text))
    return tuple(tidied)


def glue(left: str, right: str) -> str:
    """Joins two pieces of a broken sentence: with a space between Latin words, else without."""
    latin = _LATIN_BOTH_SIDES.search(left[-1:]) and _LATIN_START.match(right)
    return f"{left} {right}" if latin else left + right


def glue_all(pieces: Iterable[str]) -> str:
    """Joins the pieces of a text as `glue` does two."""
    glued: list[str] = []
    for piece in pieces:
        if glued and piece:
            glued.append(glue(glued[-1][-1:], piece)[1:])
        elif piece:
            glued.append(piece)
    return "".join(glued)


def join(parts: Sequence[Part]) -> tuple[str, tuple[Block, ...]]:
    """Joins parts with blank lines.

    Returns:
        The text of the document, and a block for every part, in the same order.
    """
    blocks: list[Block] = []
    start = 0
    for part in parts:
        blocks.append(Block(part.kind, Span(start, start + len(part.text)), part.origin))
        start += len(part.text) + len(BETWEEN_BLOCKS)
    return BETWEEN_BLOCKS.join(part.text for part in parts), tuple(blocks)
