"""How well the voices that `lhassist models install kokoro` brings are understood, and their cost.

    .venv/bin/python eval/bench_speaking.py [--own]

Each voice says eight sentences; Whisper base writes them down as for an ingest. It prints the share
of characters that are wrong, and seconds of computing for a second of speech. `--own` measures the
voice of `speak` alone. Needs the extra [asr] and the voice.
"""

from __future__ import annotations

import io
import resource
import sys
import tempfile
import time
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parent.parent

from lhassist.config import Settings  # noqa: E402
from lhassist.corpus import speech  # noqa: E402
from lhassist.corpus.homophones import mended  # noqa: E402
from lhassist.gazetteer import Gazetteer  # noqa: E402
from lhassist.script import fold  # noqa: E402
from lhassist.speaking import open_voice, weights  # noqa: E402
from lhassist.speaking.numerals import in_words  # noqa: E402
from lhassist.speaking.voice import BUNDLED, RATE  # noqa: E402

SENTENCES = (
    "漯河市位于河南省中南部，是全国首家中国食品名城。",
    "沙河与澧河在市区交汇，形成了独特的滨河景观。",
    "2024年上半年，全市生产总值同比增长7.8%。",
    "许慎编写的《说文解字》收字九千三百五十三个。",
    "贾湖遗址出土的骨笛距今约八千年。",
    "召陵区和源汇区的企业参加了食品博览会。",
    "这座石桥横跨小商河，桥面宽约七米。",
    "每年春天，附近的居民都会到桥边赶集。",
)


def wrong(heard: str, said: str) -> float:
    """The share of characters that were not heard, figures and dates in words on both sides."""
    one, other = ("".join(filter(str.isalnum, in_words(fold(text)))) for text in (heard, said))
    matching = sum(
        block.size for block in SequenceMatcher(None, one, other, False).get_matching_blocks()
    )
    return 1 - matching / len(other)


def measure(models_dir: Path, gazetteer: Gazetteer, name: str, voice: str) -> None:
    """Prints a line for a voice."""
    speaker, names = open_voice(models_dir, gazetteer, voice), gazetteer.spoken()
    shares, seconds, length = [], 0.0, 0.0
    for sentence in SENTENCES:
        before = time.process_time()
        recording = speaker.wav(sentence)
        seconds += time.process_time() - before
        length += len(recording) / 2 / RATE
        heard = speech.transcribe(io.BytesIO(recording), hotwords=[one.name for one in names])
        shares.append(wrong("".join(mended(one.text, names) for one in heard), sentence))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    sys.stdout.write(
        f"{name:>16}  {np.mean(shares):6.1%} wrong  {seconds / length:5.2f} s a second  "
        f"{peak:5.0f} MB with the recogniser\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measures the voices one after another."""
    models_dir = Settings.load().models_dir
    gazetteer = Gazetteer.load(REPOSITORY / "corpus" / "gazetteer.toml")
    measure(models_dir, gazetteer, "mean of all", BUNDLED)
    if "--own" in sys.argv:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, weights.VOICES)
        path.write_bytes(weights.read(models_dir, weights.VOICES))
        with np.load(path) as voices:
            names = voices.files
        for name in names:
            measure(models_dir, gazetteer, name, f"{path}#{name}")


if __name__ == "__main__":
    main()
