"""Runs a model in a file: llama.cpp's server inside this process; the only door to xllamacpp.

It listens on a loopback port that the system chooses and asks for a key that nobody else knows, so
it is spoken to as any other server is.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from lhassist.errors import ModelCorrupt, ModelMissing


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A model that runs; it ends with this object.

    Attributes:
        url: Where it speaks OpenAI's API.
        key: What it asks for.
        server: Held, for the model is unloaded without it.
    """

    url: str
    key: str
    server: object


def start(weights: Path, context_window: int) -> LocalServer:
    """Loads a model, which takes seconds.

    Args:
        weights: A file in GGUF.
        context_window: Tokens that prompt and answer may have together.

    Raises:
        ModelMissing: xllamacpp is not installed.
        ModelCorrupt: The file cannot be loaded.
    """
    if find_spec("xllamacpp") is None:
        raise ModelMissing(
            "xllamacpp, which runs language models, is not installed",
            hint="type: pip install 'lhassist[local]'",
        )
    import xllamacpp

    key = secrets.token_urlsafe()
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = context_window
    # One answer at a time has the whole context; others wait.
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = len(os.sched_getaffinity(0))
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.verbosity = 0
    try:
        server = xllamacpp.Server(parameters)
    except RuntimeError as error:
        raise ModelCorrupt(
            f"{weights}: cannot be loaded: {error}", hint="install the model again"
        ) from error
    return LocalServer(f"{server.listening_address}/v1", key, server)
