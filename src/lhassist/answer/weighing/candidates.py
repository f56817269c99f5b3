"""The sentences that could answer, and how near each one is to the question.

Everything is computed on folded text, so a question gets the same evidence in either script.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.question import Question, Term
from lhassist.index import Collection
from lhassist.schema import Document, Hit, Passage, Span
from lhassist.script import fold

LEAST_LENGTH = 8
"""Characters; what is shorter (a cry, a remainder of a broken line) answers nothing."""

IN_SENTENCE, ABOVE, BEFORE, AROUND = 1.0, 0.9, 0.8, 0.3
"""How well a word of the question is met: by the sentence itself; by the headline or section
heading; earlier in the same paragraph; only elsewhere in the passage."""

NAMED = 0.35
"""From here on a word is met by more than the passage around: at least half of it, before."""

LESS = 0.5
"""Of verbs, adjectives and kinds of things beside other nouns: articles say them in other words, or
need not say them."""

_LATIN = "[a-z0-9.%+]"
_RUN = re.compile(rf"{_LATIN}+|[㐀-鿿]")
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a retrieved passage, with what a reader would know before reading it.

    Attributes:
        span: In offsets of the article.
        text: The sentence, folded.
        before: The same paragraph up to the sentence, folded.
        above: Headline and section heading, folded.
        around: The whole passage, folded.
        year: The article's; None where it is not known.
        cosine: Of the question with the best sentence group that overlaps the sentence.
    """

    hit: Hit
    span: Span
    text: str
    before: str
    above: str
    around: str
    year: int | None
    cosine: float

    def follows(self, other: Candidate) -> bool:
        """Whether it comes right after another sentence of the same passage."""
        passage = self.hit.passage
        spans = passage.sentences
        return (
            passage.id == other.hit.passage.id
            and spans.index(self.span) == spans.index(other.span) + 1
        )

    def meets(self, term: Term) -> float:
        """How well the candidate meets a word of the question, 0 to 1."""
        places = (
            (self.text, IN_SENTENCE),
            (self.above, ABOVE),
            (self.before, BEFORE),
            (self.around, AROUND),
        )
        met = 0.0
        for place, weight in places:
            if met >= weight:
                break  # No place after it can do better.
            met = max(met, weight * term.share_in(place))
        return met


def candidates(
    hits: Sequence[Hit], query_vector: NDArray[np.float32], collection: Collection
) -> list[Candidate]:
    """All sentences of the retrieved passages that may stand in an answer, best passage first.

    Captions, headings and fragments may not: a caption repeats the words of the question that asks
    about its picture, and answers nothing.

    Args:
        hits: The passages, best first.
        query_vector: The question's, shape (dimension,), of length 1.
        collection: What the hits were found in.
    """
    found: list[Candidate] = []
    for hit in hits:
        if hit.passage.kind == "body":
            document = collection.documents[hit.passage.document_id]
            cosines = collection.passage_vectors(_number(hit.passage, collection)) @ query_vector
            found += _of_passage(hit, document, cosines)
    return found


def _number(passage: Passage, collection: Collection) -> int:
    for number in collection.passages_of(passage.document_id):
        if collection.passages[number].start == passage.start:
            return number
    raise ValueError(f"{passage.id}: the hit is not of this collection")


def _of_passage(hit: Hit, document: Document, cosines: NDArray[np.float32]) -> Iterator[Candidate]:
    passage = hit.passage
    folded = fold(passage.text)
    above = fold(f"{passage.title}\n{passage.heading}").lower()
    starts = [b.span.start for b in document.blocks if b.kind == "paragraph"]
    for span in passage.sentences:
        if span.end - span.start < LEAST_LENGTH:
            continue
        paragraph = max((s for s in starts if s <= span.start), default=passage.start)
        begin = max(paragraph, passage.start) - passage.start
        overlapping = [
            float(cosine)
            for group, cosine in zip(passage.groups, cosines, strict=True)
            if group.start < span.end and span.start < group.end
        ]
        yield Candidate(
            hit=hit,
            span=span,
            text=folded[span.start - passage.start : span.end - passage.start].lower(),
            before=folded[begin : span.start - passage.start].lower(),
            above=above,
            around=folded.lower(),
            year=document.published.year if document.published else None,
            cosine=max(overlapping),
        )


