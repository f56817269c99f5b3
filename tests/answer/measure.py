"""Prints how often the assistant answers rightly and refuses rightly: `docs/answers.md`.

    python -m tests.answer.measure
    python -m tests.answer.measure --set ../shared/data/drcd_dev

The first asks the sample articles the questions beside this file and those of `eval/luohe`. Of
the latter, three in four were read while the rules were written; one in four was not. The second
asks a public reading set (BEIR form, with `answers` in its queries) that has nothing to do with
Luohe: half of the questions have lost their passage and must be refused.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from lhassist.assistant import Assistant
from lhassist.script import fold
from tests.answer.sample import open_sample

ROOT = Path(__file__).resolve().parents[2]
PASSAGES, QUESTIONS = 300, 300


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what its answer must say: all of `needed`, or one of them."""

    group: str
    question: str
    answerable: bool
    needed: tuple[str, ...]
    all_needed: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, help="a reading set in BEIR form")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        if chosen.set is None:
            report(open_sample(index, ROOT / "corpus"), [*own_cases(), *luohe_cases()])
        else:
            kept = write_articles(chosen.set, Path(folder) / "articles")
            report(open_sample(index, Path(folder) / "articles"), set_cases(chosen.set, kept))


def report(assistant: Assistant, cases: Iterable[Case]) -> None:
    """Writes a table; `nearest` is the median cosine of questions with their nearest group."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    nearest: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        groups[case.group][judged(assistant, case)] += 1
        hits = assistant.search(case.question, 1000)
        nearest[case.group].append(max(hit.dense or -1.0 for hit in hits))
    columns = ("right", "wrong", "refused", "rightly refused", "wrongly answered")
    lines = [f"| questions | {' | '.join(columns)} | nearest |", "|---|" + "--:|" * 6]
    for group, found in sorted(groups.items()):
        counts = " | ".join(str(found[column]) for column in columns)
        lines.append(f"| {group} | {counts} | {median(nearest[group]):.3f} |")
    sys.stdout.write("\n".join(lines) + "\n")


def judged(assistant: Assistant, case: Case) -> str:
    answer = assistant.ask(case.question)
    if answer.status == "refused":
        return "refused" if case.answerable else "rightly refused"
    if not case.answerable:
        return "wrongly answered"
    text = fold(answer.text)
    found = [fold(words) in text for words in case.needed]
    return "right" if (all(found) if case.all_needed else any(found)) else "wrong"


def own_cases() -> Iterator[Case]:
    for row in rows(Path(__file__).with_name("questions.jsonl")):
        yield Case("beside this file", row["question"], "must" in row, tuple(row.get("must", ())))


def luohe_cases() -> Iterator[Case]:
    for row in rows(ROOT / "eval" / "luohe" / "questions.jsonl"):
        draw = zlib.crc32((row["pair"] or row["id"]).encode())
        seen = "unread" if draw % 2 and (draw >> 7) % 2 else "read"
        kind = row["kind"]
        if kind in ("paraphrase", "typo", "english"):
            group = kind
        elif row["answerable"]:
            group = "plain questions"
        else:
            group = f"unanswerable, {'near' if row['near'] else 'far'}"
        group = f"eval/luohe, {seen}: {group}"
        needed = tuple(row["answers"])
        yield Case(group, row["text"], row["answerable"], needed, all_needed=kind == "list")


def write_articles(folder: Path, target: Path) -> set[str]:
    """Writes some of a set's passages as articles; returns their ids."""
    target.mkdir()
    passages = sorted(rows(folder / "corpus.jsonl"), key=lambda row: row["_id"])
    chosen = random.Random(1).sample(passages, PASSAGES)
    for row in chosen:
        head = json.dumps(row.get("title") or row["_id"], ensure_ascii=False)
        body = row["text"].strip()
        article = f"---\ntitle: {head}\n---\n\n{body}\n"
        (target / f"{row['_id']}.md").write_text(article, encoding="utf-8")
    return {row["_id"] for row in chosen}


def set_cases(folder: Path, kept: set[str]) -> Iterator[Case]:
    judgements = (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in judgements:
        question, passage, _ = line.split("\t")
        relevant[question].add(passage)
    queries = list(rows(folder / "queries.jsonl"))
    random.Random(1).shuffle(queries)
    for answerable in (True, False):
        cases = [row for row in queries if bool(relevant[row["_id"]] & kept) == answerable]
        for row in cases[:QUESTIONS]:
            needed = tuple(row["answers"])
            yield Case(folder.name, row["text"], answerable, needed, all_needed=False)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    main()
