"""The sound of a recording or film as samples, a few minutes at a time.

An hour of sound is 230 MB of samples, and as much again for what is reckoned from them; a window is
a twelfth of that. A window ends where it is quiet, so that no word is cut.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
"""Samples a second that Whisper hears."""

WINDOW = 300
"""Seconds; the last window of a recording may be shorter, any other up to `SEARCHED`."""

SEARCHED = 20
"""Seconds at the end of a window among which the quietest place is looked for."""

MOST_SECONDS = 6 * 3600
"""A longer recording is not read: a file of silence takes no room."""

_QUIET = RATE // 4
_BLOCK = 500_000


def windows(file: BinaryIO) -> Iterator[NDArray[np.float32]]:
    """The samples of the first sound of a file, in -1 to 1, `RATE` a second.

    Raises:
        av.FFmpegError: It cannot be decoded.
        IndexError: It has no sound.
        OverflowError: It is longer than `MOST_SECONDS`.
    """
    held = np.zeros(0, np.float32)
    total = 0
    for block in _decoded(file):
        total += len(block)
        if total > MOST_SECONDS * RATE:
            raise OverflowError(f"it is longer than {MOST_SECONDS // 3600} hours")
        held = np.concatenate((held, block))
        while len(held) >= WINDOW * RATE:
            end = quiet_end(held[: WINDOW * RATE])
            yield held[:end]
            held = held[end:].copy()
    if len(held):
        yield held


def length(file: BinaryIO) -> int:
    """The seconds of a recording or film as it says itself; 0 where it does not.

    Raises:
        av.FFmpegError: It cannot be opened.
    """
    import av

    file.seek(0)
    with av.open(file, "r", metadata_errors="ignore") as container:
        return max(0, (container.duration or 0) // av.time_base)


def quiet_end(samples: NDArray[np.float32]) -> int:
    """Where to end a window: in the middle of the quietest quarter of a second near its end."""
    start = max(0, len(samples) - SEARCHED * RATE)
    loudness = np.concatenate(([0.0], np.cumsum(np.square(samples[start:], dtype=np.float64))))
    if len(loudness) <= _QUIET:
        return len(samples)
    sums = loudness[_QUIET:] - loudness[:-_QUIET]
    return start + int(np.argmin(sums)) + _QUIET // 2


def _decoded(file: BinaryIO) -> Iterator[NDArray[np.float32]]:
    import av

    file.seek(0)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(file, "r", metadata_errors="ignore") as container:
        frames = _whole(container.decode(audio=0))
        waiting, count = [], 0
        for frame in itertools.chain(frames, [None]):
            for resampled in resampler.resample(frame):
                waiting.append(resampled.to_ndarray().ravel().astype(np.float32) / 32768)
                count += len(waiting[-1])
            if waiting and (frame is None or count >= _BLOCK):
                yield np.concatenate(waiting)
                waiting, count = [], 0


def _whole(frames: Iterator[Any]) -> Iterator[Any]:
    """The frames of a damaged recording that can be decoded; their times are not looked at."""
    import av

    while True:
        try:
            frame = next(frames)
        except StopIteration:
            return
        except av.InvalidDataError:
            continue
        frame.pts = None
        yield frame
