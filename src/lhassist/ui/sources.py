"""Citations as HTML: the marks, and the cited articles with their quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from html import escape
from types import MappingProxyType

from lhassist.schema import Citation
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import arguments, date, heard, label, opens
from lhassist.ui.saved import Standing


def mark(citation: Citation) -> str:
    """The button `[1]`, which shows the quote and opens the article."""
    return (
        f'<button type="button" class="cite" data-cite="{citation.number}"'
        f' data-label-aria="cite.mark"{arguments(n=citation.number, title=citation.title)}>'
        f"[{citation.number}]</button>"
    )


def works(
    citations: Sequence[Citation],
    said: Collection[str] = (),
    standings: Mapping[int, Standing] = MappingProxyType({}),
) -> str:
    """The cited articles in the order of their first citation, each with its quotes.

    Args:
        citations: In the order of their numbers.
        said: Sentences that stand on the page already: a quote that reads the same is hidden.
        standings: What has become of the quotes of an earlier answer, by number.
    """
    by_article: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_article[citation.document_id].append(citation)
    return "".join(_work(cited, said, standings) for cited in by_article.values())


def _work(
    citations: Sequence[Citation], said: Collection[str], standings: Mapping[int, Standing]
) -> str:
    first = citations[0]
    numbers = " · ".join(str(citation.number) for citation in citations)
    quotes = "".join(
        _quoted(one, shown=one.quote not in said, standing=standings.get(one.number, "same"))
        for one in citations
    )
    return (
        f'<li><button type="button" class="source" data-cite="{first.number}">'
        f'<span class="number">{numbers}</span>'
        f'<span class="title" lang="{FONT_TAG[first.script]}">{escape(first.title)}</span> '
        f"{date(first.published)}</button>{quotes}{_heard(citations)}</li>"
    )


def _heard(citations: Sequence[Citation]) -> str:
    """Which of the quotes a machine heard or read, and when they are said."""
    return "".join(
        f'<p class="heard" data-cite="{one.number}"><span class="number">{one.number}</span> '
        f"{heard(one.origin, one.time)}</p>"
        for one in citations
        if one.origin != "written"
    )


def _quoted(citation: Citation, *, shown: bool, standing: Standing) -> str:
    """A quote; what an article no longer says is always shown, and said to be so."""
    where = opens(citation.document_id, citation.start, citation.end)
    lost = standing in ("changed", "gone")
    note = label(f"quote.{standing}", tag="p", classes="lost") if lost else ""
    return (
        f'<div class="quoted" data-cite="{citation.number}"{where}'
        f"{'' if shown or lost else ' hidden'}>"
        f'{mark(citation)}<blockquote lang="{FONT_TAG[citation.script]}">'
        f"{escape(citation.quote)}</blockquote>{note}</div>"
    )
