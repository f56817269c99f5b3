"""Answers made of sentences of the articles, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lhassist.answer.citing.citations import Citations, prose, text_of
from lhassist.answer.citing.speaker import with_speaker
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.kinds import VALUE_KINDS, Kind, asks_meaning
from lhassist.answer.weighing import dated, fit, sought
from lhassist.answer.weighing.candidates import pairs
from lhassist.answer.weighing.enumeration import items, wanted_items
from lhassist.answer.weighing.ranking import Scored
from lhassist.answer.weighing.slots import filler
from lhassist.schema import Answer, AnswerSentence, ReaderScript, Span

GENERATOR = "extractive"

MOST_SENTENCES = 3
MOST_SOURCES = 3
_MARGIN_BESIDE, _MARGIN_ELSEWHERE, _MARGIN_GOING_ON = 2.5, 1.5, 10.0
_MARGIN_AGREEING, _MARGIN_NEWER = 2.5, 2.0
"""How much less sure than the best sentence one may be, in log odds."""

_NAMED: frozenset[Kind] = frozenset(("person", "place", "what"))
_SAME_FACT = 0.5
_WORK = re.compile("(?:什么|哪[一]?[部本篇首])[^，。]{0,2}(?:书|著作|作品|文章|歌曲?|电影|诗|戏)")
_MATERIAL = re.compile("[用由]什么[^，。]{0,3}[做制建造修砌雕]")
_MADE_OF = re.compile("[用由][^，。；]{1,10}?[做制建造修砌雕]")
_TITLE = re.compile("《[^《》]+》")
_NEW_WORD, _AS_GOOD = 0.25, 0.95
_ANNOUNCES = re.compile("[：:]$|以下|如下|[两三四五六七八九]个?(方面|点|类|种|步)")


def compose(
    question: Question,
    ranked: Sequence[Scored],
    evidence: Evidence,
    script: ReaderScript,
) -> Answer:
    """Answers a question with one to three sentences of the retrieved passages.

    Args:
        question: What was asked.
        ranked: The sentences that answer it, best first, as `rank` gives them; at least one.
        evidence: What they are from.
        script: What the answer is written in; quotes stay as their articles have them.

    Returns:
        An answer without timings.
    """
    citations = Citations(evidence.collection.documents)
    sentences = []
    for same in _apart(choose(question, ranked, evidence.reader)):
        numbers = tuple(citations.cite(s.candidate.hit, _spoken(s)) for s in same)
        first = citations.all[numbers[0] - 1]
        document = evidence.collection.documents[first.document_id]
        sentences.append(AnswerSentence(prose(first, document, script), numbers))
    return Answer(
        question=question.text,
        status="answered",
        script=script,
        text=text_of(sentences),
        sentences=tuple(sentences),
        citations=citations.all,
        hits=tuple(evidence.hits),
        generator=GENERATOR,
        timings_ms=(),
    )


def choose(question: Question, ranked: Sequence[Scored], reader: Reader) -> list[list[Scored]]:
    """The sentences of the answer, the best first, each with those that say the same after it."""
    if not ranked:
        return []
    best = _newest(question, ranked)
    chosen = [best]
    if question.kind not in VALUE_KINDS:
        chosen += _more(question, best, ranked)
    return [[one, *_agreeing(question, one, chosen, ranked, reader)] for one in chosen]


def _newest(question: Question, ranked: Sequence[Scored]) -> Scored:
    """The best sentence; of nearly equal ones the newest, where no year was asked for.

    Of a list, the best of those that have members of the kind asked for, and list some; for a book
    or song, the best of those that have a title.
    """
    if any(period.year for period in question.periods):
        return ranked[0]
    near = [one for one in ranked if one.score >= ranked[0].score - _MARGIN_NEWER]
    if question.kind == "list":
        listing = [one for one in near if fit.lists_kind(question, one.candidate.text)]
        return max(listing or near, key=lambda one: _lists(question, one))
    for asked, told in ((_WORK, _TITLE), (_MATERIAL, _MADE_OF)):
        if question.kind == "what" and asked.search(question.folded):
            return next((one for one in near if told.search(one.candidate.text)), near[0])
    if question.kind in ("number", "rank"):
        return max(near, key=lambda one: (dated.newest_year(question, one.candidate), one.score))
    return max(near, key=lambda one: (one.candidate.year or 0, one.score))


def _more(question: Question, best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    chosen: list[Scored] = []
    for one in ranked:
        if len(chosen) + 1 == MOST_SENTENCES:
            break
        beside = one.candidate.hit.passage.id == best.candidate.hit.passage.id
        margin = _MARGIN_BESIDE if beside or question.kind == "whether" else _MARGIN_ELSEWHERE
        if one.candidate.follows(best.candidate) and _goes_on(question, best, one):
            margin = _MARGIN_GOING_ON
        if one is best or one.score < best.score - margin:
            continue
        explained = beside and (
            question.is_foreign or question.kind == "reason" or asks_meaning(question.folded)
        )
        if (
            margin != _MARGIN_GOING_ON
            and not explained
            and not _earns(question, one, (best, *chosen))
        ):
            continue
        if not any(_same_fact(one, other) for other in (best, *chosen)):
            chosen.append(one)
    return chosen


def _earns(question: Question, one: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether a sentence brings what is asked and those before it leave out.

    That is a word of the question that none of them has; in a list, as much of the question as
    the best one has, and members of the same kind.
    """
    held = [max(shares) for shares in zip(*(other.said for other in chosen), strict=True)]
    telling = question.kind != "whether" or one.candidate.hit.passage.id in {
        other.candidate.hit.passage.id for other in chosen
    }
    if any(
        new - old >= _NEW_WORD and (telling or term.is_noun)
        for new, old, term in zip(one.said, held, question.terms, strict=True)
    ):
        return True
    if question.kind == "whether":
        return 0 < chosen[0].said[-1] <= one.said[-1]
    return (
        question.kind == "list"
        and fit.lists_kind(question, one.candidate.text)
        and _lists(question, one) >= _lists(question, chosen[0])
        and sum(one.said) >= _AS_GOOD * sum(chosen[0].said)
    )


