"""Time limits for a stream, whatever the library behind it does about its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from time import monotonic

from lhassist.errors import LanguageModelError

_END = object()


def patient(start: Callable[[], Iterator[str]], *, whole: float, pause: float) -> Iterator[str]:
    """Passes pieces on as long as they come in time.

    The stream runs in a thread of its own, which nobody waits for: a library that hangs hangs
    there. It is told to stop, and its stream is closed, with the next piece that it gets.

    Args:
        start: Makes the stream.
        whole: Seconds that everything may take, the wait for the first piece included.
        pause: Seconds between two pieces.

    Raises:
        LanguageModelError: The stream fails (`error`) or is late (`timeout`).
    """
    pieces: SimpleQueue[object] = SimpleQueue()
    given_up = threading.Event()

    def run() -> None:
        try:
            stream = start()
            for piece in stream:
                if given_up.is_set():
                    break
                pieces.put(piece)
            pieces.put(_END)
        except Exception as error:  # noqa: BLE001 - the clients of any library raise anything
            pieces.put(error)

    threading.Thread(target=run, name="language-model", daemon=True).start()
    end = monotonic() + whole
    wait = whole
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, min(wait, end - monotonic())))
            except Empty as error:
                raise LanguageModelError(
                    f"the language model gave nothing for {min(wait, whole):g} s",
                    reason="timeout",
                    hint="raise llm_timeout or llm_pause, or take a smaller model",
                ) from error
            if isinstance(piece, Exception):
                raise LanguageModelError(
                    f"the language model failed: {' '.join(str(piece).split())[:300]}",
                    reason="error",
                    hint="look at llm_url and llm_model, and whether the server runs",
                ) from piece
            if not isinstance(piece, str):
                return
            yield piece
            wait = pause
    finally:
        given_up.set()
