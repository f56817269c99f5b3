"""What keeps a sentence from answering a question, however near it sounds.

Nearness cannot tell last year's figure from this year's, or one city's from another's. These rules
can. How much a broken one counts is learned (`confidence`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lhassist.answer.question import Question, Reader, Term
from lhassist.answer.question.kinds import VALUE_KINDS, WHO_IS, priced_by, unit_asked
from lhassist.answer.weighing.candidates import ABOVE, NAMED, Candidate, Weights
from lhassist.answer.weighing.dated import value_periods
from lhassist.answer.weighing.sought import COMPARES, near, value_clauses
from lhassist.answer.weighing.things import names_thing
from lhassist.facts.dates import periods
from lhassist.facts.numbers import Figure, Measure, figures
from lhassist.schema import Span

_LIST_ITEM_END = re.compile("[，。；、！？]")
_ASKS = re.compile(r"[？?][」』”’）]*$")
_IT = re.compile("(?:^|[，；：])(?:它|该|这[座项个家条])")
_LOCATED = (
    "(?:[^，。]{0,4}(?:在|位于|坐落|地处)[^，。]{0,20}?[一-鿿]{2}[省市县区镇乡村路街]"
    "|是[^，。]{0,4}省|[东南西北]邻)"
)
_AVERAGED = re.compile("(?:人均|户均|年均|月均|日均|平均)")
_FOREMOST = re.compile("首[任位次支批]|之[首冠]|居首|冠军|最[大多高长早]")
"""How an article may say 第一 without a measure word: 首任校长, 人口之冠."""
_SCOPE = re.compile("全国|全省|全球|世界")
_NO_SCOPE = re.compile(
    "(占|在|居|名列|属|是)(全国|全省|全球|世界)|(全国|全省|全球|世界).{0,4}(第几|排|位次)"
)
_WHOLE_PLACE = re.compile("全[市县区省镇村]")
_PLACE = r"[省市县区镇乡村街路河山湖园馆校院岛]|北岸|南岸|中心|大厦|广场|社区"
_LEVEL = re.compile(r"哪一?[个座条]?([县区镇乡村路街河])")
_TITLED = re.compile(r"[一-鿿]{2,3}(先生|女士|教授|院士|协会|公司|集团)|[一-鿿]{1,5}·[一-鿿]")
_OFFICE = re.compile("[一-鿿]{2,3}(委员会|政府|[^当结格布战全大]局)")

Misfit = Literal[
    "period", "undated", "ordinal", "figure", "other figure", "name", "place", "owner", "vague",
    "deed", "no person", "no place", "no date", "no figure", "scope", "beside", "elsewhere",
    "unit", "no thing",
]  # fmt: skip
"""Rules that a sentence can break. `period`: it is of another one; `undated`: nothing says of
which; `ordinal`, `figure`, `place`: one that the question names is not there; `name`: the same of a
local name; `other figure`: the rate or sum that the question names is another one there; `owner`:
its figure is somebody else's; `vague`: the question names nothing but the city; `deed`: what
somebody did is not there; `no …`: nothing of the asked kind; `scope`: the city's figure for the
country's; `beside`: the figure is not of what it is asked of; `elsewhere`: its date is of something
else; `unit`: no figure is in the unit that is asked for; `no thing`: no work is named where one is
asked for."""

VETOES: frozenset[Misfit] = frozenset(
    ("period", "undated", "ordinal", "other figure", "name", "owner", "vague", "scope", "unit")
)
"""Rules that sentences which answer hardly ever break (`docs/answers.md`), and that are the
difference between an answer and a near miss: nothing makes up for them."""


_TELLING = 0.25
_RATES: frozenset[Measure] = frozenset(("share", "money"))
_OF_PLACES: frozenset[Measure] = frozenset(("area", "people"))
_SEVERAL = 2


def can_answer(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence may answer at all: it asks nothing itself, and no quote does a task."""
    return question.kind != "task" and not _ASKS.search(candidate.text)


def misfits(
    question: Question, candidate: Candidate, weights: Weights, reader: Reader
) -> frozenset[Misfit]:
    """What keeps a sentence from answering, by the name of the rule that it breaks."""
    return frozenset(
        (
            *_period_misfits(question, candidate),
            *_figure_misfits(question, candidate),
            *_name_misfits(question, candidate, weights),
            *_owner_misfits(question, candidate, weights, reader),
            *_kind_misfits(question, candidate, weights, reader),
        )
    )


def explains(question: Question, text: str) -> bool:
    """Whether a folded sentence says what a word of the question is or is called."""
    forms = "|".join(re.escape(form) for term in question.terms for form in term.forms)
    return bool(forms) and (
        re.search(
            rf"({forms})[」』”’》]*，?(就?是|指|即|也就是)|(叫|叫作|称为|称作)[“「]?({forms})", text
        )
        is not None
    )


