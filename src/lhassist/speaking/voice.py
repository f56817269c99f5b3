"""A voice of Mandarin: Kokoro, run by onnxruntime.

The packages carry voices of Japanese alone. Kokoro takes the language from the sounds it is given
and the voice from a vector; the mean of five vectors has lost most of what each has of its
own, the accent too (`docs/decisions/0029-speaking.md` has the figures).
"""

from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lhassist.errors import ConfigError, QuestionError
from lhassist.gazetteer import Gazetteer
from lhassist.speaking import weights
from lhassist.speaking.phonemes import Phonemes

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED = "bundled"
RATE = 24_000
"""Samples a second."""

PAUSE = 0.35
"""Seconds between two sentences."""

_MOST_SOUNDS = 120
"""The model's limit is 510; the memory it takes grows with the length."""
_WIDTH = 256
_ONE_AT_A_TIME = threading.Lock()


class Voice:
    """Speaks texts. Threads may share one; a process says one sentence at a time.

    Args:
        session: Kokoro, as onnxruntime has loaded it.
        numbers: Of each sound.
        style: The voice: a vector for each number of sounds, (sounds, 256).
        gazetteer: How local names are said.
    """

    def __init__(
        self,
        session: Any,
        numbers: dict[str, int],
        style: NDArray[np.float32],
        gazetteer: Gazetteer,
    ) -> None:
        self._session = session
        self._numbers = numbers
        self._style = style
        self._phonemes = Phonemes(gazetteer)

    def said(self, text: str) -> Iterator[NDArray[np.float32]]:
        """The recording of a text, a piece at a time: samples in -1 to 1, `RATE` a second.

        A text without anything that sounds has no pieces.
        """
        pause = np.zeros(int(PAUSE * RATE), np.float32)
        for sentence in self._phonemes.sentences(text):
            for piece in _pieces(sentence):
                yield self._spoken(piece)
            yield pause

    def wav(self, text: str) -> bytes:
        """The recording of a text as the bytes of a WAV file: one channel, 16 bits.

        Raises:
            QuestionError: Nothing in it can be said.
        """
        file = io.BytesIO()
        with wave.open(file, "wb") as opened:
            opened.setnchannels(1)
            opened.setsampwidth(2)
            opened.setframerate(RATE)
            for samples in self.said(text):
                loud = np.clip(samples, -1.0, 1.0) * np.iinfo(np.int16).max
                opened.writeframes(loud.astype("<i2").tobytes())
            if not opened.getnframes():
                raise QuestionError(
                    "nothing in this text can be said", hint="give one in Chinese, or with letters"
                )
        return file.getvalue()

    def _spoken(self, sounds: str) -> NDArray[np.float32]:
        tokens = [self._numbers[sound] for sound in sounds if sound in self._numbers]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]]),
            "style": self._style[min(len(tokens), len(self._style)) - 1].reshape(1, _WIDTH),
            "speed": np.ones(1, np.float32),
        }
        with _ONE_AT_A_TIME:
            (samples,) = self._session.run(None, inputs)
        spoken: NDArray[np.float32] = np.asarray(samples, np.float32).ravel()
        return spoken


@lru_cache(maxsize=2)
def open_voice(models_dir: Path, gazetteer: Gazetteer, voice: str = BUNDLED) -> Voice:
    """Opens a voice; the model is loaded once a process.

    Args:
        models_dir: Where models are kept.
        gazetteer: How local names are said.
        voice: `BUNDLED`, or `FILE#NAME`: a voice in a file of Kokoro's voices.

    Raises:
        ModelMissing: The model is not installed.
        ModelCorrupt: A file of it is another one.
        ConfigError: There is no such voice.
    """
    style = _style(models_dir, voice)
    return Voice(*_model(models_dir), style, gazetteer)


@lru_cache(maxsize=1)
def _model(models_dir: Path) -> tuple[Any, dict[str, int]]:
    """Kokoro, and the number of each sound."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: it speaks beside the page that answers.
    options.intra_op_num_threads = 1
    # Each piece has a length of its own; planning for it takes a gigabyte and is never used again.
    options.enable_mem_pattern = False
    model = weights.read(models_dir, weights.MODEL)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    numbers = json.loads(weights.read(models_dir, weights.VOCABULARY))["vocab"]
    return session, numbers


def _style(models_dir: Path, voice: str) -> NDArray[np.float32]:
    if voice == BUNDLED:
        with np.load(io.BytesIO(weights.read(models_dir, weights.VOICES))) as voices:
            mean = np.mean([voices[name] for name in voices.files], axis=0, dtype=np.float32)
        return np.asarray(mean.reshape(-1, _WIDTH))
    path, _, name = voice.rpartition("#")
    try:
        with np.load(path) as voices:
            return np.asarray(voices[name], np.float32).reshape(-1, _WIDTH)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            f"the voice {voice!r} cannot be used: {error}",
            hint="set `voice` to `bundled`, or to FILE#NAME, such as voices-v1.0.bin#zf_xiaoxiao",
        ) from error


def _pieces(sounds: str) -> Iterator[str]:
    """A sentence in pieces that are short enough, divided at pauses, else between words."""
    while len(sounds) > _MOST_SOUNDS:
        cuts = (sounds.rfind(mark, 1, _MOST_SOUNDS) for mark in (", ", " "))
        end = next((cut + 1 for cut in cuts if cut > 0), _MOST_SOUNDS)
        yield sounds[:end].strip()
        sounds = sounds[end:].strip()
    if sounds:
        yield sounds
