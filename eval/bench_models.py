"""Answers with and without a language model, beside each other.

    .venv/bin/python eval/bench_models.py [--every N] [MODEL...]

MODEL is an installed one (`lhassist models`); extracted answers come first. Asks the answer cases
that want plain sentences, and near misses; every Nth of each, and as cases come in pairs, one in
either script, an even N asks in one script only. Prints a table in Markdown. "Held out" are the
cases of the split `test`; "of named articles" are precision and recall as `lhassist eval answers`
has them; a citation bears a sentence out if it does so alone; the times are those of plain cases.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.evaluation.answers import ASKED_ON
from lhassist.evaluation.cases import CASES, Case, read_cases
from lhassist.evaluation.integrity import Integrity, integrity
from lhassist.evaluation.judging import Judged, judge
from lhassist.schema import Answer

_PLAIN = frozenset(("figure", "name", "date", "place", "list"))
_NEAR = frozenset(("near", "period", "entity"))
_HEAD = (
    "| | gold contained | held out | near misses refused | worded by | of named articles "
    "| citations that bear out | sentences borne out | invented figures | median | p95 |\n"
    "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|\n"
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
    alone = Integrity()
    for case in plain:
        began = perf_counter()
        answer = _asked(assistant, case)
        took.append(perf_counter() - began)
        ways[answer.fallback or answer.generator.partition(":")[0]] += 1
        answered.append(judge(case, answer, documents))
        alone += sum(
            (integrity(one, case.script, documents) for one in _alone(answer)), Integrity()
        )
    worded = ", ".join(f"{way} {count}" for way, count in ways.most_common())
    refused = sum(judge(case, _asked(assistant, case), documents).refused for case in near)
    whole = sum((one.integrity for one in answered), Integrity())
    cited = sum(len(one.cited) for one in answered)
    precision = sum(one.relevant for one in answered) / cited if cited else 0.0
    recall = statistics.mean(one.cites_required for one in answered)
    columns = (
        name,
        _gold(answered),
        _gold([one for one in answered if one.split == "test"]),
        f"{refused} / {len(near)}",
        worded,
        f"{precision:.3f}, {recall:.3f}",
        f"{alone.supported} / {alone.sentences}",
        f"{whole.supported} / {whole.sentences}",
        str(whole.figures - whole.held),
        f"{statistics.median(took):.2f} s",
        f"{statistics.quantiles(took, n=20)[-1]:.2f} s",
    )
    return f"| {' | '.join(columns)} |\n"


def _alone(answer: Answer) -> Iterator[Answer]:
    """Each citation of each sentence as if it were the only one."""
    for sentence in answer.sentences:
        for number in sentence.citations:
            yield replace(answer, sentences=(replace(sentence, citations=(number,)),), rows=())


def _gold(answered: Sequence[Judged]) -> str:
    return f"{sum(one.items == 1 for one in answered)} / {len(answered)}"


def _asked(assistant: Assistant, case: Case) -> Answer:
    return assistant.ask(case.question, asked_on=case.asked_on or ASKED_ON)


if __name__ == "__main__":
    main()
