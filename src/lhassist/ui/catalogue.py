"""The library as HTML: its articles by year, and what changed from generation to generation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from lhassist.index import Change
from lhassist.schema import Document
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import arguments, date, label, opens

_NAMED = 12
"""Articles of one change that are named; the others are counted."""


def by_year(documents: Sequence[Document]) -> str:
    """Articles that are ordered by date, under a heading a year."""
    return "".join(
        f'<section class="year">{_year_heading(year)}{entries(group)}</section>'
        for year, group in groupby(documents, year_of)
    )


def entries(documents: Iterable[Document]) -> str:
    """Articles, a line each."""
    return f'<ol class="entries">{"".join(map(_entry, documents))}</ol>'


def year_of(document: Document) -> str:
    """The year that an article appeared in; empty where it is not known."""
    return str(document.published.year) if document.published else ""


def changes(told: Sequence[Change], titles: Mapping[str, str]) -> str:
    """What changed, the newest first.

    Args:
        told: From `lhassist.index.history`.
        titles: Of the articles that are held, by id; the others are called by their ids.
    """
    return f'<ol class="generations">{"".join(_change(one, titles) for one in told)}</ol>'


def _year_heading(year: str) -> str:
    return f"<h3>{year}</h3>" if year else label("date.none", tag="h3")


def _entry(document: Document) -> str:
    topic = document.topic or "other"
    named = f' data-remove="{escape(document.id)}"{arguments(title=document.title)}'
    return (
        f'<li><button type="button" class="headline"{opens(document.id)}>'
        f'<span class="title" lang="{FONT_TAG[document.script]}">{escape(document.title)}</span>'
        f'</button><p class="about">{label(f"topic.{topic}")}'
        f"{label(f'library.script.{document.script}')}{date(document.published)}</p>"
        f'<button type="button" class="remove quiet" data-label="library.remove"'
        f' data-label-aria="library.remove.aria"{named}></button></li>'
    )


def _change(one: Change, titles: Mapping[str, str]) -> str:
    head = label("changes.generation", tag="h4", n=int(one.generation), date=one.created[:10])
    counts = label("changes.counts", tag="p", classes="hint", n=one.articles)
    kinds = (("added", one.added), ("changed", one.changed), ("removed", one.removed))
    lists = "".join(_named(kind, names, titles) for kind, names in kinds if names)
    if one.before is None:
        lists = label("changes.oldest", tag="p", classes="hint")
    elif not lists:
        key = "changes.remade" if one.remade else "changes.none"
        lists = label(key, tag="p", classes="hint")
    return f"<li>{head}{counts}{lists}</li>"


def _named(kind: str, names: Sequence[str], titles: Mapping[str, str]) -> str:
    items = "".join(f"<li>{escape(titles.get(name, name))}</li>" for name in names[:_NAMED])
    rest = len(names) - _NAMED
    more = label("changes.more", tag="li", n=rest) if rest > 0 else ""
    heading = label(f"changes.{kind}", tag="h5", n=len(names))
    return f'<div class="{kind}">{heading}<ul>{items}{more}</ul></div>'
