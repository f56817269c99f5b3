"""What a generation says about itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lhassist.errors import IndexCorrupt, IndexMismatch

FORMAT = 1
"""Raised whenever a file of a generation changes its meaning."""

MANIFEST = "manifest.json"

_REBUILD = "type: lhassist ingest --rebuild"


@dataclass(frozen=True, slots=True)
class Source:
    """The file that an article was read from.

    Attributes:
        document_id: The article's.
        path: Absolute.
        root: The folder that was ingested, absolute; `Media.path` is relative to it.
        sha256: Of the file's bytes.
    """

    document_id: str
    path: str
    root: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of the generation as it was written."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what it was made with.

    Attributes:
        generation: Its name, such as `000001`.
        created: When, ISO 8601 in UTC.
        software: The version of lhassist that read and split the articles.
        embedder: The fingerprint of the model that made the vectors.
        dimension: Of a vector.
        passages: How many there are.
        groups: How many sentence groups, each with a vector.
        sources: One for each article, ordered by its id.
        media: The files in the index's media folder that the articles refer to.
        files: Every other file of the generation, by name.
    """

    generation: str
    created: str
    software: str
    embedder: str
    dimension: int
    passages: int
    groups: int
    sources: tuple[Source, ...]
    media: tuple[str, ...]
    files: Mapping[str, FileRecord]

    def to_json(self) -> dict[str, Any]:
        """As it is written."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Reads a generation's manifest.

        Raises:
            IndexCorrupt: It is missing, or not a manifest.
            IndexMismatch: It was written by a version of lhassist with another format.
        """
        path = folder / MANIFEST
        record = _read_object(path)
        if record.pop("format", None) != FORMAT:
            raise IndexMismatch(
                f"{path}: written by another version of lhassist, in a format that this one "
                f"does not read (it reads {FORMAT})",
                hint=_REBUILD,
            )
        try:
            return cls(
                sources=tuple(Source(**source) for source in record.pop("sources")),
                media=tuple(record.pop("media")),
                files={name: FileRecord(**file) for name, file in record.pop("files").items()},
                **record,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise IndexCorrupt(f"{path}: not a manifest: {error}", hint=_REBUILD) from error


def salvage_sources(folder: Path) -> tuple[Source, ...]:
    """The files that a generation was read from, whatever its format and state.

    This lets `--rebuild` find the articles of an index that nothing else can be read from; every
    format keeps the key `sources`. Empty where even that is gone.
    """
    try:
        return tuple(Source(**source) for source in _read_object(folder / MANIFEST)["sources"])
    except (IndexCorrupt, KeyError, TypeError):
        return ()


def _read_object(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise IndexCorrupt(f"{path}: the file is missing", hint=_REBUILD) from error
    except (OSError, ValueError) as error:
        raise IndexCorrupt(f"{path}: cannot be read: {error}", hint=_REBUILD) from error
    if not isinstance(record, dict):
        raise IndexCorrupt(f"{path}: not a manifest", hint=_REBUILD)
    return record
