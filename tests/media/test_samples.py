"""Long recordings are heard a window at a time, cut where it is quiet."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import samples
from lhassist.corpus.samples import RATE, SEARCHED, WINDOW, length, quiet_end, windows

pytestmark = pytest.mark.usefixtures("asr")


def recording(seconds: float, pauses: tuple[float, ...] = (), rate: int = RATE) -> io.BytesIO:
    """A tone with half a second of silence at some places."""
    times = np.arange(int(seconds * rate)) / rate
    tone = 0.5 * np.sin(2 * np.pi * 220 * times)
    for pause in pauses:
        tone[int(pause * rate) : int((pause + 0.5) * rate)] = 0
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes((tone * 32767).astype("<i2").tobytes())
    return file


def test_windows_end_in_the_pauses_and_hold_all() -> None:
    file = recording(2 * WINDOW + 100, (WINDOW - 10, 2 * WINDOW - 25))
    assert length(file) == 2 * WINDOW + 100
    found = [len(one) / RATE for one in windows(file)]
    assert found == pytest.approx([WINDOW - 9.75, WINDOW - 15, 124.75], abs=0.2)
    assert sum(found) == pytest.approx(2 * WINDOW + 100, abs=0.01)


def test_another_rate_becomes_that_of_whisper() -> None:
    (one,) = windows(recording(2, rate=44_100))
    assert len(one) == pytest.approx(2 * RATE, abs=10)
    assert 0.45 < np.abs(one).max() < 0.55


def test_hours_of_sound_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MOST_SECONDS", 3600)
    with pytest.raises(OverflowError, match="longer than 1 hours"):
        for _ in windows(recording(3700, rate=8000)):
            pass


@given(st.integers(1, 40), st.data())
def test_a_window_ends_in_its_quietest_place(seconds: int, data: st.DataObject) -> None:
    sound = np.ones(seconds * RATE // 10, np.float32)
    start = data.draw(st.integers(0, len(sound) - 1))
    sound[start : start + RATE // 2] = 0
    end = quiet_end(sound)
    assert 0 < end <= len(sound)
    if len(sound) > RATE // 4 and len(sound) - start >= RATE // 2:
        assert len(sound) <= SEARCHED * RATE
        assert start <= end <= start + RATE // 2