def lists_kind(question: Question, text: str) -> bool:
    """Whether a folded sentence names the kind of thing asked for, or several things of it.

    沙河、澧河、颍河 are of the kind 河流, though the word is not there.
    """
    kinds = [term for term in question.terms if term.is_genus]
    if any(term.share_in(text) == 1 for term in kinds):
        return True
    ends = [item[-1] for item in _LIST_ITEM_END.split(text)[:-1] if item]
    return any(ends.count(c) >= _SEVERAL for term in kinds for c in term.text)


def locates(question: Question, text: str) -> bool:
    """Whether a folded sentence says where something is, if that is asked."""
    forms = "|".join(re.escape(form) for term in question.terms for form in term.forms)
    return bool(forms) and (
        question.kind == "place" and re.search(rf"({forms}){_LOCATED}", text) is not None
    )


def _period_misfits(question: Question, candidate: Candidate) -> Iterator[Misfit]:
    if not question.periods:
        return
    held = value_periods(question, candidate)
    met = [any(period.answers(asked) for period in held) for asked in question.periods]
    if not (all(met) if COMPARES.search(question.folded) else any(met)):
        named = periods(candidate.text, candidate.year) or periods(candidate.before, candidate.year)
        yield "period" if named else "undated"


def _figure_misfits(question: Question, candidate: Candidate) -> Iterator[Misfit]:
    """第二十一届 is not answered by the sixteenth, nor 增长8.7% by 7.8%."""
    if not question.figures:
        return
    near = (candidate.above, candidate.before, candidate.text)
    known = "\n".join(near if question.kind in VALUE_KINDS else (candidate.above, candidate.around))
    held = {(figure.value, figure.measure == "rank") for figure in figures(known)}
    own = {figure.measure for figure in figures(candidate.text)}
    for figure in question.figures:
        if (figure.value, figure.measure == "rank") not in held:
            if figure.measure == "rank":
                if not _says_first(figure, candidate.text):
                    yield "ordinal"
            else:
                yield "other figure" if own & {figure.measure} & _RATES else "figure"


def _says_first(figure: Figure, text: str) -> bool:
    """Whether a text says a rank in other words: 第一届 as 首届, 第一大港 as 最大的港."""
    if figure.value != 1:
        return False
    return f"首{figure.unit}" in text if figure.unit else _FOREMOST.search(text) is not None


def _name_misfits(question: Question, candidate: Candidate, weights: Weights) -> Iterator[Misfit]:
    """Another place's or company's figure is no answer, though the passage may name both.

    What most articles are about (漯河) needs no naming.
    """
    for term in question.terms:
        if not (term.is_place or term.name) or not _tells(term, weights):
            continue
        if candidate.meets(term) < (ABOVE if term.is_place else NAMED):
            yield "name" if term.name else "place"


def _owner_misfits(
    question: Question, candidate: Candidate, weights: Weights, reader: Reader
) -> Iterator[Misfit]:
    """Whose figure it is: the sentence says so, or it is the first name of the headline.

    小商桥's length, under a headline that goes on to 赵州桥, is not 赵州桥's; and an area of a site
    in 舞阳 is not the county's.
    """
    if question.kind != "number":
        return
    owners = [t for t in question.terms if (t.name or t.is_place) and _tells(t, weights)]
    if not owners or any(owner.share_in(candidate.text) for owner in owners):
        return
    owner = owners[-1]
    if owner.share_in(_sentence_before(candidate)) and not _named(candidate.text, owner, reader):
        return  # 贾湖遗址博物馆试开馆。馆舍占地145亩: what was just named goes on.
    if owner.is_place and question.measures & _OF_PLACES:
        if _WHOLE_PLACE.search(candidate.text) is None:
            yield "owner"
        return
    first = reader.names.first(candidate.above, owner.name)
    if first and first not in owner.forms and owner.share_in(candidate.above) == 1:
        yield "owner"


def _sentence_before(candidate: Candidate) -> str:
    return re.split("[。！？]", candidate.before.rstrip("。！？」』”’ "))[-1]


def _named(text: str, owner: Term, reader: Reader) -> bool:
    """Whether a folded text names anything of the kind that an owner is of."""
    return bool(reader.names.first(text, owner.name))


def _is_about_the_city_alone(question: Question, weights: Weights) -> bool:
    """Whether a foreign question for one thing gives no hold but what most articles are about.

    Its other words meet nothing, so any of the city's figures would fit it.
    """
    named = [term for term in question.terms if term.name]
    return (
        question.is_foreign
        and question.kind in VALUE_KINDS
        and bool(named)
        and not question.periods
        and not any(_tells(term, weights) for term in named)
    )


def _is_done(term: Term) -> bool:
    """Whether a word is a deed; verbs of one character say too little."""
    return term.tag.startswith("v") and len(term.text) > 1


def _tells(term: Term, weights: Weights) -> bool:
    """Whether a word is said by few enough articles to be what the question is about."""
    return weights.of_term(term) >= _TELLING


