"""What stands under an answer as HTML: its tools, what was searched, and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lhassist import script as scripts
from lhassist.schema import Citation, Hit, ReaderScript
from lhassist.ui.labels import FONT_TAG
from lhassist.ui.markup import label, opens

SHOWN_CHARACTERS = 90


def tools() -> str:
    """The row of buttons; the browser shows those that it can serve."""
    buttons = "".join(
        label(
            f"tools.{name}",
            tag="button",
            classes="quiet",
            attributes=f'type="button" data-tool="{name}" {state}'.rstrip(),
        )
        for name, state in (
            ("copy", ""),
            ("speak", "hidden"),
            ("found", 'aria-expanded="false"'),
            ("up", 'aria-pressed="false"'),
            ("down", 'aria-pressed="false"'),
        )
    )
    return f'<div class="tools" role="group" data-label-aria="tools.label">{buttons}</div>'


def found(hits: Sequence[Hit], citations: Sequence[Citation]) -> str:
    """The passages that were looked at, best first, with their scores and which were quoted."""
    cited = {citation.passage_id for citation in citations}
    items = "".join(_hit(hit, cited=hit.passage.id in cited) for hit in hits)
    heading = label("found.explained", tag="p", classes="hint", n=len(hits))
    return f'{heading}<ol class="hits">{items}</ol>'


def _hit(hit: Hit, *, cited: bool) -> str:
    passage = hit.passage
    lang = FONT_TAG[scripts.detect(passage.text) or "zh-Hans"]
    text = " ".join(passage.text.split())
    shown = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}……"
    scores = label(
        "found.scores",
        classes="scores",
        score=_score(hit.score),
        meaning=_score(hit.dense),
        words=_score(hit.lexical),
    )
    quoted = label("found.cited", classes="cited") if cited else ""
    where = opens(passage.document_id, passage.start, passage.end)
    share = f'<span class="share" style="--share: {hit.score:.0%}"></span>'
    return (
        f'<li><button type="button" class="origin" lang="{lang}"{where}>{escape(passage.title)}'
        f'</button>{quoted}<p class="lead" lang="{lang}">{escape(shown)}</p>'
        f'<p class="measure">{share}{scores}</p></li>'
    )


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def further(questions: Sequence[str], script: ReaderScript) -> str:
    """Questions to go on with; empty for none."""
    if not questions:
        return ""
    return question_chips("further.heading", questions, script)


def question_chips(heading: str, questions: Sequence[str], script: ReaderScript) -> str:
    """A heading's label and questions that a press asks."""
    items = "".join(
        f'<li><button type="button" data-ask lang="{FONT_TAG[script]}">{escape(question)}</button>'
        "</li>"
        for question in questions
    )
    return f'{label(heading, tag="p", classes="hint")}<ul class="chips">{items}</ul>'
