"""Who says something: 「刘福友」这个名字出自哪里.

The answer is the sentence that says it and tells whose word it is.
"""

from __future__ import annotations

import re

from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question
from lhassist.answer.weighing import ranking
from lhassist.answer.weighing.candidates import Candidate, Weights
from lhassist.facts.numbers import figures

_ASKS = re.compile(
    r"[，,]?(?:这个?(?:名字|说法|数字|数))?(?:是|出自|来自|源于|见于)?(?:谁|哪[里儿]|哪[份家篇个]\w{0,4}|什么\w{0,4}?)"
    r"(?:的?说法|说的|讲的|写的|公布的?|报道的?|提出的?)?[？?]?$"
)
_FOR_SOURCE = re.compile("说法|出自|来自|见于|谁(?:说|讲|写|公布)|哪[里儿](?:说|写|报|公布)")
_QUOTED = re.compile("[「“『]([^」”』]+)[」”』]")
_TOLD = re.compile("说法|称|报道|报导|写作|记为|写的是|据|按照|记载|只说|认为|统计")


def asks_source(question: Question) -> bool:
    """Whether a question asks who says something."""
    return not question.is_foreign and _FOR_SOURCE.search(question.folded) is not None


def source_of(question: Question, evidence: Evidence) -> Candidate | None:
    """The sentence that says what a question repeats, and whose word it is; None where none does.

    Args:
        question: That asks who says something.
        evidence: What was retrieved for it.
    """
    said = _ASKS.sub("", question.folded)
    if said == question.folded:
        return None
    read = evidence.reader.read(said)
    keys = _QUOTED.findall(said)
    values = {figure.value for figure in figures(said) if figure.measure not in ("date", "span")}
    told = [
        one
        for one in evidence.sentences
        if _TOLD.search(one.text)
        and all(key in one.text for key in keys)
        and values <= {figure.value for figure in figures(one.text)}
    ]
    if keys or values:
        return max(told, key=lambda one: _share(read, one, evidence.weights), default=None)
    ranked = ranking.rank(read, told, evidence.weights, evidence.reader)
    return ranked[0].candidate if ranked else None


def _share(question: Question, candidate: Candidate, weights: Weights) -> float:
    return sum(weights.of_term(term) * candidate.meets(term) for term in question.terms)
