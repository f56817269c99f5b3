"""Articles that come and go: the folder of articles and the index kept in step.

Nothing is lost. A file that is replaced or removed is set aside; one that turns out to be no
article leaves the folder as it was.
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from urllib.parse import unquote

from lhassist import corpus
from lhassist.config import Settings
from lhassist.corpus.files import is_inside
from lhassist.embedding import Embedder
from lhassist.errors import CorpusError, IndexMissing, Trouble
from lhassist.index import Generation, manifests
from lhassist.index.storage import sha256
from lhassist.ingest.arrivals import discard, place_of
from lhassist.ingest.build import Progress
from lhassist.ingest.folder import set_aside, writing
from lhassist.ingest.report import Failure, Report
from lhassist.ingest.run import ingest

Outcome = Literal["added", "changed", "unchanged", "shown", "exists", "duplicate", "unreadable"]
"""`shown`: a picture, sound or film that another article shows, and so no article by itself.
`exists`: there is a file of this name, and replacing it was not asked for. `duplicate`: an
article with the same bytes is held under another name. These, an unchanged and an unreadable file
leave the folder and the collection as they were."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one file that arrived.

    Attributes:
        name: The file's.
        document_id: Its article; of a duplicate, the article that has the same bytes; None where
            there is none, as of what is shown.
        reason: Why it is unreadable, in one line; else empty.
        kind: Of `Failure`.
        about: The same.
    """

    name: str
    outcome: Outcome
    document_id: str | None = None
    reason: str = ""
    kind: Trouble | Literal[""] = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """What came of files that arrived.

    Attributes:
        generation: The one in use now; the old one where nothing changed.
        files: One entry a file, in the order in which they were given.
    """

    generation: str
    files: tuple[Filed, ...]

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Removal:
    """What came of articles that were to leave.

    Attributes:
        generation: The one in use now.
        removed: The ids of the articles.
        left: Their files that lie outside the folder of articles and were not touched.
    """

    generation: str
    removed: tuple[str, ...]
    left: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """What `lhassist remove --json` prints."""
        return asdict(self)


def add(
    settings: Settings,
    arrived: Sequence[Path],
    *,
    replace: bool = False,
    embedder: Embedder,
    progress: Progress | None = None,
) -> Filing:
    """Moves files that arrived among the articles and takes them into the collection.

    A picture, sound or film that a Markdown article shows which arrived with it is put where the
    article looks for it; its folder is made.

    Args:
        settings: Say where the articles and the index are.
        arrived: From `arrivals.arrive`; they are gone afterwards.
        replace: Whether a file of the same name is replaced.
        embedder: Makes the vectors.
        progress: As of `ingest`.

    Raises:
        ConfigError: The folder of articles cannot be written.
        LhassistError: As of `ingest`. The folder is then as it was.
    """
    try:
        with ExitStack() as undo:
            settled, placed = _place(settings, arrived, undo, replace=replace)
            if placed:
                targets = [one.target for one in placed.values()]
                report = ingest(settings, targets, embedder=embedder, progress=progress)
                undo.pop_all()
                settled |= _settle(placed, report, settings.index_dir)
    finally:
        discard(arrived)
    generation = manifests(settings.index_dir)[0].generation
    return Filing(generation, tuple(settled[path] for path in arrived))


def add_beside(
    settings: Settings,
    arrived: Sequence[Path],
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    prune: bool = False,
    unfetched: Sequence[Failure] = (),
    embedder: Embedder,
    progress: Progress | None = None,
) -> Report:
    """Ingests folders and files, and in the same run files that arrived, as `add` does.

    Args:
        settings: Say where the articles and the index are.
        arrived: From `arrivals.arrive`; they are gone afterwards. Files of the same names are
            replaced.
        paths: As of `ingest`.
        rebuild: As of `ingest`.
        prune: As of `ingest`.
        unfetched: As of `ingest`.
        embedder: Makes the vectors.
        progress: As of `ingest`.

    Raises:
        ConfigError: The folder of articles cannot be written.
        LhassistError: As of `ingest`. The folder is then as it was.
    """
    try:
        with ExitStack() as undo:
            _, placed = _place(settings, arrived, undo, replace=True)
            report = ingest(
                settings,
                [*paths, *(one.target for one in placed.values())],
                rebuild=rebuild,
                prune=prune,
                unfetched=unfetched,
                embedder=embedder,
                progress=progress,
            )
            undo.pop_all()
            _settle(placed, report, settings.index_dir)
    finally:
        discard(arrived)
    return report


def remove(
    settings: Settings,
    document_ids: Sequence[str],
    *,
    embedder: Embedder,
    progress: Progress | None = None,
) -> Removal:
    """Takes articles out of the collection, and their files out of the folder of articles.

    What they alone show, pictures and recordings, goes with them: left behind, the next ingest
    would take it for articles. A file that lies elsewhere is not touched; ingesting its folder
    again brings it back.

    Args:
        settings: Say where the articles and the index are.
        document_ids: The articles.
        embedder: The model that the collection was made with.
        progress: As of `ingest`.

    Raises:
        CorpusError: There is no such article, or none would be left; nothing was removed.
        LhassistError: As of `ingest`; nothing was removed.
        ConfigError: The folder of articles cannot be written; its files may come back.
    """
    held = {source.document_id: source for source in manifests(settings.index_dir)[0].sources}
    unknown = [name for name in document_ids if name not in held]
    if unknown:
        raise CorpusError(
            f"{settings.index_dir}: there is no article {', '.join(unknown)}",
            hint="lhassist info lists the ids",
        )
    shown = _shown_by(Generation.open(settings.index_dir), held.keys() & set(document_ids))
    report = ingest(settings, [], drop=document_ids, embedder=embedder, progress=progress)
    kept = Generation.open(settings.index_dir)
    shown -= _shown_by(kept, kept.documents.keys())
    shown -= {Path(source.path) for source in kept.manifest.sources}
    left = []
    for path in (*(Path(held[name].path) for name in report.removed), *sorted(shown)):
        if not is_inside(path, settings.corpus_dir):
            if path not in shown:
                left.append(str(path))
        elif path.exists():
            with writing(settings.corpus_dir):
                set_aside(path, settings.corpus_dir)
    return Removal(report.generation, report.removed, tuple(left))


def _shown_by(generation: Generation, document_ids: Collection[str]) -> set[Path]:
    """The files of all pictures, sounds and films that some articles show."""
    return {
        Path(os.path.realpath(Path(source.root) / media.path))
        for source in generation.manifest.sources
        if source.document_id in document_ids
        for media in generation.documents[source.document_id].media
        if media.path is not None and not media.is_inside
    }


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file that was moved among the articles, and where the one that it replaced is kept.

    Attributes:
        below: The folder of articles.
        is_shown: An article that arrived with it shows it.
        stays: It was there before, and is to be read, or read again for what it shows.
    """

    target: Path
    replaced: Path | None
    below: Path
    is_shown: bool
    stays: bool = False

    def take_back(self) -> None:
        if self.stays:
            return
        if self.replaced is not None:
            self.replaced.replace(self.target)
            return
        self.target.unlink(missing_ok=True)
        for folder in self.target.relative_to(self.below).parents[:-1]:
            # Other files may have come into it.
            with suppress(OSError):
                (self.below / folder).rmdir()


