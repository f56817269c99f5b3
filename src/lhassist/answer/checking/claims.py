"""Holds the statements of a text against the articles: borne out, contradicted, or not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.checking.counterparts import examine_names
from lhassist.answer.checking.premise import Finding, assertions, examine
from lhassist.answer.citing.citations import Citations
from lhassist.answer.citing.speaker import said_by
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader
from lhassist.index import Collection
from lhassist.schema import Claim, Hit, ReaderScript
from lhassist.script import convert, fold

Search = Callable[[str], tuple[Sequence[Hit], NDArray[np.float32]]]
"""A text to its passages, best first, and its vector of shape (dimension,)."""

_STATEMENT = re.compile("[^。！？!?；;\n]+[。！？!?；;]*")
_PERIOD = re.compile("(?:1[0-9]|20)\\d\\d年(?:上半年|下半年|\\d{1,2}月|第?[一二三四]季度)?")
_SAME_PERIOD = re.compile("同期|同年|当年")
_LEAST_COVER = 0.9

_ARTICLES_SAY: dict[ReaderScript, str] = {
    "zh-Hans": "资料中是{}",
    "zh-Hant": "資料中是{}",
    "zh-TW": "資料中是{}",
    "zh-HK": "資料中是{}",
    "en": "the articles say {}",
}


_SAYS: dict[ReaderScript, str] = {
    "zh-Hans": "这是{}的说法",
    "zh-Hant": "這是{}的說法",
    "zh-TW": "這是{}的說法",
    "zh-HK": "這是{}的說法",
    "en": "as {} says",
}


def check(
    text: str, search: Search, collection: Collection, *, reader: Reader, script: ReaderScript
) -> tuple[Claim, ...]:
    """Checks each statement of a text.

    Args:
        text: One statement or more, in either script.
        search: Finds passages of the collection.
        collection: What the statements are held against.
        reader: Reads texts about it.
        script: What the notes are written in.

    Returns:
        The statements in the order of the text, each with its verdict.
    """
    claims: list[Claim] = []
    period = ""
    for said in _statements(text):
        folded = fold(said)
        whole = _SAME_PERIOD.sub(period, folded, count=1) if period else folded
        if named := _PERIOD.search(whole):
            period = named[0]
        read = reader.read(whole.rstrip("。！？!?；;"))
        hits, vector = search(read.searched)
        findings = _findings(read, Evidence(hits, vector, collection, reader))
        claims.append(_claim(said, findings, collection, script))
    return tuple(claims)


def _statements(text: str) -> Iterator[str]:
    for match in _STATEMENT.finditer(text):
        if any(c.isalnum() for c in match[0]):
            yield match[0].strip()


def _findings(read: Question, evidence: Evidence) -> list[Finding] | None:
    """What the articles say of each part; None where they do not say enough."""
    asserted = list(assertions(read.folded, evidence.reader, least=0))
    findings = [examine(one, evidence) for one in asserted]
    held = [one for one in findings if one is not None]
    if held and (len(held) == len(findings) or not all(one.holds for one in held)):
        return held
    if any(one.value is not None for one in asserted):
        return None
    for one in evidence.answering(read):
        if one.cover >= _LEAST_COVER and all(
            term.share_in(one.candidate.text) == 1 for term in read.terms[1:] if term.is_noun
        ):
            return [Finding(None, True, one)]
    named = examine_names(read, evidence)
    return None if named is None else [named]


def _claim(
    said: str, findings: Sequence[Finding] | None, collection: Collection, script: ReaderScript
) -> Claim:
    if findings is None:
        return Claim(said, "not_found", ())
    citations = Citations(collection.documents)
    false = [finding for finding in findings if not finding.holds]
    for finding in false or findings:
        candidate = finding.scored.candidate
        citations.cite(candidate.hit, candidate.span)
    instead = "、".join(finding.instead for finding in false if finding.instead)
    note = _ARTICLES_SAY[script].format(convert(instead, script, "zh-Hans")) if instead else ""
    if not note and (who := said_by(fold(citations.all[0].quote))):
        note = _SAYS[script].format(convert(who, script, "zh-Hans"))
    return Claim(said, "contradicted" if false else "supported", citations.all, note)
