"""Question sets: what is asked, what is searched, and which passages answer.

Public sets come as folders in BEIR form (Thakur and others, BEIR, NeurIPS 2021), one document a
passage:

    corpus.jsonl      {"_id": "p0", "title": "...", "text": "..."}
    queries.jsonl     {"_id": "q0", "text": "..."}
    qrels/test.tsv    query-id <tab> corpus-id <tab> score, under that header
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lhassist import passages
from lhassist.errors import EvaluationError
from lhassist.evaluation.metrics import Qrels, Run
from lhassist.gazetteer import Gazetteer
from lhassist.schema import Block, Document, Passage, Script, Span
from lhassist.script import detect

HEADER = ("query-id", "corpus-id", "score")
_FORM = "a set is a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv in BEIR form"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask.

    Attributes:
        kind: What it is like (`figure`, `paraphrase`, ...); empty in public sets.
        script: What it is written in; None where it has no telling character.
        pair: Shared by the two questions that are the same in either script; empty elsewhere.
        answerable: Whether the collection holds an answer.
        near: An unanswerable question on the collection's own topics.
    """

    id: str
    text: str
    kind: str = ""
    script: Script | None = None
    pair: str = ""
    answerable: bool = True
    near: bool = False


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over a collection, with judgements.

    Attributes:
        qrels: Question id to `names` of passages to grades; above 0 is relevant.
        names: Passage id to the id that judgements and run files use.
        gazetteer: The local names that the collection is analysed with.
        one_suffices: Whether the relevant passages of a question all give the same answer, so that
            finding one of them is finding it.
    """

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    qrels: Mapping[str, Mapping[str, int]]
    names: Mapping[str, str]
    gazetteer: Gazetteer = Gazetteer.EMPTY
    one_suffices: bool = False

    def counted(self, run: Run) -> Qrels:
        """The judgements that a run is measured by.

        Where one passage suffices, only the relevant passage that the run ranks best counts: an
        article that says the same again further down is neither missing nor a second success.
        """
        if not self.one_suffices:
            return self.qrels
        counted = {}
        for question, grades in self.qrels.items():
            relevant = [name for name, grade in grades.items() if grade > 0]
            found = run.get(question, {})
            best = max(relevant, key=lambda name: found.get(name, -math.inf), default=None)
            counted[question] = {} if best is None else {best: grades[best]}
        return counted


def is_set(folder: Path) -> bool:
    """Whether a folder is meant to be in BEIR form."""
    return (folder / "corpus.jsonl").is_file() or (folder / "queries.jsonl").is_file()


def read_set(folder: Path) -> QuestionSet:
    """Reads a folder in BEIR form. Questions without a relevant judgement are left out.

    Raises:
        EvaluationError: A file is missing, a line is not as described, or a judgement names
            something that the other two files do not hold.
    """
    documents = tuple(
        _document(fields, folder / "corpus.jsonl") for fields in _records(folder / "corpus.jsonl")
    )
    texts = {
        str(fields["_id"]): str(fields["text"]) for fields in _records(folder / "queries.jsonl")
    }
    qrels = _qrels(folder / "qrels" / "test.tsv", texts, {document.id for document in documents})
    asked = {name for name, grades in qrels.items() if any(g > 0 for g in grades.values())}
    whole = tuple(passages.whole(document) for document in documents)
    return QuestionSet(
        name=folder.resolve().name,
        questions=tuple(
            Question(id=name, text=text, script=detect(text))
            for name, text in texts.items()
            if name in asked
        ),
        documents=documents,
        passages=whole,
        qrels=qrels,
        names={passage.id: passage.document_id for passage in whole},
    )


def write_set(
    folder: Path,
    corpus: Iterable[Mapping[str, object]],
    queries: Iterable[Mapping[str, object]],
    judgements: Iterable[tuple[str, str, int]],
) -> None:
    """Writes a folder in BEIR form."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, records in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / name).write_text("".join(lines), encoding="utf-8")
    rows = [HEADER, *((query, document, str(grade)) for query, document, grade in judgements)]
    lines = ("\t".join(row) + "\n" for row in rows)
    (folder / "qrels" / "test.tsv").write_text("".join(lines), encoding="utf-8")


def merge(first: QuestionSet, *others: QuestionSet) -> QuestionSet:
    """The first set's questions over the collections of all: the others are what distracts.

    Raises:
        EvaluationError: Two collections use the same document id.
    """
    sets = (first, *others)
    documents = tuple(document for one in sets for document in one.documents)
    if len({document.id for document in documents}) < len(documents):
        raise EvaluationError(
            f"{' and '.join(one.name for one in sets)} use the same document ids",
            hint="only collections with ids of their own can be merged",
        )
    return replace(
        first,
        name="+".join(one.name for one in sets),
        documents=documents,
        passages=tuple(passage for one in sets for passage in one.passages),
        names={key: name for one in sets for key, name in one.names.items()},
    )


def _document(fields: dict[str, Any], path: Path) -> Document:
    text = str(fields["text"])
    return Document(
        id=str(fields["_id"]),
        title=str(fields.get("title", "")),
        text=text,
        blocks=(Block("paragraph", Span(0, len(text))),),
        script=detect(text) or "zh-Hans",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=str(path),
    )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, each with `_id` and `text`; ids occur once."""
    seen = set()
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{path}:{number}: not JSON: {error}", hint=_FORM) from error
        if not isinstance(fields, dict) or not {"_id", "text"} <= fields.keys():
            raise EvaluationError(f"{path}:{number}: no object with `_id` and `text`", hint=_FORM)
        if fields["_id"] in seen:
            raise EvaluationError(
                f"{path}:{number}: the id {fields['_id']!r} occurs twice", hint="make ids unique"
            )
        seen.add(fields["_id"])
        yield fields


def _qrels(
    path: Path, questions: Mapping[str, str], documents: set[str]
) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_text(path).split("\n"), 1):
        fields = tuple(line.split("\t"))
        if not line.strip() or (number == 1 and fields == HEADER):
            continue
        try:
            question, document, grade = fields[0], fields[1], int(fields[2])
        except (IndexError, ValueError) as error:
            raise EvaluationError(
                f"{path}:{number}: not a judgement: {line!r}",
                hint="a line is query-id, corpus-id and a whole number, separated by tabs",
            ) from error
        for name, known, file in (
            (question, questions, "queries.jsonl"),
            (document, documents, "corpus.jsonl"),
        ):
            if name not in known:
                raise EvaluationError(
                    f"{path}:{number}: {name!r} is not in {file}",
                    hint="make the three files of the set from the same download",
                )
        qrels.setdefault(question, {})[document] = grade
    return qrels


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read: {error}", hint=_FORM) from error
