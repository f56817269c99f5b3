"""Whether a sentence names a thing of the kind that is asked for: a work in 《》, a company."""

from __future__ import annotations

import re
from itertools import chain

from lhassist.answer.question import Question, Reader

_WORK = re.compile("《([^《》]{1,40})》")
_COMPANY = re.compile(
    "[一-鿿a-z0-9]{2,8}?(?:公司|集团|银行|航空|企业|控股|实业|股份|电视台|出版社|厂)"
)


def names_thing(question: Question, text: str, reader: Reader) -> bool:
    """Whether a folded sentence names one that the question does not.

    Args:
        question: Asks for a thing of a kind (`Question.thing`), or for something else.
        text: The sentence.
        reader: Knows the names of companies.
    """
    if question.thing == "work":
        return any(title not in question.folded for title in _WORK.findall(text))
    if question.thing == "company":
        named = chain(reader.names.companies(text), (m[0] for m in _COMPANY.finditer(text)))
        asked = {form for term in question.terms for form in term.forms}
        return any(name not in asked and name not in question.folded for name in named)
    return False
