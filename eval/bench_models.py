"""Answers with and without a language model, beside each other.

    .venv/bin/python eval/bench_models.py [--every N] [MODEL...]

MODEL is an installed one (`lhassist models`); extracted answers come first. Asks the answer cases
that want plain sentences, and near misses; every Nth of each. Prints a table in Markdown; the times
are those of the first.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from time import perf_counter

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.evaluation.answers import ASKED_ON
from lhassist.evaluation.cases import CASES, Case, read_cases
from lhassist.evaluation.integrity import Integrity
from lhassist.evaluation.judging import Judged, judge
from lhassist.schema import Answer

_PLAIN = frozenset(("figure", "name", "date", "place", "list"))
_NEAR = frozenset(("near", "period", "entity"))
_HEAD = (
    "| | gold contained | near misses refused | worded by | sentences borne out | invented figures "
    "| median | p95 |\n|---|--:|--:|---|--:|--:|--:|--:|\n"
)


def main() -> None:
    """Measures what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("models", nargs="*")
    parser.add_argument("--every", type=int, default=1, help="only each such case")
    chosen = parser.parse_args()
    settings = Settings.load()
    embedder = open_embedder(settings.embedder, settings.cache_dir)
    cases = read_cases(settings.eval_dir / CASES).questions
    plain = [one for one in cases if one.kind in _PLAIN and not one.history][:: chosen.every]
    near = [one for one in cases if one.kind in _NEAR and not one.history][:: chosen.every]
    sys.stdout.write(_HEAD)
    sys.stdout.write(_row("extractive", settings, embedder, plain, near))
    sys.stdout.flush()
    for name in chosen.models:
        worded = settings.model_copy(
            update={"generator": "llm", "llm_server": "local", "llm_model": name}
        )
        sys.stdout.write(_row(name, worded, embedder, plain, near))
        sys.stdout.flush()


def _row(
    name: str, settings: Settings, embedder: Embedder, plain: Sequence[Case], near: Sequence[Case]
) -> str:
    assistant = Assistant.open(settings, embedder=embedder)
    documents = assistant.generation.documents
    took: list[float] = []
    ways: Counter[str] = Counter()
    answered: list[Judged] = []
    for case in plain:
        began = perf_counter()
        answer = _asked(assistant, case)
        took.append(perf_counter() - began)
        ways[answer.fallback or answer.generator.partition(":")[0]] += 1
        answered.append(judge(case, answer, documents))
    worded = ", ".join(f"{way} {count}" for way, count in ways.most_common())
    refused = sum(judge(case, _asked(assistant, case), documents).refused for case in near)
    whole = sum((one.integrity for one in answered), Integrity())
    columns = (
        name,
        f"{sum(one.items == 1 for one in answered)} / {len(plain)}",
        f"{refused} / {len(near)}",
        worded,
        f"{whole.supported} / {whole.sentences}",
        str(whole.figures - whole.held),
        f"{statistics.median(took):.2f} s",
        f"{statistics.quantiles(took, n=20)[-1]:.2f} s",
    )
    return f"| {' | '.join(columns)} |\n"


def _asked(assistant: Assistant, case: Case) -> Answer:
    return assistant.ask(case.question, asked_on=case.asked_on or ASKED_ON)


if __name__ == "__main__":
    main()
