"""What the one bag of terms finds by itself: BM25 over whole passages, no vectors, no groups.

    python eval/bench_terms.py ../shared/data/drcd_dev ../shared/data/cmrc_dev

Prints Markdown, R@1 / R@5 a set and setting; `docs/decisions/0003-scripts.md` holds the result.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import numpy as np

from lhassist import terms
from lhassist.evaluation.sets import QuestionSet, read_set
from lhassist.index.lexical import LexicalBuilder

NOTHING = re.compile("(?!)")
SETTINGS = {
    "the bag as it is": {},
    "figures and Latin words once": {"_EXACT_WEIGHT": 1},
    "twice": {"_EXACT_WEIGHT": 2},
    "four times": {"_EXACT_WEIGHT": 4},
    "question words left in": {"_QUESTION": NOTHING},
    "both: once, left in": {"_EXACT_WEIGHT": 1, "_QUESTION": NOTHING},
    "figures without what they count": {"_COUNTED": NOTHING},
}


def found(questions: QuestionSet) -> tuple[float, float, float]:
    """R@1 and R@5 in percent, and millions of characters analysed in a second of CPU."""
    analyzer = terms.Analyzer(questions.gazetteer)
    builder = LexicalBuilder()
    start = time.process_time()
    for passage in questions.passages:
        builder.add(analyzer.terms(passage.text), [])
    seconds = time.process_time() - start
    index = builder.build(np.zeros(0, np.int64))
    ranks = []
    for question in questions.questions:
        scores, _ = index.scores(analyzer.terms(question.text))
        order = np.argsort(-scores, kind="stable")[:5]
        names = [questions.names[questions.passages[i].id] for i in order if scores[i] > 0]
        grades = questions.qrels[question.id]
        ranks.append(next((i for i, name in enumerate(names) if grades.get(name, 0) > 0), 5))
    characters = sum(len(passage.text) for passage in questions.passages)
    at = np.array(ranks)
    return 100 * float((at < 1).mean()), 100 * float((at < 5).mean()), characters / seconds / 1e6


def main() -> None:
    """Measures every setting on every set named on the command line."""
    sets = [read_set(Path(folder)) for folder in sys.argv[1:]]
    sys.stdout.write("| | " + " | ".join(s.name for s in sets) + " |\n|---")
    sys.stdout.write("|---" * len(sets) + "|\n")
    for name, changed in SETTINGS.items():
        kept = {constant: getattr(terms, constant) for constant in changed}
        for constant, value in changed.items():
            setattr(terms, constant, value)
        figures = [found(questions) for questions in sets]
        for constant, value in kept.items():
            setattr(terms, constant, value)
        cells = " | ".join(f"{first:.2f} / {five:.2f}" for first, five, _ in figures)
        sys.stdout.write(f"| {name} | {cells} |\n")
        if not changed:
            speed = ", ".join(f"{figure[2]:.2f}" for figure in figures)
            sys.stderr.write(f"millions of characters a second: {speed}\n")


if __name__ == "__main__":
    main()
