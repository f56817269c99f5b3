"""Newspaper pages in plain text: columns, captions and credits between the sentences.

A page that was copied out of a newspaper has no marks for what is what. This reader goes by how
such pages look, in either script:

- The lines above the first full sentence are the head: kicker, headline, deck, byline, date.
- A paragraph that ends in the middle of a sentence goes on after the column break, whatever stands
  between: captions and photo credits are taken out from there.
- A caption is one short sentence of its own that stands apart from the paragraphs around it, or
  begins as captions do (圖為, ▲).
- A section heading is a short line without a full stop, with a paragraph below it.
- A line that only names an author, editor or source becomes one of the article's sources.

Where a line may be a caption or a paragraph, it is a paragraph: captions are not quoted in answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lhassist.corpus import dates, shapes
from lhassist.corpus.body import Body, usual_gap
from lhassist.corpus.lines import Line, page_lines
from lhassist.corpus.parts import Draft, Part
from lhassist.schema import Published

_MAX_NAMES = 5
_MAX_LABEL = 4


def parse(text: str, path: Path) -> Draft:
    """Reads a page.

    Args:
        text: The cleaned text of the file.
        path: The file, for the title of last resort.
    """
    head, lines = _take_head(page_lines(text))
    body = Body(lines)
    body.read()
    parts = [*(Part("heading", line) for line in head.others), *body.parts]
    if head.title and not any(part.kind == "paragraph" for part in parts):
        parts.append(Part("paragraph", head.title))
    if date := head.date or body.date:
        published: Published | None = Published(date)
    else:
        names = "\n".join((head.title, *head.others))
        published = dates.infer(names, "\n".join(part.text for part in parts))
    sources = (*head.imprint, *body.imprint)
    return Draft(head.title or path.stem, tuple(parts), published, sources=sources)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the first sentence; `others` are kicker and deck."""

    title: str
    others: tuple[str, ...]
    imprint: tuple[str, ...]
    date: str | None


def _take_head(lines: Sequence[Line]) -> tuple[_Head, Sequence[Line]]:
    """Parts the head from the body. A head that is printed twice, as in a preview, counts once."""
    end = _head_length(lines)
    date: str | None = None
    imprint: list[str] = []
    names: list[str] = []
    for line in dict.fromkeys(line.text for line in lines[:end]):
        found = dates.date_line(line)
        date = date or found
        if shapes.is_imprint(line) or (names and shapes.is_name(line)):
            imprint.append(line)
        elif not found:
            names.append(line)
        elif re.search("[來来]源", line):
            imprint.append(line)
    longest = max(map(len, names), default=0)
    title = next((name for name in names if not _is_label(name, longest)), "")
    title = title or (names[-1] if names else "")
    others = tuple(line for line in names if line != title)
    return _Head(title, others, tuple(imprint), date), lines[end:]


def _head_length(lines: Sequence[Line]) -> int:
    """How many lines stand above the first sentence and the first caption.

    Where hardly anything is a sentence (a list, a poem), the first line is the head.
    """
    gap = usual_gap(lines)
    names: set[str] = set()
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else None
        if not _is_head_line(line.text, below.text if below else "", first=i == 0):
            return i
        if dates.date_line(line.text) or shapes.is_imprint(line.text) or line.text in names:
            continue
        is_apart = line.gap > gap and (below is None or below.gap > gap)
        if is_apart and any(len(n) > _MAX_LABEL and not shapes.is_kicker(n) for n in names):
            return i
        names.add(line.text)
        if len(names) > _MAX_NAMES:
            break
    return min(1, len(lines))


def _is_head_line(text: str, below: str, *, first: bool) -> bool:
    if len(text) > shapes.MAX_HEADLINE or shapes.is_credit(text) or shapes.is_marked_caption(text):
        return False
    if re.search("[。；]|[，、]\\Z", text) or shapes.unclosed(text):
        return False
    if first and text[-1] in "？！?!":
        return "，" not in text
    if shapes.ends(text) or shapes.splits_quantity(text, below):
        return False
    return "，" not in text or not shapes.share_a_word(text, below)


def _is_label(line: str, longest: int) -> bool:
    """Whether a line of the head is a label or a deck rather than the headline."""
    return shapes.is_kicker(line) or len(line) <= _MAX_LABEL < longest
