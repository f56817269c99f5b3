"""The lines of an article that are about it: its date, its author, its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lhassist.corpus import dates, shapes
from lhassist.corpus.parts import Draft, Part
from lhassist.schema import Published


def is_byline(line: str) -> bool:
    """Whether a line names author, editor or source, be it beside a date."""
    if shapes.is_imprint(line):
        return True
    return bool(re.search("[來来]源", line)) and dates.date_line(line) is not None


def without_imprint(parts: Sequence[Part]) -> tuple[tuple[Part, ...], str | None, tuple[str, ...]]:
    """Takes dates from above the first sentence, and bylines from wherever they stand.

    Returns:
        What is left, the first date in ISO 8601, and the bylines.
    """
    sentences = (
        i for i, part in enumerate(parts) if part.kind == "paragraph" and shapes.has_stop(part.text)
    )
    end = next(sentences, len(parts))
    left, date, bylines = [], None, []
    for i, part in enumerate(parts):
        found = dates.date_line(part.text) if i < end else None
        date = date or found
        if part.kind != "caption" and is_byline(part.text):
            bylines.append(part.text)
        elif not found:
            left.append(part)
    return tuple(left), date, tuple(dict.fromkeys(bylines))


def draft(title: str, parts: Sequence[Part], published: str | None = None) -> Draft:
    """Makes a draft of a document of which no more than the title is known.

    Args:
        title: The headline.
        parts: All the rest, in order.
        published: The date that the document declares, in ISO 8601.
    """
    left, date, bylines = without_imprint(parts)
    if known := published or date:
        return Draft(title, left, Published(known), sources=bylines)
    inferred = dates.infer(title, "\n".join(part.text for part in left))
    return Draft(title, left, inferred, sources=bylines)
