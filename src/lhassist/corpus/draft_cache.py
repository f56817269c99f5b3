"""What a machine made of pictures and sounds, kept: reading one again takes seconds to hours."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lhassist.corpus.formats import Format
from lhassist.corpus.parts import Draft
from lhassist.corpus.source import Aids

_FOLDER = "drafts-1"
_ENGINES = ("rapidocr", "faster-whisper", "pypinyin")
_DRAFT = TypeAdapter(Draft)


class DraftCache:
    """Drafts by what they were made of, in a folder; a missing folder is made.

    Args:
        cache_dir: Where caches are; None keeps nothing.
    """

    def __init__(self, cache_dir: Path | None) -> None:
        self._folder = cache_dir and cache_dir / _FOLDER

    @staticmethod
    def key(format: Format, digest: str, name: str, aids: Aids) -> str:
        """Of a file, by all that its draft depends on.

        Args:
            format: Its format.
            digest: The SHA-256 of its bytes.
            name: Its name, which is its caption.
            aids: What helped to read it.
        """
        made_of = [format.reader, digest, name, asdict(aids), [_version(e) for e in _ENGINES]]
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()

    def get(self, key: str) -> Draft | None:
        """The draft that was kept, if it was."""
        if self._folder is None:
            return None
        try:
            return _DRAFT.validate_json((self._folder / f"{key}.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, draft: Draft) -> None:
        """Keeps a draft, unless it has pictures of its own, which are not kept here.

        A folder that cannot be written costs the time of reading the file again, and no more.
        """
        if self._folder is None or any(part.picture for part in draft.parts):
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, delete=False) as file:
                json.dump(asdict(draft), file, ensure_ascii=True)
            Path(file.name).replace(self._folder / f"{key}.json")
        except OSError:
            return


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