def _place(
    settings: Settings, arrived: Sequence[Path], undo: ExitStack, *, replace: bool
) -> tuple[dict[Path, Filed], dict[Path, _Placed]]:
    """Moves what may be moved; the rest is settled."""
    held = _ids_by_path(settings.index_dir)
    settled: dict[Path, Filed] = {}
    placed: dict[Path, _Placed] = {}
    shown = _shown_places(arrived)
    below = settings.corpus_dir
    for path in arrived:
        target = below / shown.get(path, place_of(path))
        if target.exists():
            document_id = held.get(os.path.realpath(target))
            same = sha256(target) == sha256(path)
            if same and (document_id is None or _shows_any(path, shown)):
                placed[path] = _Placed(target, None, below, path in shown, stays=True)
                continue
            if same or not replace:
                outcome: Outcome = "unchanged" if same else "exists"
                settled[path] = Filed(path.name, outcome, document_id)
                continue
        with writing(below):
            replaced = set_aside(target, below) if target.exists() else None
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        placed[path] = _Placed(target, replaced, below, path in shown)
        undo.callback(placed[path].take_back)
    return settled, placed


def _shown_places(arrived: Sequence[Path]) -> dict[Path, str]:
    """Where articles that arrived look for media that arrived with them, below the folder."""
    media = [path for path in arrived if corpus.is_medium(path)]
    targets = [target for article in arrived for target in _targets(article)]
    # Of several with one name, the one that lies where an article looks for it is that article's.
    by_place = {place_of(path): path for path in media}
    places = {by_place[target]: target for target in targets if target in by_place}
    by_name = {path.name: path for path in media if path not in places}
    for target in targets:
        path = by_name.get(PurePosixPath(target).name)
        if path is not None and target not in by_place:
            places.setdefault(path, target)
    return places


def _shows_any(article: Path, shown: Mapping[Path, str]) -> bool:
    """Whether an article shows some of the media that arrived."""
    return not set(_targets(article)).isdisjoint(shown.values())


def _targets(article: Path) -> Iterator[str]:
    """The places below the folder of articles where an article looks for media."""
    folder = posixpath.dirname(place_of(article))
    for target in corpus.shown_by(article):
        written = unicodedata.normalize("NFC", unquote(target))
        place = posixpath.normpath(posixpath.join(folder, written))
        parts = PurePosixPath(place).parts
        if not place.startswith("/") and not any(part.startswith(".") for part in parts):
            yield place


def _settle(placed: Mapping[Path, _Placed], report: Report, index_dir: Path) -> dict[Path, Filed]:
    """What an ingest made of the files; those that did not become articles are taken back."""
    failed = {failure.path: failure for failure in report.failed}
    twins = {duplicate.path: duplicate.document_id for duplicate in report.duplicates}
    held = _ids_by_path(index_dir)
    settled = {}
    for path, one in placed.items():
        given = str(one.target)
        document_id = held.get(os.path.realpath(one.target))
        if given in failed:
            why = failed[given]
            filed = Filed(path.name, "unreadable", document_id, why.reason, why.kind, why.about)
        elif given in twins and not one.is_shown:
            filed = Filed(path.name, "duplicate", twins[given])
        elif document_id is None and corpus.is_medium(path):
            filed = Filed(path.name, "shown")
        elif document_id in report.added:
            filed = Filed(path.name, "added", document_id)
        else:
            outcome: Outcome = "changed" if document_id in report.changed else "unchanged"
            filed = Filed(path.name, outcome, document_id)
        if filed.outcome in ("unreadable", "duplicate"):
            one.take_back()
        settled[path] = filed
    return settled


def _ids_by_path(index_dir: Path) -> dict[str, str]:
    try:
        return {source.path: source.document_id for source in manifests(index_dir)[0].sources}
    except IndexMissing:
        return {}
