"""What requests and responses hold; the OpenAPI description is made from it.

Responses hold what `lhassist.answer.export` writes. Keys may be added, never renamed.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lhassist.answer.question import QUESTION_LIMIT
from lhassist.schema import (
    AnswerForm,
    AnswerStatus,
    BlockKind,
    Fallback,
    HitSource,
    MediaKind,
    Origin,
    ReaderScript,
    RefusalReason,
    Script,
    Topic,
    Verdict,
)

MOST_TURNS = 20

Question = Annotated[str, StringConstraints(min_length=1, max_length=QUESTION_LIMIT)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Response(BaseModel):
    """May hold more keys than are described."""

    model_config = ConfigDict(extra="allow")


class TurnBody(_Request):
    """What was asked before, and what was said to it."""

    question: Question
    understood_as: Question | None = Field(
        None, description="the answer's `understood_as`, where it had one"
    )
    said: str = Field("", max_length=20_000, description="the answer's `text`")


class AskBody(_Request):
    """A question."""

    question: Question = Field(examples=["漯河2024年上半年GDP增长多少？"])
    script: ReaderScript | None = Field(
        None, description="what to write the answer in; the question's where it is left out"
    )
    history: list[TurnBody] = Field([], max_length=MOST_TURNS, description="oldest first")
    stream: bool = Field(
        False,
        description="send the answer after each sentence, as server-sent events `answer`; the last "
        "one is complete",
    )


class CheckBody(_Request):
    """A text to hold against the articles."""

    text: Question = Field(examples=["《说文解字》有541个部首。"])
    script: ReaderScript | None = Field(None, description="what to write the notes in")


class TimeBody(_Response):
    """A stretch of a recording, in seconds."""

    start: float
    end: float


class MediaBody(_Response):
    """A picture, sound or film of an article."""

    kind: MediaKind
    caption: str
    path: str | None = Field(description="below the media folder; null where no file is held")
    credit: str | None


class CitationBody(_Response):
    """A quote: `document.text[start:end] == quote`, in code points."""

    number: int
    document_id: str
    title: str
    published: str | None
    published_inferred: bool
    passage_id: str
    start: int
    end: int
    quote: str
    script: Script
    origin: Origin
    time: TimeBody | None = Field(description="where it is said in a recording")
    media: list[MediaBody]


class SentenceBody(_Response):
    """A sentence of an answer with the numbers of its citations."""

    text: str
    citations: list[int]


class RowBody(_Response):
    """A dated value of a table."""

    label: str
    period: str
    value: str
    number: float | None
    unit: str
    citation: int
    published: str | None
    note: str


class PointBody(_Response):
    """A value of a chart."""

    period: str
    ends: str
    value: str
    number: float
    citation: int


class SeriesBody(_Response):
    """The numbers of a table, in the order of time, for a chart."""

    label: str
    unit: str
    points: list[PointBody]


class FoundBody(_Response):
    """A passage that the answer was looked for in."""

    passage_id: str
    document_id: str
    score: float
    source: HitSource


class AnswerBody(_Response):
    """An answer or a refusal."""

    question: str
    status: AnswerStatus
    form: AnswerForm
    reason: RefusalReason | None
    understood_as: str | None
    script: ReaderScript
    text: str = Field(description="the sentences with their marks [1]")
    sentences: list[SentenceBody]
    rows: list[RowBody]
    series: SeriesBody | None
    citations: list[CitationBody]
    hits: list[FoundBody]
    topics: list[str]
    suggestions: list[str]
    generator: str
    fallback: Fallback | None = Field(
        description="why no language model worded it; pending: in a stream, another answer follows"
    )
    timings_ms: dict[str, float]


class HitBody(FoundBody):
    """A passage that was found."""

    rank: int
    title: str
    text: str
    start: int
    end: int
    origin: Origin
    time: TimeBody | None


class SearchBody(_Response):
    """The passages nearest to a query, best first."""

    query: str
    hits: list[HitBody]


class ClaimBody(_Response):
    """A statement and what the articles say to it."""

    text: str
    verdict: Verdict
    note: str
    citations: list[CitationBody]


class ClaimsBody(_Response):
    """The statements of a text, in its order."""

    text: str
    claims: list[ClaimBody]


class EntryBody(_Response):
    """An article of the list."""

    id: str
    title: str
    published: str | None
    topic: Topic | None
    script: Script
    media: int


class DocumentsBody(_Response):
    """The articles of a generation."""

    generation: str
    documents: list[EntryBody]


class BlockBody(_Response):
    """A paragraph, heading or caption of a text."""

    kind: BlockKind
    start: int
    end: int


class DocumentBody(_Response):
    """A whole article; the offsets of citations count in its `text`."""

    id: str
    title: str
    published: str | None
    published_inferred: bool
    topic: Topic | None
    script: Script
    sources: list[str]
    text: str
    blocks: list[BlockBody]
    media: list[MediaBody]


class FiledBody(_Response):
    """What became of a file."""

    name: str
    outcome: str
    document_id: str | None
    reason: str
    kind: str
    about: str


class FilingBody(_Response):
    """What came of files that were sent."""

    generation: str
    files: list[FiledBody]


class RemovalBody(_Response):
    """What came of an article that was to leave."""

    generation: str
    removed: list[str]


class HealthBody(_Response):
    """That the service answers, and from what."""

    status: Literal["ok"]
    version: str
    generation: str
    documents: int
    passages: int
    generator: str


class Message(BaseModel):
    """A message of a conversation; what else a client sends with it is not looked at."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[dict[str, Any]] | None = Field(None, max_length=20_000)


class ChatBody(BaseModel):
    """A conversation as OpenAI's clients send it.

    The last message of the user is the question, earlier ones are what it may refer to. Other
    fields, such as `temperature`, change nothing.
    """

    model: str = Field("lhassist", max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=100)
    stream: bool = False


class EmbeddingsBody(BaseModel):
    """Texts to turn into vectors."""

    input: (
        Annotated[str, StringConstraints(max_length=8000)]
        | list[Annotated[str, StringConstraints(max_length=8000)]]
    ) = Field(max_length=8000)
    model: str = Field("lhassist-embedding", max_length=200)
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None
    input_type: Literal["query", "passage"] = Field(
        "passage", description="questions are embedded in another way than what is to be found"
    )


class SpeechBody(BaseModel):
    """A text to say; other fields, such as `voice` and `speed`, change nothing."""

    input: str = Field(min_length=1, max_length=1000)
    model: str = Field("lhassist-voice", max_length=200)
    response_format: Literal["wav"] = "wav"
