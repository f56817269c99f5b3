"""What the page asks for, answered in values that travel as JSON.

Everything that reaches this room comes from a browser and may be anything: what does not fit is met
with a label's name of what went wrong, never with an exception.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote as quote_url

from lhassist import script as scripts
from lhassist.errors import GenerationError, LhassistError, QuestionError
from lhassist.schema import Answer, Document, Media, Span
from lhassist.speaking import is_installed
from lhassist.ui import answers, articles, given, saved, tools, wording
from lhassist.ui.given import Json
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

_GONE: Json = {"error": "error.gone"}
_NO_NEWS: Mapping[int, saved.Standing] = MappingProxyType({})
_LOG = logging.getLogger(__name__)


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
            `language`, `articles` (their number), `front` (HTML), whether `feedback` is kept,
            the `ways` to ask besides the keyboard, and whether the service has a `voice`.
        """
        self.assistant.reload_if_changed()
        shelves = self._shelves()
        return {
            "language": _language(chosen, accept_language),
            "articles": sum(len(documents) for _, documents in shelves),
            "front": articles.front(shelves),
            "feedback": self.assistant.settings.feedback_log is not None,
            "ways": wording.ways(),
            "voice": is_installed(self.assistant.settings.models_dir),
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
            name of a label. After the whole answer, what stands under it: `found` and `further`
            (HTML), and `saved`, for the browser to keep. While a language model is asked, the
            extracted answer, with all of this in `quoted`, for a reader who does not wait.
        """
        reply: Answer | None = None
        try:
            self.assistant.reload_if_changed()
            for reply in self.assistant.stream(
                given.text(question),
                script=given.reader_script(script),
                session_script=given.reader_script(session_script),
                history=given.turns(history),
            ):
                shown = self._reply(reply)
                if reply.fallback == "pending":
                    quoted = replace(reply, fallback=None)
                    shown["quoted"] = {**self._reply(quoted), **_under(quoted, ())}
                yield shown
            if reply is not None:
                yield _under(reply, self.assistant.further(reply))
        except QuestionError:
            yield {"error": "error.question"}
        except GenerationError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            yield {"error": "error.index"}
        except LhassistError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            yield {"error": "error.unexpected"}

    def restore(self, wanted: object) -> Json:
        """Answers that the browser kept, as they look now.

        Args:
            wanted: `{"answers": [...]}`, each as `saved.to_json` has given it.

        Returns:
            `replies`: of each answer what `ask` yields last and its `saved`; None of one that does
            not fit.
        """
        self.assistant.reload_if_changed()
        kept = given.fields(wanted).get("answers")
        return {"replies": [self._restored(one) for one in kept] if isinstance(kept, list) else []}

    def _restored(self, kept: object) -> Json | None:
        answer = saved.from_json(kept)
        if answer is None:
            return None
        current, standings = saved.as_of_now(answer, self._documents())
        return {**self._reply(current, standings), "saved": saved.to_json(answer)}

    def article(self, wanted: object) -> Json:
        """A whole article.

        Args:
            wanted: `{"document", "start"?, "end"?, "quote"?, "script"?}`: a document id, the place
                to mark, the characters that it had when it was quoted, and the script to convert
                to.

        Returns:
            `html` and `script` (the article's own; None where only the quote is left); or `error`,
            the name of a label.
        """
        sent = given.fields(wanted)
        document = self._documents().get(str(sent.get("document")))
        quote = given.text(sent.get("quote"))
        if document is None:
            return {"html": articles.gone(quote), "script": None} if quote else _GONE
        span = given.span(sent.get("start"), sent.get("end"), document)
        lost = ""
        if quote:
            place = span or Span(0, 0)
            state, span = saved.standing(document, place.start, place.end, quote)
            lost = quote if state == "changed" else ""
        html = articles.article(
            document,
            self._picture_url,
            quote=span,
            lost=lost,
            script=given.reader_script(sent.get("script")),
        )
        return {"html": html, "script": document.script}

    def topic(self, topic: object) -> Json:
        """`{"html": ...}`: the articles of a topic."""
        documents = next((these for name, these in self._shelves() if name == topic), ())
        return {"html": articles.shelf(str(topic), documents)} if documents else _GONE

    def _reply(self, reply: Answer, standings: Mapping[int, saved.Standing] = _NO_NEWS) -> Json:
        topics = [name for name, _ in self._shelves()]
        said = [sentence.text for sentence in reply.sentences]
        return {
            "html": answers.answer(reply, self._picture_url, topics, standings),
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
            (topic, articles.newest_first(by_topic[topic]))
            for topic in (*TOPICS, "other")
            if topic in by_topic
        ]

    def _answerable(self, language: Language) -> list[str]:
        key = self.assistant.generation.name, language
        if key not in self._examples:
            self._examples[key] = [
                question for question in EXAMPLES[language] if self.assistant.is_answered(question)
            ]
        return self._examples[key]

    def _checkable(self) -> str:
        held = self.assistant.check(SAMPLE_TEXT)
        return SAMPLE_TEXT if any(claim.citations for claim in held) else ""

    def _picture_url(self, media: Media) -> str | None:
        path = self.assistant.generation.media_path(media)
        return None if path is None else FILE_ROUTE + quote_url(path.as_posix())


def _under(reply: Answer, further: Sequence[str]) -> Json:
    """What stands under a whole answer, and what the browser keeps."""
    return {
        "found": tools.found(reply.hits, reply.citations),
        "further": tools.further(further, reply.script),
        "saved": saved.to_json(reply),
    }


def _language(chosen: object, accept_language: str) -> Language:
    language: Language = given.one_of(LANGUAGES, chosen) or preferred(accept_language)
    return language
