"""Reads what an ingest has to read, and keeps what is held of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lhassist import corpus
from lhassist.corpus import Reader
from lhassist.errors import UnreadableFile
from lhassist.index import Generation, Source
from lhassist.ingest.build import Progress
from lhassist.ingest.given import GivenFile
from lhassist.ingest.plan import Plan
from lhassist.ingest.report import Failure
from lhassist.schema import Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """The articles of the collection to be, and what became of each.

    Attributes:
        sources: The file of every article.
        documents: Every article, by id: as read now, or as held.
        added: Those that were not held before.
        changed: Those that were held and differ.
        absorbed: Media that were articles, and that other articles show now.
    """

    sources: list[Source]
    documents: dict[str, Document]
    added: set[str]
    changed: set[str]
    absorbed: set[str]

    def shown(self) -> set[str]:
        """The files of all media that the articles so far show."""
        return {
            str(Path(source.root) / media.path)
            for source in self.sources
            if not _is_bare_medium(source)
            for media in self.documents[source.document_id].media
            if media.path is not None and not media.is_inside
        }

    def leave_out_shown(self) -> None:
        """Takes out media that were articles by themselves before another article showed them."""
        shown = self.shown()
        for source in [s for s in self.sources if s.path in shown and _is_bare_medium(s)]:
            self.sources.remove(source)
            del self.documents[source.document_id]
            self.absorbed.add(source.document_id)

    @property
    def fresh(self) -> set[str]:
        """The articles that are not held as they are now."""
        return self.added | self.changed


def read(
    plan: Plan,
    files: Mapping[str, GivenFile],
    older: Generation | None,
    reader: Reader,
    *,
    failed: list[Failure],
    progress: Progress | None,
) -> Outcome:
    """Reads what the plan says, and held articles whose pictures beside them may be new.

    Pictures, sounds and films come last: those that an article shows are none themselves.
    """
    held = older.documents if older else {}
    known = {source.document_id: source for source in older.manifest.sources} if older else {}
    outcome = Outcome([], {}, set(), set(), set())
    to_read = list(plan.read)
    for source in plan.keep:
        document = held.get(source.document_id)
        if document is None:
            reason = "the file is gone, and the index that held its article cannot be read"
            failed.append(Failure(source.path, reason))
        elif source.path in files and document.media and _shows_files(source):
            to_read.append(source)
        else:
            outcome.sources.append(source)
            outcome.documents[source.document_id] = document
    to_read.sort(key=_is_bare_medium)
    for done, source in enumerate(to_read, 1):
        name = source.document_id
        before = held.get(name)
        if _is_bare_medium(source) and source.path in outcome.shown():
            continue
        try:
            document = _read_one(reader, source, files.get(source.path))
        except UnreadableFile as error:
            failed.append(Failure(error.path, error.reason, error.kind, error.about))
            if before is not None:
                outcome.sources.append(known[name])
                outcome.documents[name] = before
        else:
            outcome.sources.append(replace(source, sha256=document.sha256))
            outcome.documents[name] = document
            if before is None:
                outcome.added.add(name)
            elif replace(document, path=before.path) != before or source.path != known[name].path:
                outcome.changed.add(name)
        if progress:
            progress("read", done, len(to_read))
    outcome.leave_out_shown()
    return outcome


def _is_bare_medium(source: Source) -> bool:
    """Whether a file is a picture, sound or film without a description of its own."""
    path = Path(source.path)
    return corpus.is_medium(path) and corpus.description_of(path) is None


def _shows_files(source: Source) -> bool:
    format = corpus.by_suffix(Path(source.path))
    return format is None or format.shows_files


def _read_one(reader: Reader, source: Source, file: GivenFile | None) -> Document:
    """Reads an article by its path as it was given, so that messages name it so."""
    path = file.given.path if file else Path(source.path)
    root = file.given.root if file else Path(source.root)
    return reader.read(path, document_id=source.document_id, root=root)
