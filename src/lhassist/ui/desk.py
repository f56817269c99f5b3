"""What the page asks for, answered in values that travel as JSON.

Everything that reaches this room comes from a browser and may be anything: what does not fit is met
with a label's name of what went wrong, never with an exception.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote as quote_url

from lhassist import script as scripts
from lhassist.answer.followup import REMEMBERED
from lhassist.answer.question import QUESTION_LIMIT
from lhassist.errors import GenerationError, LhassistError, QuestionError
from lhassist.schema import Answer, Document, Media, ReaderScript, Span, Turn, Verdict
from lhassist.ui import answers, articles, claims
from lhassist.ui.labels import (
    DEFAULT,
    FONT_TAG,
    LANGUAGES,
    READER,
    TOPICS,
    Language,
    preferred,
)
from lhassist.ui.labels.examples import EXAMPLES, SAMPLE_TEXT

if TYPE_CHECKING:
    from lhassist.assistant import Assistant

FILE_ROUTE = "gradio_api/file="
"""Gradio's route to the files that it may serve, relative to the page."""

_LOG = logging.getLogger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """Serves one page to all its readers; keeps nothing about any of them."""

    assistant: Assistant
    _examples: dict[tuple[str, Language], list[str]] = field(default_factory=dict)

    def start(self, chosen: object, accept_language: str) -> Json:
        """What the first page shows.

        Args:
            chosen: The language that the reader chose on an earlier visit, if any.
            accept_language: The browser's header of that name.

        Returns:
            `language`, `articles` (their number) and `front` (HTML).
        """
        self.assistant.reload_if_changed()
        shelves = self._shelves()
        return {
            "language": _language(chosen, accept_language),
            "articles": sum(len(documents) for _, documents in shelves),
            "front": articles.front(shelves),
        }

    def examples(self, chosen: object, accept_language: str) -> Json:
        """Questions that this collection does answer; takes what `start` takes.

        Returns:
            `examples` in the reader's language, or in Chinese where none of those is answered, and
            their `lang`; `text` to try the check with, empty where the collection knows nothing
            of it.
        """
        language = _language(chosen, accept_language)
        if not self._answerable(language):
            language = DEFAULT
        return {
            "examples": self._answerable(language),
            "lang": FONT_TAG[language],
            "text": scripts.convert(self._checkable(), READER[language], "zh-Hans"),
        }

    def ask(
        self, question: str, script: str, session_script: str, history: object = ()
    ) -> Iterator[Json]:
        """An answer as it grows.

        Args:
            question: As typed.
            script: What the reader fixed for all answers, a `ReaderScript`; else empty.
            session_script: What a question without a telling character is answered in.
            history: What was asked before, oldest first: `[{"question", "understood", "said"}]`.

        Yields:
            `html`, `status`, `script`, `said` (the sentences as plain text, for screen readers),
            `understood` (as which question it was answered) and `question_lang`; or `error`, the
            name of a label.
        """
        try:
            self.assistant.reload_if_changed()
            for reply in self.assistant.stream(
                _text(question),
                script=_reader_script(script),
                session_script=_reader_script(session_script),
                history=_turns(history),
            ):
                yield self._reply(reply)
        except QuestionError:
            yield {"error": "error.question"}
        except GenerationError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            yield {"error": "error.index"}
        except LhassistError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            yield {"error": "error.unexpected"}

    def article(self, wanted: object) -> Json:
        """A whole article.

        Args:
            wanted: `{"document", "start"?, "end"?, "script"?}`: a document id, the quote to mark,
                and the script to convert to.

        Returns:
            `html` and `script` (the article's own); or `error`, the name of a label.
        """
        wanted = wanted if isinstance(wanted, Mapping) else {}
        document = self._documents().get(str(wanted.get("document")))
        if document is None:
            return {"error": "error.gone"}
        html = articles.article(
            document,
            self._picture_url,
            quote=_span(wanted.get("start"), wanted.get("end"), document),
            script=_reader_script(wanted.get("script")),
        )
        return {"html": html, "script": document.script}

    def check(self, wanted: object) -> Json:
        """Holds each statement of a text against the articles.

        Args:
            wanted: `{"text", "script"?}`: what was pasted, and what to write the notes in.

        Returns:
            `html` and `counts` (statements by verdict); or `error`, the name of a label.
        """
        wanted = wanted if isinstance(wanted, Mapping) else {}
        try:
            self.assistant.reload_if_changed()
            checked = self.assistant.check(
                _text(wanted.get("text")), script=_reader_script(wanted.get("script"))
            )
        except QuestionError:
            return {"error": "error.text", "values": {"limit": QUESTION_LIMIT}}
        except LhassistError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            return {"error": "error.unexpected"}
        counts = Counter(claim.verdict for claim in checked)
        return {
            "html": claims.claims(checked),
            "counts": {verdict: counts[verdict] for verdict in get_args(Verdict)},
        }

    def topic(self, topic: object) -> Json:
        """`{"html": ...}`: the articles of a topic."""
        documents = next((these for name, these in self._shelves() if name == topic), ())
        return (
            {"html": articles.shelf(str(topic), documents)}
            if documents
            else {"error": "error.gone"}
        )

    def _reply(self, reply: Answer) -> Json:
        said = [sentence.text for sentence in reply.sentences]
        return {
            "html": answers.answer(reply, self._picture_url, [name for name, _ in self._shelves()]),
            "status": reply.status,
            "script": reply.script,
            "said": said or [reply.text],
            "understood": reply.understood_as or reply.question,
            "question_lang": FONT_TAG[scripts.detect(reply.question) or reply.script],
        }

    def _documents(self) -> Mapping[str, Document]:
        return self.assistant.generation.documents

    def _shelves(self) -> list[articles.Shelf]:
        """The topics that have articles, in their fixed order, each newest first."""
        by_topic: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents().values():
            by_topic[document.topic or "other"].append(document)
        return [
            (topic, _newest_first(by_topic[topic]))
            for topic in (*TOPICS, "other")
            if topic in by_topic
        ]

    def _answerable(self, language: Language) -> list[str]:
        key = self.assistant.generation.name, language
        if key not in self._examples:
            self._examples[key] = [
                question
                for question in EXAMPLES[language]
                if self.assistant.ask(question).status == "answered"
            ]
        return self._examples[key]

    def _checkable(self) -> str:
        held = self.assistant.check(SAMPLE_TEXT)
        return SAMPLE_TEXT if any(claim.citations for claim in held) else ""

    def _picture_url(self, media: Media) -> str | None:
        path = self.assistant.generation.media_path(media)
        return None if path is None else FILE_ROUTE + quote_url(path.as_posix())


