"""The words of lhassist: frozen values that pass from room to room.

All offsets count Unicode code points and are half-open: `text[start:end]`. Offsets into an article
always refer to `Document.text`, so a quote can be checked against the article byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Script = Literal["zh-Hans", "zh-Hant"]
"""The script that a Chinese text is written in, as a BCP 47 tag."""

ReaderScript = Literal["zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en"]
"""What the reader wants the assistant's own prose in."""

Topic = Literal["economy", "culture", "reform", "livelihood", "geography"]
BlockKind = Literal["heading", "paragraph", "caption"]
PassageKind = Literal["body", "caption"]
MediaKind = Literal["image", "audio", "video"]

Origin = Literal["written", "ocr", "speech", "subtitles"]
"""How a text came into an article: written in it; read off a picture or transcribed from speech by
a machine, which may be mistaken; or the subtitles of a film."""

HitSource = Literal["dense", "lexical", "fused", "reranked"]
AnswerStatus = Literal["answered", "refused"]

AnswerForm = Literal["sentences", "table", "correction", "nearest", "refusal"]
"""How an answer is put.

`sentences`, `table` and `correction` (what the question takes for granted is false) are answers.
`nearest` (what was asked for is not held; the nearest thing that is held is offered as such) and
`refusal` (nothing is offered) are refusals.
"""

Fallback = Literal["pending", "timeout", "error", "empty", "ungrounded"]
"""Why a language model's words are not in an answer: it has not spoken yet; it was late or failed;
it said nothing; what it said was not borne out by what was found."""

RefusalReason = Literal["nothing", "period", "entity", "field"]
"""Why nothing answers: no article says it; only another period, or another place, firm or edition
is held; the question is outside of what the articles are about."""

Verdict = Literal["supported", "contradicted", "not_found"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of `Document.text`.

    Raises:
        ValueError: The stretch is negative or ends before it starts.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """A stretch of a sound or film, in seconds from its beginning.

    Raises:
        ValueError: The stretch is negative or ends before it starts.
    """

    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a stretch of time: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of `Document.text` and when it is said or shown."""

    span: Span
    time: TimeRange


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, section heading or caption of an article, in reading order."""

    kind: BlockKind
    span: Span
    origin: Origin = "written"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film that belongs to an article.

    Attributes:
        caption: The caption as printed; equals `Document.text[span]`.
        span: Where the caption stands in `Document.text`.
        path: The file, relative to the folder the article was read from; None where the article
            describes the picture but the collection does not hold it. Of a picture inside the
            article's own file, that file with the picture's name below it.
        sha256: Of the file's bytes; None where there is no file.
        credit: The photographer or source, where the article names one.
        cues: Of a sound or film: what of the article is said in it, in order, and when.
        words: Of a picture: where the words in it stand, as a machine read them.
        look: Of a picture: its perceptual hash, 64 bits as 16 hexadecimal digits; pictures that
            look alike differ in few bits. None where it could not be looked at.
        is_inside: Whether the picture lies in the article's own file, as those of a PDF do.
    """

    kind: MediaKind
    caption: str
    span: Span
    path: str | None = None
    sha256: str | None = None
    credit: str | None = None
    cues: tuple[Cue, ...] = ()
    words: Span | None = None
    look: str | None = None
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared.

    Attributes:
        date: ISO 8601, as precise as known: `2024-10-01`, `2024-10` or `2024`.
        inferred: True where no date line said so.
        basis: The words it was inferred from, such as `國慶75周年`; empty where not inferred.
    """

    date: str
    inferred: bool = False
    basis: str = ""

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.date[:4])


