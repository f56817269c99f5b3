"""The service: the page and an HTTP API over the same articles.

    app         puts it together
    service     what all requests share: assistant, embedder, jobs, settings
    questions   /v1/ask, /v1/search, /v1/check
    documents   /v1/documents
    mcp         the tools of the Model Context Protocol, a service of its own
    openai      OpenAI's API: /v1/chat/completions, /v1/embeddings, /v1/models
    operations  /health, /metrics
    bodies      what requests and responses hold
    problems    errors as RFC 9457 problem details
    events      server-sent events
    metrics     what is counted
    reference   the page that describes the API

FastAPI is imported when the service is built.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lhassist.config import Settings
from lhassist.errors import ConfigError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

__all__ = ["build", "serve", "serve_mcp"]


def build(settings: Settings) -> FastAPI:
    """Makes the service; the first start makes the index.

    Args:
        settings: Say where index and articles are, and where the service will listen.

    Raises:
        LhassistError: As of `lhassist.ui.build`.
    """
    from lhassist.server.app import application
    from lhassist.server.service import Service
    from lhassist.ui.first_start import open_assistant

    return application(Service(open_assistant(settings), settings))


def serve(settings: Settings) -> None:
    """Serves until it is interrupted, and says on stderr where: what `lhassist serve` does.

    Raises:
        ConfigError: The address cannot be listened on.
        LhassistError: As of `build`.
    """
    _listen(settings, lambda: build(settings))


def serve_mcp(settings: Settings, *, over_http: bool) -> None:
    """Serves the tools of the Model Context Protocol: what `lhassist mcp` does.

    Args:
        settings: Say where the index is and, over HTTP, where to listen.
        over_http: At `/mcp` of the address; else over stdin and stdout.

    Raises:
        ConfigError: The SDK is not installed, or the address cannot be listened on.
        LhassistError: As of `build`.
    """
    if find_spec("mcp") is None:
        raise ConfigError(
            "the SDK of the Model Context Protocol is not installed",
            hint="type: pip install 'lhassist[mcp]'",
        )
    from lhassist.server.mcp import tools
    from lhassist.ui.first_start import open_assistant

    if over_http:

        def application() -> ASGIApp:
            return tools(open_assistant(settings)).streamable_http_app(host=settings.host)

        _listen(settings, application, path="mcp")
    else:
        tools(open_assistant(settings)).run("stdio")


def _listen(settings: Settings, application: Callable[[], ASGIApp], path: str = "") -> None:
    """Takes the address, then makes the app, which may take long, and serves it."""
    import uvicorn

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise ConfigError(
            f"{settings.host}, port {settings.port}: cannot be listened on",
            hint="choose another port: LHASSIST_PORT=7861, or serve --port 7861",
        ) from error
    with listening:
        server = uvicorn.Server(uvicorn.Config(application(), log_level="warning"))
        host = f"[{settings.host}]" if family == socket.AF_INET6 else settings.host
        sys.stderr.write(f"lhassist: http://{host}:{listening.getsockname()[1]}/{path}\n")
        server.run(sockets=[listening])
