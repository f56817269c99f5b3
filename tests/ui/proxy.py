"""A reverse proxy that serves another server under a path of its own, as nginx does."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from tests.ui.serving import START_SECONDS, free_port

HOP_BY_HOP = {"host", "connection", "transfer-encoding", "content-length", "content-encoding"}


@contextmanager
def listening(app: Any) -> Iterator[int]:
    """Serves an ASGI app in a thread and gives its port."""
    port = free_port()
    # A page keeps a stream open for as long as it is shown.
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield port
    server.should_exit = True
    thread.join(30)


def proxy(target: str, prefix: str) -> Starlette:
    """Passes `prefix`/x on to `target`/x, streaming, and says so in the usual headers.

    Args:
        target: An address without a slash at its end.
        prefix: A path with a slash at its beginning and none at its end.
    """
    client = httpx.AsyncClient(timeout=60)

    async def pass_on(request: Request) -> StreamingResponse:
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        headers |= {
            "x-forwarded-host": request.headers["host"],
            "x-forwarded-proto": "http",
            "x-forwarded-prefix": prefix,
        }
        sent = client.build_request(
            request.method,
            f"{target}/{request.path_params['path']}",
            params=request.query_params,
            headers=headers,
            content=await request.body(),
        )
        reply = await client.send(sent, stream=True)
        kept = {name: value for name, value in reply.headers.items() if name not in HOP_BY_HOP}
        closing = BackgroundTask(reply.aclose)
        return StreamingResponse(reply.aiter_bytes(), reply.status_code, kept, background=closing)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await client.aclose()

    routes = [Route(f"{prefix}/{{path:path}}", pass_on, methods=["GET", "POST", "HEAD"])]
    return Starlette(routes=routes, lifespan=lifespan)