@dataclass(frozen=True, slots=True)
class Document:
    """An article.

    Attributes:
        id: Stable and readable; derived from the file's place in its folder.
        title: The headline. It is not part of `text`.
        text: Paragraphs, section headings and captions in reading order, joined by blank lines.
        blocks: Every paragraph, heading and caption of `text`, in order, without overlap.
        media: Pictures, sounds and films; each has a caption block.
        script: What most of the article is written in.
        published: None where no date is known.
        path: The file as it was given, for the operator.
        sha256: Of the file's bytes.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    script: Script
    sha256: str
    path: str
    media: tuple[Media, ...] = ()
    published: Published | None = None
    topic: Topic | None = None
    sources: tuple[str, ...] = ()

    def origin_at(self, offset: int) -> Origin:
        """How the text at an offset came into the article."""
        inside = (b.origin for b in self.blocks if b.span.start <= offset < b.span.end)
        return next(inside, "written")

    def said_at(self, span: Span) -> tuple[Media, TimeRange] | None:
        """The sound or film that a stretch of the text is said in, and when; None for no such."""
        for media in self.media:
            times = [
                cue.time
                for cue in media.cues
                if cue.span.start < span.end and span.start < cue.span.end
            ]
            if times:
                return media, TimeRange(times[0].start, max(time.end for time in times))
        return None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and found: some sentences of one article, or one caption.

    `document.text[start:end] == text` always holds.

    Attributes:
        origin: Of all its sentences.
        sentences: Each sentence, in offsets of the document, in order; for a caption one span.
        groups: Stretches of about 50 characters that get a vector each, in order. A group lies
            inside the passage; groups together cover every sentence.
        heading: The section heading above the passage, empty where there is none.
        time: Of a transcript or of subtitles: when it is said in the sound or film.
    """

    document_id: str
    kind: PassageKind
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    groups: tuple[Span, ...]
    title: str = ""
    heading: str = ""
    origin: Origin = "written"
    time: TimeRange | None = None

    @property
    def id(self) -> str:
        """`document_id#start-end`."""
        return f"{self.document_id}#{self.start}-{self.end}"

    @property
    def with_headings(self) -> str:
        """The text below its article's title and its section's heading, a line each."""
        return "\n".join(part for part in (self.title, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its score; higher is better.

    Attributes:
        score: What the ranking is by, 0 to 1, comparable between questions: about how likely the
            passage is right.
        dense: Cosine of the question with the passage's best sentence group, -1 to 1; None where
            the dense search did not score it.
        lexical: The share of the question's words that it holds, or says otherwise, by their
            weight, 0 to 1; None where the question has no words to search.
    """

    passage: Passage
    score: float
    source: HitSource
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The passage behind a sentence of an answer.

    `quote == document.text[start:end]` always holds: `lhassist.answer.citing.citations` makes
    citations from retrieved passages only.

    Attributes:
        media: What a reader of the quote should see; first the sound or film that it is said in.
        time: When it is said there; None where the quote was not transcribed.
    """

    number: int
    document_id: str
    title: str
    published: Published | None
    passage_id: str
    start: int
    end: int
    quote: str
    script: Script
    media: tuple[Media, ...] = ()
    origin: Origin = "written"
    time: TimeRange | None = None


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, in the reader's script, with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A dated value in a table of values that differ by date or by source.

    Attributes:
        label: What the value is of, in the reader's script.
        period: When, without reference to another date: `2024年1–6月`.
        value: As quoted, in the reader's script: `7.8%`.
        number: The value as a number in `unit`, for a chart; None where it is none.
        unit: Empty where the value has none.
        citation: The number of its citation.
        published: When the cited article appeared, ISO 8601; None where no date is known.
        note: Whose value it is, where it is attributed; else empty.
    """

    label: str
    period: str
    value: str
    number: float | None
    unit: str
    citation: int
    published: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A number of a series, at one time.

    Attributes:
        period: When, as a reader reads it: `2024年1–6月`.
        ends: The month in which the period ends, ISO 8601: `2024-06`; its place on a time axis.
        value: As quoted, in the reader's script: `7.8%`.
        number: In the unit of its series.
        citation: The number of its citation.
    """

    period: str
    ends: str
    value: str
    number: float
    citation: int


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one thing that can be compared, for a chart.

    Attributes:
        label: What the numbers are of, in the reader's script.
        unit: Of all numbers, in the reader's script: `%`, `亿元`; empty where they have none.
        points: Three or more, oldest first; no two end at the same time.
    """

    label: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to a question. A refusal is an answer, not an error.

    Attributes:
        text: All sentences with their marks `[1]`, or the refusal, in the reader's script.
        sentences: Empty in a refusal that offers nothing.
        topics: What the collection covers; filled in a refusal.
        timings_ms: Milliseconds a stage: `retrieve`, `answer`, and `model` where one was asked.
        reason: Of a refusal; None in an answer.
        rows: Of a table, newest first; each has a citation of its own.
        series: Of a table whose rows can be drawn as a chart; else None.
        suggestions: Up to three questions that the collection answers, in the reader's script.
        understood_as: The question that a follow-up was taken for; None for a question that
            stands alone.
        generator: `extractive`, or `llm:` and the name of the model that wrote the sentences.
        fallback: Why a model that was asked did not write them; None where it did, or was not.
            `pending` in a stream alone: the model is being asked, and another answer follows.
    """

    question: str
    status: AnswerStatus
    script: ReaderScript
    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    generator: str
    timings_ms: tuple[tuple[str, float], ...]
    topics: tuple[str, ...] = ()
    form: AnswerForm = "sentences"
    reason: RefusalReason | None = None
    rows: tuple[Row, ...] = ()
    series: Series | None = None
    suggestions: tuple[str, ...] = ()
    understood_as: str | None = None
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what was said to it.

    Attributes:
        question: As it was asked.
        understood_as: As a question that stands alone; the same where it does.
    """

    question: str
    understood_as: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that was checked against the articles.

    Attributes:
        text: The statement, as it was given.
        citations: What supports or contradicts it; empty where nothing was found.
        note: What the articles say instead, in the reader's script; else empty.
    """

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    note: str = ""
