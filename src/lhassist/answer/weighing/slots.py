"""What stands in a sentence where the question has its question word: 紫薇 in 市花是紫薇."""

from __future__ import annotations

import re

from lhassist.answer.question import Question, Reader, Term
from lhassist.answer.question.kinds import ASKING
from lhassist.schema import Span

_IS = "(?:就|则|只|应该|一直|据说|现在)?(?:是|为|叫作|叫做|叫|称作|名为)"
_CALLING = re.compile("[古旧又俗别简原曾]称|别名|又名|俗名|原名|名叫|名为|叫作|叫做")
"""Words that a name follows as it is: 古称石浦."""
_TOLD_ASIDE = "(?:[，,][^，。；]{1,8}?(?:说|称)?)?"
_FILLER = "(?P<filler>[^，。；：！？（(]{2,20})"
_LIST_MARKS = "、和与及"
_LEAST_TERMS = 2
_GIVEN_NAME = 2


def filler(question: Question, text: str, reader: Reader) -> Span | None:
    """The words of a folded sentence that fill the question's blank; None where none do.

    市花是什么 is filled by what follows 市花是; 最长的河是哪条 also by what stands before
    是…最长的河; 起源于哪个镇 by what follows 起源于; a question for a person by the people named.

    Args:
        question: For a person, a place or a thing.
        text: The sentence.
        reader: Knows the names.
    """
    if question.kind == "person":
        return people_in(text, reader)
    asking = list(ASKING.finditer(question.folded))
    terms = [term for term in question.terms if not term.is_genus]
    if not asking or len(terms) < _LEAST_TERMS:
        return None
    before = question.folded[: asking[-1].start()]
    asked = max(terms, key=lambda term: before.rfind(term.text))
    if asked.name or asked.is_place:
        return None
    match = _after(terms, asked, text) or _ahead(terms, asked, text)
    if match is None or ASKING.search(match["filler"]):
        return None
    return Span(*match.span("filler"))


def people_in(text: str, reader: Reader) -> Span | None:
    """The people that a folded text names, from the first to the last of one list of names."""
    names: list[tuple[int, int]] = []
    place, surname = 0, -1
    for word, tag in reader.analyzer.tagged(text):
        at = text.find(word, place)
        if at < 0:
            continue
        place = at + len(word)
        entry = reader.names.entry(word)
        is_person = entry.kind == "person" if entry else tag.startswith("nr") and len(word) > 1
        if surname == at and len(word) <= _GIVEN_NAME and word.isalpha():
            is_person, at = True, at - 1  # The dictionary has 陈 and 远山, and no 陈远山.
        surname = place if tag == "nr" and len(word) == 1 else -1
        if not is_person:
            continue
        if names and text[names[-1][1] : at].strip(_LIST_MARKS):
            break
        names.append((at, place))
    return Span(names[0][0], names[-1][1]) if names else None


def _after(terms: list[Term], asked: Term, text: str) -> re.Match[str] | None:
    forms = "|".join(map(re.escape, asked.forms))
    locating = "" if asked.text[-1] in "于在自至到" else "[于在自至到]"
    bare = "|" if _CALLING.fullmatch(asked.text) else ""
    pattern = rf"(?:{forms})(?:的名[字称])?(?:{_TOLD_ASIDE}{_IS}|{locating}{bare}){_FILLER}"
    match = re.search(pattern, text)
    return match if match and _says_all(terms, text[: match.start("filler")]) else None


def _ahead(terms: list[Term], asked: Term, text: str) -> re.Match[str] | None:
    forms = "|".join(map(re.escape, asked.forms))
    lazy = _FILLER.replace("}", "}?")
    pattern = rf"(?:^|[，。；：]){lazy}{_IS}(?P<rest>[^，。；：]*(?:{forms}))(?=[，。；]|$)"
    found = re.finditer(pattern, text)
    return next((match for match in found if _says_all(terms, match["rest"])), None)


def _says_all(terms: list[Term], text: str) -> bool:
    """Whether a text says the words of a question that are no names: 最长 of 最长的河."""
    return all(term.share_in(text) == 1 for term in terms if not term.name and not term.is_place)
