"""Publishing generations: the one place that changes an index on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import lhassist
from lhassist.errors import GenerationError, IndexMissing
from lhassist.gazetteer import Gazetteer
from lhassist.index import generations, records
from lhassist.index.collection import Collection
from lhassist.index.generations import Generation, current_name
from lhassist.index.lock import locked
from lhassist.index.manifest import MANIFEST, FileRecord, Manifest, Source, salvage_sources
from lhassist.index.media import MediaFolder, media_name
from lhassist.index.storage import (
    replace_bytes,
    sha256,
    sync_file,
    sync_folder,
    write_bytes,
    write_json,
    writing,
)
from lhassist.schema import Document

SCRATCH = ".reading-"
"""How folders in an index begin that are of use to a running ingest alone."""

KEPT = 3
"""How many generations stay on disk, the current one included."""


@contextmanager
def open_writer(index_dir: Path) -> Iterator[Writer]:
    """Holds the right to publish for as long as the block runs, planning included.

    What a killed run left behind is removed first.

    Raises:
        IndexLocked: Another ingest is running.
        GenerationError: The folder cannot be written.
    """
    with locked(index_dir):
        writer = Writer(index_dir)
        with writing(index_dir):
            writer._remove_leftovers()
        yield writer


class Writer:
    """Changes an index; made by `open_writer`.

    Attributes:
        media: Where pictures, sounds and films go, before the generation that refers to them.
    """

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._folder = index_dir / "generations"
        self.media = MediaFolder(index_dir)

    def current(self) -> Generation | None:
        """The generation in use; None where there is none yet.

        Raises:
            IndexCorrupt, IndexMismatch: As `Generation.open`.
        """
        try:
            return Generation.open(self._index_dir)
        except IndexMissing:
            return None

    def salvage_sources(self) -> tuple[Source, ...]:
        """The files behind the current generation, also of one that cannot be opened."""
        try:
            return salvage_sources(self._folder / current_name(self._index_dir))
        except GenerationError:
            return ()

    def publish(
        self,
        collection: Collection,
        sources: Sequence[Source],
        gazetteers: Mapping[str, Gazetteer],
    ) -> Generation:
        """Writes a generation, makes it the current one and removes the oldest.

        Args:
            collection: What to write.
            sources: The file behind every article.
            gazetteers: Where the collection's gazetteer came from, by path.

        Raises:
            GenerationError: The disk is full or cannot be written; the old generation stays.
        """
        numbers = [int(path.name) for path in self._generations()]
        name = f"{max(numbers, default=0) + 1:06d}"
        temporary = self._folder / f".new-{name}"
        try:
            with writing(self._index_dir):
                temporary.mkdir(parents=True)
                self._write(temporary, name, collection, sources, gazetteers)
                temporary.rename(self._folder / name)
                sync_folder(self._folder)
                sync_folder(self._index_dir)
                replace_bytes(self._index_dir / generations.CURRENT, f"{name}\n".encode())
        except GenerationError:
            # Frees the space of a full disk; what cannot be removed now is removed next time.
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        with writing(self._index_dir):
            self._prune()
        return Generation.open(self._index_dir)

    def _write(
        self,
        folder: Path,
        name: str,
        collection: Collection,
        sources: Sequence[Source],
        gazetteers: Mapping[str, Gazetteer],
    ) -> None:
        write_bytes(
            folder / generations.DOCUMENTS, records.dump_documents(collection.documents.values())
        )
        write_bytes(folder / generations.PASSAGES, records.dump_passages(collection.passages))
        write_bytes(folder / generations.GAZETTEERS, records.dump_gazetteers(gazetteers))
        np.save(folder / generations.VECTORS, collection.group_vectors)
        collection.lexical.save(folder)
        files = {}
        for path in sorted(folder.iterdir()):
            sync_file(path)
            files[path.name] = FileRecord(path.stat().st_size, sha256(path))
        manifest = Manifest(
            generation=name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            software=lhassist.__version__,
            embedder=collection.embedder,
            dimension=collection.group_vectors.shape[1],
            passages=len(collection.passages),
            groups=len(collection.group_owner),
            sources=tuple(sorted(sources, key=lambda source: source.document_id)),
            media=self._held(collection.documents.values()),
            files=files,
        )
        write_json(folder / MANIFEST, manifest.to_json())
        sync_folder(folder)

    def _held(self, documents: Iterable[Document]) -> tuple[str, ...]:
        held = {
            name
            for document in documents
            for media in document.media
            if (name := media_name(media)) is not None and self.media.find(media) is not None
        }
        return tuple(sorted(held))

    def _generations(self) -> list[Path]:
        """The folders of finished generations, oldest first."""
        if not self._folder.is_dir():
            return []
        found = (path for path in self._folder.iterdir() if generations.NAME.fullmatch(path.name))
        return sorted(found, key=lambda path: int(path.name))

    def _remove_leftovers(self) -> None:
        """Removes what was not finished, and a generation that no `CURRENT` ever named."""
        leftovers = [*self._folder.glob(".*"), *self._index_dir.glob(f"{SCRATCH}*")]
        for path in leftovers:
            shutil.rmtree(path)
        try:
            current = int(current_name(self._index_dir))
        except GenerationError:
            return
        for path in self._generations():
            if int(path.name) > current:
                self._discard(path)

    def _prune(self) -> None:
        kept = self._generations()[-KEPT:]
        for path in self._generations()[:-KEPT]:
            self._discard(path)
        wanted: set[str] = set()
        for path in kept:
            try:
                wanted.update(Manifest.read(path).media)
            except GenerationError:
                # An older format or a damaged one: what it refers to is unknown, so all stays.
                return
        self.media.clean(wanted)

    @staticmethod
    def _discard(path: Path) -> None:
        """Removes a generation; half removed, it is no longer called one."""
        hidden = path.with_name(f".old-{path.name}")
        path.rename(hidden)
        shutil.rmtree(hidden)
