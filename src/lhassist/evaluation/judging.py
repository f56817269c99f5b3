"""Holds one answer against what was expected of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lhassist.evaluation.cases import Case, ClaimCase, WantedClaim, WantedRow
from lhassist.evaluation.integrity import Integrity, integrity, is_exact
from lhassist.evaluation.wording import names_as_missing, numbers, plain, says
from lhassist.schema import Answer, Citation, Claim, Document, Row, Verdict

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_HALF = re.compile("上半年|(?<!\\d)1月?[-–—~至到]6月")
_SECOND_HALF = re.compile("下半年|7月?[-–—~至到]12月")
_WHOLE = re.compile("(?<!\\d)1月?[-–—~至到]12月|全年")
_MONTH = re.compile(r"(\d{1,2})月")
_FAMILY = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}
_ENDS = {"": 12, "H1": 6, "H2": 12}
_WORSE: tuple[Verdict, ...] = ("contradicted", "not_found", "supported")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer.

    Attributes:
        kind: `refused` (it should have answered), `answered` (it should have refused), `form`,
            `reason`, `lacks`, `says` (what it must not), `missing` (a part that is not held and
            not said to be), `cites`, `row`, `order`, `understood`, `verdict`, or what breaks
            its integrity: `quote`, `support`, `number`, `script`.
        detail: What was expected, or what was found instead.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and how it went.

    Attributes:
        asked: The question, or the text that was checked.
        text: What was answered.
        form: Of the answer; `check` for claims.
        refused: Whether it was a refusal.
        cited: The ids of the cited articles.
        relevant: How many citations are of articles that the case names.
        cites_required: How many of the citations that it demands are there, as a share.
        items: How many of the expressions in `must_contain` are there, as a share.
        shown: Whether every row of a conflict is shown, with value and date, in a table or not.
        rights: For claims: whether each verdict is right.
        ms: How long it took.
    """

    id: str
    pair: str
    kind: str
    split: str
    asked: str
    text: str
    form: str
    refused: bool
    problems: tuple[Problem, ...]
    integrity: Integrity
    cited: tuple[str, ...] = ()
    relevant: int = 0
    cites_required: float = 1.0
    items: float = 1.0
    shown: bool = False
    rights: tuple[bool, ...] = ()
    ms: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, object]:
        """The case in the report's object."""
        return {
            "id": self.id,
            "kind": self.kind,
            "split": self.split,
            "asked": self.asked,
            "passed": self.passed,
            "form": self.form,
            "problems": [{"kind": one.kind, "detail": one.detail} for one in self.problems],
            "text": self.text,
            "cited": list(self.cited),
            "ms": round(self.ms, 1),
        }


def judge(case: Case, answer: Answer, documents: Mapping[str, Document], ms: float = 0.0) -> Judged:
    """Holds an answer against its case.

    Args:
        case: What was asked and expected.
        answer: What was answered.
        documents: The articles of the collection, by id.
        ms: How long the answer took.
    """
    kept = integrity(answer, case.script, documents)
    cited = tuple(citation.document_id for citation in answer.citations)
    named = case.cite_any | case.cite_all
    said = text_of(answer)
    shown = [_row_shown(row, answer) for row in case.rows]
    found = [says(said, one) for one in case.must_contain]
    problems = [*_problems(case, answer, said), *(Problem(name, "") for name in kept.problems)]
    return Judged(
        id=case.id,
        pair=case.pair,
        kind=case.kind,
        split=case.split,
        asked=" / ".join((*case.history, case.question)),
        text=said,
        form=answer.form,
        refused=answer.status == "refused",
        problems=tuple(problems),
        integrity=kept,
        cited=cited,
        relevant=sum(document in named for document in cited),
        cites_required=_cites_required(case, cited),
        items=sum(found) / len(found) if found else 1.0,
        shown=bool(shown) and all(shown),
        ms=ms,
    )


def text_of(answer: Answer) -> str:
    """All that the answer says: its text, and its rows."""
    rows = (f"{row.label} {row.period} {row.value} {row.note}" for row in answer.rows)
    return "\n".join((answer.text, *rows))


def _problems(case: Case, answer: Answer, said: str) -> Iterator[Problem]:
    if answer.status != case.status:
        yield Problem(answer.status, f"expected {case.status}")
        return
    if _FAMILY.get(answer.script) != case.script:
        yield Problem("script", answer.script)
    if case.forms and answer.form not in case.forms:
        yield Problem("form", f"{answer.form}, expected {' or '.join(case.forms)}")
    if case.reasons and answer.reason not in case.reasons:
        yield Problem("reason", f"{answer.reason}, expected {' or '.join(case.reasons)}")
    yield from (Problem("lacks", one) for one in case.must_contain if not says(said, one))
    yield from (Problem("says", one) for one in case.must_not_contain if says(said, one))
    yield from (Problem("missing", one) for one in case.missing if not names_as_missing(said, one))
    if _cites_required(case, [citation.document_id for citation in answer.citations]) < 1:
        yield Problem("cites", ", ".join(sorted(case.cite_all or case.cite_any)))
    yield from _table_problems(case.rows, answer)
    understood = answer.understood_as or answer.question
    yield from (Problem("understood", one) for one in case.understood if not says(understood, one))


def _cites_required(case: Case, cited: Sequence[str]) -> float:
    if case.cite_all:
        return len(case.cite_all & set(cited)) / len(case.cite_all)
    return 1.0 if not case.cite_any or case.cite_any & set(cited) else 0.0


