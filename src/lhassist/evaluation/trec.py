"""TREC run and judgement files: what trec_eval, ir_measures and other systems read and write.

A run file has one line a retrieved passage, `question Q0 passage rank score tag`; a judgement
file one line a judgement, `question 0 passage grade`. Ids with white space would break the columns,
so its characters are percent-encoded in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote

import numpy as np

from lhassist.errors import EvaluationError
from lhassist.evaluation.metrics import Qrels, Run

TAG = "lhassist"
_RUN_COLUMNS = 6
_QRELS_COLUMNS = 4

_Number = TypeVar("_Number", int, float)


def strictly_falling(ranking: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Scores that keep a ranking's order in every tool.

    trec_eval holds scores in 32 bits and orders equal ones by id, so equal neighbours are set apart
    by the smallest step that 32 bits can show.

    Args:
        ranking: Ids and scores, best first.
    """
    falling: dict[str, float] = {}
    last = np.float32(np.inf)
    for name, value in ranking:
        below = np.nextafter(last, np.float32(-np.inf), dtype=np.float32)
        last = min(np.float32(value), below)
        falling[name] = float(last)
    return falling


def write_run(path: Path, run: Run) -> None:
    """Writes a run file; each question's passages in falling order of score."""
    lines = []
    for question, scores in run.items():
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        lines += [
            f"{_column(question)} Q0 {_column(name)} {rank} {value:.9g} {TAG}\n"
            for rank, (name, value) in enumerate(ranked, 1)
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Writes a judgement file."""
    lines = [
        f"{_column(question)} 0 {_column(name)} {grade}\n"
        for question, grades in qrels.items()
        for name, grade in grades.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """Reads a run file.

    Raises:
        EvaluationError: The file cannot be read or a line has other columns.
    """
    return _read(path, columns=_RUN_COLUMNS, value_column=4, number=float)


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Reads a judgement file.

    Raises:
        EvaluationError: The file cannot be read or a line has other columns.
    """
    return _read(path, columns=_QRELS_COLUMNS, value_column=3, number=int)


def _read(
    path: Path, *, columns: int, value_column: int, number: type[_Number]
) -> dict[str, dict[str, _Number]]:
    read: dict[str, dict[str, _Number]] = {}
    for count, line in enumerate(_lines(path), 1):
        fields = line.split()
        value = _number(fields[value_column], number) if len(fields) == columns else None
        if value is None:
            raise EvaluationError(
                f"{path}:{count}: not a line of a TREC file: {line!r}",
                hint="give a file that `lhassist eval --runs` or another TREC tool wrote",
            )
        read.setdefault(unquote(fields[0]), {})[unquote(fields[2])] = value
    return read


def _number(text: str, number: type[_Number]) -> _Number | None:
    try:
        return number(text)
    except ValueError:
        return None


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path}: cannot be read: {error}", hint="give a run that `eval --runs DIR` wrote"
        ) from error
    return [line for line in text.split("\n") if line.strip()]


def _column(name: str) -> str:
    return "".join(quote(c) if c.isspace() or c == "%" else c for c in name)