class Weights:
    """How telling words and pairs of characters are in a collection.

    Inverse document frequency over its passages, between 0 and 1: 1 for what no passage holds, and
    nearly 0 for what all hold.
    """

    def __init__(self, collection: Collection) -> None:
        self._lexical = collection.lexical
        self._most = np.log(2 + len(collection.passages))
        # Each sentence that is looked at needs the weights of the same question.
        self._of = lru_cache(_REMEMBERED)(self._weigh)

    def of(self, term: str) -> float:
        """The weight of a word, pair of characters, Latin word or number."""
        return self._of(term)

    def _weigh(self, term: str) -> float:
        return float(1 - np.log(1 + self.frequency(term)) / self._most)

    def of_term(self, term: Term) -> float:
        """The weight of a word of the question in any of its forms."""
        weight = min(self.of(form) for form in term.forms)
        return weight if term.is_noun and not term.is_genus else LESS * weight

    def frequency(self, term: str) -> int:
        """How many passages hold a term.

        A longer word that the index does not know as one is as rare as its rarest pair.
        """
        vocabulary, starts = self._lexical.vocabulary, self._lexical.passages.starts
        place = bisect_left(vocabulary, term)
        if place < len(vocabulary) and vocabulary[place] == term:
            return int(starts[place + 1] - starts[place])
        inside = [term[i : i + 2] for i in range(len(term) - 1)]
        return min(map(self.frequency, inside)) if len(inside) > 1 else 0


def pairs(text: str) -> list[str]:
    """The neighbouring characters of Chinese runs, two and two, and Latin words and numbers."""
    pieces = [(match[0], match.start(), match.end()) for match in _RUN.finditer(text)]
    found = [piece for piece, _, _ in pieces if len(piece) > 1]
    for (one, _, end), (other, start, _) in pairwise(pieces):
        if end == start and len(one) == len(other) == 1:
            found.append(one + other)
    return found


@lru_cache(_REMEMBERED)
def asked_pairs(bare: str) -> tuple[str, ...]:
    """The `pairs` of a question without its question words, each once."""
    return tuple(dict.fromkeys(pairs(bare)))


def holds(text: str, pair: str) -> bool:
    """Whether a folded text has one of `pairs`; the same as looking among its own, and quicker."""
    if not pair.isascii() and pair not in text:
        return False
    before = rf"(?<!{_LATIN})" if pair[0].isascii() else ""
    after = rf"(?!{_LATIN})" if pair[-1].isascii() else ""
    if not before and not after:
        return True
    return re.search(f"{before}{re.escape(pair)}{after}", text) is not None


def cover(
    question: Question, candidate: Candidate, weights: Weights, until: int
) -> tuple[float, float]:
    """The share of the question's pairs of characters, and of its words, that a sentence has.

    Both weighted by how telling they are, 0 to 1; 0 where the question has none. A name that the
    sentence says only after its figure is not what the figure is about:
    全市面积2617平方公里，下辖临颍、舞阳两县 does not give the area of 临颍.

    Args:
        question: What was asked.
        candidate: The sentence.
        weights: Of the collection.
        until: Where the clause of the asked figure ends in the sentence; its end where no figure
            was asked for.
    """
    head, tail = candidate.text[:until], candidate.text[until:]
    by_pairs = share(
        (weights.of(pair), float(holds(candidate.text, pair)))
        for pair in asked_pairs(question.bare)
    )
    by_words = share(
        (
            weights.of_term(term),
            0.0
            if term.is_noun and term.share_in(tail) > term.share_in(head)
            else candidate.meets(term),
        )
        for term in question.terms
    )
    return by_pairs, by_words


def share(weighed: Iterable[tuple[float, float]]) -> float:
    """The mean of (weight, value) pairs; 0 where there are none."""
    weight = total = 0.0
    for part, value in weighed:
        weight += part
        total += part * value
    return total / weight if weight else 0.0
