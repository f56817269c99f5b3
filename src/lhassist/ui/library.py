"""The library of the page: what it lists, and what only the operator may do.

As in `desk`, whatever a browser sends is met with JSON, never with an exception.
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lhassist import access
from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.corpus import FORMATS
from lhassist.corpus.pasted import as_markdown
from lhassist.errors import (
    FetchError,
    JobCancelled,
    JobRunning,
    LhassistError,
    NotOperator,
    QuestionError,
    UploadRefused,
)
from lhassist.index import history
from lhassist.ingest.arrivals import arrive, file_name
from lhassist.ingest.from_web import arrive_from_web
from lhassist.jobs import Job, Jobs
from lhassist.schema import Document
from lhassist.script import fold
from lhassist.ui import catalogue
from lhassist.ui.articles import newest_first
from lhassist.ui.given import Json, fields, one_of, text
from lhassist.ui.labels import TOPICS

UPLOAD_BYTES = 32_000_000
"""The largest file that the page takes. A larger one is put into the folder of articles."""

PAGE = 200
"""Articles that are listed at first."""

_FOUND = 60
"""Passages that a search of the library looks at."""

_HALF = 0.5
"""The share of a search's words that a passage must hold for its article to be listed."""

_LOG = logging.getLogger(__name__)

Given = Mapping[object, object]
"""The fields of what a browser sent with an action."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as far as it tells."""

    headers: Mapping[str, str]
    client: str | None


@dataclass(frozen=True, slots=True)
class LibraryDesk:
    """Serves the library and the evaluation of one collection."""

    assistant: Assistant
    jobs: Jobs
    _arrived: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def over(cls, assistant: Assistant) -> LibraryDesk:
        """The library that an assistant answers from."""
        return cls(assistant, Jobs(assistant.settings, assistant.reload_if_changed))

    def articles(self, asked: object) -> Json:
        """The articles that fit.

        Args:
            asked: `{"query"?, "topic"?, "year"?, "limit"?}`.

        Returns:
            `html`, `shown`, `found` and `total` (numbers of articles), `topics` and `years`
            (`[name, number]`, of all articles), `suffixes` (of files that can be added, a group
            a format) and `web` (whether addresses can be).
        """
        wanted = fields(asked)
        self.assistant.reload_if_changed()
        documents = list(self.assistant.generation.documents.values())
        query = text(wanted.get("query"))
        found = self._found(query, documents) if query else newest_first(documents)
        topic, year = text(wanted.get("topic")), text(wanted.get("year"))
        found = [
            one
            for one in found
            if topic in ("", one.topic or "other")
            and year in ("", catalogue.year_of(one) or "none")
        ]
        limit = wanted.get("limit")
        shown = found[: limit if isinstance(limit, int) and limit > 0 else PAGE]
        return {
            "html": catalogue.entries(shown) if query else catalogue.by_year(shown),
            "shown": len(shown),
            "found": len(found),
            "total": len(documents),
            "topics": _counted((one.topic or "other" for one in documents), (*TOPICS, "other")),
            "years": _counted(catalogue.year_of(one) or "none" for one in documents),
            "suffixes": _suffixes(),
            "web": self.settings.web_addresses,
        }

    def changes(self, _: object = None) -> Json:
        """`{"html": ...}`: what changed from generation to generation."""
        held = self.assistant.generation.documents
        titles = {name: document.title for name, document in held.items()}
        try:
            told = history(self.settings.index_dir)
        except LhassistError as error:
            return _failed(error)
        return {"html": catalogue.changes(told, titles)}

    def report(self, _: object = None) -> Json:
        """The last evaluation of this service: its page as `html`, empty where there is none."""
        job = self.jobs.last_of("evaluate")
        try:
            return {"html": job.result()["html"] if job and job.finished else ""}
        except LhassistError:
            return {"html": ""}

    def operate(self, action: str, arguments: object, caller: Caller) -> Json:
        """Does what only the operator may.

        Args:
            action: `who` (also for others: whether the caller is the operator), `arrive`, `paste`,
                `fetch`, `add`, `remove`, `ingest`, `evaluate` or `cancel`.
            arguments: Of the action: an object.
            caller: Who asks for it.

        Returns:
            What the action says; or `error`, the name of a label, and `detail` in English where
            there is more to say.
        """
        given = fields(arguments)
        actions: Mapping[str, Callable[[Given], Json]] = {
            "arrive": self._arrive,
            "paste": self._paste,
            "fetch": self._fetch,
            "add": self._add,
            "remove": self._remove,
            "ingest": self._ingest,
            "evaluate": self._evaluate,
            "cancel": self._cancel,
        }
        if action == "who":
            return self._who(caller)
        try:
            access.require_operator(self.settings, caller.headers, caller.client)
            return actions[action](given) if action in actions else {"error": "error.unexpected"}
        except LhassistError as error:
            return _failed(error)

    def follow(self, caller: Caller) -> Iterator[Json]:
        """How far the job is that runs, and what came of it.

        Yields:
            `task`, `stage`, `done` and `total`; at the end `task` and `result`, or `error` as from
            `operate`.
        """
        why = access.refusal(self.settings, caller.headers, caller.client)
        if why is not None:
            yield {"error": f"operator.{why}"}
            return
        job = self.jobs.last
        if job is None:
            yield {"error": "job.none"}
            return
        for step in job.follow():
            yield {"task": job.task, "stage": step.stage, "done": step.done, "total": step.total}
        yield _outcome(job)

    @property
    def settings(self) -> Settings:
        """As the assistant was opened with."""
        return self.assistant.settings

    def _found(self, query: str, documents: Sequence[Document]) -> list[Document]:
        """Articles whose title holds the words, then those that a search finds in their texts."""
        folded = fold(query)
        held = [one for one in newest_first(documents) if folded in fold(one.title)]
        try:
            hits = self.assistant.search(query, _FOUND)
        except QuestionError:
            hits = ()
        by_id = {one.id: one for one in documents}
        names = [one.id for one in held] + [
            hit.passage.document_id for hit in hits if (hit.lexical or 0) >= _HALF
        ]
        return [by_id[name] for name in dict.fromkeys(names) if name in by_id]

    def _who(self, caller: Caller) -> Json:
        why = access.refusal(self.settings, caller.headers, caller.client)
        return {"operator": why is None, "why": why, "busy": self._running() is not None}

    def _running(self) -> Job | None:
        job = self.jobs.last
        return job if job is not None and not job.finished else None

    def _arrive(self, given: Given) -> Json:
        data = text(given.get("data"))
        if len(data) > UPLOAD_BYTES * 4 / 3 + 4:
            return {"error": "file.size"}
        try:
            decoded = base64.b64decode(data, validate=True)
        except binascii.Error:
            return {"error": "error.unexpected"}
        name, folder = text(given.get("name")), text(given.get("folder"))
        return self._keep(arrive(self.settings.corpus_dir, name, decoded, folder=folder))

    def _paste(self, given: Given) -> Json:
        title, body = text(given.get("title")).strip(), text(given.get("text"))
        if not title or not body.strip():
            return {"error": "paste.incomplete"}
        topic = one_of(TOPICS, given.get("topic"))
        written = as_markdown(
            title,
            body,
            published=text(given.get("published")),
            topic=topic,
            source=text(given.get("source")),
        )
        return self._keep(arrive(self.settings.corpus_dir, file_name(title), written.encode()))

    def _fetch(self, given: Given) -> Json:
        return self._keep(arrive_from_web(self.settings, text(given.get("address")).strip()))

    def _keep(self, path: Path) -> Json:
        ticket = secrets.token_urlsafe(12)
        self._arrived[ticket] = path
        return {"ticket": ticket, "name": path.name}

    def _add(self, given: Given) -> Json:
        tickets = given.get("tickets")
        named = [text(one) for one in tickets] if isinstance(tickets, list) else []
        arrived = [str(self._arrived[ticket]) for ticket in named if ticket in self._arrived]
        self.jobs.start("add", arrived=arrived, replace=given.get("replace") is True)
        for ticket in named:
            self._arrived.pop(ticket, None)
        return {"started": "add"}

    def _remove(self, given: Given) -> Json:
        self.jobs.start("remove", document_ids=[text(given.get("document"))])
        return {"started": "remove"}

    def _ingest(self, given: Given) -> Json:
        self.jobs.start("ingest", rebuild=given.get("rebuild") is True)
        return {"started": "ingest"}

    def _evaluate(self, _given: Given) -> Json:
        self.jobs.start("evaluate")
        return {"started": "evaluate"}

    def _cancel(self, _given: Given) -> Json:
        job = self._running()
        if job is not None:
            job.cancel()
        return {}


