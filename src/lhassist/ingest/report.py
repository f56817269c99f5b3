"""What an ingest did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not taken, or not wholly, and why in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file left out because its bytes are those of an article that is held."""

    path: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did; articles are named by their ids.

    Attributes:
        generation: The one in use now; the old one where nothing had changed.
        added: Articles that were not held before.
        changed: Articles whose text, pictures or place on disk changed.
        removed: Articles dropped because their file is gone (`prune`).
        unchanged: How many articles stayed as they were.
        missing: Articles that are held although their file is gone.
        failed: Files that could not be read; what was held of them before is still held.
        duplicates: Files with the same bytes as another.
        notes: Why everything was done again, in words for the operator.
        passages: How many the collection holds.
        seconds: How long it took.
    """

    generation: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    missing: tuple[str, ...]
    failed: tuple[Failure, ...]
    duplicates: tuple[Duplicate, ...]
    notes: tuple[str, ...]
    passages: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """What `lhassist ingest --json` prints."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}

    def summary(self) -> str:
        """The same for people, in a few lines; the failed files are not named."""
        lines = [
            f"generation {self.generation}: {len(self.added)} added, {len(self.changed)} changed, "
            f"{len(self.removed)} removed, {self.unchanged} unchanged, {len(self.failed)} failed; "
            f"{self.passages} passages, {self.seconds:.1f} s"
        ]
        lines += self.notes
        lines += (f"{d.path}: the same as {d.document_id}, left out" for d in self.duplicates)
        if self.missing:
            lines.append(
                f"held, but their files are gone: {', '.join(self.missing)} (--prune drops them)"
            )
        return "\n".join(lines)