def _lists(question: Question, one: Scored) -> int:
    """How well a sentence lists: 2 where it says how many of the kind there are, 1 where several.

    三个区 lists 区, which 特区 and 市区 merely have in them.
    """
    text = one.candidate.text
    kinds = "|".join(re.escape(form) for t in question.terms if t.is_genus for form in t.forms)
    if kinds and re.search(rf"[两三四五六七八九十\d]+[大个种条篇项类]?(?:{kinds})", text):
        return 2
    return int(items(text) > 1)


def _goes_on(question: Question, best: Scored, one: Scored) -> bool:
    """Whether the sentence after the best one gives the list or explanation that it announces."""
    wanted = wanted_items(question)
    if wanted:
        return items(best.candidate.text) < wanted <= items(one.candidate.text)
    if question.kind == "reason" or asks_meaning(question.folded):
        return True
    return _ANNOUNCES.search(best.candidate.text) is not None


def _agreeing(
    question: Question,
    one: Scored,
    chosen: Sequence[Scored],
    ranked: Sequence[Scored],
    reader: Reader,
) -> list[Scored]:
    """Sentences of other articles that say the same, one an article."""
    agreeing: list[Scored] = []
    seen = {other.order[0] for other in chosen}
    for other in ranked:
        if len(agreeing) + 1 == MOST_SOURCES or other.score < one.score - _MARGIN_AGREEING:
            break
        if other.order[0] not in seen and _agrees(question, one, other, reader):
            agreeing.append(other)
            seen.add(other.order[0])
    return agreeing


def _agrees(question: Question, one: Scored, other: Scored, reader: Reader) -> bool:
    if question.kind in ("number", "rank", "date"):
        values = [
            sought.values(question, "".join(s.candidate.text[c.start : c.end] for c in clauses))
            for s in (one, other)
            for clauses in [sought.value_clauses(question, s.candidate.text)]
        ]
        return bool(values[0] & values[1])
    texts = [s.candidate.text for s in (one, other)]
    if question.kind in _NAMED:
        named = [
            text[span.start : span.end]
            for text in texts
            if (span := filler(question, text, reader)) is not None
        ]
        if len(named) > 1 and named[0] not in named[1] and named[1] not in named[0]:
            return False  # Nearly the same words, and another name.
    return _same_fact(one, other)


def _same_fact(one: Scored, other: Scored) -> bool:
    held, said = (set(pairs(s.candidate.text)) for s in (one, other))
    return len(held & said) >= _SAME_FACT * min(len(held), len(said))


def _spoken(one: Scored) -> Span:
    return with_speaker(one.candidate.hit.passage, one.candidate.span)


def _apart(chosen: Sequence[Sequence[Scored]]) -> list[Sequence[Scored]]:
    """The chosen sentences without those that another one is quoted together with."""
    spoken = [(same[0].order[0], _spoken(same[0])) for same in chosen]
    return [
        same
        for same, (article, span) in zip(chosen, spoken, strict=True)
        if not any(
            article == other and span != stretch and _holds(stretch, span)
            for other, stretch in spoken
        )
    ]


def _holds(stretch: Span, span: Span) -> bool:
    return stretch.start <= span.start and span.end <= stretch.end
