"""A model server on loopback that says what a test tells it to: OpenAI's API and Ollama's own."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Think:
    """A piece of the model's thoughts, in the field that servers have for them."""

    text: str


@dataclass(frozen=True)
class Raw:
    """Bytes in the place of an event."""

    data: bytes


class Die:
    """The server is gone: the connection is reset."""


class Vanish:
    """The server is killed: the connection ends as if all had been said."""


class Hang:
    """The server says nothing more, and keeps the connection."""


Step = str | Think | Raw | Die | Vanish | Hang


@dataclass
class ScriptedServer:
    """What the server says next, and what it was asked.

    Attributes:
        steps: Of every answer; a string is a piece of text.
        status: Of every answer; other than 200 there is no text.
        requests: The bodies that came in.
        headers: Of the last request.
    """

    url: str = ""
    steps: Iterable[Step] = ()
    status: int = 200
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: Message = field(default_factory=Message)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def scripted_server(port: int = 0) -> Iterator[ScriptedServer]:
    """Serves until it is left; on a port that the system chooses, unless one is given."""
    script = ScriptedServer()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def do_POST(self) -> None:
            script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            script.headers = self.headers
            self.send_response(script.status)
            own = self.path.endswith("/api/chat")
            kind = "application/x-ndjson" if own else "text/event-stream"
            self.send_header("Content-Type", kind)
            self.end_headers()
            if script.status != 200:
                self.wfile.write(b'{"error": {"message": "scripted failure"}}')
                return
            for step in script.steps:
                if isinstance(step, Die):
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.connection.close()
                    return
                if isinstance(step, Vanish):
                    return
                if isinstance(step, Hang):
                    script.closing.wait(60)
                    return
                self.wfile.write(_event(step, own=own))
                self.wfile.flush()
            self.wfile.write(
                b'{"done": true, "message": {"role": "assistant", "content": ""}}\n'
                if own
                else _chunk({}, finish="stop") + b"data: [DONE]\n\n"
            )

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield script
    finally:
        script.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _event(step: str | Think | Raw, *, own: bool) -> bytes:
    if isinstance(step, Raw):
        return step.data
    thought = step.text if isinstance(step, Think) else ""
    text = step if isinstance(step, str) else ""
    if own:
        message = {"role": "assistant", "content": text, "thinking": thought}
        return json.dumps({"model": "m", "message": message, "done": False}).encode() + b"\n"
    return _chunk(
        {"role": "assistant", "content": text or None, "reasoning_content": thought or None}
    )


def _chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
