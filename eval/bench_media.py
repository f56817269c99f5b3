"""Characters wrong, seconds and memory of reading pictures and speech, on what the tests make.

    .venv/bin/python eval/bench_media.py [MINUTES...]

It draws pages and signs, has a machine speak two sentences, and reads them as an ingest does, each
kind in a process of its own; and those sentences again and again for as many minutes. Needs the
extras [ocr], [asr] and [dev], and fonts-noto-cjk.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.media import material  # noqa: E402

from lhassist.corpus import picture, sound  # noqa: E402
from lhassist.corpus.source import Aids, Source  # noqa: E402
from lhassist.gazetteer import Gazetteer  # noqa: E402
from lhassist.script import fold  # noqa: E402

SAID = "二零二四年上半年生产总值增长百分之七点八许慎编写了说文解字"


def wrong(read: str, written: str) -> float:
    """The share of characters that were not read, in either script, without punctuation."""
    one, other = ("".join(filter(str.isalnum, fold(text))) for text in (read, written))
    matching = sum(
        block.size for block in SequenceMatcher(None, one, other, False).get_matching_blocks()
    )
    return 1 - matching / len(other)


def _read(kind: str, folder: Path) -> None:
    names = Gazetteer.load(REPOSITORY / "corpus" / "gazetteer.toml").spoken()
    if kind.startswith("speech"):
        said = material.spoken()
        minutes = int(kind.removeprefix("speech").removesuffix(" min") or 0)
        rounds = max(1, minutes * 60 * material.SPOKEN_RATE // len(said))
        path = material.wav(np.tile(said, rounds), folder / "clip.wav")
        parse, written = sound.parse, SAID * rounds
    elif kind == "sign, upright":
        path = material.saved(material.sign(), folder / "sign.png")
        parse, written = picture.parse, material.SIGN_HANT
    else:
        page = material.page("小商橋", (material.SENTENCES_HANT,), "TC")
        path = material.saved(material.photograph(page), folder / "page.png")
        parse, written = picture.parse, "小商橋" + material.SENTENCES_HANT
    started, before = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        draft = parse(Source(path, file, folder, Aids(names)))
    title = draft.title if draft.title != path.stem else ""
    read = title + "".join(part.text for part in draft.parts[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    sys.stdout.write(
        f"{kind:>22}  {wrong(read, written):6.1%} wrong  {time.process_time() - before:5.1f} s of "
        f"computing  {time.perf_counter() - started:5.1f} s  {peak:5.0f} MB\n"
    )


def main() -> None:
    """Reads one of each kind and prints a line for it."""
    long = (f"speech {minutes} min" for minutes in sys.argv[1:])
    for kind in ("page, turned, noisy", "sign, upright", "speech", *long):
        with tempfile.TemporaryDirectory() as folder:
            run: Callable[[str, Path], None] = _read
            process = multiprocessing.get_context("spawn").Process(
                target=run, args=(kind, Path(folder))
            )
            process.start()
            process.join()


if __name__ == "__main__":
    main()
