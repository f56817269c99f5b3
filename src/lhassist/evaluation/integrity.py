"""Whether an answer keeps to its quotes, whatever was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from lhassist.evaluation.wording import cover, implied, numbers, says_absence, telling
from lhassist.schema import Answer, AnswerSentence, Citation, Document, Row, Script

LEAST_COVER = 0.5
"""Of a sentence's pairs of characters, how many its quotes must have. A sentence that is a quote in
the other script has nearly all of them, a sentence about something else almost none."""

_DATES = frozenset(("年", "月", "日", "号", "世纪", "年代"))
_SPEAKS_OF_QUESTION = frozenset(("correction", "nearest", "refusal"))
_FEW = 10

Number = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Integrity:
    """Counts over one answer, or over many.

    Attributes:
        quotes: Citations.
        exact: Those whose quote is what the article says at that place.
        sentences: Sentences and rows that state something.
        supported: Those with a citation whose quote bears them out: it has every figure and enough
            of the words.
        figures: Figures in anything that the reader is told.
        held: Those that a cited quote has, or that follow from its article's date.
        telling: Characters of the prose that occur in one script only.
        right_script: Those in the reader's.
    """

    quotes: int = 0
    exact: int = 0
    sentences: int = 0
    supported: int = 0
    figures: int = 0
    held: int = 0
    telling: int = 0
    right_script: int = 0

    def __add__(self, other: Integrity) -> Integrity:
        return Integrity(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def problems(self) -> tuple[str, ...]:
        """What is broken, by name."""
        counts = {
            "quote": self.quotes - self.exact,
            "support": self.sentences - self.supported,
            "number": self.figures - self.held,
            "script": self.telling - self.right_script,
        }
        return tuple(name for name, count in counts.items() if count)


def integrity(answer: Answer, script: Script, documents: Mapping[str, Document]) -> Integrity:
    """Counts what an answer keeps to and what it does not.

    Args:
        answer: The answer.
        script: That the reader wants.
        documents: The articles of the collection, by id.
    """
    by_number = {citation.number: citation for citation in answer.citations}
    own = f"{answer.question} {answer.understood_as or ''}"
    asked = own if answer.form in _SPEAKS_OF_QUESTION else ""
    told = [_sentence(sentence, by_number, asked, documents) for sentence in answer.sentences]
    told += [_row(row, by_number, documents) for row in answer.rows]
    total = sum(told, Integrity())
    return (
        total
        + _quotes(answer.citations, documents)
        + _frame(answer, own, documents)
        + Integrity(**dict(zip(("telling", "right_script"), _script(answer, script), strict=True)))
    )


def is_exact(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether the quote is what its article says at that place."""
    document = documents.get(citation.document_id)
    return (
        document is not None
        and bool(citation.quote)
        and document.text[citation.start : citation.end] == citation.quote
    )


def _quotes(citations: Sequence[Citation], documents: Mapping[str, Document]) -> Integrity:
    return Integrity(
        quotes=len(citations), exact=sum(is_exact(citation, documents) for citation in citations)
    )


def _sentence(
    sentence: AnswerSentence,
    by_number: Mapping[int, Citation],
    asked: str,
    documents: Mapping[str, Document],
) -> Integrity:
    cited = [by_number[number] for number in sentence.citations if number in by_number]
    said = numbers(sentence.text)
    held = sum(number in _allowed(cited, asked, documents) for number in said)
    quotes = " ".join(citation.quote for citation in cited)
    if cited:
        borne_out = cover(sentence.text, f"{quotes} {asked}") >= LEAST_COVER
    else:
        # Only that something is not held can be said without a quote.
        borne_out = says_absence(sentence.text)
    supported = borne_out and held == len(said)
    return Integrity(sentences=1, supported=int(supported), figures=len(said), held=held)


def _row(
    row: Row, by_number: Mapping[int, Citation], documents: Mapping[str, Document]
) -> Integrity:
    cited = [by_number[row.citation]] if row.citation in by_number else []
    said = [*numbers(row.value), *numbers(row.period)]
    allowed = _allowed(cited, "", documents)
    # 14 in a column of 名: the unit stands elsewhere.
    values = {value for value, _ in allowed}
    held = sum(n in allowed or (not n[1] and n[0] in values) for n in said)
    words = cover(row.value, " ".join(citation.quote for citation in cited)) >= LEAST_COVER
    supported = bool(cited) and words and held == len(said)
    return Integrity(sentences=1, supported=int(supported), figures=len(said), held=held)


def _frame(answer: Answer, own: str, documents: Mapping[str, Document]) -> Integrity:
    """The figures of what stands around the sentences; a count of a few things is no figure."""
    text = answer.text
    for part in (*(s.text for s in answer.sentences), *answer.suggestions):
        text = text.replace(part, "")
    for row in answer.rows:
        text = text.replace(row.value, "").replace(row.period, "")
    said = [n for n in numbers(text) if not (n[0].isdigit() and int(n[0]) < _FEW)]
    allowed = _allowed(answer.citations, own, documents)
    return Integrity(figures=len(said), held=sum(number in allowed for number in said))


def _allowed(
    cited: Iterable[Citation], asked: str, documents: Mapping[str, Document]
) -> set[Number]:
    allowed = set(numbers(asked))
    for citation in cited:
        allowed |= set(numbers(citation.quote))
        document = documents.get(citation.document_id)
        if document is not None:
            before = _before(document, citation)
            allowed |= implied(before + citation.quote, citation.published)
            allowed |= {number for number in numbers(before) if number[1] in _DATES}
    return allowed


def _before(document: Document, citation: Citation) -> str:
    """What stands above a quote and before it in its paragraph: it may say when."""
    above = [block for block in document.blocks if block.span.start <= citation.start]
    heading = next((b for b in reversed(above) if b.kind == "heading"), None)
    headed = document.text[heading.span.start : heading.span.end] if heading else ""
    start = above[-1].span.start if above else citation.start
    return f"{document.title}\n{headed}\n" + document.text[start : citation.start]


def _script(answer: Answer, script: Script) -> tuple[int, int]:
    """Of what the assistant writes; the values of a table are the articles' own."""
    text = answer.text
    for row in answer.rows:
        text = text.replace(row.value, "")
    prose = [text, *answer.suggestions, answer.understood_as or ""]
    prose += [f"{row.label}{row.period}{row.note}" for row in answer.rows]
    return telling("".join(prose), script)
