"""What stands behind the answers, measured apart from them.

    .venv/bin/python eval/bench_answers.py mutations
    .venv/bin/python eval/bench_answers.py selection FOLDER...

`mutations` shows the guard that answers go through sentences with one thing changed in each.
`selection` ranks the sentences of gold passages of sets in BEIR form whose questions have the key
`answers`. Both print one JSON object a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lhassist import corpus
from lhassist.answer.citing.verify import problems
from lhassist.config import Settings
from lhassist.evaluation.cases import CASES, read_cases
from lhassist.evaluation.mutations import measure_mutations
from lhassist.evaluation.selection import measure_selection


def tell(found: dict[str, object]) -> None:
    """Writes one object as a line."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measures what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", choices=("mutations", "selection"))
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only each such question")
    chosen = parser.parse_args()
    settings = Settings.load()
    if chosen.what == "selection":
        for folder in chosen.sets:
            found = measure_selection(settings, folder, every=chosen.every)
            tell(found.to_json())
        return
    documents = {
        one.document_id: corpus.read(one.path, document_id=one.document_id, root=one.root)
        for one in corpus.scan([settings.corpus_dir])
    }
    cases = read_cases(settings.eval_dir / CASES)
    report = measure_mutations(problems, documents, cases)
    tell(report.to_json())


if __name__ == "__main__":
    main()
