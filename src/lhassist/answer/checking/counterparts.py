"""Names that a text takes for granted and of which the articles have others instead.

贾湖遗址在临颍县: the article has 舞阳县 at that place. Each name of a text is taken out, the rest
is looked for, and what stands in the name's place there is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lhassist.answer.checking.premise import FRAME, Assertion, Finding
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.kinds import ASKING
from lhassist.answer.weighing.candidates import NAMED
from lhassist.answer.weighing.ranking import Scored
from lhassist.answer.weighing.slots import filler

_LEVELS = "省市县区镇乡村街路"
_SORTS = _LEVELS + "桥河湖山骨木石玉花树校院馆园"
_PAIRED = (("早", "晚"), ("快", "慢"), ("多", "少"), ("高", "低"), ("大", "小"), ("长", "短"))
_OPPOSITES = dict(_PAIRED) | {other: one for one, other in _PAIRED}
_PARTICLES = frozenset("了过的着会要能")
_LOCATING = frozenset(("在", "位于", "于", "属于", "坐落于", "坐落在"))
_SAYING_WHAT = frozenset(("是", "为", "叫", "叫作", "叫做", "称为"))
_HERE = re.compile("这里|此地|此处|当地")
_OBJECT = re.compile("[了过着]?([^，。；：！？（(]{2,14})")
_MADE = re.compile(
    "(?:是|要|会|可以)?用(?P<of>[^，。；：、用]{1,10}?)(?:来|去)?"
    "(?P<verb>做成?|制成?|制作|制造|雕成?|建成?|造成?|修成?|砌成?)(?![一-鿿]{0,1}法|名)"
)
_LEAST_COVER = 0.7
_LEAST_TERMS = 2
_BEST = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """A word of a text that may be wrong, and the words around it."""

    word: str
    left: str
    verb: str
    right: str


def examine_names(question: Question, evidence: Evidence) -> Finding | None:
    """A name or word that a text takes for granted, where an article has another instead.

    The sentence must say all else that the text says, must not have the word anywhere around, and
    must have something of the same sort at its place: another county, what else was bought, later
    for earlier.

    Args:
        question: The text, as the evidence's reader read it.
        evidence: What was retrieved for it.
    """
    made = _made_of(question, evidence)
    if made is not None:
        return made
    reader = evidence.reader
    for name in _names(question, reader):
        for asked in _without(name):
            read = reader.read(asked)
            named = len(read.terms) + len(read.figures) + len(read.periods)
            if named < _LEAST_TERMS and read.kind != "place":
                continue
            for one in evidence.answering(read)[:_BEST]:
                if one.cover < _LEAST_COVER or _has(name, one):
                    continue
                instead = _instead(name, read, one, reader)
                if instead is not None:
                    return Finding(Assertion(name.word, (asked,)), False, one, instead)
    return None


def _made_of(question: Question, evidence: Evidence) -> Finding | None:
    """What a thing is made of, where an article has another material: 牛骨 for 鹤类的尺骨."""
    plain = ASKING.sub("", FRAME.sub("", question.folded))
    said = _MADE.search(plain)
    if said is None or not plain[: said.start()].strip():
        return None
    wrong = said["of"]
    read = evidence.reader.read(f"{plain[: said.start()]}用什么{said['verb']}的")
    for one in evidence.answering(read):
        told = _MADE.search(one.candidate.text)
        if told is None or not all(one.candidate.meets(t) >= NAMED for t in read.terms if t.name):
            continue
        # 鹤骨 is short for 鹤类的尺骨, and no other material.
        if set(wrong) <= set(told["of"]) or told["of"] in wrong or wrong in one.candidate.around:
            return None
        return Finding(Assertion(wrong, (read.text,)), False, one, told["of"])
    return None


def _names(question: Question, reader: Reader) -> Iterator[_Name]:
    plain = ASKING.sub("", FRAME.sub("", question.folded))
    words = list(reader.analyzer.tagged(plain))
    for place, (word, tag) in enumerate(words):
        before = [one for one, _ in words[:place]]
        # What a text is about is not what it has wrong: 漯河 in 漯河改名叫漯河.
        if place and word not in before and _may_be_wrong(word, tag):
            verb = next((one for one in reversed(before) if one not in _PARTICLES), "")
            right = "".join(one for one, _ in words[place + 1 :])
            yield _Name(word, "".join(before), verb, right)


def _may_be_wrong(word: str, tag: str) -> bool:
    return word in _OPPOSITES or (len(word) > 1 and tag.startswith(("n", "l", "i")))


def _without(name: _Name) -> Iterator[str]:
    """The questions that a name would answer, the narrowest first."""
    if name.verb in _LOCATING and name.word[-1] in _LEVELS:
        yield f"{name.left}哪个{name.word[-1]}{name.right}"
    if name.verb in _SAYING_WHAT and not name.right:
        yield f"{name.left.removesuffix(name.verb)}是什么"
    yield name.left + name.right


def _has(name: _Name, one: Scored) -> bool:
    """Whether an article has the word, too; a sentence that says 这里 has its headline's place."""
    candidate = one.candidate
    if _HERE.search(candidate.text):
        return name.word in candidate.text or name.word in candidate.before
    return name.word in candidate.around


def _instead(name: _Name, asked: Question, one: Scored, reader: Reader) -> str | None:
    """What stands in a sentence in the place of a name; None where nothing of its sort does."""
    text, word = one.candidate.text, name.word
    if word in _OPPOSITES:
        return "" if re.search(f"比[^，。]*{_OPPOSITES[word]}", text) else None
    if asked.kind == "what" and name.verb in _SAYING_WHAT:
        span = filler(asked, text, reader)
        return text[span.start : span.end] if span else None
    if asked.kind == "place" and name.verb in _LOCATING:
        match = re.search(rf"(?:在|位于|属于?|坐落[于在])[^，。]*?([一-鿿]{{2}}{word[-1]})", text)
    elif _HERE.search(text) and word[-1] in _SORTS:
        match = re.search(rf"([一-鿿]{{2,3}}{word[-1]})", one.candidate.above)
    elif len(name.verb) > 1 and name.verb in text:
        match = _OBJECT.match(text, text.index(name.verb) + len(name.verb))
    else:
        return "" if word[-1] in _SORTS and re.search(f"[一-鿿]{word[-1]}", text) else None
    return match[1] if match and match[1] != word else None
