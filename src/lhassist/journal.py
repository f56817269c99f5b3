"""Files that an operator keeps: one JSON object a line, added to by many and read by one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from lhassist.errors import JournalError

Entry = TypeVar("Entry")


def append(path: Path, fields: Mapping[str, object]) -> None:
    """Adds a line.

    Args:
        path: The file; made where it is missing, readable by its owner alone.
        fields: What the line says.

    Raises:
        OSError: It cannot be written.
    """
    line = json.dumps(fields, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write to a file opened for appending: lines of several writers do not mix.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def read(
    path: Path, entry: Callable[[dict[str, Any]], Entry], error: type[JournalError]
) -> list[Entry]:
    """The entries in the order in which they were added; none where there is no file yet.

    Args:
        path: The file.
        entry: Makes an entry of a line's fields; a `KeyError`, `TypeError` or `ValueError` says
            that it is none.
        error: What to raise.

    Raises:
        JournalError: The file cannot be read, or a line cannot be understood.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as cause:
        raise error(
            f"{path}: cannot be read: {cause}", hint="name another file in the settings"
        ) from cause
    entries = []
    for number, line in enumerate(lines, 1):
        if line:
            try:
                entries.append(entry(json.loads(line)))
            except (KeyError, TypeError, ValueError) as cause:
                raise error(
                    f"{path}, line {number}: not such a line: {cause}",
                    hint="take the line out, or name another file in the settings",
                ) from cause
    return entries


def in_one_line(text: str) -> str:
    """Without what a terminal or a table would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
