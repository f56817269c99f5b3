"""The same set in other scripts: neither the question's nor the article's may matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from lhassist.evaluation.sets import QuestionSet
from lhassist.schema import Document, Passage, Script
from lhassist.script import convert, detect, regional

Wording = Literal["zh-Hans", "zh-Hant", "zh-TW", "zh-HK"]
"""What all questions are put into: a script, or the vocabulary of Taiwan or Hong Kong."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How a set is turned before it is run.

    Attributes:
        collection: The script that all articles are put into; None leaves them as they are.
    """

    question: Wording
    collection: Script | None


PAIRS = (
    Pair("zh-Hans", "zh-Hans"),
    Pair("zh-Hans", "zh-Hant"),
    Pair("zh-Hant", "zh-Hans"),
    Pair("zh-Hant", "zh-Hant"),
    Pair("zh-TW", None),
    Pair("zh-HK", None),
)


def ask_in(text: str, wording: Wording) -> str:
    """A question in another script or vocabulary; without Chinese characters it stays the same."""
    if wording in ("zh-TW", "zh-HK"):
        return regional(text, wording)
    return convert(text, wording)


def collection_in(one: QuestionSet, script: Script | None) -> QuestionSet:
    """The set with its whole collection in one script; ids, offsets and questions stay."""
    if script is None:
        return one
    documents = {document.id: _converted(document, script) for document in one.documents}
    passages = tuple(_recut(passage, documents[passage.document_id]) for passage in one.passages)
    return replace(one, documents=tuple(documents.values()), passages=passages)


def _converted(document: Document, script: Script) -> Document:
    return replace(
        document,
        title=convert(document.title, script, detect(document.title) or document.script),
        text=convert(document.text, script, document.script),
        script=script,
        media=tuple(
            replace(media, caption=convert(media.caption, script, document.script))
            for media in document.media
        ),
    )


def _recut(passage: Passage, document: Document) -> Passage:
    # Conversion keeps the length, so every offset still holds.
    return replace(
        passage,
        text=document.text[passage.start : passage.end],
        title=document.title,
        heading=convert(passage.heading, document.script),
    )
