"""What surrounds every request: a limit for its body, and the count of what became of it."""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lhassist.server import problems
from lhassist.server.metrics import Metrics
from lhassist.ui.headers import BODY_BYTES

_LOG = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
_FILES = "/v1/documents"


class BodyLimit:
    """Ends requests to the API whose body is too long, before it is read.

    The page's own requests are Gradio's to limit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, counting what it sends."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        limit = BODY_BYTES if scope["path"] == _FILES else MOST_BYTES
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            await problems.response(413, _too_long(limit))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, _too_long(limit))
            return message

        await self._app(scope, counted, send)


def _too_long(limit: int) -> str:
    return f"the request has more than {limit:,} bytes"


class Counted:
    """Counts requests by their route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and counts its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", None) or "page"
            seconds = perf_counter() - began
            self._metrics.request(scope["method"], route, status, seconds)
            told = {"method": scope["method"], "route": route, "status": status}
            _LOG.info("request", extra={**told, "ms": round(1000 * seconds, 1)})
