"""What every answer of the service carries so that a browser keeps to this service alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

BODY_BYTES = 48_000_000
"""The longest request that is read: an article of the greatest length as the page sends it."""

_CLOSED = ("/gradio_api/upload", "/gradio_api/proxy=")
"""Routes of Gradio that the page does not use: one lets anybody fill the disk."""

_NEVER_USED = ("camera", "geolocation", "payment", "usb")

_POLICY = (
    "default-src 'self'",
    # Gradio compiles the page's script and template, and writes styles and scripts into it.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class SecurityHeaders:
    """ASGI middleware around the page, by itself or mounted in another app.

    Sets a Content-Security-Policy that names no other host, and the headers beside it; closes the
    routes of Gradio that the page does not use; and refuses requests that are too long.

    Args:
        app: What it goes around.
        embedded_by: Other origins that may show the page in a frame.
    """

    def __init__(self, app: App, embedded_by: Sequence[str] = ()) -> None:
        self._app = app
        policy = [*_POLICY, " ".join(("frame-ancestors 'self'", *embedded_by))]
        headers = {
            "content-security-policy": "; ".join(policy),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": ", ".join(
                ("microphone=(self)", *(f"{one}=()" for one in _NEVER_USED))
            ),
        }
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self._headers}
                theirs = [one for one in message.get("headers", ()) if one[0].lower() not in ours]
                message = {**message, "headers": [*theirs, *self._headers]}
            await send(message)

        if any(route in scope["path"] for route in _CLOSED):
            await _refuse(403, send_with_headers)
        elif _length(scope) > BODY_BYTES:
            await _refuse(413, send_with_headers)
        else:
            await self._app(scope, _limited(receive), send_with_headers)


def _length(scope: MutableMapping[str, Any]) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def _limited(receive: Receive) -> Receive:
    """Breaks off a body that does not tell its length and goes on too long."""
    taken = 0

    async def receive_some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= BODY_BYTES else {"type": "http.disconnect"}

    return receive_some


async def _refuse(status: int, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})
