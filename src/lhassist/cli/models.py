"""`lhassist models`: language models in files, and a voice."""

from __future__ import annotations

from typing import Annotated

import typer

from lhassist.cli.options import (
    ConfigOption,
    JsonOption,
    VerboseOption,
    load_settings,
    print_json,
    progress_bars,
)

models = typer.Typer(name="models", help="List and install models that run here.")


@models.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """List the models that are installed, and those that can be installed by name."""
    if context.invoked_subcommand:
        return
    settings = load_settings(None, config, verbose)
    from lhassist.llm.catalogue import known, listed, to_json
    from lhassist.speaking import weights

    spoken = weights.is_installed(settings.models_dir)
    if as_json:
        print_json({**to_json(settings.models_dir), "voice": {weights.NAME: spoken}})
        return
    held = listed(settings.models_dir)
    for model in held:
        typer.echo(f"installed  {model.name}  {model.size / 1e6:,.0f} MB  {model.licence or '-'}")
    for name, one in known().items():
        if name not in {model.name for model in held}:
            typer.echo(f"known      {name}  {one.size / 1e6:,.0f} MB  {one.licence}  {one.title}")
    typer.echo(
        f"{'installed' if spoken else 'known    '}  {weights.NAME}  {weights.SIZE / 1e6:,.0f} MB  "
        f"{weights.LICENCE}  {weights.TITLE}"
    )


@models.command()
def install(
    source: Annotated[str, typer.Argument(help="A known name, a file in GGUF, or an address.")],
    sha256: Annotated[str, typer.Option(help="The checksum that the file must have.")] = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Install a model: kokoro for `speak`; others for generator = "llm", llm_server = "local"."""
    settings = load_settings(None, config, verbose)
    from dataclasses import asdict

    from lhassist.llm.catalogue import install as run
    from lhassist.speaking import weights

    if source == weights.NAME:
        with progress_bars() as progress:
            weights.install(settings.models_dir, progress=progress)
        if as_json:
            print_json({"name": weights.NAME, "size": weights.SIZE, "licence": weights.LICENCE})
        else:
            typer.echo(f"{weights.NAME}: {weights.SIZE / 1e6:,.0f} MB, {weights.TITLE}")
        return
    with progress_bars() as progress:
        model = run(settings.models_dir, source, sha256=sha256, progress=progress)
    if as_json:
        print_json(asdict(model))
    else:
        typer.echo(f"{model.name}: {model.size / 1e6:,.0f} MB, sha256 {model.sha256}")
