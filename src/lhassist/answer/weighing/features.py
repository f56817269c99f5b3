"""What speaks for a sentence as an answer, and what against it, as numbers.

The same for every collection and either script; `confidence` weighs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from lhassist.answer.question import Question, Reader, Term
from lhassist.answer.question.kinds import VALUE_KINDS, asks_meaning
from lhassist.answer.question.words import Thing, thing_of
from lhassist.answer.weighing import dated, fit, sought
from lhassist.answer.weighing.candidates import Candidate, Weights, cover, share
from lhassist.answer.weighing.enumeration import items, wanted_items
from lhassist.answer.weighing.things import names_thing

_MOST_WORDS = 6

SIGNS = (
    "nearness",
    "pairs",
    "words",
    "words in sentence",
    "words in passage",
    "unmet",
    "most telling unmet",
    "length of question",
    "is value",
    "whole year",
    "items",
    "members",
    "meaning",
    "location",
    "predicate",
    "thing",
    "whole scope",
)
"""`nearness`: cosine, in standard deviations above that of unrelated texts. `pairs` and `words`:
shares of the question, weighted by how telling they are; `in sentence` without headings and the
paragraph before, `in passage` as retrieval counts them. `unmet`: the weight of all
words that are not met, and of the one noun that tells most. `length of question` in words, up to
six, as a share of that. `is value`: one thing is asked for. The last eight: the sentence is of the
whole year asked for, has the number of items asked for or members of their kind, says what
something is or where, has what is asked about with 吗, names a thing of the kind asked for, gives
the country's or the province's figure that is asked for."""

MISFITS: tuple[str, ...] = get_args(fit.Misfit)
NAMES = (*SIGNS, *MISFITS)


@dataclass(frozen=True, slots=True)
class Features:
    """The numbers of one sentence.

    Attributes:
        values: In the order of `NAMES`; of a misfit 1 or 0.
        words: The share of the question's words that it meets, 0 to 1.
        said: What the sentence itself has of each word of the question, times the word's weight.
    """

    values: tuple[float, ...]
    words: float
    said: tuple[float, ...]

    @property
    def misfits(self) -> frozenset[str]:
        """The rules that the sentence breaks."""
        broken = self.values[len(SIGNS) :]
        return frozenset(name for name, value in zip(MISFITS, broken, strict=True) if value)

    @property
    def is_barred(self) -> bool:
        """Whether one of them is a rule that nothing makes up for."""
        return not self.misfits.isdisjoint(fit.VETOES)


def features(
    question: Question, candidate: Candidate, weights: Weights, reader: Reader
) -> Features | None:
    """Looks at a sentence with a question in mind; None of one that is no answer to anything.

    Args:
        question: As `reader` read it.
        candidate: A sentence of a retrieved passage.
        weights: Of the collection.
        reader: Reads questions about it.
    """
    if not fit.can_answer(question, candidate):
        return None
    misfits = fit.misfits(question, candidate, weights, reader)
    said, signs = _signs(question, candidate, weights, reader, misfits)
    values = (*map(signs.__getitem__, SIGNS), *(float(name in misfits) for name in MISFITS))
    return Features(values, signs["words"], said)


def _signs(
    question: Question,
    candidate: Candidate,
    weights: Weights,
    reader: Reader,
    misfits: frozenset[str],
) -> tuple[tuple[float, ...], Mapping[str, float]]:
    text, terms = candidate.text, question.terms
    names_one = names_thing(question, text, reader)
    to_meet = _to_meet(question, question.thing if names_one else None, misfits)
    is_value = question.kind in VALUE_KINDS
    clauses = sought.value_clauses(question, text) if is_value else []
    by_pairs, by_words = cover(
        replace(question, terms=to_meet),
        candidate,
        weights,
        clauses[-1].end if clauses else len(text),
    )
    telling = [weights.of_term(term) for term in terms]
    shares = [term.share_in(text) for term in terms]
    unmet = [weights.of_term(term) * (1 - candidate.meets(term)) for term in to_meet]
    in_sentence = share(zip(telling, shares, strict=True))
    wanted = wanted_items(question)
    said = tuple(weight * share for weight, share in zip(telling, shares, strict=True))
    return said, {
        "nearness": reader.nearness(candidate.cosine),
        "pairs": by_pairs,
        "words": by_words,
        "words in sentence": in_sentence,
        "words in passage": candidate.hit.lexical or 0.0,
        "unmet": sum(unmet),
        "most telling unmet": max(
            (lack for lack, term in zip(unmet, to_meet, strict=True) if term.is_noun), default=0.0
        ),
        "length of question": min(len(terms), _MOST_WORDS) / _MOST_WORDS,
        "is value": float(is_value),
        "whole year": float(dated.is_whole_year(question, candidate)),
        "items": float(bool(wanted) and items(text) >= wanted),
        "members": float(question.kind == "list" and fit.lists_kind(question, text)),
        "meaning": float(asks_meaning(question.folded) and fit.explains(question, text)),
        "location": float(fit.locates(question, text)),
        "thing": float(names_one),
        "whole scope": float(bool(clauses) and fit.gives_for_scope(question, text, clauses)),
        "predicate": shares[-1] if terms and question.kind == "whether" else 0.0,
    }


def _to_meet(question: Question, named: Thing | None, misfits: frozenset[str]) -> tuple[Term, ...]:
    """The words that a sentence must meet: one that names a person or a book need not say so.

    Args:
        question: What is asked.
        named: What the sentence names of what is asked for.
        misfits: The rules that the sentence breaks.
    """
    if question.kind == "person" and "no person" not in misfits:
        named = "person"
    left = (term for term in question.terms if not (term.is_genus and thing_of(term.text) == named))
    return question.terms if named is None else tuple(left) or question.terms
