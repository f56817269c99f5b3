"""Questions that ask for several things at once: each is answered, and what is missing is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lhassist.answer.citing.citations import text_of
from lhassist.answer.question import Question, Reader
from lhassist.answer.question.followup import going_on
from lhassist.answer.question.kinds import ASKING
from lhassist.facts.dates import without_periods
from lhassist.schema import Answer, AnswerSentence, Citation, ReaderScript
from lhassist.script import convert

_SEVERAL = re.compile(
    r"(?P<head>(?:.*的)?)(?P<items>[^的，。？?]+?(?:、|和|与|以及|及)[^的，。？?]+?)"
    r"(?P<tail>(?:分别|各自?)(?:都?是在?|增长了?|达到|有|占)?(?:多少|什么|几|哪一?年)[^，。]*"
    r"|(?:增长|下降|占比?|增速|增幅)[是了]*(?:多少|百分之几)[^，。]*)$"
)
_BETWEEN = re.compile("、|以及|和|与|及")
_CLAUSE = re.compile("[，,、；;？?。]")
_ASKED_OF = re.compile("^(?:又|还|那么?|它)?(?:是|有)?|[是有为了]+$")
_SEVERAL_CLAUSES = 2
_MISSING: dict[ReaderScript, str] = {
    "zh-Hans": "资料中没有找到{}的内容。",
    "zh-Hant": "資料中沒有找到{}的內容。",
    "zh-TW": "資料中沒有找到{}的內容。",
    "zh-HK": "資料中沒有找到{}的內容。",
    "en": "The articles have nothing (没有) on {}.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks for.

    Attributes:
        name: The thing, folded.
        question: What asks for it alone.
    """

    name: str
    question: str


def parts_of(question: Question, reader: Reader) -> tuple[Part, ...]:
    """The things that a question asks for; empty where it asks for one.

    Args:
        question: As `reader` read it.
        reader: Knows the names that all parts have in common.
    """
    if question.is_foreign:
        return ()
    plain = question.folded.rstrip("？?。 ")
    match = _SEVERAL.match(plain)
    if match is not None:
        return _coordinated(match, reader)
    clauses = [clause for clause in _CLAUSE.split(plain) if clause]
    if len(clauses) < _SEVERAL_CLAUSES or not all(map(ASKING.search, clauses)):
        return ()
    asked = [clauses[0], *(going_on(one, clauses[0], reader) for one in clauses[1:])]
    return tuple(
        Part(_ASKED_OF.sub("", ASKING.sub("", clause)), whole.rstrip("？"))
        for clause, whole in zip(clauses, asked, strict=True)
    )


def _coordinated(match: re.Match[str], reader: Reader) -> tuple[Part, ...]:
    """GDP、工业和投资分别增长多少 as three questions, each with what stands before the first."""
    head, tail = match["head"], re.sub("^(分别|各自?)", "", match["tail"])
    first, *others = (item for item in _BETWEEN.split(match["items"]) if item)
    shared = head or _shared(first, reader)
    first = first.removeprefix(shared)
    if not first or not others:
        return ()
    return tuple(Part(item, f"{shared}{item}{tail}") for item in (first, *others))


def _shared(item: str, reader: Reader) -> str:
    """The names and times that an item begins with: all items are of them."""
    end = 0
    for word, tag in reader.analyzer.tagged(item):
        is_time = tag.startswith(("t", "m")) or without_periods(word).strip() == "" or word == "年"
        if not (is_time or tag == "ns" or reader.names.entry(word)):
            break
        end = item.index(word, end) + len(word)
    return item[:end]


def joined(
    question: Question,
    parts: Sequence[Part],
    answer: Callable[[str], Answer],
    script: ReaderScript,
) -> Answer | None:
    """The answers to all parts as one, each quote once; None where no part or one alone is held.

    Args:
        question: That asks for all of them.
        parts: As `parts_of` found them.
        answer: Answers a part plainly, or refuses.
        script: What the answer is written in.
    """
    answers = [(part, answer(part.question)) for part in parts]
    held = [one for _, one in answers if one.status == "answered"]
    if not held:
        return None
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    sentences: dict[str, AnswerSentence] = {}
    for one in held:
        own: dict[int, int] = {}
        for citation in one.citations:
            key = (citation.document_id, citation.start, citation.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(replace(citation, number=numbers[key]))
            own[citation.number] = numbers[key]
        for sentence in one.sentences:
            cited = tuple(own[number] for number in sentence.citations)
            before = sentences.get(sentence.text)
            cited = tuple(dict.fromkeys((before.citations if before else ()) + cited))
            sentences[sentence.text] = AnswerSentence(sentence.text, cited)
    missing = [part.name for part, one in answers if one.status != "answered"]
    said = list(sentences.values())
    if missing:
        named = convert("、".join(missing), script, "zh-Hans")
        said.append(AnswerSentence(_MISSING[script].format(named), ()))
    return replace(
        held[0],
        question=question.text,
        sentences=tuple(said),
        text=text_of(said),
        citations=tuple(citations),
        hits=tuple({hit.passage.id: hit for one in held for hit in one.hits}.values()),
    )
