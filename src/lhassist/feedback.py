"""What readers think of answers, for whoever looks after the collection.

Kept in a file of the operator's (`feedback_log`), which no reader sees, one JSON object a line:

    {"day": "2026-03-01", "verdict": "down", "reason": "incomplete", "comment": "……",
     "question": "……", "said": "……", "cited": ["gdp-2024#174-221"], "generation": "000002"}

Who said so, when on that day, and from where is not known here and not kept.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

from lhassist import journal
from lhassist.errors import FeedbackError

Opinion = Literal["up", "down"]

Reason = Literal["", "wrong", "incomplete", "source", "unclear"]
"""Why an answer is no good: it is wrong, something is missing, the quote does not say so, it is
hard to understand; or no reason is given."""

LONGEST = {"comment": 500, "question": 2000, "said": 4000}
"""Characters that are kept of each text."""

MOST_CITED = 20


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thinks of an answer.

    Attributes:
        day: ISO 8601.
        reason: Empty of a good answer, and where none is given.
        comment: The reader's own words.
        question: As it was understood.
        said: The answer, without its marks.
        cited: Its quotes, as `document_id#start-end`.
        generation: Of the index that answered.
    """

    day: str
    verdict: Opinion
    reason: Reason
    comment: str
    question: str
    said: str
    cited: tuple[str, ...]
    generation: str

    def to_json(self) -> dict[str, Any]:
        """A line of the file, and an entry of `lhassist feedback --json`."""
        return asdict(self)


def record(path: Path, feedback: Feedback) -> None:
    """Adds to the file, with texts cut to `LONGEST`.

    Raises:
        FeedbackError: The file cannot be written.
    """
    fields = feedback.to_json()
    for name, longest in LONGEST.items():
        fields[name] = journal.in_one_line(fields[name])[:longest]
    fields["cited"] = [journal.in_one_line(one)[:200] for one in feedback.cited[:MOST_CITED]]
    try:
        journal.append(path, fields)
    except OSError as error:
        raise FeedbackError(
            f"{path}: feedback cannot be kept: {error}", hint="look at the setting feedback_log"
        ) from error


def read(path: Path) -> tuple[Feedback, ...]:
    """All feedback, the newest first.

    Raises:
        FeedbackError: The file cannot be read, or a line is not as `record` writes it.
    """
    return tuple(reversed(journal.read(path, _feedback, FeedbackError)))


def _feedback(fields: dict[str, Any]) -> Feedback:
    if fields["verdict"] not in get_args(Opinion) or fields["reason"] not in get_args(Reason):
        raise ValueError(f"no opinion: {fields['verdict']!r}, {fields['reason']!r}")
    return Feedback(
        day=date.fromisoformat(fields["day"]).isoformat(),
        verdict=cast(Opinion, fields["verdict"]),
        reason=cast(Reason, fields["reason"]),
        comment=str(fields["comment"]),
        question=str(fields["question"]),
        said=str(fields["said"]),
        cited=tuple(str(one) for one in fields["cited"]),
        generation=str(fields["generation"]),
    )
