"""The gap log: what was asked and not answered, for whoever looks after the collection.

Nothing is written unless the operator names a file (`gap_log`). It has one JSON object a line:

    {"day": "2026-03-01", "question": "漯河有地铁吗？", "reason": "nothing", "topic": "geography",
     "nearest": "漯河概况"}

The question is the one that was understood, without the conversation around it. Who asked, when
on that day, and from where is not known here and not kept.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lhassist.errors import GapLogError
from lhassist.schema import Answer, Document
from lhassist.script import fold

_LOG = logging.getLogger(__name__)
_UNTOLD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the collection does not answer.

    Attributes:
        question: As it was asked last.
        count: How often it was asked, in either script and with any punctuation.
        last: The day it was asked last, ISO 8601.
        reason: Why it was refused, as `RefusalReason` names it.
        topic: Of the article that is nearest; empty where there is none.
        nearest: The headline of that article.
    """

    question: str
    count: int
    last: str
    reason: str
    topic: str
    nearest: str

    def to_json(self) -> dict[str, object]:
        """One entry of `lhassist gaps --json`."""
        return {
            "question": self.question,
            "count": self.count,
            "last": self.last,
            "reason": self.reason,
            "topic": self.topic,
            "nearest": self.nearest,
        }


def record(path: Path, answer: Answer, documents: Mapping[str, Document], day: date) -> None:
    """Adds a refusal to the log; any other answer leaves no trace.

    A log that cannot be written must not keep the reader from the answer: that is logged as a
    warning.

    Args:
        path: The log; made where it is missing, readable by its owner alone.
        answer: What was said.
        documents: The articles of the collection.
        day: The day of asking.
    """
    if answer.status != "refused":
        return
    nearest = documents[answer.hits[0].passage.document_id] if answer.hits else None
    line = json.dumps(
        {
            "day": day.isoformat(),
            "question": _in_one_line(answer.understood_as or answer.question),
            "reason": answer.reason,
            "topic": (nearest.topic or "") if nearest else "",
            "nearest": nearest.title if nearest else "",
        },
        ensure_ascii=False,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write to a file opened for appending: lines of several writers do not mix.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        _LOG.warning("%s: the unanswered question was not kept: %s", path, error)


def _in_one_line(question: str) -> str:
    """Without what a terminal or a table would obey."""
    return "".join(c for c in " ".join(question.split()) if c.isprintable())


def read(path: Path) -> tuple[Gap, ...]:
    """The gaps, the newest first; of one day, the most frequent first.

    Raises:
        GapLogError: The file cannot be read, or a line is not as `record` writes it.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise GapLogError(
            f"{path}: the gap log cannot be read: {error}", hint="look at the setting gap_log"
        ) from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line]
    return _counted(rows)


def _row(path: Path, number: int, line: str) -> dict[str, str]:
    try:
        fields: dict[str, Any] = json.loads(line)
        row = {key: str(fields[key]) for key in ("question", "reason", "topic", "nearest")}
        return row | {"day": date.fromisoformat(fields["day"]).isoformat()}
    except (KeyError, TypeError, ValueError) as error:
        raise GapLogError(
            f"{path}, line {number}: not a line of a gap log: {error}",
            hint="take the line out, or name another file as gap_log",
        ) from error


def _counted(rows: Iterable[Mapping[str, str]]) -> tuple[Gap, ...]:
    counts: dict[str, int] = {}
    last: dict[str, Mapping[str, str]] = {}
    for row in rows:
        key = _UNTOLD.sub("", fold(row["question"]).lower())
        counts[key] = counts.get(key, 0) + 1
        if key not in last or row["day"] >= last[key]["day"]:
            last[key] = row
    found = [
        Gap(row["question"], counts[key], row["day"], row["reason"], row["topic"], row["nearest"])
        for key, row in last.items()
    ]
    return tuple(sorted(found, key=lambda gap: (gap.last, gap.count), reverse=True))
