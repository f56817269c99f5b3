"""The run of an ingest: scan, compare, read, build, publish."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import lhassist
from lhassist import corpus
from lhassist.config import Settings
from lhassist.corpus import Aids, Reader
from lhassist.embedding import Embedder
from lhassist.errors import CorpusError, IndexCorrupt, IndexMismatch
from lhassist.gazetteer import Gazetteer
from lhassist.index import SCRATCH, Generation, Source, VectorCache, Writer, merged, open_writer
from lhassist.ingest.build import Article, Progress, build
from lhassist.ingest.given import files_below, gazetteers_of, gone
from lhassist.ingest.likeness import copies
from lhassist.ingest.plan import make_plan
from lhassist.ingest.reading import Outcome, read
from lhassist.ingest.report import Failure, Report
from lhassist.ingest.resemblance import resemblances
from lhassist.passages import split


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
        progress: Told how far the reading (`read`), the hearing of a long recording (`hear`, in
            seconds) and the embedding (`embed`) are.

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
        gazetteers = gazetteers_of(
            paths, state.gazetteers, failed, rebuild=rebuild, prune=bool(prune)
        )
        aids = Aids(merged(gazetteers).spoken(), settings.speech_model)
        reader = stack.enter_context(
            Reader(
                settings.index_dir,
                SCRATCH,
                aids=aids,
                cache_dir=settings.cache_dir,
                heard=partial(progress, "hear") if progress else None,
            )
        )
        redo = _redo(state.older, embedder, merged(gazetteers), rebuild=rebuild)
        files = files_below(paths, settings)
        plan = make_plan(
            state.sources,
            [file.source for file in files.values()],
            gone(state.sources, prune),
            reread=redo.read,
            prune=bool(prune),
            drop=drop,
        )
        outcome = read(plan, files, state.older, reader, failed=failed, progress=progress)
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


def _articles(outcome: Outcome, older: Generation | None, redo: _Redo) -> dict[str, Article]:
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
    outcome: Outcome,
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
