"""What a question must be answered about: a count in a place, somebody's deed.

漯河有几所大学 is not answered by three that work there, nor 岳飞来过漯河吗 by what others did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lhassist.answer.question import Question, Term
from lhassist.answer.weighing.candidates import NAMED
from lhassist.answer.weighing.ranking import Scored
from lhassist.facts.numbers import figures

_COUNTS_IN = re.compile("有(?:多少|几)[个所家座条处间支]?(?=[一-鿿])")
_OF_THE_PLACE = re.compile("[全我本该][市县区省]|市[级内区域]|辖|境内|当地|这里|[共现]有|分为")

_BETWEEN = 3


def counted_there(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The sentences that count the thing in the place, if nothing else is asked.

    A sentence must have the thing behind a figure, and name the place or say that it speaks of all
    of it: a collection about a city counts much that is elsewhere.

    Args:
        question: As a reader read it.
        ranked: The sentences that answer it.
    """
    places = [term for term in question.terms if term.is_place]
    is_plain = len(question.terms) == len(places) + 1
    if not (places and is_plain and _COUNTS_IN.search(question.folded)):
        return ranked
    counted = next(term for term in question.terms if not term.is_place)
    return [
        one
        for one in ranked
        if _is_counted(counted, one.candidate.text)
        and (
            _OF_THE_PLACE.search(one.candidate.text)
            or any(place.share_in(one.candidate.text) == 1 for place in places)
        )
    ]


def about_the_person(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The sentences that name the people of whom a question asks whether they did something.

    Args:
        question: As a reader read it.
        ranked: The sentences that answer it.
    """
    people = [term for term in question.terms if term.is_person]
    if question.kind != "whether" or not people:
        return ranked
    return [one for one in ranked if all(one.candidate.meets(person) >= NAMED for person in people)]


def _is_counted(thing: Term, text: str) -> bool:
    forms = "|".join(map(re.escape, thing.forms))
    between = _BETWEEN if len(thing.text) > 1 else 0  # 三个区, and not 1992年办特区.
    return any(
        re.match(f"[^，。；：、”」“「]{{0,{between}}}?(?:{forms})", text[figure.end :])
        for figure in figures(text)
    )
