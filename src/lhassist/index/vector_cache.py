"""Vectors of texts embedded before, so that only unseen text is embedded."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = "vectors-1.sqlite3"
_WAIT_SECONDS = 30.0

_log = logging.getLogger(__name__)


class VectorCache:
    """A file of vectors, keyed by the SHA-256 of the embedder's fingerprint and the text.

    It can be shared by processes and deleted at any time: what cannot be read is embedded again,
    what cannot be written is not kept, and a damaged file is started anew.

    Args:
        folder: Where the file is; made where it is missing.
        embedder: The fingerprint of the model.
        dimension: Of a vector.
    """

    def __init__(self, folder: Path, embedder: str, dimension: int) -> None:
        self._path = folder / _FILE
        self._salt = embedder.encode() + b"\0"
        self._dimension = dimension

    def get(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that are known, by text."""
        found: dict[str, NDArray[np.float32]] = {}

        def read(database: sqlite3.Connection) -> None:
            for text in texts:
                row = database.execute(
                    "SELECT vector FROM vectors WHERE key = ?", (self._key(text),)
                ).fetchone()
                vector = self._vector(row[0]) if row else None
                if vector is not None:
                    found[text] = vector

        self._transaction(read)
        return found

    def put(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keeps the vectors of texts; `vectors` has shape (texts, dimension)."""
        rows = [
            (self._key(text), vector.astype("<f4").tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        self._transaction(
            lambda database: database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows
            )
        )

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._salt + text.encode("utf-8", "surrogatepass")).digest()

    def _vector(self, data: bytes) -> NDArray[np.float32] | None:
        """Decodes a vector; None for one that is damaged and so not of unit length."""
        if len(data) != 4 * self._dimension:
            return None
        vector = np.frombuffer(data, "<f4").astype(np.float32)
        return vector if abs(float(vector @ vector) - 1) < 1e-3 else None

    def _transaction(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Runs one transaction; what goes wrong ends it and is logged."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as database, database:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS vectors"
                    " (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
                )
                work(database)
        except (OSError, sqlite3.OperationalError) as error:
            # Locked for long, read-only, or a full disk.
            _log.warning("%s: going on without cached vectors: %s", self._path, error)
        except sqlite3.DatabaseError as error:
            _log.warning("%s: damaged, started anew: %s", self._path, error)
            self._path.unlink(missing_ok=True)
