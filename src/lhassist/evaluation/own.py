"""The project's own questions over its sample articles.

`questions.jsonl` has one object a line:

    {"id": "f001-s", "pair": "f001", "kind": "figure", "script": "zh-Hans", "text": "...",
     "answerable": true, "near": false, "answers": ["7.8%"],
     "judgements": [{"document_id": "gdp-2024", "quote": "..."}]}

A judgement names an article and the words in it that answer. Which passages are relevant is derived
when the set is read, so that another way of splitting voids nothing: a passage is relevant, with
grade 1, if it holds at least half of the characters of a place where the quote stands; where no
passage does, the passages that hold the most of it are. Captions and body passages count alike.
The judgements of a question are alternatives: each gives the answer, and one suffices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lhassist import corpus, passages
from lhassist.errors import EvaluationError, UnreadableFile
from lhassist.evaluation.json_lines import read_objects
from lhassist.evaluation.sets import Question, QuestionSet
from lhassist.gazetteer import Gazetteer
from lhassist.schema import Document, Passage, Span

QUESTIONS = "questions.jsonl"
_KEYS = ("id", "pair", "kind", "script", "text", "answerable", "near", "judgements")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Words of an article that answer a question."""

    document_id: str
    quote: str


def read_own(folder: Path, corpus_dir: Path, cache_dir: Path | None = None) -> QuestionSet:
    """Reads the questions and the articles that they are about.

    A file that cannot be read is left out, as an ingest leaves it out, unless it is asked about.

    Args:
        folder: Holds `questions.jsonl`; its name becomes the set's.
        corpus_dir: The articles, with `gazetteer.toml` among them or not.
        cache_dir: Where what was read of pictures is kept; None reads them anew.

    Raises:
        EvaluationError: A question is not as described, its article cannot be read, or its quote is
            not in it.
        CorpusError: There is no such folder.
    """
    documents, unread = _articles(corpus_dir, cache_dir)
    split = tuple(passage for document in documents for passage in passages.split(document))
    by_id = {document.id: document for document in documents}
    questions: list[Question] = []
    qrels: dict[str, dict[str, int]] = {}
    for question, judgements in read_questions(folder / QUESTIONS):
        questions.append(question)
        relevant: dict[str, int] = {}
        for judgement in judgements:
            document = by_id.get(judgement.document_id)
            if document is None:
                raise EvaluationError(
                    f"question {question.id}: there is no article {judgement.document_id!r}",
                    hint=unread.get(judgement.document_id)
                    or f"the questions of {folder} are about the articles of {corpus_dir}",
                )
            own = [passage for passage in split if passage.document_id == document.id]
            relevant |= dict.fromkeys(relevant_passages(question.id, judgement, document, own), 1)
        if question.answerable:
            qrels[question.id] = relevant
    names_file = corpus_dir / "gazetteer.toml"
    return QuestionSet(
        name=folder.resolve().name,
        questions=tuple(questions),
        documents=documents,
        passages=split,
        qrels=qrels,
        names={passage.id: passage.id for passage in split},
        gazetteer=Gazetteer.load(names_file) if names_file.is_file() else Gazetteer.EMPTY,
        one_suffices=True,
    )


def _articles(
    corpus_dir: Path, cache_dir: Path | None
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """The articles, and why some cannot be read, by their ids."""
    documents: list[Document] = []
    unread: dict[str, str] = {}
    with corpus.Reader(cache_dir=cache_dir) as reader:
        for source in corpus.scan([corpus_dir]):
            name = source.document_id
            try:
                documents.append(reader.read(source.path, document_id=name, root=source.root))
            except UnreadableFile as error:
                unread[name] = error.message
    return tuple(documents), unread


def read_questions(path: Path) -> list[tuple[Question, tuple[Judgement, ...]]]:
    """Reads `questions.jsonl`.

    Raises:
        EvaluationError: A line is not as described, an id occurs twice, or a question is
            answerable without a judgement or the reverse.
    """
    return read_objects(path, _question, described="a question has " + ", ".join(_KEYS))


def relevant_passages(
    question: str, judgement: Judgement, document: Document, split: Sequence[Passage]
) -> set[str]:
    """The ids of the passages that a judgement is about.

    Args:
        question: Its id, for messages.
        judgement: Names `document`.
        document: The article.
        split: The passages of `document`.

    Raises:
        EvaluationError: The quote does not stand in the document.
    """
    places = _places(document.text, judgement.quote)
    if not places:
        raise EvaluationError(
            f"question {question}: {document.id} does not hold the quote {judgement.quote!r}",
            hint="copy the quote from the article, character by character",
        )
    relevant = set()
    for place in places:
        held = {p.id: min(p.end, place.end) - max(p.start, place.start) for p in split}
        enough = min((place.end - place.start) / 2, max(held.values()))
        relevant |= {name for name, characters in held.items() if characters >= max(enough, 1)}
    return relevant


def _places(text: str, quote: str) -> list[Span]:
    places = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        places.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places


def _question(where: str, fields: Mapping[str, Any]) -> tuple[Question, tuple[Judgement, ...]]:
    values = {key: fields[key] for key in _KEYS}
    judgements = tuple(
        Judgement(one["document_id"], one["quote"]) for one in values.pop("judgements")
    )
    question = Question(**values)
    if question.answerable != bool(judgements):
        raise EvaluationError(
            f"{where}: answerable is {question.answerable} with {len(judgements)} judgements",
            hint="judge what is answerable, and nothing else",
        )
    return question, judgements
