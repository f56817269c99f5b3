"""The retrieval evaluation suite.

`evaluate` runs question sets and returns an `EvalReport`; `compare` tests whether one run is better
than another. Nothing here prints.

    report = evaluate(settings, sets, runs=folder, progress=progress)
    report.to_json()             what `lhassist eval --json` prints
    report.below_floor           not empty: exit with 1
    report.write_html(path)      one page that needs nothing beside it
    report.sets[0].total         .name .questions .metrics["R@1"] .interval["R@1"]
    report.sets[0].kinds         the same for each kind of question; .scripts for each script
    report.sets[0].gap["R@1"]    how far the scripts are apart

    compare(a, b)                two folders that `runs=` wrote, or two run files in TREC form
"""

from lhassist.evaluation.compare import Comparison, compare
from lhassist.evaluation.report import EvalReport, Measured, SetResult, Shortfall
from lhassist.evaluation.suite import evaluate

__all__ = [
    "Comparison",
    "EvalReport",
    "Measured",
    "SetResult",
    "Shortfall",
    "compare",
    "evaluate",
]
