"""What a question asks for: of what kind, about what, of which period.

Rules over the folded text, so that both scripts of a question give the same result.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lhassist.answer.dates import Period, periods, without_periods
from lhassist.answer.kinds import ASKING, COUNTING, Kind, kind_of, measures_of
from lhassist.answer.numbers import Figure, Measure, figures
from lhassist.answer.words import forms_of, silent
from lhassist.errors import QuestionError
from lhassist.script import fold
from lhassist.terms import Analyzer

QUESTION_LIMIT = 2000
"""The longest question in characters: many times what a person types, and quick to refuse."""

# 漯河市长: the word is 市长, where a dictionary that knows 漯河市 would leave 长.
_OFFICE = re.compile(r"(?<=[一-鿿])(?=市[长委民花树鸟徽歌](?!期)|[县省]长(?!期)|[县省]委)")

_NAMES = ("n", "eng", "l", "i", "j", "vn", "s")
_DOINGS = ("v", "a", "z", "b", "t", "d")


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question.

    Attributes:
        forms: The word, folded, and what means the same.
        tag: Its part of speech, as `Analyzer.tagged` gives it.
    """

    forms: tuple[str, ...]
    tag: str

    @property
    def is_name(self) -> bool:
        """A noun or a name, and not what is done or how."""
        return self.tag == "" or self.tag.startswith(_NAMES)

    @property
    def is_place(self) -> bool:
        """The name of a place."""
        return self.tag == "ns"

    @property
    def text(self) -> str:
        """The word as it was asked."""
        return self.forms[0]

    def share_in(self, text: str) -> float:
        """How much of the word a folded text has: 1 for it or what means the same.

        A longer word may be met in part, as 总面积 by 面积: then it is the length of the longest
        common stretch of two characters or more, over the word's length.
        """
        if any(form in text for form in self.forms):
            return 1.0
        word = self.text
        for length in range(len(word) - 1, 1, -1):
            stretches = (word[i : i + length] for i in range(len(word) - length + 1))
            if any(stretch in text for stretch in stretches):
                return length / len(word)
        return 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Attributes:
        folded: Its text, folded and in half-width lower case.
        bare: The same without question words.
        measures: What its figure must measure; empty where any figure will do.
        terms: Its content words, in order, without question words, periods and figures.
        asked: The place in `terms` of what the figure is asked of, as 座席 in 有多少个座席.
        periods: The periods it names.
        figures: The figures it names, which its answer must be about.
    """

    folded: str
    bare: str
    kind: Kind
    measures: frozenset[Measure]
    terms: tuple[Term, ...]
    asked: int | None
    periods: tuple[Period, ...]
    figures: tuple[Figure, ...]


def checked(question: str) -> str:
    """The question without white space around it.

    Raises:
        QuestionError: It is empty, holds no letter or digit, or is longer than `QUESTION_LIMIT`.
    """
    stripped = question.strip()
    if not stripped:
        raise QuestionError(
            "the question is empty", hint="type a question, such as 四大文化有哪些？"
        )
    if len(stripped) > QUESTION_LIMIT:
        raise QuestionError(
            f"the question has {len(stripped):,} characters; the limit is {QUESTION_LIMIT:,}",
            hint="ask for one thing at a time",
        )
    if not any(c.isalnum() for c in stripped):
        raise QuestionError(
            "the question has no words", hint="type a question, such as 四大文化有哪些？"
        )
    return stripped


def read(question: str, analyzer: Analyzer) -> Question:
    """Reads what a question asks for."""
    folded = fold(unicodedata.normalize("NFKC", question)).lower()
    terms, asked = _terms(folded, analyzer)
    return Question(
        folded=folded,
        bare=ASKING.sub(" ", folded),
        kind=kind_of(folded),
        measures=measures_of(folded),
        terms=terms,
        asked=asked,
        periods=periods(folded),
        figures=tuple(f for f in figures(ASKING.sub(" ", without_periods(folded))) if _binds(f)),
    )


def _binds(figure: Figure) -> bool:
    """Whether an answer must have this figure too: 第二十一届, 12345, not the 四个 of 四个拉动."""
    return figure.measure != "count" or figure.value > 10


def _terms(folded: str, analyzer: Analyzer) -> tuple[tuple[Term, ...], int | None]:
    """The content words, and the place of the one nearest to the question word."""
    terms: list[Term] = []
    asked: int | None = None
    plain = _OFFICE.sub(" ", without_periods(folded))
    done = 0
    for match in ASKING.finditer(plain):
        terms += _content(plain[done : match.start()], analyzer)
        done = match.end()
        if asked is None and COUNTING.search(match[0]):
            asked = len(terms)
    terms += _content(plain[done:], analyzer)
    if asked is None or not terms:
        return tuple(terms), None
    if asked == len(terms):
        return tuple(terms), asked - 1
    while asked + 1 < len(terms) and terms[asked + 1].is_name:
        asked += 1
    return tuple(terms), asked


def _content(text: str, analyzer: Analyzer) -> list[Term]:
    return [
        Term(forms_of(word), tag)
        for word, tag in analyzer.tagged(text)
        if word not in silent()
        and (tag == "" or tag.startswith(_NAMES + _DOINGS))
        and any(c.isalpha() for c in word)
    ]
