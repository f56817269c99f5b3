"""The run of an ingest: scan, compare, read, build, publish."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import lhassist
from lhassist import corpus
from lhassist.config import Settings
from lhassist.corpus import Aids, Reader
from lhassist.embedding import Embedder
from lhassist.errors import CorpusError, IndexCorrupt, IndexMismatch, UnreadableFile
from lhassist.gazetteer import Gazetteer
from lhassist.index import SCRATCH, Generation, Source, VectorCache, Writer, merged, open_writer
from lhassist.index.storage import sha256
from lhassist.ingest.build import Article, Progress, build
from lhassist.ingest.likeness import copies
from lhassist.ingest.plan import Plan, make_plan
from lhassist.ingest.report import Failure, Report
from lhassist.ingest.resemblance import resemblances
from lhassist.passages import split
from lhassist.schema import Document

_GAZETTEER = "gazetteer.toml"


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    prune: bool | Sequence[Path] = False,
    drop: Collection[str] = (),
    unfetched: Sequence[Failure] = (),
    embedder: Embedder,
    progress: Progress | None = None,
) -> Report:
    """Adds new and changed articles to the collection and publishes a new generation.

    One file that cannot be read is reported, and what was held of it stays; the others go on.
    Nothing is published where nothing has changed.

    Args:
        settings: Says where the index and the caches are.
        paths: Articles, and folders of articles; a folder may hold a `gazetteer.toml`.
        rebuild: Read all known articles again, and embed them without the cache.
        prune: Drop the articles whose file is gone: all, or those from below these folders.
        drop: Ids of articles to leave out, whatever became of their files.
        unfetched: What could not even be fetched; it is reported with what could not be read.
        embedder: Makes the vectors.
        progress: Told how far the reading (`read`) and the embedding (`embed`) are.

    Raises:
        CorpusError: No file could be read and nothing is held, or all would be dropped.
        IndexLocked: Another ingest is running.
        GenerationError: The index cannot be written; or the current generation cannot be read and
            `rebuild` was not asked for.
        ModelError: The embedder failed.
    """
    started = time.perf_counter()
    with ExitStack() as stack:
        writer = stack.enter_context(open_writer(settings.index_dir))
        state = _held(writer, rebuild=rebuild)
        failed = list(unfetched)
        gazetteers = _gazetteers(
            paths, state.gazetteers, failed, rebuild=rebuild, prune=bool(prune)
        )
        aids = Aids(merged(gazetteers).spoken(), settings.speech_model)
        reader = stack.enter_context(
            Reader(settings.index_dir, SCRATCH, aids=aids, cache_dir=settings.cache_dir)
        )
        redo = _redo(state.older, embedder, merged(gazetteers), rebuild=rebuild)
        files = _files(paths, settings.index_dir)
        plan = make_plan(
            state.sources,
            [file.source for file in files.values()],
            _gone(state.sources, prune),
            reread=redo.read,
            prune=bool(prune),
            drop=drop,
        )
        outcome = _read(plan, files, state.older, reader, failed=failed, progress=progress)
        if not outcome.sources:
            raise _nothing_left(failed, dropped=bool(plan.drop))
        generation = state.older
        if generation is None or redo.analyse or outcome.fresh or plan.drop or outcome.absorbed:
            _take_media(writer, reader, outcome, failed, everything=redo.read)
            collection = build(
                _articles(outcome, state.older, redo),
                () if redo.analyse else outcome.documents.keys() - outcome.fresh,
                None if redo.analyse else state.older,
                embedder=embedder,
                gazetteer=merged(gazetteers),
                cache=VectorCache(settings.cache_dir, embedder.fingerprint, embedder.dimension),
                reuse=not rebuild,
                progress=progress,
            )
            generation = writer.publish(collection, outcome.sources, gazetteers)
    return Report(
        generation=generation.name,
        added=tuple(sorted(outcome.added)),
        changed=tuple(sorted(outcome.changed)),
        removed=tuple(sorted({source.document_id for source in plan.drop} | outcome.absorbed)),
        unchanged=len(outcome.sources) - len(outcome.added) - len(outcome.changed),
        missing=tuple(sorted({s.document_id for s in plan.missing} & outcome.documents.keys())),
        failed=tuple(failed),
        duplicates=tuple(replace(d, path=str(files[d.path].given.path)) for d in plan.duplicates),
        copies=copies(outcome.documents, outcome.fresh),
        resemblances=resemblances(outcome.documents, outcome.fresh),
        notes=redo.notes,
        passages=len(generation.passages),
        seconds=time.perf_counter() - started,
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What is held before the run; sources are known even of a generation that cannot be read."""

    older: Generation | None
    sources: tuple[Source, ...]
    gazetteers: Mapping[str, Gazetteer]


def _held(writer: Writer, *, rebuild: bool) -> _State:
    try:
        older = writer.current()
    except (IndexCorrupt, IndexMismatch):
        if not rebuild:
            raise
        return _State(None, writer.salvage_sources(), {})
    if older is None:
        return _State(None, (), {})
    return _State(older, older.manifest.sources, older.gazetteers)


@dataclass(frozen=True, slots=True)
class _Redo:
    """How much of what is held has to be done again, and why."""

    read: bool
    analyse: bool
    notes: tuple[str, ...]


