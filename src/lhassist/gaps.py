"""The gap log: what was asked and not answered, for whoever looks after the collection.

Nothing is written unless the operator names a file (`gap_log`). It has one JSON object a line:

    {"day": "2026-03-01", "question": "漯河有地铁吗？", "reason": "nothing", "topic": "geography",
     "nearest": "漯河概况"}

The question is the one that was understood, without the conversation around it. Who asked, when
on that day, and from where is not known here and not kept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lhassist import journal
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
    fields = {
        "day": day.isoformat(),
        "question": journal.in_one_line(answer.understood_as or answer.question),
        "reason": answer.reason,
        "topic": (nearest.topic or "") if nearest else "",
        "nearest": nearest.title if nearest else "",
    }
    try:
        journal.append(path, fields)
    except OSError as error:
        _LOG.warning("%s: the unanswered question was not kept: %s", path, error)


def read(path: Path) -> tuple[Gap, ...]:
    """The gaps, the newest first; of one day, the most frequent first.

    Raises:
        GapLogError: The file cannot be read, or a line is not as `record` writes it.
    """
    return _counted(journal.read(path, _row, GapLogError))


def _row(fields: dict[str, Any]) -> dict[str, str]:
    row = {key: str(fields[key]) for key in ("question", "reason", "topic", "nearest")}
    return row | {"day": date.fromisoformat(fields["day"]).isoformat()}


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
