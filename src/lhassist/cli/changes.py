"""What comes into the collection from the web, what leaves it, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from lhassist.cli.options import (
    DONE,
    PARTLY,
    ConfigOption,
    IndexOption,
    JsonOption,
    VerboseOption,
    load_settings,
    open_engine,
    print_json,
    progress_bars,
)
from lhassist.errors import FetchError, UploadRefused

if TYPE_CHECKING:
    from lhassist.config import Settings


def is_address(path: str) -> bool:
    """Whether an argument is an address of the web rather than a path."""
    return path.lower().startswith(("http://", "https://"))


def add_from_web(settings: Settings, addresses: Sequence[str], *, as_json: bool) -> int:
    """Fetches articles and adds them; one that was fetched before is replaced.

    Returns:
        The exit code.
    """
    from lhassist.ingest.filing import add, arrive_from_web

    arrived, failed = [], []
    for address in addresses:
        try:
            arrived.append(arrive_from_web(settings, address))
        except (FetchError, UploadRefused) as error:
            failed.append({"path": address, "reason": error.message.removeprefix(f"{address}: ")})
    filing = None
    if arrived:
        with progress_bars() as progress:
            embedder = open_engine(settings, progress)
            filing = add(settings, arrived, replace=True, embedder=embedder, progress=progress)
    files = filing.files if filing else ()
    failed += [{"path": f.name, "reason": f.reason} for f in files if f.outcome == "unreadable"]
    if as_json:
        found = filing.to_json() if filing else {"generation": None, "files": []}
        print_json({**found, "failed": failed})
    else:
        for file in files:
            typer.echo(f"{file.outcome:<10} {file.document_id or file.name}")
        for failure in failed:
            typer.echo(f"skipped: {failure['path']}: {failure['reason']}", err=True)
    return PARTLY if failed else DONE


def remove(
    document_ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Articles, as citations name them.")
    ],
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Take articles out of the collection; their files go to corpus/.removed."""
    settings = load_settings(index, config, verbose)
    from lhassist.ingest.filing import REMOVED
    from lhassist.ingest.filing import remove as run

    with progress_bars() as progress:
        removal = run(
            settings,
            document_ids,
            embedder=open_engine(settings, progress),
            progress=progress,
        )
    if as_json:
        print_json(removal.to_json())
        return
    typer.echo(f"generation {removal.generation}: removed {', '.join(removal.removed)}")
    if len(removal.left) < len(removal.removed):
        typer.echo(f"their files are in {settings.corpus_dir / REMOVED} now")
    for path in removal.left:
        typer.echo(f"not touched: {path}; ingesting its folder brings the article back")


def history(
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Say what changed with each generation that is kept."""
    settings = load_settings(index, config, verbose)
    from lhassist.index import history as changes

    found = changes(settings.index_dir)
    if as_json:
        print_json({"generations": [change.to_json() for change in found]})
        return
    for change in found:
        typer.echo(
            f"{change.generation}  {change.created}  {change.articles} articles, "
            f"{change.passages} passages"
        )
        if change.remade:
            typer.echo("  made again with another model or version")
        for sign, names in (("+", change.added), ("~", change.changed), ("-", change.removed)):
            for name in names:
                typer.echo(f"  {sign} {name}")
