"""How the index grows with its passages: seconds, megabytes and milliseconds, without a model.

    python eval/bench_index.py FOLDER [TIMES...]

FOLDER is a question set in BEIR form. Its corpus is taken TIMES times over (default 1 10), with
vectors drawn at random, and written, opened and asked. Times are of CPU: a busy machine does not
change them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lhassist.embedding import Progress
from lhassist.evaluation.sets import QuestionSet, read_set
from lhassist.index import Collection, CollectionBuilder, Generation, Source, open_writer
from lhassist.ingest import Article, build_in_memory
from lhassist.retrieve import Retriever

T = TypeVar("T")

OPEN = """
import sys
from pathlib import Path
from lhassist.index import Generation
held = Generation.open(Path(sys.argv[1]))
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
"""Prints the most kilobytes that a process needs to open an index."""


class RandomEmbedder:
    """Unit vectors of the size of the bundled model's, with no meaning."""

    fingerprint = "random-384"
    dimension = 384

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def embed_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Shape (texts, 384)."""
        vectors = self._random.standard_normal((len(texts), self.dimension), np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Shape (384,)."""
        return self.embed_passages([text])[0]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds, and what the work returned."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def articles(one: QuestionSet, times: int) -> list[Article]:
    """The set's articles, each of them `times` times under another id."""
    passages = {passage.document_id: passage for passage in one.passages}
    return [
        Article(
            replace(document, id=f"{document.id}-{copy}"),
            (replace(passages[document.id], document_id=f"{document.id}-{copy}"),),
        )
        for document in one.documents
        for copy in range(times)
    ]


def put_together_again(generation: Generation, embedder: RandomEmbedder) -> Collection:
    """What an ingest does with the articles that have not changed."""
    builder = CollectionBuilder(
        embedder=embedder.fingerprint,
        dimension=embedder.dimension,
        gazetteer=generation.gazetteer,
        older=generation,
    )
    for document_id in sorted(generation.documents):
        builder.keep(document_id)
    return builder.build()


def measure(one: QuestionSet, times: int) -> str:
    """One line of the table."""
    embedder = RandomEmbedder()
    build, collection = timed(lambda: build_in_memory(articles(one, times), embedder=embedder))
    sources = [Source(name, name, "", "") for name in collection.documents]
    with tempfile.TemporaryDirectory() as folder:
        with open_writer(Path(folder)) as writer:
            publish, _ = timed(lambda: writer.publish(collection, sources, {}))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        load, generation = timed(lambda: Generation.open(Path(folder)))
        verify, _ = timed(generation.verify)
        retriever = Retriever(generation, embedder)
        update, _ = timed(lambda: put_together_again(generation, embedder))
        searches = [timed(lambda q=q: retriever.search(q.text))[0] for q in one.questions[:200]]
        memory = subprocess.check_output([sys.executable, "-c", OPEN, folder], text=True)
    return (
        f"| {len(generation.passages):,} | {len(generation.group_owner):,} | {build:.1f} s "
        f"| {update:.1f} s | {publish:.1f} s | {load:.2f} s | {verify:.2f} s | {size / 1e6:.0f} MB "
        f"| {statistics.median(searches) * 1000:.1f} ms | {int(memory) / 1024:.0f} MB |"
    )


def main(folder: Path, times: Sequence[int]) -> None:
    """Prints the table."""
    one = read_set(folder)
    sys.stdout.write(
        "| passages | groups | build | update | publish | open | verify | on disk | question "
        "| memory |\n|---|---|---|---|---|---|---|---|---|---|\n"
    )
    for count in times:
        sys.stdout.write(measure(one, count) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]] or [1, 10])
