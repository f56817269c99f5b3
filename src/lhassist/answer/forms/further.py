"""Questions to go on with: what else the cited articles say, each figure of theirs asked for.

许慎墓在2006年列入第六批全国重点文物保护单位 becomes 许慎墓在哪一年列入……？ Whether such a question
is answered, and by that very sentence, is for the assistant to find out before it is offered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lhassist.answer.checking.premise import assertions
from lhassist.answer.question import Reader
from lhassist.facts.dates import without_periods
from lhassist.facts.relative import told
from lhassist.index import Collection
from lhassist.schema import Answer, Document, Span
from lhassist.script import fold

_CLAUSE_END = re.compile("[，。；！？,;!?]")
_NEEDS_MORE = re.compile(
    "[「」『』“”‘’（）()：:、—]|[也都仍还比]|[同本该]年|之[前后]|以[前后]|事情"
    "|^(?:其|此|这|那|该|他|她|它|如今|目前|同|又|而|但|与|和|把|为|分|到|从|自|近|至|即|另|后|当[年时地]|文章|按|据|对|以"
    "|多少|哪|[一二两三四五六七八九十几]+[年月日个])"
)
_OTHER_FIGURE = re.compile(r"(?<!\d)\d{1,4}(?!\d)|第[一二三四五六七八九十几]+[产次]")
_YEAR_WORD = re.compile("今年|本年|去年|前年|明年|[上下]半年|前三季度")
_BREAKS_OFF = re.compile("的(?:哪|什么时候)|(?:哪一年|什么时候)[那这]|由[^，]{0,4}多少|多少[届次]")
_ROUGHLY = re.compile("(?:不到|超过|超|大约|约|近)(?=多少)|以上$")
_LONGEST, _SHORTEST = 26, 8
_LEAST_COUNT = 3
_LEAST_TERMS = 2
_MOST_ARTICLES = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A question, and the sentence that it was made of.

    Attributes:
        question: In Simplified.
        span: The sentence, in the article of `document_id`.
    """

    question: str
    document_id: str
    span: Span


def offers(answer: Answer, collection: Collection, reader: Reader) -> list[Offer]:
    """Questions about the articles that an answer cites, then about the others that were found.

    What has a local name in it comes first; of one article, what stands near its first quote.

    Args:
        answer: What it quotes is not asked for again.
        collection: That the answer is from.
        reader: Reads questions about it.
    """
    cited = [citation.document_id for citation in answer.citations]
    found = [hit.passage.document_id for hit in answer.hits]
    identities = [one for one in dict.fromkeys(cited + found) if one in collection.documents]
    made: dict[str, Offer] = {}
    for identity in identities[:_MOST_ARTICLES]:
        for span in _sentences(identity, answer, collection):
            question = _question(collection.documents[identity], span, reader)
            if question:
                made.setdefault(question, Offer(question, identity, span))
    return sorted(made.values(), key=lambda one: not reader.names.any_in(one.question))


def is_answered(offer: Offer, answer: Answer) -> bool:
    """Whether an answer quotes the very sentence that the question was made of."""
    return answer.status == "answered" and any(
        one.document_id == offer.document_id
        and one.start < offer.span.end
        and offer.span.start < one.end
        for one in answer.citations
    )


def _sentences(identity: str, answer: Answer, collection: Collection) -> list[Span]:
    """The sentences of an article that are not quoted, those near its first quote first."""
    quotes = [Span(one.start, one.end) for one in answer.citations if one.document_id == identity]
    sentences = [
        span
        for passage in collection.passages
        if passage.document_id == identity and passage.kind == "body"
        for span in passage.sentences
        if not any(span.start < quote.end and quote.start < span.end for quote in quotes)
    ]
    middle = quotes[0].start if quotes else 0
    return sorted(sentences, key=lambda one: abs(one.start - middle))


def _question(document: Document, span: Span, reader: Reader) -> str:
    """What the first clause of a sentence answers; empty where that cannot be asked by itself."""
    clause = _CLAUSE_END.split(fold(document.text[span.start : span.end]), maxsplit=1)[0]
    dated = _dated(clause.strip(), document)
    for assertion in assertions(dated, reader, least=_LEAST_COUNT):
        question = _ROUGHLY.sub("", assertion.asked[0])
        plain = without_periods(question).strip()
        if (
            _SHORTEST <= len(question) <= _LONGEST
            and not _NEEDS_MORE.search(plain)
            and not _BREAKS_OFF.search(plain)
            and not _OTHER_FIGURE.search(plain)
            and len(reader.read(question).terms) >= _LEAST_TERMS
        ):
            return f"{question}？"
    return ""


def _dated(clause: str, document: Document) -> str:
    """The clause with 今年上半年 as 2024年上半年."""
    for one in told(clause, document.published):
        if re.match(r"\d{4}年", one.absolute) and _YEAR_WORD.match(one.expression):
            part = re.sub("^(?:今年|本年|去年|前年|明年)的?", "", one.expression)
            clause = clause.replace(one.expression, one.absolute[:5] + part, 1)
    return clause
