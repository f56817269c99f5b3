"""The pictures, sounds and films of the articles, kept by the checksum of their bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection as Names
from pathlib import Path, PurePosixPath

from lhassist.index.storage import sha256, sync_folder, writing
from lhassist.schema import Media

SIZE_LIMIT = 200_000_000
"""Bytes. A larger file stays where it is and is not shown."""

_BLOCK = 1 << 20


def media_name(media: Media) -> str | None:
    """What a file is called in the media folder; None where the article has no file."""
    if media.path is None or media.sha256 is None:
        return None
    return media.sha256[:32] + PurePosixPath(media.path).suffix.lower()


class MediaFolder:
    """`media/` of an index. Files are added and removed under the index's lock only."""

    def __init__(self, index_dir: Path) -> None:
        self._folder = index_dir / "media"

    def find(self, media: Media) -> Path | None:
        """The file, or None where it is not held."""
        name = media_name(media)
        if name is None:
            return None
        path = self._folder / name
        return path if path.is_file() else None

    def add(self, media: Media, file: Path) -> str | None:
        """Copies a file in, unless it is there and whole.

        Args:
            media: What the article says about it.
            file: Where the file is.

        Returns:
            Why it was not taken, in one line; None where it is held now, or the article has none.

        Raises:
            GenerationError: The folder cannot be written.
        """
        name = media_name(media)
        if name is None:
            return None
        held = self._folder / name
        if held.is_file() and sha256(held) == media.sha256:
            return None
        try:
            source = file.open("rb")
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        with source, writing(self._folder):
            if os.fstat(source.fileno()).st_size > SIZE_LIMIT:
                return f"larger than {SIZE_LIMIT // 1_000_000} MB"
            self._folder.mkdir(exist_ok=True)
            temporary = self._folder / f".new-{name}"
            digest = hashlib.sha256()
            with temporary.open("wb") as target:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            if digest.hexdigest() != media.sha256:
                temporary.unlink()
                return "changed while it was read"
            temporary.replace(held)
            sync_folder(self._folder)
        return None

    def clean(self, wanted: Names[str]) -> None:
        """Removes the files that no kept generation refers to, and what a killed run left."""
        with writing(self._folder):
            if self._folder.is_dir():
                for path in self._folder.iterdir():
                    if path.name not in wanted:
                        path.unlink()
