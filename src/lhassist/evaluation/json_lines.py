"""The project's own files of questions: one JSON object a line, each with an `id` of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from lhassist.errors import EvaluationError

Made = TypeVar("Made")


def read_objects(
    path: Path, make: Callable[[str, Mapping[str, Any]], Made], *, described: str
) -> list[Made]:
    """Reads a file.

    Args:
        path: In a checkout of the project.
        make: Makes something of an object, given its place for messages; what it raises of
            KeyError, TypeError and ValueError is told as an error of that line.
        described: A hint where the keys of an object are described.

    Raises:
        EvaluationError: The file cannot be read, a line is not as described or an id occurs twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path}: cannot be read: {error}", hint="run `eval` in a checkout of the project"
        ) from error
    made: dict[str, Made] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            fields = json.loads(line)
            name, one = fields["id"], make(where, fields)
        except json.JSONDecodeError as error:
            raise EvaluationError(
                f"{where}: not JSON: {error}", hint="one object a line"
            ) from error
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(
                f"{where}: the key {error} is missing or not as described", hint=described
            ) from error
        if name in made:
            raise EvaluationError(f"{where}: the id {name!r} occurs twice", hint="make it unique")
        made[name] = one
    return list(made.values())
