"""What each part of the search is worth: the suite with one part changed at a time.

    python eval/bench_retrieval.py SET...

SETs are what `lhassist eval --set` takes; the project's own set gets columns for some kinds. Of its
paraphrases, half were read while the thesaurus was written and half were not: those tell what it is
worth to a question that nobody has seen. Prints R@1 / R@5 in percent (Success where several
passages are right at once), a row a change.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import mean
from typing import Any

from lhassist.config import Settings
from lhassist.evaluation import Measured, SetResult, evaluate
from lhassist.index import lexical
from lhassist.retrieve import common, search
from lhassist.retrieve.common import CommonQuestions
from lhassist.retrieve.readings import Readings
from lhassist.retrieve.thesaurus import Thesaurus

KINDS = ("typo", "english")
HALVES = ("unread", "read")

CHANGES: dict[str, list[tuple[Any, str, Any]]] = {
    "as it is": [],
    "words count 1.0": [(search, "WORDS_WEIGHT", 1.0)],
    "words count 2.0": [(search, "WORDS_WEIGHT", 2.0)],
    "words count nothing": [(search, "WORDS_WEIGHT", 0.0), (search, "CROWDED_WEIGHT", 0.0)],
    "no thesaurus": [(Thesaurus, "find", lambda self, question: ())],
    "a crowd like few": [(search, "CROWDED_WEIGHT", search.WORDS_WEIGHT)],
    "words of the whole passage alone": [(search, "GROUP_SHARE", 0.0)],
    "words of the best group alone": [(search, "GROUP_SHARE", 1.0)],
    "k1 1.2, b 0.75": [(lexical, "K1", 1.2), (lexical, "B", 0.75)],
    "nothing taken out of a question": [
        (CommonQuestions, "take_out", lambda self, vector, *, chinese: vector)
    ],
    "half of what is common taken out": [(common, "_COMMON_SHARE", 0.5)],
    "all of what is common taken out": [(common, "_COMMON_SHARE", 1.0)],
    "captions like any passage": [(search, "CAPTION_COST", 0.0)],
    "names in Pinyin left as they are": [(Readings, "in_characters", lambda self, text: text)],
}


@contextmanager
def changed(changes: Sequence[tuple[Any, str, Any]]) -> Iterator[None]:
    """Sets attributes for a while."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def shown(measured: Measured) -> str:
    """Two measures of some questions."""
    several = "Success@1" in measured.metrics
    names = ("Success@1", "Success@5") if several else ("R@1", "R@5")
    return " / ".join(f"{100 * measured.metrics[name]:.1f}" for name in names)


def paraphrases(one: SetResult) -> dict[str, str]:
    """R@1 / R@5 of the paraphrases, by halves; both wordings of a question are in the same one."""
    halves: dict[str, list[Mapping[str, float]]] = {}
    for asked in one.asked:
        if asked.kind == "paraphrase":
            half = HALVES[1 - zlib.crc32(asked.id.rpartition("-")[0].encode()) % 2]
            halves.setdefault(half, []).append(asked.metrics)
    return {
        f"paraphrase, {half}": " / ".join(
            f"{100 * mean(one[name] for one in metrics):.1f}" for name in ("R@1", "R@5")
        )
        for half, metrics in sorted(halves.items())
    }


def main(sets: list[str]) -> None:
    """Prints one table."""
    settings = Settings.load()
    for number, (label, changes) in enumerate(CHANGES.items()):
        with changed(changes):
            report = evaluate(settings, sets, parity=False)
        columns = {}
        for one in report.sets:
            columns[one.name] = shown(one.total)
            columns |= paraphrases(one)
            columns |= {kind.name: shown(kind) for kind in one.kinds if kind.name in KINDS}
        if number == 0:
            sys.stdout.write(f"| | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}\n")
        sys.stdout.write(f"| {label} | {' | '.join(columns.values())} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