def _table_problems(wanted: Sequence[WantedRow], answer: Answer) -> Iterator[Problem]:
    for row in wanted:
        if not _row_shown(row, answer):
            yield Problem("row", f"{row.value} ({row.period or 'dated'})")
    ends = [end for row in answer.rows if (end := _end(row.period)) is not None]
    if wanted and any(later > earlier for earlier, later in pairwise(ends)):
        yield Problem("order", " ".join(row.period for row in answer.rows))


def _fits(row: Row, wanted: WantedRow, cited: Mapping[int, str]) -> bool:
    dated = bool(row.period or row.published) if wanted.period is None else False
    return (
        _same_value(row, wanted.value)
        and (dated or (wanted.period is not None and is_period(row.period, wanted.period)))
        and cited.get(row.citation) in wanted.documents
    )


def _same_value(row: Row, wanted: str) -> bool:
    if says(f"{row.value}{row.unit}", wanted):
        return True
    figure, alternatives = numbers(row.value)[:1], wanted.split("|")
    return bool(figure) and any(
        figure[0][0] == value for one in alternatives for value, _ in numbers(one)[:1]
    )


def is_period(text: str, wanted: str) -> bool:
    """Whether a period as printed (`2024年1–6月`) is one of the alternatives (`2024-H1`)."""
    year, part = _parsed(text)
    for one in wanted.split("|"):
        wanted_year, _, wanted_part = one.partition("-")
        if year != int(wanted_year):
            continue
        # A state of affairs reported in March 2025 may be dated 2025; half a year's growth may not.
        loose = wanted_part.isdigit() and part == ""
        if loose or part == (f"M{int(wanted_part)}" if wanted_part.isdigit() else wanted_part):
            return True
    return False


def _parsed(text: str) -> tuple[int | None, str]:
    held = plain(text)
    years = _YEAR.findall(held)
    year = int(years[-1]) if years else None
    if _WHOLE.search(held):
        return year, ""
    if _HALF.search(held):
        return year, "H1"
    if _SECOND_HALF.search(held):
        return year, "H2"
    month = _MONTH.search(held)
    return year, f"M{int(month[1])}" if month else ""


def _end(text: str) -> tuple[int, int] | None:
    year, part = _parsed(text)
    if year is None:
        return None
    return year, _ENDS[part] if part in _ENDS else int(part[1:])


def _row_shown(wanted: WantedRow, answer: Answer) -> bool:
    """Whether the value is there with its date: in a row; in the text, where there is no table."""
    cited = {citation.number: citation.document_id for citation in answer.citations}
    if any(_fits(row, wanted, cited) for row in answer.rows):
        return True
    years = {one[:4] for one in wanted.period.split("|")} if wanted.period else set()
    dated = not years or any(says(answer.text, year) for year in years)
    return not answer.rows and dated and says(answer.text, wanted.value)


def judge_claims(
    case: ClaimCase, claims: Sequence[Claim], documents: Mapping[str, Document], ms: float = 0.0
) -> Judged:
    """Holds the verdicts on a text against its case.

    The product may cut a text in smaller statements than the case does: the worst verdict on the
    parts of a statement is the verdict on it.
    """
    problems: list[Problem] = []
    rights = []
    for wanted, parts in zip(case.claims, _assigned(case, claims), strict=True):
        found = list(_claim_problems(wanted, parts))
        problems += found
        rights.append(not found)
    citations = [citation for claim in claims for citation in claim.citations]
    kept = Integrity(
        quotes=len(citations), exact=sum(is_exact(citation, documents) for citation in citations)
    )
    named = frozenset[str]().union(*(claim.cite_any for claim in case.claims))
    return Judged(
        id=case.id,
        pair=case.pair,
        kind=case.kind,
        split=case.split,
        asked=case.text,
        text="\n".join(f"{claim.verdict}: {claim.text} {claim.note}" for claim in claims),
        form="check",
        refused=False,
        problems=(*problems, *(Problem(name, "") for name in kept.problems)),
        integrity=kept,
        cited=tuple(citation.document_id for citation in citations),
        relevant=sum(citation.document_id in named for citation in citations),
        rights=tuple(rights),
        ms=ms,
    )


def _assigned(case: ClaimCase, claims: Sequence[Claim]) -> list[list[Claim]]:
    """The found statements that lie in each wanted one."""
    text, ends = "", []
    for wanted in case.claims:
        text += plain(wanted.text)
        ends.append(len(text))
    parts: list[list[Claim]] = [[] for _ in case.claims]
    place = 0
    for claim in claims:
        start = text.find(plain(claim.text).rstrip("。.,;"), place)
        place = max(start, place)
        parts[next(i for i, end in enumerate(ends) if place < end)].append(claim)
    return parts


def _claim_problems(wanted: WantedClaim, parts: Sequence[Claim]) -> Iterator[Problem]:
    verdict = next((v for v in _WORSE if any(part.verdict == v for part in parts)), "none")
    if verdict != wanted.verdict:
        yield Problem("verdict", f"{verdict}, expected {wanted.verdict}: {wanted.text}")
        return
    citations: list[Citation] = [citation for part in parts for citation in part.citations]
    if wanted.cite_any and not wanted.cite_any & {one.document_id for one in citations}:
        yield Problem("cites", ", ".join(sorted(wanted.cite_any)))
    told = " ".join((*(one.quote for one in citations), *(part.note for part in parts)))
    if wanted.right and not says(told, wanted.right):
        yield Problem("lacks", wanted.right)
