r"""Makes question sets in BEIR form from the official downloads of five public data sets.

    python eval/make_sets.py --drcd DRCD_dev.json --cmrc cmrc2018_dev.json \
        --xquad-zh xquad.zh.json --xquad-en xquad.en.json \
        --dureader demo/trainset/search.train.json demo/devset/search.dev.json

Every paragraph becomes a document, every question is judged by the paragraph it was asked about;
sentences are not altered. Where to get the files is in docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lhassist.evaluation.sets import write_set

LEAST_CHARACTERS = 8
"""Shorter paragraphs of web pages are page furniture."""


@dataclass
class MadeSet:
    """What goes into the three files."""

    corpus: list[dict[str, object]] = field(default_factory=list)
    queries: list[dict[str, object]] = field(default_factory=list)
    judgements: list[tuple[str, str, int]] = field(default_factory=list)

    def add_passage(self, prefix: str, title: str, text: str) -> str:
        """Adds a passage and returns its id."""
        name = f"{prefix}-p{len(self.corpus)}"
        self.corpus.append({"_id": name, "title": title, "text": text})
        return name

    def add_question(self, name: str, text: str, answers: Sequence[str]) -> None:
        """Adds a question with its gold answers, each once."""
        self.queries.append({"_id": name, "text": text, "answers": list(dict.fromkeys(answers))})


def squad(path: Path, prefix: str, *, questions: Path | None = None) -> MadeSet:
    """Reads a file in SQuAD's form: DRCD, CMRC 2018 (squad-style) and XQuAD.

    Args:
        path: The download.
        prefix: Of the passages' ids.
        questions: A second file of the same questions, by id, in another language: the wording is
            taken from there.
    """
    wording = {
        qa["id"]: qa["question"]
        for _, paragraph in (_paragraphs(questions) if questions else ())
        for qa in paragraph["qas"]
    }
    made = MadeSet()
    for title, paragraph in _paragraphs(path):
        passage = made.add_passage(prefix, title, paragraph["context"])
        for qa in paragraph["qas"]:
            answers = [answer["text"] for answer in qa["answers"]]
            made.add_question(qa["id"], wording[qa["id"]] if questions else qa["question"], answers)
            made.judgements.append((qa["id"], passage, 1))
    return made


def dureader(paths: Sequence[Path]) -> MadeSet:
    """Reads DuReader 2.0 in its raw form, one question a line with the pages that a search found.

    A question is judged by the paragraph that its annotators' answers are nearest to, of each page
    that they chose; one without such a page is left out.
    """
    made = MadeSet()
    ids: dict[str, str] = {}
    for record in (json.loads(line) for path in paths for line in _lines(path)):
        relevant = []
        for page in record["documents"]:
            names = []
            for text in (paragraph.strip() for paragraph in page["paragraphs"]):
                if len(text) >= LEAST_CHARACTERS and text not in ids:
                    ids[text] = made.add_passage("dureader", page["title"], text)
                names.append(ids.get(text))
            if page.get("is_selected") and (name := names[page["most_related_para"]]):
                relevant.append(name)
        if relevant:
            question = f"dureader-q{record['question_id']}"
            made.add_question(question, record["question"], record["answers"])
            made.judgements += [(question, name, 1) for name in dict.fromkeys(relevant)]
    return made


def _paragraphs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield article.get("title", ""), paragraph


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes a folder for every download that is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drcd", type=Path, metavar="DRCD_dev.json")
    parser.add_argument("--cmrc", type=Path, metavar="cmrc2018_dev.json")
    parser.add_argument("--xquad-zh", type=Path, metavar="xquad.zh.json")
    parser.add_argument("--xquad-en", type=Path, metavar="xquad.en.json")
    parser.add_argument("--dureader", type=Path, nargs="+", metavar="search.*.json")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "sets")
    given = parser.parse_args(arguments)
    made = {}
    if given.drcd:
        made["drcd_dev"] = squad(given.drcd, "drcd_dev")
    if given.cmrc:
        made["cmrc_dev"] = squad(given.cmrc, "cmrc_dev")
    if given.xquad_zh:
        made["xquad_zh"] = squad(given.xquad_zh, "xquad_zh")
        if given.xquad_en:
            made["xquad_en_zh"] = squad(given.xquad_zh, "xquad_zh", questions=given.xquad_en)
    if given.dureader:
        made["dureader2_demo"] = dureader(given.dureader)
    if not made:
        parser.error("give at least one download")
    for name, one in made.items():
        write_set(given.out / name, one.corpus, one.queries, one.judgements)
        sys.stdout.write(
            f"{given.out / name}: {len(one.corpus)} passages, {len(one.queries)} questions, "
            f"{len(one.judgements)} judgements\n"
        )


if __name__ == "__main__":
    main()
