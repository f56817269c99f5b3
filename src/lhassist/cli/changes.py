"""What leaves the collection, and what has changed in it."""

from __future__ import annotations

from typing import Annotated

import typer

from lhassist.cli.options import (
    ConfigOption,
    IndexOption,
    JsonOption,
    VerboseOption,
    load_settings,
    open_engine,
    print_json,
    progress_bars,
)


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
