"""Takes a model's thoughts out of what it says.

Servers that know a model's marks put its thoughts into a field of their own; others leave
`<think>…</think>` in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = "<think>", "</think>"


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a text without what stands between the marks, and without lone marks."""
    buffer = ""
    thinking = False
    for piece in pieces:
        buffer += piece
        while True:
            mark = _CLOSE if thinking else _OPEN
            before, found, after = buffer.partition(mark)
            if not found:
                break
            if not thinking and before:
                yield before
            buffer, thinking = after, not thinking
        buffer = buffer.replace(_CLOSE, "")
        held = max(_begun(buffer, _OPEN), _begun(buffer, _CLOSE))
        ready, buffer = buffer[: len(buffer) - held], buffer[len(buffer) - held :]
        if ready and not thinking:
            yield ready
    if buffer and not thinking:
        yield buffer


def _begun(text: str, mark: str) -> int:
    """How many characters at the end of a text may be the beginning of a mark."""
    lengths = range(min(len(text), len(mark) - 1), 0, -1)
    return next((n for n in lengths if text.endswith(mark[:n])), 0)
