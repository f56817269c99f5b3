"""What an ingest did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from lhassist.errors import Trouble

_COPIES_NAMED = 10


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not taken, or not wholly, and why in one line.

    Attributes:
        kind: Of an `UnreadableFile`; empty for another error.
        about: The same.
    """

    path: str
    reason: str
    kind: Trouble | Literal[""] = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file left out because its bytes are those of an article that is held."""

    path: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture that came in, and looks like one that another article shows.

    Attributes:
        path: The picture, as `Media.path`.
        document_id: The article that shows it.
        of_path: The picture that it looks like.
        of_document_id: The article that shows that.
        is_exact: Whether their bytes are the same.
    """

    path: str
    document_id: str
    of_path: str
    of_document_id: str
    is_exact: bool

    def __str__(self) -> str:
        how = "the same picture as" if self.is_exact else "looks like"
        return f"{self.path} in {self.document_id}: {how} {self.of_path} in {self.of_document_id}"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An article that came in, and says nearly the same as another.

    Attributes:
        share: Of its words, in order, that the other has, too; about.
    """

    document_id: str
    of_document_id: str
    share: float

    def __str__(self) -> str:
        return (
            f"{self.document_id}: {self.share:.0%} the same as {self.of_document_id}; "
            f"lhassist remove takes one out"
        )


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
        copies: New pictures that look like others; they are held all the same.
        resemblances: New articles that say nearly the same as others; they are held all the same.
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
    copies: tuple[Copy, ...]
    resemblances: tuple[Resemblance, ...]
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
        lines += map(str, self.resemblances[:_COPIES_NAMED])
        if len(self.resemblances) > _COPIES_NAMED:
            more = len(self.resemblances) - _COPIES_NAMED
            lines.append(f"and {more} more such articles (--json)")
        lines += map(str, self.copies[:_COPIES_NAMED])
        if len(self.copies) > _COPIES_NAMED:
            lines.append(f"and {len(self.copies) - _COPIES_NAMED} more such pictures (--json)")
        if self.missing:
            lines.append(
                f"held, but their files are gone: {', '.join(self.missing)} (--prune drops them)"
            )
        return "\n".join(lines)
