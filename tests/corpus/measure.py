"""Prints the figures of docs/decisions/0004-reading.md: `python -m tests.corpus.measure`."""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lhassist.corpus import read, scan
from lhassist.corpus.encoding import decode
from lhassist.corpus.shapes import share_a_word
from lhassist.passages import split
from lhassist.schema import Document
from tests.conftest import REPOSITORY
from tests.corpus.simulated import STYLES, score

SETS = {
    "zh-Hans": (["cmrc_dev", "xquad_zh", "dureader2_demo"], ["gb18030"]),
    "zh-Hant": (["drcd_dev"], ["gb18030", "cp950", "big5hkscs"]),
}
# Marks that the Taiwanese and the Hong Kong Big5 map to different characters of the same look.
_LOOKALIKES = str.maketrans("•∼‧～·．", "......")


def articles() -> list[Document]:
    """The sample corpus."""
    return [
        read(source.path, document_id=source.document_id, root=source.root)
        for source in scan([REPOSITORY / "corpus"])
    ]


def snippets(shared: Path, sets: list[str], length: int) -> Iterator[str]:
    """A stretch of each text of some sets; those with hardly any Chinese are left out."""
    rng = random.Random(1)
    for name in sets:
        for line in (shared / "data" / name / "corpus.jsonl").open(encoding="utf-8"):
            text = json.loads(line)["text"]
            start = rng.randrange(max(1, len(text) - length))
            snippet = text[start : start + length]
            if sum(c > "\x7f" for c in snippet) * 2 > len(snippet):
                yield snippet


def encodings(shared: Path, length: int) -> Iterator[tuple[str, str, Counter[str]]]:
    """Counts right, wrong and refused for each script and encoding."""
    for script, (sets, names) in SETS.items():
        for name in names:
            counts: Counter[str] = Counter()
            for snippet in snippets(shared, sets, length):
                try:
                    data = snippet.encode(name)
                except UnicodeEncodeError:
                    continue
                try:
                    text = decode(data).text
                except ValueError:
                    counts["refused"] += 1
                    continue
                same = text.translate(_LOOKALIKES) == snippet.translate(_LOOKALIKES)
                counts["right" if same else "wrong"] += 1
            yield script, name, counts


def words_across_borders(documents: list[Document]) -> tuple[float, float]:
    """How often a word lies across a random border within, and between, two paragraphs."""
    rng = random.Random(1)
    paragraphs = [
        d.text[b.span.start : b.span.end] for d in documents for b in d.blocks if len(d.text) > 40
    ]
    within = between = places = 0
    for paragraph in paragraphs:
        for _ in range(20):
            at = rng.randrange(1, max(2, len(paragraph) - 1))
            if all("\u4e00" <= c <= "\u9fff" for c in paragraph[at - 1 : at + 1]):
                places += 1
                within += share_a_word(paragraph[:at], paragraph[at:])
                between += share_a_word(paragraph[:at], rng.choice(paragraphs))
    return within / places, between / places


def seconds_a_megabyte(documents: list[Document], folder: Path) -> tuple[float, float]:
    """How long it takes to read a page of one megabyte, and to split it, in seconds of CPU."""
    path = folder / "page.txt"
    text = "\n\n".join(document.text for document in documents) + "\n\n"
    path.write_text(text * (1_000_000 // len(text.encode())), encoding="utf-8")
    start = time.process_time()
    document = read(path, document_id="page", root=folder)
    middle = time.process_time()
    split(document)
    return middle - start, time.process_time() - middle


def main() -> None:
    """Prints every figure."""
    shared = Path(os.environ.get("LHASSIST_SHARED", REPOSITORY.parent / "shared"))
    write = sys.stdout.write
    for length in (6, 20, 100_000):
        for script, name, counts in encodings(shared, length):
            total = counts.total()
            write(
                f"{name:10}{script:8} {length:6} characters: {total} texts, "
                f"right {counts['right'] / total:.2%}, wrong {counts['wrong']}, "
                f"refused {counts['refused']}\n"
            )
    documents = articles()
    for name, style in STYLES.items():
        scores = score(documents, style, rounds=8)
        parts = (f"{kind} {s.recall:.3f}/{s.precision:.3f}" for kind, s in scores.items())
        write(f"{name}: {', '.join(parts)}\n")
    with tempfile.TemporaryDirectory() as folder:
        reading, splitting = seconds_a_megabyte(documents, Path(folder))
    write(f"1 MB of text: read in {reading:.1f} s, split in {splitting:.1f} s\n")
    within, between = words_across_borders(documents)
    write(f"a word across a border: within a sentence {within:.2f}, else {between:.2f}\n")


if __name__ == "__main__":
    main()
