"""Who says it: a sentence that somebody else says is not quoted without the one who says so."""

from __future__ import annotations

import re

from lhassist.schema import Passage, Span
from lhassist.script import fold

_OPENING, _CLOSING = "“「『", "”」』"
# 文章说 goes on with the essay that the sentence before names, 他说 with the person.
_GOES_ON = re.compile(
    r"(?:这篇|该)?(?:文章|文中|作者|报道|报导|对方|[他她])(?:还|也|又|接着)?"
    r"(?:说|称|写道|认为|介绍|表示|提到|指出)"
)
_MOST_SENTENCES = 3
"""Before the one that is quoted: a longer speech is no single quote any more."""


def with_speaker(passage: Passage, span: Span) -> Span:
    """A stretch of a passage with what comes before it, as far as that tells who says it.

    That is so where the stretch begins inside a quotation (“…。…。”) or goes on with a source named
    before (文章说，…). It never leaves its paragraph. Where that does not tell, or only far off,
    the stretch stays as it is.

    Args:
        passage: The passage.
        span: One sentence of it or more, in offsets of the article.
    """
    starts = [sentence.start for sentence in passage.sentences]
    if span.start not in starts:
        return span
    at = starts.index(span.start)
    first = at
    while first and at - first < _MOST_SENTENCES and _needs_before(passage, starts[first]):
        first -= 1
    return span if _needs_before(passage, starts[first]) else Span(starts[first], span.end)


def _needs_before(passage: Passage, start: int) -> bool:
    text = fold(passage.text)
    at = start - passage.start
    before = text[:at].rpartition("\n")[2].rstrip()
    if not before:
        return False
    opened = sum(c in _OPENING for c in before) - sum(c in _CLOSING for c in before)
    return opened > 0 or _GOES_ON.match(text, at) is not None
