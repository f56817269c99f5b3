"""`lhassist speak`: a text as a recording."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lhassist.cli.options import ConfigOption, IndexOption, VerboseOption, load_settings
from lhassist.errors import ConfigError


def speak(
    text: Annotated[
        str, typer.Argument(help="What to say, in either script; - reads it from stdin.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The WAV file to write.")
    ] = Path("spoken.wav"),
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Say a text in Mandarin, local names as the gazetteer says, and keep it as a WAV file."""
    settings = load_settings(index, config, verbose)
    from lhassist.index import Generation
    from lhassist.speaking import open_voice

    names = Generation.open(settings.index_dir).gazetteer
    voice = open_voice(settings.models_dir, names, settings.voice)
    recording = voice.wav(sys.stdin.read() if text == "-" else text)
    try:
        output.write_bytes(recording)
    except OSError as error:
        raise ConfigError(
            f"{output}: cannot be written: {error.strerror}", hint="name another file with -o"
        ) from error
    typer.echo(output)
