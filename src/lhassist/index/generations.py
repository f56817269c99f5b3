"""Generations of an index on disk: immutable folders, and `CURRENT`, which names one of them.

    index_dir/
    ├── CURRENT                 the name of the generation in use
    ├── lock                    held by the process that writes
    ├── generations/000001/     manifest.json and the files that it lists
    └── media/                  pictures, sounds and films by checksum, shared by generations

A generation is written beside the others under a name that no reader looks at, synced, renamed, and
then `CURRENT` is replaced. A process killed at any point leaves the old `CURRENT` or the new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lhassist.errors import IndexCorrupt, IndexMissing
from lhassist.gazetteer import Gazetteer
from lhassist.index import records
from lhassist.index.collection import Collection, group_owner
from lhassist.index.lexical import LexicalIndex
from lhassist.index.manifest import Manifest
from lhassist.index.media import MediaFolder
from lhassist.index.storage import load_array, sha256
from lhassist.schema import Media

CURRENT = "CURRENT"
NAME = re.compile(r"\d{6,}")

DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
GAZETTEERS = "gazetteers.jsonl"
VECTORS = "group_vectors.npy"

_REBUILD = "type: lhassist ingest --rebuild"


class Generation(Collection):
    """A collection on disk, as one published state of it.

    A reader holds one and is not disturbed by later ones: everything is read when it is opened,
    but for the vectors, whose mapped file stays readable after it was removed.

    Attributes:
        manifest: What the generation says about itself.
        gazetteers: The local names by the file they came from; `gazetteer` is all of them.
    """

    def __init__(self, index_dir: Path, name: str) -> None:
        folder = index_dir / "generations" / name
        self.manifest = Manifest.read(folder)
        self._folder = folder
        self._media = MediaFolder(index_dir)
        self._check(deep=False)
        documents = records.load_documents((folder / DOCUMENTS).read_bytes())
        passages = records.load_passages(
            (folder / PASSAGES).read_bytes(), {d.id: d for d in documents}
        )
        self.gazetteers = records.load_gazetteers((folder / GAZETTEERS).read_bytes())
        super().__init__(
            documents,
            passages,
            gazetteer=merged(self.gazetteers),
            embedder=self.manifest.embedder,
            group_vectors=load_array(folder / VECTORS),
            lexical=LexicalIndex.load(folder, len(passages), group_owner(passages)),
        )

    @classmethod
    def open(cls, index_dir: Path) -> Generation:
        """Opens the current generation.

        Raises:
            IndexMissing: Nothing has been ingested yet.
            IndexCorrupt: A file is missing or was altered.
            IndexMismatch: The format is another version's.
        """
        name = current_name(index_dir)
        while True:
            try:
                return cls(index_dir, name)
            except (IndexCorrupt, FileNotFoundError) as error:
                # Publishing may have pruned it between the two steps: then there is a newer one.
                newer = current_name(index_dir)
                if newer != name:
                    name = newer
                elif isinstance(error, IndexCorrupt):
                    raise
                else:
                    raise IndexCorrupt(
                        f"{error.filename}: the file is missing", hint=_REBUILD
                    ) from error

    @property
    def name(self) -> str:
        """Such as `000001`."""
        return self.manifest.generation

    def media_path(self, media: Media) -> Path | None:
        """The file of a picture, sound or film; None where the collection does not hold it."""
        return self._media.find(media)

    def verify(self) -> None:
        """Compares every byte on disk with the checksums, media included.

        Raises:
            IndexCorrupt: A file is missing or was altered.
        """
        self._check(deep=True)
        for document in self.documents.values():
            for media in document.media:
                path = self.media_path(media)
                if path is not None and sha256(path) != media.sha256:
                    raise IndexCorrupt(f"{path}: the file was altered", hint=_REBUILD)

    def _check(self, *, deep: bool) -> None:
        """Sizes of all files; checksums of all but the vectors, or of these too."""
        for name, record in self.manifest.files.items():
            path = self._folder / name
            if not path.is_file():
                raise IndexCorrupt(f"{path}: the file is missing", hint=_REBUILD)
            if path.stat().st_size != record.bytes or (
                (deep or name != VECTORS) and sha256(path) != record.sha256
            ):
                raise IndexCorrupt(f"{path}: the file was altered", hint=_REBUILD)


def current_name(index_dir: Path) -> str:
    """The name of the generation in use; cheap, for readers that look for a newer one.

    Raises:
        IndexMissing: Nothing has been ingested yet.
        IndexCorrupt: `CURRENT` does not hold a name.
    """
    path = index_dir / CURRENT
    try:
        name = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"{index_dir}: there is no index here yet", hint="type: lhassist ingest"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{path}: cannot be read: {error}", hint=_REBUILD) from error
    if not NAME.fullmatch(name):
        raise IndexCorrupt(f"{path}: does not name a generation", hint=_REBUILD)
    return name


def merged(gazetteers: Mapping[str, Gazetteer]) -> Gazetteer:
    """All local names, in the order of the files' paths; no form is repeated."""
    entries = []
    seen: set[str] = set()
    for _, gazetteer in sorted(gazetteers.items()):
        for entry in gazetteer.entries:
            forms = {entry.name, *entry.aliases}
            if seen.isdisjoint(forms):
                seen |= forms
                entries.append(entry)
    return Gazetteer(tuple(entries))
