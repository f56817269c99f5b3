"""The errors that lhassist raises on purpose.

Catch `LhassistError` for all of them; every one carries a hint that says what to do next.

    LhassistError
    ├── ConfigError            a setting that cannot be used
    ├── CorpusError            the collection of articles
    │   ├── UnreadableFile     one file that cannot be read; the others go on
    │   ├── UploadRefused      bytes that cannot become a file among the articles
    │   └── FetchError         a web address that cannot or may not be fetched
    ├── ModelError             a model's files
    │   ├── ModelMissing       weights or a library that are not installed here
    │   └── ModelCorrupt       weights whose checksum or layout is wrong
    ├── LanguageModelError     a language model that gave nothing that can be used
    ├── GenerationError        the index on disk
    │   ├── IndexMissing       nothing has been ingested yet
    │   ├── IndexCorrupt       a file of the generation is missing or altered
    │   ├── IndexLocked        another process is writing this index
    │   └── IndexMismatch      built with another embedding model than the one asked for
    ├── EvaluationError        a question set, run or baseline that cannot be used
    ├── QuestionError          a question that cannot be asked: empty, or too long
    ├── JournalError           a file that the operator keeps
    │   ├── GapLogError        the log of unanswered questions
    │   └── FeedbackError      what readers think of answers
    ├── NotOperator            a request that may not change the collection
    └── JobError               long work in a process of its own
        ├── JobRunning         one job at a time, and another one has not finished
        ├── JobFailed          it ended with an error
        └── JobCancelled       it was called off
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal


class LhassistError(Exception):
    """The root of the tree.

    Args:
        message: What happened, and to which path or number.
        hint: What to type or do next; empty where there is nothing to add.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(LhassistError):
    """A setting has a value that cannot be used."""


class CorpusError(LhassistError):
    """The collection of articles cannot be used as it is."""


Trouble = Literal[
    "archive",
    "damaged",
    "drawing",
    "empty",
    "encoding",
    "extra",
    "format",
    "front",
    "limit",
    "long",
    "old",
    "password",
    "place",
    "scan",
    "silent",
]
"""What is the matter with a file, for whoever says it in another language.

`drawing`: an SVG. `extra`: it needs an extra that is not installed. `front`: its front matter.
`limit`: it takes too much memory or time. `old`: Office from before 2007. `place`: where it lies or
what it is called. `scan`: pages that are pictures, and no OCR. `silent`: a picture, sound or film
without words."""


class UnreadableFile(CorpusError):
    """One file could not be read as an article.

    Args:
        path: The file.
        reason: Why, in one line, without the path.
        kind: The same as a name.
        about: What of the file it is about, as it stands there; or the extra that is needed.
        hint: What to do next.
    """

    def __init__(
        self,
        path: Path | str,
        reason: str,
        *,
        kind: Trouble = "damaged",
        about: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(f"{path}: {reason}", hint=hint)
        self.path = str(path)
        self.reason = reason
        self.kind = kind
        self.about = about


class UploadRefused(CorpusError):
    """Bytes that were sent cannot become a file among the articles.

    Args:
        name: What the file was to be called.
        reason: Why not, in one line, without the name.
        rule: Which rule it does not meet: `name`, `format`, `empty` or `size`.
        hint: What to do next.
    """

    def __init__(self, name: str, reason: str, *, rule: str, hint: str = "") -> None:
        super().__init__(f"{name}: {reason}", hint=hint)
        self.rule = rule


Unfetched = Literal["address", "host", "inner", "silent", "size", "status", "type"]
"""Why an address gave nothing, as a name.

`address`: it cannot be one of the web. `host`: there is none of this name. `inner`: it is not on
the public internet. `silent`: the server did not answer as it should. `status`: it said no."""


class FetchError(CorpusError):
    """A web address could not be fetched, or may not be.

    Args:
        address: As given, or as it was redirected to.
        reason: Why, in one line.
        kind: The same as a name.
        hint: What to do next.
    """

    def __init__(
        self, address: str, reason: str, *, kind: Unfetched = "silent", hint: str = ""
    ) -> None:
        super().__init__(f"{address}: {reason}", hint=hint)
        self.address = address
        self.reason = reason
        self.kind = kind


class ModelError(LhassistError):
    """A model's files, or what runs them, cannot be used."""


class ModelMissing(ModelError):
    """Weights, or the library that runs them, are not installed here."""


class ModelCorrupt(ModelError):
    """Weights whose checksum or layout is not the expected one."""


class LanguageModelError(LhassistError):
    """A language model gave nothing that can be used.

    Args:
        message: What happened.
        reason: `timeout` or `error`; answers say so (`lhassist.schema.Fallback`).
        hint: What to do next.
    """

    def __init__(
        self, message: str, *, reason: Literal["timeout", "error"], hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class GenerationError(LhassistError):
    """The index on disk cannot be used."""


class IndexMissing(GenerationError):
    """There is no index at this place yet."""


class IndexCorrupt(GenerationError):
    """A file of the current generation is missing or was altered."""


class IndexLocked(GenerationError):
    """Another process is writing this index."""


class IndexMismatch(GenerationError):
    """The index was built with another embedding model than the one asked for."""


class EvaluationError(LhassistError):
    """A question set, a run or the baseline cannot be used as it is."""


class QuestionError(LhassistError):
    """The question cannot be asked: it is empty or too long."""


class JournalError(LhassistError):
    """A file that the operator keeps cannot be used."""


class GapLogError(JournalError):
    """The log of unanswered questions is not kept, or cannot be read."""


class FeedbackError(JournalError):
    """What readers think is not kept, or cannot be read or written."""


class NotOperator(LhassistError):
    """A request may not change the collection.

    Args:
        message: What is missing.
        reason: The name of the rule that it does not meet; see `lhassist.access.Refusal`.
        hint: How to be known as the operator.
    """

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class JobError(LhassistError):
    """A job cannot be done, or not to its end."""


class JobRunning(JobError):
    """Another job has not finished yet."""


class JobFailed(JobError):
    """A job ended with an error.

    Args:
        message: The error's.
        cause: The name of its class; empty where the process died without one.
        hint: What to do next.
    """

    def __init__(self, message: str, *, cause: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.cause = cause


class JobCancelled(JobError):
    """A job was called off before its end."""
