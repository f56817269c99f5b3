"""What the project's own answers are held against.

`answers.jsonl` has one object a line. A question:

    {"id": "premise-01-s", "pair": "premise-01", "kind": "premise", "split": "dev",
     "script": "zh-Hans", "question": "为什么漯河2024年上半年GDP增长8.7%？", "status": "answered",
     "form": ["correction"], "must_contain": ["7.8%"], "correction": {"wrong": "8.7%", ...},
     "must_cite": {"any": ["gdp-2024-h1"], "all": []},
     "evidence": [{"document_id": "gdp-2024-h1", "quote": "..."}]}

or some statements to check:

    {"id": "claim-16-s", ..., "claims": [{"text": "...", "verdict": "contradicted",
     "right": "7.8%", "must_cite": ["gdp-2024-h1"], "evidence": [...]}]}

`docs/evaluation-answers.md` describes every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from lhassist.evaluation.json_lines import read_objects
from lhassist.schema import AnswerForm, AnswerStatus, RefusalReason, Script, Verdict

CASES = "answers.jsonl"

Split = Literal["dev", "test"]
"""`dev` cases may be looked at while the product is changed; `test` cases tell if that helped."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that an expectation rests on."""

    document_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A row that a table must have.

    Attributes:
        value: Alternatives with `|` between them, any script, any form of a number.
        period: `2024` (that whole year), `2024-H1` or `2024-03` (that month, or only its year
            named), alternatives with `|`; None where it is enough that the row is dated.
        documents: The articles that give this value; the row cites one of them.
    """

    value: str
    period: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the question takes for granted, and what the articles say."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what its answer must be like.

    All texts that must or must not occur are in any script and any form of a number, with `|`
    between alternatives.

    Attributes:
        pair: Shared by the two cases that are the same in either script.
        history: The questions asked before, in order.
        asked_on: The day of asking; None where any day will do.
        forms: The forms that are right; empty allows any that the status allows.
        reasons: Of a refusal: the reasons that are right.
        missing: Parts of the question that the answer must name as not held.
        cite_any: Articles of which one must be cited.
        cite_all: Articles that must all be cited.
        rows: Of a table, newest first.
        understood: What the stand-alone form of a follow-up must say.
    """

    id: str
    pair: str
    kind: str
    split: Split
    script: Script
    question: str
    status: AnswerStatus
    history: tuple[str, ...] = ()
    asked_on: date | None = None
    forms: tuple[AnswerForm, ...] = ()
    reasons: tuple[RefusalReason, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cite_any: frozenset[str] = frozenset()
    cite_all: frozenset[str] = frozenset()
    rows: tuple[WantedRow, ...] = ()
    correction: Correction | None = None
    understood: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing in the collection answers."""
        return self.status == "refused"


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """A statement, and what checking it must find.

    Attributes:
        right: What the quote or the note must say of a contradicted one; alternatives with `|`.
        cite_any: Articles of which one must be cited; empty where nothing is found.
    """

    text: str
    verdict: Verdict
    right: str = ""
    cite_any: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A text to check: its statements one after the other."""

    id: str
    pair: str
    kind: str
    split: Split
    script: Script
    claims: tuple[WantedClaim, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(claim.text for claim in self.claims)


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """All cases of a file."""

    questions: tuple[Case, ...]
    claims: tuple[ClaimCase, ...]

    def only(self, *, kinds: frozenset[str] = frozenset(), split: Split | None = None) -> AnswerSet:
        """The cases of some kinds (none given: all) and of one split (none given: both)."""

        def wanted(case: Case | ClaimCase) -> bool:
            return (not kinds or case.kind in kinds) and split in (None, case.split)

        return AnswerSet(tuple(filter(wanted, self.questions)), tuple(filter(wanted, self.claims)))


def read_cases(path: Path) -> AnswerSet:
    """Reads `answers.jsonl`.

    Raises:
        EvaluationError: The file cannot be read, a line is not as described or an id occurs twice.
    """
    read = read_objects(path, _case, described="docs/evaluation-answers.md describes every key")
    return AnswerSet(
        tuple(case for case in read if isinstance(case, Case)),
        tuple(case for case in read if isinstance(case, ClaimCase)),
    )


def _case(_where: str, fields: Mapping[str, Any]) -> Case | ClaimCase:
    return _claims(fields) if "claims" in fields else _question(fields)


def _question(fields: Mapping[str, Any]) -> Case:
    cite = fields.get("must_cite", {})
    return Case(
        id=fields["id"],
        pair=fields["pair"],
        kind=fields["kind"],
        split=fields["split"],
        script=fields["script"],
        question=fields["question"],
        status=fields["status"],
        history=tuple(fields.get("history", ())),
        asked_on=date.fromisoformat(fields["asked_on"]) if "asked_on" in fields else None,
        forms=tuple(fields.get("form", ())),
        reasons=tuple(fields.get("reason", ())),
        must_contain=tuple(fields.get("must_contain", ())),
        must_not_contain=tuple(fields.get("must_not_contain", ())),
        missing=tuple(fields.get("missing", ())),
        cite_any=frozenset(cite.get("any", ())),
        cite_all=frozenset(cite.get("all", ())),
        rows=tuple(
            WantedRow(row["value"], row["period"], tuple(row["documents"]))
            for row in fields.get("rows", ())
        ),
        correction=Correction(**fields["correction"]) if "correction" in fields else None,
        understood=tuple(fields.get("understood", ())),
        evidence=_evidence(fields),
    )


def _claims(fields: Mapping[str, Any]) -> ClaimCase:
    return ClaimCase(
        id=fields["id"],
        pair=fields["pair"],
        kind=fields["kind"],
        split=fields["split"],
        script=fields["script"],
        claims=tuple(
            WantedClaim(
                text=claim["text"],
                verdict=claim["verdict"],
                right=claim.get("right", ""),
                cite_any=frozenset(claim.get("must_cite", ())),
                evidence=_evidence(claim),
            )
            for claim in fields["claims"]
        ),
    )


def _evidence(fields: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one["document_id"], one["quote"]) for one in fields.get("evidence", ()))
