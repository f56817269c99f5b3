"""Measures answers: are they right, do they keep to their quotes, do they know when to refuse."""

from __future__ import annotations

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from lhassist.evaluation.cases import AnswerSet, Case
from lhassist.evaluation.engine import Progress
from lhassist.evaluation.integrity import Integrity
from lhassist.evaluation.judging import Judged, judge, judge_claims
from lhassist.evaluation.report import Baseline, Shortfall
from lhassist.index import Collection
from lhassist.schema import Answer, Claim, ReaderScript, Turn

ASKED_ON = date(2026, 3, 1)
"""The day of asking, for cases that any day will do for: a run must not depend on its own."""

_OTHER_DAYS = (date(2024, 3, 1), date(2030, 3, 1))
_TIMELESS_KINDS = frozenset(("figure", "conflict"))

_NEAR = frozenset(("near", "period", "entity", "followup", "relative"))
_RIGHT_OF_KIND = {
    "answers_right": ("figure", "name", "date", "place"),
    "parts_right": ("parts",),
    "lists_whole": ("list",),
    "timelines_right": ("timeline",),
    "conflicts_right": ("conflict",),
    "premises_corrected": ("premise",),
    "true_premises_kept": ("premise_true",),
    "attribution_kept": ("attribution",),
    "followups_right": ("followup",),
    "chains_right": ("chain",),
    "kept_to_the_point": ("about",),
    "relative_dates_right": ("relative",),
    "nearest_offered": ("period",),
}


class Answering(Protocol):
    """What is measured: `Assistant`."""

    def ask(
        self,
        question: str,
        *,
        script: ReaderScript | None = None,
        session_script: ReaderScript | None = None,
        history: Sequence[Turn] = (),
        asked_on: date | None = None,
    ) -> Answer:
        """Answers a question of a conversation."""

    def check(self, text: str, *, script: ReaderScript | None = None) -> tuple[Claim, ...]:
        """Checks the statements of a text."""

    @property
    def generation(self) -> Collection:
        """What it answers from."""


@dataclass(frozen=True, slots=True)
class KindMeasured:
    """One kind of case.

    Attributes:
        problems: How many cases have each kind of problem, the most frequent first.
    """

    name: str
    cases: int
    passed: int
    problems: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, name: str, judged: Sequence[Judged]) -> KindMeasured:
        """Counts the cases of a kind."""
        counts = Counter(kind for one in judged for kind in {p.kind for p in one.problems})
        return cls(
            name, len(judged), sum(one.passed for one in judged), tuple(counts.most_common())
        )

    def to_json(self) -> dict[str, object]:
        """One entry of `kinds`."""
        return {"cases": self.cases, "passed": self.passed, "problems": dict(self.problems)}


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """Everything that one run of `lhassist eval answers` found.

    Attributes:
        measures: Shares from 0 to 1; `median_ms` apart.
        held_out: The same over the cases of the split `test`.
        below_floor: What the baseline demands and does not hold; the command then exits with 1.
    """

    judged: tuple[Judged, ...]
    measures: Mapping[str, float]
    held_out: Mapping[str, float]
    kinds: tuple[KindMeasured, ...]
    below_floor: tuple[Shortfall, ...]
    seconds: float

    def to_json(self) -> dict[str, object]:
        """The object that `lhassist eval answers --json` prints."""
        return {
            "cases": len(self.judged),
            "passed": sum(one.passed for one in self.judged),
            "measures": {name: round(value, 4) for name, value in self.measures.items()},
            "held_out": {name: round(value, 4) for name, value in self.held_out.items()},
            "kinds": {one.name: one.to_json() for one in self.kinds},
            "below_floor": [one.to_json() for one in self.below_floor],
            "failed": [one.to_json() for one in self.judged if not one.passed],
            "seconds": round(self.seconds, 1),
        }


def evaluate_answers(
    assistant: Answering,
    cases: AnswerSet,
    *,
    baseline: Baseline | None = None,
    progress: Progress | None = None,
) -> AnswerReport:
    """Asks and checks everything, and measures what comes back.

    Args:
        assistant: Opened over the project's own articles and nothing else.
        cases: What is asked, and expected.
        baseline: What must hold; None demands nothing.
        progress: Told how many cases are done.
    """
    started = time.perf_counter()
    documents = assistant.generation.documents
    judged: list[Judged] = []
    suggested: list[bool] = []
    unmoved: list[bool] = []
    total = len(cases.questions) + len(cases.claims)
    for case in cases.questions:
        answer, ms = _asked(assistant, case)
        judged.append(judge(case, answer, documents, ms))
        suggested += [_is_answered(assistant, one, case) for one in answer.suggestions]
        if case.kind in _TIMELESS_KINDS:
            unmoved.append(_is_unmoved(assistant, case, answer))
        _tell(progress, len(judged), total)
    for claims in cases.claims:
        began = time.perf_counter()
        found = assistant.check(claims.text, script=claims.script)
        ms = 1000 * (time.perf_counter() - began)
        judged.append(judge_claims(claims, found, documents, ms))
        _tell(progress, len(judged), total)
    refusable = {case.id for case in cases.questions if case.refused}
    measures = _measures(judged, refusable)
    measures |= _share("suggestions_answered", suggested) | _share("same_on_any_day", unmoved)
    kinds = tuple(
        KindMeasured.of(kind, [one for one in judged if one.kind == kind])
        for kind in dict.fromkeys(one.kind for one in judged)
    )
    parts = {"all": measures} | {one.name: {"passed": one.passed / one.cases} for one in kinds}
    return AnswerReport(
        judged=tuple(judged),
        measures=measures,
        held_out=_measures([one for one in judged if one.split == "test"], refusable),
        kinds=kinds,
        below_floor=baseline.answers_below(parts) if baseline else (),
        seconds=time.perf_counter() - started,
    )