def _language(chosen: object, accept_language: str) -> Language:
    return next((one for one in LANGUAGES if one == chosen), None) or preferred(accept_language)


def _newest_first(documents: Sequence[Document]) -> list[Document]:
    by_title = sorted(documents, key=lambda document: document.title)
    return sorted(
        by_title, key=lambda one: one.published.date if one.published else "", reverse=True
    )


def _reader_script(value: object) -> ReaderScript | None:
    return next((script for script in get_args(ReaderScript) if script == value), None)


def _turns(history: object) -> tuple[Turn, ...]:
    """The last turns of a conversation, as the browser tells them, without what does not fit."""
    last = history[-REMEMBERED:] if isinstance(history, list) else []
    turns = (_turn(one) for one in last if isinstance(one, Mapping))
    return tuple(turn for turn in turns if turn is not None)


def _turn(told: Mapping[object, object]) -> Turn | None:
    question, understood = _text(told.get("question")), _text(told.get("understood"))
    if not all(0 < len(text) <= QUESTION_LIMIT for text in (question, understood)):
        return None
    said = _text(told.get("said"))[:QUESTION_LIMIT]
    script = scripts.detect(question) or "zh-Hans"
    answer = Answer(question, "answered", script, said, (), (), (), "", ())
    return Turn(question, understood, answer)


def _text(value: object) -> str:
    """A text without halves of characters, which JSON can carry and nothing else can."""
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _span(start: object, end: object, document: Document) -> Span | None:
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text):
        return Span(start, end)
    return None
