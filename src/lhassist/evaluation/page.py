"""The report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from lhassist.evaluation.charts import NARROW, WIDE, Frame, Line, Row, curves, dots, histogram
from lhassist.evaluation.parity import PAIRS, Pair
from lhassist.evaluation.refusal import Refusals
from lhassist.evaluation.report import EvalReport, Measured, SetResult

_STEPS = 200
_BINS = 10
_SHORT = {"zh-Hans": "Hans", "zh-Hant": "Hant", "zh-TW": "TW", "zh-HK": "HK", None: "as it is"}

_EXPLAINED = {
    "R": "Recall: the share of the right passages that are among the first {k}. With one right "
    "passage, it says how often that one is there.",
    "RR": "Reciprocal rank: 1 if a right passage comes first, 1/2 if second, 1/3 if third … "
    "and 0 if none of the first {k} is right.",
    "nDCG": "Rewards right passages among the first {k}, the more the higher they stand; "
    "1 is the best possible order.",
    "Success": "How often at least one right passage is among the first {k}.",
}


@dataclass(frozen=True, slots=True)
class _TableRow:
    label: str
    measured: Measured
    floors: dict[str, float]

    @property
    def missed(self) -> set[str]:
        return {name for name, least in self.floors.items() if self.measured.metrics[name] < least}


def render(report: EvalReport) -> str:
    """Draws a report."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    main = report.measures[0]
    set_rows = [_row(report, one.name, one.name, one.total) for one in report.sets]
    measures = list(dict.fromkeys(name for row in set_rows for name in row.measured.metrics))
    template = (files("lhassist.evaluation") / "page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        report=report,
        created=report.created.strftime("%Y-%m-%d %H:%M UTC"),
        total_questions=sum(one.total.questions for one in report.sets),
        floors=_limits(report, set_rows),
        explained=_explained(measures),
        main_measure=main,
        sets_chart=_dots(f"{main} of each set", set_rows, main),
        set_rows=set_rows,
        set_measures=measures,
        kinds=[_kinds(report, one, main) for one in report.sets if one.kinds],
        parity=_parity(report, main),
        refusals=[_refusals(one.name, one.refusals) for one in report.sets if one.refusals],
        reliability=_reliability(report),
        worst=[_worst(one) for one in report.sets],
    )


def _row(report: EvalReport, key: str, label: str, measured: Measured) -> _TableRow:
    floors = report.baseline.floors.get(key, {})
    return _TableRow(
        label, measured, {name: floors[name] for name in measured.metrics if name in floors}
    )


def _limits(report: EvalReport, set_rows: Iterable[_TableRow]) -> int:
    kinds = [_row(report, f"{one.name}/{k.name}", "", k) for one in report.sets for k in one.kinds]
    gaps = sum(bool(one.pairs) for one in report.sets) * len(report.baseline.parity_gap)
    return sum(len(row.floors) for row in (*set_rows, *kinds)) + gaps


def _explained(measures: Iterable[str]) -> list[tuple[str, str]]:
    """Names and what they mean in a sentence; one entry a family."""
    families: dict[str, list[str]] = {}
    for name in measures:
        families.setdefault(name.partition("@")[0], []).append(name)
    return [
        (
            ", ".join(names),
            _EXPLAINED.get(family, "As ir_measures defines it.").format(
                k=" or ".join(name.partition("@")[2] for name in names)
            ),
        )
        for family, names in families.items()
    ]


def _drawn(draw: Callable[[Frame], str]) -> Markup:
    """A chart for wide screens and for narrow ones; the page shows one of them."""
    return Markup(f'<div class="wide">{draw(WIDE)}</div>\n<div class="narrow">{draw(NARROW)}</div>')


def _dots(title: str, rows: Sequence[_TableRow], measure: str) -> Markup:
    drawn = [
        Row(
            row.label,
            row.measured.metrics[measure],
            *row.measured.interval[measure],
            row.floors.get(measure),
        )
        for row in rows
    ]
    return _drawn(lambda frame: dots(frame, title, drawn))


def _kinds(report: EvalReport, one: SetResult, measure: str) -> dict[str, Any]:
    rows = [_row(report, f"{one.name}/{kind.name}", kind.name, kind) for kind in one.kinds]
    return {
        "name": one.name,
        "rows": rows,
        "chart": _dots(f"{measure} by kind of question", rows, measure),
        "scripts": [_row(report, "", part.name, part) for part in one.scripts],
    }


def _parity(report: EvalReport, measure: str) -> dict[str, Any] | None:
    limit = report.baseline.gap_limit
    rows = [
        {
            "name": one.name,
            "metrics": [pair.metrics[measure] for pair in one.pairs],
            "gap": one.gap[measure],
            "bad": one.gap[measure] > limit(measure, one.total.questions) + 1e-9,
        }
        for one in report.sets
        if one.pairs
    ]
    return {"pairs": [_arrow(pair) for pair in PAIRS], "rows": rows} if rows else None


def _arrow(pair: Pair) -> str:
    return f"{_SHORT[pair.question]} → {_SHORT[pair.collection]}"


def _refusals(name: str, one: Refusals) -> dict[str, Any]:
    groups = [("answerable", one.answerable), ("near", one.near), ("far", one.far)]
    steps = [step / _STEPS for step in range(_STEPS + 1)]
    refused = [one.refused(step) for step in steps]
    lines = [
        Line(group, [(at, share[group]) for at, share in zip(steps, refused, strict=True)])
        for group, values_of_group in groups
        if values_of_group
    ]
    return {
        "name": name,
        "refusals": one,
        "refused": one.refused(one.threshold),
        "auroc": one.auroc,
        "histogram": _drawn(
            lambda frame: histogram(frame, "Confidence by group", groups, mark=one.threshold)
        ),
        "curves": _drawn(
            lambda frame: curves(frame, "Share refused by threshold", lines, mark=one.threshold)
        ),
    }


def _reliability(report: EvalReport) -> dict[str, Any]:
    """How often the first passage is right, by how confident the search is, over all sets."""
    bins: list[list[bool]] = [[] for _ in range(_BINS)]
    for asked in (asked for one in report.sets for asked in one.asked):
        if asked.confidence is not None:
            number = min(int(asked.confidence * _BINS), _BINS - 1)
            bins[number].append(asked.answerable and asked.rank == 1)
    rows = [
        {
            "low": number / _BINS,
            "high": (number + 1) / _BINS,
            "questions": len(right),
            "right": sum(right) / len(right),
        }
        for number, right in enumerate(bins)
        if right
    ]
    points = [((row["low"] + row["high"]) / 2, row["right"]) for row in rows]
    lines = [Line("ideal", [(0, 0), (1, 1)]), Line("answerable", points)]
    title = "Right first passages by confidence"
    return {"rows": rows, "chart": _drawn(lambda frame: curves(frame, title, lines))}


def _worst(one: SetResult) -> dict[str, Any]:
    return {
        "name": one.name,
        "questions": one.total.questions,
        "missed": sum(asked.answerable and asked.rank != 1 for asked in one.asked),
        "cases": one.worst(),
    }