def _redo(
    older: Generation | None, embedder: Embedder, gazetteer: Gazetteer, *, rebuild: bool
) -> _Redo:
    if older is None:
        return _Redo(read=rebuild, analyse=True, notes=())
    notes = []
    upgraded = older.manifest.software != lhassist.__version__
    if upgraded:
        notes.append(
            f"read everything again: the index is from lhassist {older.manifest.software}, "
            f"this is {lhassist.__version__}"
        )
    if older.embedder != embedder.fingerprint:
        notes.append(
            f"embedded everything again: the index was made with the model {older.embedder}, "
            f"this one is {embedder.fingerprint}"
        )
    if older.gazetteer != gazetteer:
        notes.append("analysed everything again: the gazetteer has changed")
    return _Redo(read=rebuild or upgraded, analyse=rebuild or bool(notes), notes=tuple(notes))


def _gazetteers(
    paths: Sequence[Path],
    held: Mapping[str, Gazetteer],
    failed: list[Failure],
    *,
    rebuild: bool,
    prune: bool,
) -> dict[str, Gazetteer]:
    """The gazetteers of the given folders, and those held of others."""
    looked_at = {os.path.realpath(path / _GAZETTEER) for path in paths if path.is_dir()}
    if rebuild:
        looked_at |= held.keys()
    result = dict(held)
    for path in sorted(looked_at):
        if _is_gone(path):
            if prune:
                result.pop(path, None)
            continue
        try:
            result[path] = Gazetteer.load(Path(path))
        except CorpusError as error:
            failed.append(Failure(path, error.message.removeprefix(path).lstrip(":, ")))
    return result


@dataclass(frozen=True, slots=True)
class _File:
    """A file under the given paths: as it was given, and as a source."""

    given: corpus.SourceFile
    source: Source


def _files(paths: Sequence[Path], index_dir: Path) -> dict[str, _File]:
    """The files below some folders by their real path; an index among them has no articles."""
    index = os.path.realpath(index_dir)
    found = {}
    for file in corpus.scan(paths):
        path = os.path.realpath(file.path)
        if Path(path).is_relative_to(index):
            continue
        source = Source(file.document_id, path, os.path.realpath(file.root), _checksum(path))
        found[path] = _File(file, source)
    return found


def _checksum(path: str) -> str:
    """Empty where reading the file will say what is wrong with it."""
    try:
        path.encode()
        return corpus.checksum(Path(path), sha256(Path(path))) if Path(path).is_file() else ""
    except (OSError, UnicodeEncodeError):
        return ""


@dataclass(frozen=True, slots=True)
class _Outcome:
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


def _read(
    plan: Plan,
    files: Mapping[str, _File],
    older: Generation | None,
    reader: Reader,
    *,
    failed: list[Failure],
    progress: Progress | None,
) -> _Outcome:
    """Reads what the plan says, and held articles whose pictures beside them may be new.

    Pictures, sounds and films come last: those that an article shows are none themselves.
    """
    held = older.documents if older else {}
    known = {source.document_id: source for source in older.manifest.sources} if older else {}
    outcome = _Outcome([], {}, set(), set(), set())
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
            failed.append(Failure(error.path, error.reason))
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


def _read_one(reader: Reader, source: Source, file: _File | None) -> Document:
    """Reads an article by its path as it was given, so that messages name it so."""
    path = file.given.path if file else Path(source.path)
    root = file.given.root if file else Path(source.root)
    return reader.read(path, document_id=source.document_id, root=root)


def _articles(outcome: _Outcome, older: Generation | None, redo: _Redo) -> dict[str, Article]:
    """What has to be indexed; passages are split anew only where the article or the rule is new."""
    articles = {}
    for name in outcome.documents if redo.analyse else outcome.fresh:
        document = outcome.documents[name]
        if older is None or redo.read or name in outcome.fresh:
            passages = split(document)
        else:
            numbers = older.passages_of(name)
            passages = older.passages[numbers.start : numbers.stop]
        articles[name] = Article(document, passages)
    return articles


def _take_media(
    writer: Writer,
    reader: Reader,
    outcome: _Outcome,
    failed: list[Failure],
    *,
    everything: bool,
) -> None:
    """Copies the pictures, sounds and films of new and changed articles, or of all."""
    for source in outcome.sources:
        if not (everything or source.document_id in outcome.fresh):
            continue
        for media in outcome.documents[source.document_id].media:
            if media.path is None:
                continue
            file = reader.file_of(media, Path(source.root))
            reason = writer.media.add(media, file)
            if reason is not None:
                failed.append(Failure(str(file), reason))


def _nothing_left(failed: Sequence[Failure], *, dropped: bool) -> CorpusError:
    if dropped:
        return CorpusError(
            "no article would be left; the index is left as it is",
            hint="bring the files back, or remove the index folder if that is meant",
        )
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        return CorpusError(
            f"no article could be read: {failed[0].path}: {failed[0].reason}{more}",
            hint="give files or folders that hold articles: lhassist ingest PATH",
        )
    suffixes = " ".join(suffix for format in corpus.FORMATS for suffix in format.suffixes)
    return CorpusError(
        "there is no article there",
        hint=f"articles are {suffixes} files; type: lhassist ingest PATH",
    )


def _gone(sources: Iterable[Source], prune: bool | Sequence[Path]) -> set[str]:
    """The paths where there is no file any more; below some folders only, if that is asked for."""
    gone = {source.path for source in sources if _is_gone(source.path)}
    if isinstance(prune, bool):
        return gone
    folders = [os.path.realpath(folder) for folder in prune]
    return {path for path in gone if any(Path(path).is_relative_to(f) for f in folders)}


def _is_gone(path: str) -> bool:
    """Whether there is no file; one that may not be looked at is not gone."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
