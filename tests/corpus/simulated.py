"""Newspaper pages made of known articles, so that what a reader finds can be counted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lhassist.corpus import text
from lhassist.schema import Document

CAPTIONS = [
    "漯河市沙澧河风景区夜景。",
    "许慎文化园汉字大道。",
    "双汇生产车间。",
    "漯河市民在红枫广场晨练。",
    "临颍县南街村。",
    "郾城区一家食品企业的生产线。",
    "市民在中心书店选购图书。",
    "舞阳县农民画展。",
    "孩子们在博物馆听讲解。",
    "施工中的城市快速路。",
]
_NEAR_EDGE = 8
_MARKS = "，。、；：！？「」『』“”（）《》…—"


@dataclass(frozen=True)
class Style:
    """How a page is set: blank lines between paragraphs and round captions, and its disorder.

    Attributes:
        breaks: The share of long paragraphs that a column break tears in the middle of a sentence.
        inside: The share of those with a caption between the halves.
    """

    gap: int = 1
    caption_gap: int = 3
    breaks: float = 0.5
    inside: float = 0.5
    indented: bool = False
    stops: bool = True
    credited: bool = False


STYLES = {
    "orderly": Style(breaks=0, inside=0),
    "torn": Style(),
    "torn, no blank lines between paragraphs": Style(gap=0, caption_gap=1),
    "torn, captions without stops": Style(stops=False),
    "torn, photographers named": Style(caption_gap=2, inside=0.8, credited=True),
    "torn, captions not set apart": Style(caption_gap=1),
    "torn, captions not set apart, indented": Style(gap=0, caption_gap=0, indented=True),
}


@dataclass(frozen=True)
class Page:
    """A page, and what should be found in it."""

    title: str
    text: str
    paragraphs: list[str]
    headings: list[str]
    captions: list[str]


def page(document: Document, style: Style, rng: random.Random) -> Page:
    """Sets an article as a newspaper page, with three captions of its own."""
    blocks = [
        (block.kind, document.text[block.span.start : block.span.end])
        for block in document.blocks
        if block.kind != "caption"
    ]
    captions = [c if style.stops else c.rstrip("。") for c in rng.sample(CAPTIONS, 3)]
    waiting = list(captions)
    lines = [(1, document.title)]
    gap = style.caption_gap

    def caption() -> None:
        nonlocal gap
        lines.append((style.caption_gap, waiting.pop()))
        if style.credited:
            lines.append((style.gap, "本报记者 摄"))
        gap = style.caption_gap

    if rng.random() < 0.5:
        caption()
    for kind, written in blocks:
        halves = _tear(written, rng) if kind == "paragraph" and rng.random() < style.breaks else ()
        indent = "　　" if style.indented and kind == "paragraph" else ""
        for number, piece in enumerate(halves or (written,)):
            lines.append((gap, piece if number else indent + piece))
            gap = style.gap
            if halves and number == 0 and waiting and rng.random() < style.inside:
                caption()
        if waiting and rng.random() < 0.15:
            caption()
    while waiting:
        caption()
    return Page(
        document.title,
        "".join("\n" * gap + line + "\n" for gap, line in lines),
        [written for kind, written in blocks if kind == "paragraph"],
        [written for kind, written in blocks if kind == "heading"],
        captions,
    )


def _tear(written: str, rng: random.Random) -> tuple[str, ...]:
    """A long paragraph in two, inside a sentence; nothing where the place does not fit."""
    if len(written) < 60:
        return ()
    at = rng.randrange(_NEAR_EDGE, len(written) - _NEAR_EDGE)
    fits = (
        not {written[at - 1], written[at]} & set(_MARKS) and not written[at - 1 : at + 1].isascii()
    )
    return (written[:at], written[at:]) if fits else ()


@dataclass
class Score:
    """What was found of one kind, over many pages."""

    there: int = 0
    found: int = 0
    right: int = 0

    def add(self, there: Sequence[str], found: Sequence[str]) -> None:
        self.there += len(there)
        self.found += len(found)
        self.right += sum(one in found for one in there)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.there)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)


def score(documents: Sequence[Document], style: Style, rounds: int) -> dict[str, Score]:
    """Reads pages made of articles, each some times with other tears."""
    rng = random.Random(5)
    scores = {"title": Score(), "paragraph": Score(), "heading": Score(), "caption": Score()}
    for made in _pages(documents, style, rng, rounds):
        draft = text.parse(made.text, Path("page.txt"))
        scores["title"].add([made.title], [draft.title])
        for kind, there in (
            ("paragraph", made.paragraphs),
            ("heading", made.headings),
            ("caption", made.captions),
        ):
            scores[kind].add(there, [part.text for part in draft.parts if part.kind == kind])
    return scores


def _pages(
    documents: Sequence[Document], style: Style, rng: random.Random, rounds: int
) -> Iterator[Page]:
    for _ in range(rounds):
        for document in documents:
            if all("\n" not in document.text[b.span.start : b.span.end] for b in document.blocks):
                yield page(document, style, rng)
