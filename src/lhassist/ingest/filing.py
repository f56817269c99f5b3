"""Articles that arrive as bytes, and articles that leave: the folder and the index kept in step.

Nothing is lost. A file that is replaced or removed goes to `.removed/` in the folder of articles;
one that turns out to be no article leaves the folder as it was.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from urllib.parse import unquote

from lhassist import corpus
from lhassist.config import Settings
from lhassist.corpus import FORMATS, Format, by_suffix
from lhassist.corpus.files import is_inside
from lhassist.embedding import Embedder
from lhassist.errors import ConfigError, CorpusError, IndexMissing, Trouble, UploadRefused
from lhassist.index import Generation, manifests
from lhassist.index.storage import sha256, write_bytes
from lhassist.ingest.build import Progress
from lhassist.ingest.report import Failure, Report
from lhassist.ingest.run import ingest

REMOVED = ".removed"
"""Where files go that are replaced or removed, below the folder of articles."""

Outcome = Literal["added", "changed", "unchanged", "shown", "exists", "duplicate", "unreadable"]
"""`shown`: a picture, sound or film that another article shows, and so no article by itself.
`exists`: there is a file of this name, and replacing it was not asked for. `duplicate`: an
article with the same bytes is held under another name. These, an unchanged and an unreadable file
leave the folder and the collection as they were."""

_ARRIVED = ".arrived-"
_FORGOTTEN_SECONDS = 24 * 3600
_NAME_BYTES = 200


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


def file_name(title: str) -> str:
    """The name for the file of an article that has only a title yet; ends in `.md`."""
    words = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-.")
    return f"{_cut(words, _NAME_BYTES - 3) or 'article'}.md"


def arrive(corpus_dir: Path, name: str, data: bytes) -> Path:
    """Keeps bytes that arrived as a file, in a folder of its own that no ingest looks at.

    Args:
        corpus_dir: The folder of articles; made where it does not exist.
        name: What the file is to be called; folders in front of it are left out.
        data: Its bytes.

    Returns:
        Where it waits for `add`.

    Raises:
        UploadRefused: The name cannot be that of an article, or the file is empty or too long.
        ConfigError: The folder cannot be written.
    """
    name, format = _checked_name(name)
    if not data:
        raise UploadRefused(name, "it is empty", rule="empty", hint="write the article first")
    if len(data) > format.max_bytes:
        raise UploadRefused(
            name,
            f"{len(data):,} bytes; {format.name} may have at most {format.max_bytes:,}",
            rule="size",
            hint="split it into several articles",
        )
    with _writing(corpus_dir):
        corpus_dir.mkdir(parents=True, exist_ok=True)
        _remove_forgotten(corpus_dir)
        path = Path(tempfile.mkdtemp(prefix=_ARRIVED, dir=corpus_dir)) / name
        write_bytes(path, data)
    return path


def discard(arrived: Iterable[Path]) -> None:
    """Removes files that arrived and are not to be added after all."""
    for path in arrived:
        shutil.rmtree(path.parent, ignore_errors=True)


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
        arrived: From `arrive`; they are gone afterwards.
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
        arrived: From `arrive`; they are gone afterwards. Files of the same names are replaced.
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
            with _writing(settings.corpus_dir):
                _set_aside(path, settings.corpus_dir)
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
        stays: It was there before, and is to be read, or read again for what it shows.
    """

    target: Path
    replaced: Path | None
    stays: bool = False

    def take_back(self) -> None:
        if self.stays:
            return
        if self.replaced is not None:
            self.replaced.replace(self.target)
        else:
            self.target.unlink(missing_ok=True)


def _place(
    settings: Settings, arrived: Sequence[Path], undo: ExitStack, *, replace: bool
) -> tuple[dict[Path, Filed], dict[Path, _Placed]]:
    """Moves what may be moved; the rest is settled."""
    held = _ids_by_path(settings.index_dir)
    settled: dict[Path, Filed] = {}
    placed: dict[Path, _Placed] = {}
    shown = _shown_places(arrived)
    for path in arrived:
        target = settings.corpus_dir / shown.get(path, path.name)
        if target.exists():
            document_id = held.get(os.path.realpath(target))
            same = sha256(target) == sha256(path)
            if same and (document_id is None or _shows_any(path, shown)):
                placed[path] = _Placed(target, None, stays=True)
                continue
            if same or not replace:
                outcome: Outcome = "unchanged" if same else "exists"
                settled[path] = Filed(path.name, outcome, document_id)
                continue
        with _writing(settings.corpus_dir):
            replaced = _set_aside(target, settings.corpus_dir) if target.exists() else None
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        placed[path] = _Placed(target, replaced)
        undo.callback(placed[path].take_back)
    return settled, placed


def _shown_places(arrived: Sequence[Path]) -> dict[Path, str]:
    """Where articles that arrived look for media that arrived with them, below the folder."""
    media = {path.name: path for path in arrived if corpus.is_medium(path)}
    places: dict[Path, str] = {}
    for article in arrived:
        for target in _targets(article):
            path = media.get(PurePosixPath(target).name)
            if path is not None:
                places.setdefault(path, target)
    return places


def _shows_any(article: Path, shown: Mapping[Path, str]) -> bool:
    """Whether an article shows some of the media that arrived."""
    return not set(_targets(article)).isdisjoint(shown.values())


def _targets(article: Path) -> Iterator[str]:
    """The places below its own folder where an article looks for media."""
    for target in corpus.shown_by(article):
        place = posixpath.normpath(unicodedata.normalize("NFC", unquote(target)))
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
        elif given in twins:
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


def _set_aside(path: Path, corpus_dir: Path) -> Path:
    """Moves a file to `.removed/`, under a name that nothing there has."""
    folder = corpus_dir / REMOVED
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = folder / f"{stamp}-{path.name}"
    number = 2
    while kept.exists():
        kept = folder / f"{stamp}-{number}-{path.name}"
        number += 1
    path.rename(kept)
    return kept


def _checked_name(name: str) -> tuple[str, Format]:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1].strip()
    if not last or last.startswith(".") or any(unicodedata.category(c)[0] == "C" for c in last):
        raise UploadRefused(
            repr(name), "this cannot be the name of a file", rule="name", hint="rename the file"
        )
    path = Path(last)
    format = by_suffix(path)
    if format is None:
        raise UploadRefused(
            last,
            f"{path.suffix or 'a name without a suffix'}: not a format that is read",
            rule="format",
            hint=f"give {', '.join(format.name for format in FORMATS)}",
        )
    return _cut(path.stem, _NAME_BYTES - len(path.suffix.encode())) + path.suffix, format


def _remove_forgotten(corpus_dir: Path) -> None:
    """Removes what arrived more than a day ago, before a process that was killed."""
    for folder in corpus_dir.glob(f"{_ARRIVED}*"):
        if time.time() - folder.stat().st_mtime > _FORGOTTEN_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _cut(text: str, size: int) -> str:
    """At most so many bytes of a text, in whole characters."""
    return text.encode()[:size].decode(errors="ignore")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(
            f"{error.filename or folder}: the folder of articles cannot be written: "
            f"{error.strerror}",
            hint="make the folder writable, or choose another with LHASSIST_CORPUS_DIR",
        ) from error