def _asked(assistant: Answering, case: Case, on: date | None = None) -> tuple[Answer, float]:
    """The answer to a case, after its history, and how many milliseconds it took."""
    day = on or case.asked_on or ASKED_ON
    turns: list[Turn] = []
    for question in case.history:
        said = assistant.ask(
            question, session_script=case.script, history=tuple(turns), asked_on=day
        )
        turns.append(Turn(question, said.understood_as or question, said))
    began = time.perf_counter()
    answer = assistant.ask(
        case.question, session_script=case.script, history=tuple(turns), asked_on=day
    )
    return answer, 1000 * (time.perf_counter() - began)


def _is_answered(assistant: Answering, question: str, case: Case) -> bool:
    answer = assistant.ask(question, session_script=case.script, asked_on=case.asked_on or ASKED_ON)
    return answer.status == "answered"


def _is_unmoved(assistant: Answering, case: Case, answer: Answer) -> bool:
    """Whether the answer is the same years before and after."""
    return all(_asked(assistant, case, day)[0].text == answer.text for day in _OTHER_DAYS)


def _measures(judged: Sequence[Judged], refusable: frozenset[str] | set[str]) -> dict[str, float]:
    """Every measure that the cases give something for."""
    questions = [one for one in judged if one.form != "check"]
    measures = _share("passed", (one.passed for one in judged))
    measures |= _integrity(judged) | _citing(questions, refusable)
    measures |= _refusing(questions, refusable)
    for name, kinds in _RIGHT_OF_KIND.items():
        measures |= _share(name, (one.passed for one in questions if one.kind in kinds))
    measures |= _share("conflicts_shown", (o.shown for o in questions if o.kind == "conflict"))
    measures |= _share("list_items", (one.items for one in questions if one.kind == "list"))
    measures |= _share("claims_right", (right for one in judged for right in one.rights))
    measures |= _share("pairs_alike", _alike(judged))
    if questions:
        measures["median_ms"] = statistics.median(one.ms for one in questions)
    return measures


def _integrity(judged: Sequence[Judged]) -> dict[str, float]:
    total = sum((one.integrity for one in judged), Integrity())
    counts = {
        "quotes_exact": (total.exact, total.quotes),
        "sentences_supported": (total.supported, total.sentences),
        "numbers_supported": (total.held, total.figures),
        "script_right": (total.right_script, total.telling),
    }
    return {name: part / whole for name, (part, whole) in counts.items() if whole}


def _citing(questions: Sequence[Judged], refusable: Iterable[str]) -> dict[str, float]:
    """Precision over all citations of answers; recall over the cases that demand some.

    A refusal of what should have been answered cites nothing: it counts for recall.
    """
    due = [one for one in questions if one.id not in set(refusable)]
    cited = sum(len(one.cited) for one in due)
    measures = {"citation_precision": sum(o.relevant for o in due) / cited} if cited else {}
    return measures | _share("citation_recall", (one.cites_required for one in due))


def _refusing(questions: Sequence[Judged], refusable: Iterable[str]) -> dict[str, float]:
    due = [one for one in questions if one.id in set(refusable)]
    answerable = [one for one in questions if one.id not in set(refusable)]
    refused = [one for one in questions if one.refused]
    rightly = {one.id for one in due}
    return (
        _share("refusal_precision", (one.id in rightly for one in refused))
        | _share("refusal_recall", (one.refused for one in due))
        | _share("refusal_recall_near", (one.refused for one in due if one.kind in _NEAR))
        | _share("refusal_recall_far", (one.refused for one in due if one.kind == "far"))
        | _share("answered_of_answerable", (not one.refused for one in answerable))
    )


def _alike(judged: Sequence[Judged]) -> Iterable[bool]:
    """Whether both scripts of a pair came out the same: form, articles and problems."""
    pairs = defaultdict(list)
    for one in judged:
        outcome = (one.form, frozenset(one.cited), frozenset(p.kind for p in one.problems))
        pairs[one.pair].append(outcome)
    return [two[0] == two[1] for two in pairs.values() if len(two) == 2]


def _share(name: str, values: Iterable[float]) -> dict[str, float]:
    """The mean under its name; nothing where there are no values."""
    held = list(values)
    return {name: sum(held) / len(held)} if held else {}


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and (done % 20 == 0 or done == total):
        progress("answers", done, total)
