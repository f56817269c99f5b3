"""What the commands share: options, settings, JSON, and bars of progress."""

from __future__ import annotations

import csv
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from lhassist.cli import logs

if TYPE_CHECKING:
    from rich.progress import TaskID

    from lhassist.config import Settings
    from lhassist.embedding import Embedder

DONE, PARTLY, USER_MUST_ACT = 0, 1, 2


class ScriptWord(StrEnum):
    """The words for a script on the command line."""

    AUTO = "auto"
    HANS = "hans"
    HANT = "hant"
    TW = "tw"
    HK = "hk"
    EN = "en"


IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The folder of the index.")
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="A settings file (TOML).")
]
VerboseOption = Annotated[
    int, typer.Option("-v", "--verbose", count=True, help="Log more; -vv logs everything.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print a table in CSV.")]


def load_settings(index: Path | None, config: Path | None, verbose: int, **more: Any) -> Settings:
    """Reads the settings and sets logging up; `more` are other arguments, None where not given."""
    from lhassist.config import Settings

    settings = Settings.load(config, index_dir=index, **more)
    logs.set_up(settings.log_format, verbose)
    return settings


Command = Callable[..., None]
_COMMON = {"index": IndexOption, "config": ConfigOption, "verbose": VerboseOption}


def with_settings(*given: str) -> Callable[[Command], Command]:
    """Gives a command the options of all commands, and as its first argument the settings.

    Args:
        given: Those of its own options that are settings, and are handed on as such.
    """

    def decorate(function: Command) -> Command:
        own = list(inspect.signature(function).parameters.values())[1:]
        kept = [one for one in own if one.name not in given]

        @wraps(function)
        def command(
            *, index: Path | None, config: Path | None, verbose: int, **options: Any
        ) -> None:
            settings = load_settings(index, config, verbose, **{n: options[n] for n in given})
            function(settings, **{one.name: options[one.name] for one in kept})

        # Typer reads a command's options off its signature.
        command.__annotations__ = {**{one.name: one.annotation for one in own}, **_COMMON}
        hints = get_type_hints(command, include_extras=True)
        keyword = inspect.Parameter.KEYWORD_ONLY
        defaults = {one.name: one.default for one in own}
        defaults |= {name: 0 if name == "verbose" else None for name in _COMMON}
        command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [
                inspect.Parameter(name, keyword, default=default, annotation=hints[name])
                for name, default in defaults.items()
            ]
        )
        return command

    return decorate


def print_json(value: object) -> None:
    """Prints a result as one JSON object on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Prints a result as a table on stdout."""
    table = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    table.writeheader()
    table.writerows({name: _as_text(value) for name, value in row.items()} for row in rows)


def _as_text(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: anybody can ask =HYPERLINK(…)."""
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@"))
    return f"'{value}" if formula else value


Progress = Callable[[str, int, int], None]


@contextmanager
def progress_bars() -> Iterator[Progress | None]:
    """Bars on stderr, one a stage; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def open_engine(settings: Settings, progress: Progress | None) -> Embedder:
    """Opens the embedder; the first time, this converts the bundled weights."""
    from lhassist.embedding import open_embedder

    return open_embedder(
        settings.embedder,
        settings.cache_dir,
        progress=partial(progress, "model") if progress else None,
    )
