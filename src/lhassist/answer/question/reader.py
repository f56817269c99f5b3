"""What a question asks for: of what kind, about what, of which period.

Rules over the folded text, so that both scripts of a question give the same result.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lhassist import gazetteer
from lhassist.answer.question.kinds import (
    ASKING,
    COUNTING,
    HOW_LARGE,
    NAMING,
    WHO_IS,
    Kind,
    date_units_of,
    kind_of,
    measures_of,
)
from lhassist.answer.question.mistyped import Mistyped
from lhassist.answer.question.names import Names
from lhassist.answer.question.words import Thing, forms_of, rejoined, silent, thing_of
from lhassist.errors import QuestionError
from lhassist.facts.dates import Period, periods, without_periods
from lhassist.facts.numbers import Figure, Measure, figures
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

QUESTION_LIMIT = 2000
"""The longest question in characters: many times what a person types, and quick to refuse."""

# The dictionary knows a county 和县, which 区和县 does not name; and it cuts 漯河市长 after 市.
_JOINED = re.compile(r"(?<=[区县市镇乡村])[和与](?=[区县市镇乡村])")
_OFFICE = re.compile(r"(?<=[一-鿿])(?=市[长委民花树鸟徽歌](?!期)|[县省]长(?!期)|[县省]委)")

UNRELATED = (0.8238, 0.0199)
"""What `Retriever.unrelated` gives for the bundled model."""

_LONGEST_IN_PART = 8
"""Characters of a word that may be met in part: Chinese words are short, and trying costs their
square."""

_CALLED = re.compile("(?:叫[做作]?|名字)$")
_NAME_ASKED = re.compile("(?:叫[做作]?|名字[是叫]?)什么")
_NO_ONE_PLACE = frozenset(("外国", "国外", "海外"))
_LEVELS = "省市县区镇乡"
_LONG = 2

_NOUNS = ("n", "eng", "l", "i", "j", "vn", "s", "f", "zg")
_DOINGS = ("v", "a", "z", "b", "t", "d", "r")
# 2024上半年 and 2024 GDP leave the 年 out.
_BARE_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?=\s*(?:上半年|下半年|全年|第?[一二三四]季度|gdp|[?？]|$))"
)
_ENGLISH_YEAR = re.compile(r"(?:(first|second) half of )?(?:\bin |\bof )?\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question.

    Attributes:
        forms: The word, folded, and what means the same.
        tag: Its part of speech, as `Analyzer.tagged` gives it.
        name: Of which kind it is in the gazetteer; None where it is no local name.
        longer: Names that the word is a part of, in which it does not count: a sentence about
            许慎文化园 is not one about 许慎, nor has 《说文解字》 the word 字.
        is_genus: Of what kind the asked thing is, as 镇 in 在哪个镇: a name may answer without it.
    """

    forms: tuple[str, ...]
    tag: str
    name: gazetteer.Kind | None = None
    is_genus: bool = False
    longer: tuple[str, ...] = ()

    @property
    def is_noun(self) -> bool:
        """A noun or a name, and not what is done or how."""
        return self.name is not None or self.tag == "" or self.tag.startswith(_NOUNS)

    @property
    def is_place(self) -> bool:
        """The name of a place."""
        return self.name == "place" or (
            self.name is None
            and self.tag == "ns"
            and len(self.text) > 1
            and self.text not in _NO_ONE_PLACE
        )

    @property
    def is_person(self) -> bool:
        """The name of a person, so far as the gazetteer or a dictionary of surnames tells."""
        return self.name == "person" or (self.name is None and self.tag.startswith("nr"))

    @property
    def text(self) -> str:
        """The word as it was asked."""
        return self.forms[0]

    def share_in(self, text: str) -> float:
        """How much of the word a folded text has: 1 for it or what means the same.

        A longer word may be met in part, as 总面积 by 面积: then it is the length of the longest
        common stretch of two characters or more, over the word's length.
        """
        for name in self.longer:
            text = text.replace(name, " ")
        if any(form in text for form in self.forms):
            return 1.0
        word = self.text
        if len(word) > _LONGEST_IN_PART:
            return 0.0
        for length in range(len(word) - 1, 1, -1):
            stretches = (word[i : i + length] for i in range(len(word) - length + 1))
            if any(stretch in text for stretch in stretches):
                return length / len(word)
        return 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Attributes:
        text: As it was asked.
        folded: Folded, in half-width lower case, names in Pinyin spelled in characters.
        searched: What to search for: the same, but for a foreign question, of which characters
            would leave the search with a name alone.
        bare: The same without question words.
        is_foreign: Not asked in Chinese; its words say nothing then, but for local names.
        measures: What its figure must measure; empty where any figure will do.
        units: What its date must be given in (年 in 哪一年); empty where any will do.
        terms: Its content words, in order, without question words, periods and figures.
        asked: The place in `terms` of what the figure is asked of, as 座席 in 有多少个座席.
        periods: The periods it names.
        figures: The figures it names, which its answer must be about.
        thing: What the asked thing is, where that can be seen by a name.
    """

    text: str
    folded: str
    searched: str
    bare: str
    is_foreign: bool
    kind: Kind
    measures: frozenset[Measure]
    units: frozenset[str]
    terms: tuple[Term, ...]
    asked: int | None
    periods: tuple[Period, ...]
    figures: tuple[Figure, ...]
    thing: Thing | None


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


class Reader:
    """Reads questions about one collection.

    Args:
        names: The collection's gazetteer.
        analyzer: Made with the same.
        unrelated: Mean and standard deviation of the cosine of unrelated texts, as the embedding
            model has it; that of the bundled one where it is left out.
    """

    def __init__(
        self,
        names: Names,
        analyzer: Analyzer,
        unrelated: tuple[float, float] = UNRELATED,
    ) -> None:
        self.names = names
        self.analyzer = analyzer
        self._unrelated = unrelated
        self._mistyped = Mistyped(names.all, analyzer)

    def nearness(self, cosine: float) -> float:
        """A cosine in standard deviations above that of unrelated texts.

        So that a model which finds everything alike needs no other weights.
        """
        mean, spread = self._unrelated
        return (cosine - mean) / spread

    def mended(self, question: str) -> str:
        """The question with its local names as they are written, where a character is mistaken."""
        return self._mistyped.mended(question)

    def read(self, question: str) -> Question:
        """Reads what a question asks for."""
        written = fold(unicodedata.normalize("NFKC", question)).lower()
        folded = self.names.spelled(written)
        is_foreign = _is_foreign(folded)
        dated = _ENGLISH_YEAR.sub(_chinese_year, folded) if is_foreign else folded
        dated = _BARE_YEAR.sub(r"\1年", dated)
        plain = ASKING.sub(" ", without_periods(dated))
        terms, asked = self._terms(without_periods(dated))
        kind = kind_of(folded)
        if terms and terms[-1].is_person and WHO_IS.search(folded):
            kind = "what"
        if kind == "what" and terms and _NAME_ASKED.search(folded):
            kind = "person" if thing_of(terms[-1].text) == "person" else kind
        measures = measures_of(folded)
        if HOW_LARGE.search(folded) and all(term.is_place for term in terms):
            measures = frozenset({"area"})
        return Question(
            text=question,
            folded=folded,
            searched=written if is_foreign else folded,
            bare=ASKING.sub(" ", folded),
            is_foreign=is_foreign,
            kind=kind,
            measures=measures,
            units=date_units_of(folded),
            terms=terms,
            asked=asked,
            periods=periods(dated),
            figures=tuple(figure for figure in figures(plain) if _binds(figure)),
            thing=_thing(kind, terms),
        )

    def _terms(self, text: str) -> tuple[tuple[Term, ...], int | None]:
        """The content words, and the place of the one nearest to a question word that counts."""
        terms: list[Term] = []
        asked: int | None = None
        plain = _JOINED.sub(" ", _OFFICE.sub(" ", text))
        done = 0
        after_naming = False
        for match in (*ASKING.finditer(plain), None):
            part = plain[done : match.start() if match else None]
            content = self._content(part, begins_with_genus=after_naming)
            if match and "什么" in match[0] and _CALLED.search(part):
                content = _with_genus_last(content)
            terms += content
            if match is None:
                break
            done = match.end()
            after_naming = NAMING.search(match[0]) is not None
            if asked is None and COUNTING.search(match[0]):
                asked = len(terms)
        if asked is None or not terms:
            return tuple(terms), None
        if asked == len(terms):
            return tuple(terms), asked - 1
        while asked + 1 < len(terms) and terms[asked + 1].is_noun:
            asked += 1
        return tuple(terms), asked

    def _content(self, text: str, *, begins_with_genus: bool) -> list[Term]:
        terms: list[Term] = []
        is_genus = begins_with_genus
        for word, tag in rejoined(self.analyzer.tagged(text)):
            entry = self.names.entry(word)
            says = tag == "" or tag.startswith(_NOUNS + _DOINGS)
            if entry or (says and word not in silent() and any(c.isalpha() for c in word)):
                forms = self.names.forms(word) if entry else forms_of(word)
                if not entry and tag == "ns" and len(word) > _LONG and word[-1] in _LEVELS:
                    forms += (word[:-1],)  # 许昌市 is met by 许昌.
                term = Term(forms, tag, entry.kind if entry else None)
                # 考古发现名单 in 哪些考古发现名单; it ends at a verb or name.
                is_genus = is_genus and term.is_noun and not entry
                # 舞阳县 is one of the 县 that 哪个县 asks for, and no other name that has the word.
                is_part = not is_genus and (entry is not None or len(word) == 1)
                longer = self.names.longer(word) if is_part else ()
                terms.append(replace(term, is_genus=is_genus, longer=longer))
        return terms


def _with_genus_last(terms: list[Term]) -> list[Term]:
    """The words of 许慎写的那部字书叫, of which the last only says what the thing is."""
    if not terms or terms[-1].name or not thing_of(terms[-1].text):
        return terms
    return [*terms[:-1], replace(terms[-1], is_genus=True)]


def _thing(kind: Kind, terms: Sequence[Term]) -> Thing | None:
    if kind not in ("what", "list"):
        return None
    found = (thing_of(term.text) for term in reversed(terms) if term.is_genus)
    return next(filter(None, found), None)


def _is_foreign(text: str) -> bool:
    """Whether mostly in Latin letters; GDP or Python may stand in a Chinese question."""
    return sum("a" <= c <= "z" for c in text) > 3 * sum(map(is_chinese, text))


def _chinese_year(match: re.Match[str]) -> str:
    halves = {"first": "上半年", "second": "下半年"}
    return f" {match[2]}年{halves.get(match[1], '')} "


def _binds(figure: Figure) -> bool:
    """Whether an answer must have this figure too: 第二十一届, 12345, not the 四个 of 四个拉动."""
    return figure.measure != "count" or figure.value > 10
