"""What an ingest is given: the files and the gazetteers below the paths, and what is gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lhassist import corpus
from lhassist.config import Settings
from lhassist.errors import CorpusError
from lhassist.gazetteer import Gazetteer
from lhassist.index import Source
from lhassist.index.storage import sha256
from lhassist.ingest.report import Failure

_GAZETTEER = "gazetteer.toml"


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file under the given paths: as it was given, and as a source."""

    given: corpus.SourceFile
    source: Source


def files_below(paths: Sequence[Path], settings: Settings) -> dict[str, GivenFile]:
    """The files below some folders by their real path; an index among them has no articles."""
    index = os.path.realpath(settings.index_dir)
    found = {}
    for file in corpus.scan(paths, settings.corpus_dir):
        path = os.path.realpath(file.path)
        if Path(path).is_relative_to(index):
            continue
        source = Source(file.document_id, path, os.path.realpath(file.root), _checksum(path))
        found[path] = GivenFile(file, source)
    return found


def _checksum(path: str) -> str:
    """Empty where reading the file will say what is wrong with it."""
    try:
        path.encode()
        return corpus.checksum(Path(path), sha256(Path(path))) if Path(path).is_file() else ""
    except (OSError, UnicodeEncodeError):
        return ""


def gazetteers_of(
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


def gone(sources: Iterable[Source], prune: bool | Sequence[Path]) -> set[str]:
    """The paths where there is no file any more; below some folders only, if that is asked for."""
    paths = {source.path for source in sources if _is_gone(source.path)}
    if isinstance(prune, bool):
        return paths
    folders = [os.path.realpath(folder) for folder in prune]
    return {path for path in paths if any(Path(path).is_relative_to(f) for f in folders)}


def _is_gone(path: str) -> bool:
    """Whether there is no file; one that may not be looked at is not gone."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
