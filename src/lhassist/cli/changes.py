"""What leaves the collection, and what has changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lhassist.cli.options import (
    JsonOption,
    open_engine,
    print_json,
    progress_bars,
    with_settings,
)

if TYPE_CHECKING:
    from lhassist.config import Settings


@with_settings()
def remove(
    settings: Settings,
    document_ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Articles, as citations name them.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Take articles out of the collection; their files go to corpus/.removed."""
    from lhassist.ingest.filing import remove as run
    from lhassist.ingest.folder import REMOVED

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


@with_settings()
def history(
    settings: Settings,
    as_json: JsonOption = False,
) -> None:
    """Say what changed with each generation that is kept."""
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