def _outcome(job: Job) -> Json:
    try:
        result = job.result()
    except LhassistError as error:
        return {"task": job.task, **_failed(error)}
    # The page of an evaluation is long and is asked for by itself.
    return {"task": job.task, "result": {key: result[key] for key in result if key != "html"}}


def _failed(error: LhassistError) -> Json:
    """The label of an error; where there is none of its own, what it says, too."""
    if isinstance(error, NotOperator):
        return {"error": f"operator.{error.reason}"}
    if isinstance(error, UploadRefused):
        return {"error": f"file.{error.rule}"}
    if isinstance(error, FetchError):
        return {"error": f"fetch.{error.kind}"}
    if isinstance(error, JobRunning):
        return {"error": "job.running"}
    if isinstance(error, JobCancelled):
        return {"error": "job.cancelled"}
    _LOG.error("%s (%s)", error.message, error.hint)
    return {"error": "job.failed", "detail": " – ".join(filter(None, (error.message, error.hint)))}


def _counted(names: Iterable[str], order: Sequence[str] = ()) -> list[tuple[str, int]]:
    """Each name with its number; in an order that is given, or else the largest first."""
    numbers = Counter(names)
    ordered = [one for one in order if one in numbers] or sorted(
        numbers, key=lambda one: (one != "none", one), reverse=True
    )
    return [(one, numbers[one]) for one in ordered]


def _suffixes() -> list[tuple[str, ...]]:
    """What the names of files end in that can be added, a group a format."""
    return [one.suffixes for one in FORMATS if one.is_installed]