def _kind_misfits(
    question: Question, candidate: Candidate, weights: Weights, reader: Reader
) -> Iterator[Misfit]:
    text = candidate.text
    # A question that names the city alone is met by every sentence.
    is_vague = all(term.is_place and not _tells(term, weights) for term in question.terms)
    if _is_about_the_city_alone(question, weights):
        yield "vague"
    if question.kind == "person":
        done = [t for t in question.terms if _is_done(t) and _tells(t, weights)]
        if is_vague:
            yield "vague"
        if not all(term.share_in(text) for term in done):
            yield "deed"
        if not _names_someone(question, text, reader):
            yield "no person"
    if question.kind == "place" and not locates(question, text):
        level = _LEVEL.search(question.folded)
        if is_vague:
            yield "vague"
        if re.search(rf"[一-鿿]{{2}}{level[1]}" if level else _PLACE, text) is None:
            yield "no place"
    if question.thing == "work" and not names_thing(question, text, reader):
        yield "no thing"
    if question.kind in ("number", "rank", "date"):
        if is_vague and not question.measures:
            yield "vague"
        yield from _value_misfits(question, candidate, weights)


def _value_misfits(question: Question, candidate: Candidate, weights: Weights) -> Iterator[Misfit]:
    clauses = value_clauses(question, candidate.text)
    if not clauses:
        yield "no date" if question.kind == "date" else "no figure"
        if unit_asked(question.folded) or priced_by(question.folded):
            yield "unit"
        return
    # The country's figure is not the city's.
    if _scope(question) and not gives_for_scope(question, candidate.text, clauses):
        yield "scope"
    if not _asked_beside(question, candidate, clauses):
        yield "beside"
    if question.kind == "date" and not _happens_there(question, candidate, clauses, weights):
        yield "elsewhere"


def _happens_there(
    question: Question, candidate: Candidate, clauses: list[Span], weights: Weights
) -> bool:
    """A date stands beside something of what is asked, and not only in the same sentence.

    What the headline names need not be named again: then what is done stands beside the date.
    """
    text = candidate.text
    telling = [term for term in question.terms if _tells(term, weights)]
    if question.is_foreign:
        telling = [term for term in telling if term.name]
    elif telling and all(term.name and candidate.meets(term) >= ABOVE for term in telling):
        telling = list(question.terms)
    parts = near(text, clauses)
    if any(_IT.search(part) for part in parts):
        # 它始于明万历年间 is about what was spoken of before.
        return all(candidate.meets(term) >= NAMED for term in telling)
    return not telling or any(term.share_in(part) for term in telling for part in parts)


def gives_for_scope(question: Question, text: str, clauses: list[Span]) -> bool:
    """Whether the country's figure is asked for, say, and a clause with a figure names the country.

    Args:
        question: What is asked.
        text: A folded sentence.
        clauses: Of it, those with a figure of the asked kind.
    """
    scope = _scope(question)
    return bool(scope) and any(scope in text[clause.start : clause.end] for clause in clauses)


def _scope(question: Question) -> str:
    """全国 where the country's figure is asked for, and not the city's place in it."""
    scope = _SCOPE.search(question.folded)
    if question.kind != "number" or not scope or _NO_SCOPE.search(question.folded):
        return ""
    return scope[0]


def _asked_beside(question: Question, candidate: Candidate, clauses: list[Span]) -> bool:
    """What the figure is asked of is known, and stands in the figure's clause or the one before."""
    if question.asked is None or question.kind != "number" or question.is_foreign:
        return True
    asked, text = question.terms[question.asked], candidate.text
    if candidate.meets(asked) < NAMED:
        return False
    if asked.text == "钱":
        # A price, or a sum that something cost or brought: the clause must say so.
        doings = [term for term in question.terms if not term.is_noun]
        return any(term.share_in(p) == 1 for p in near(text, clauses) for term in (asked, *doings))
    if asked.share_in(text) < 1:
        return True
    if not _AVERAGED.search(question.folded):
        averaged = rf"{_AVERAGED.pattern}({'|'.join(map(re.escape, asked.forms))})"
        if asked.share_in(re.sub(averaged, " ", text)) < 1:
            return False
    return any(asked.share_in(part) == 1 for part in near(text, clauses))


def _names_someone(question: Question, text: str, reader: Reader) -> bool:
    """Whether a folded sentence names a person or company that the question does not.

    Who fills a role is named beside it: 市长 and a name in one sentence of 市长信箱 are not enough.
    An office does things (由谁管理), and is nobody where it is asked who one is (局长是谁).
    """
    asked = {form for term in question.terms for form in term.forms}
    roles = [term for term in question.terms if term.tag == "n" and not term.name]
    pieces = [
        piece
        for piece in _LIST_ITEM_END.split(text)
        if not roles or any(role.share_in(piece) == 1 for role in roles)
    ]
    return any(
        _TITLED.search(piece) is not None
        or (not WHO_IS.search(question.folded) and _OFFICE.search(piece) is not None)
        or bool(reader.names.people_and_companies(piece) - asked)
        or any(
            tag.startswith("nr") and len(word) > 1 and word not in asked
            for word, tag in reader.analyzer.tagged(piece)
        )
        for piece in pieces or [text]
    )
