"""The command line: the only place that prints, and the only place that knows exit codes.

Results go to stdout; progress, logs and errors go to stderr. Exit codes: 0 done, 1 partly (a file was
skipped), 2 the user must act. Everything heavy is imported by the command that needs it, so
that `lhassist --help` is quick.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lhassist import __version__
from lhassist.errors import LhassistError

if TYPE_CHECKING:
    from lhassist.config import Settings
    from lhassist.embedding import Embedder
    from lhassist.schema import Answer, Hit

DONE, PARTLY, USER_MUST_ACT = 0, 1, 2

app = typer.Typer(
    name="lhassist",
    help="Ask about the city of Luohe in either Chinese script; every sentence cites its passage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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


def _settings(index: Path | None, config: Path | None, verbose: int, **more: Any) -> Settings:
    from lhassist.config import Settings

    logging.basicConfig(
        stream=sys.stderr,
        level=[logging.WARNING, logging.INFO, logging.DEBUG][min(verbose, 2)],
        format="%(levelname)s %(name)s: %(message)s",
    )
    return Settings.load(config, index_dir=index, **more)


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"lhassist {__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command line and turns expected errors into one message and an exit code."""
    try:
        app()
    except LhassistError as error:
        sys.stderr.write(f"error: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"  try: {error.hint}\n")
        sys.exit(USER_MUST_ACT)
    except BrokenPipeError:
        # The reader of our output has gone (`lhassist ask … | head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
