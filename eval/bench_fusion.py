"""How the two searches are best joined: R@1 / R@5 / RR@10 of each leg and of ways to fuse them.

    python eval/bench_fusion.py FOLDER...

FOLDERs are question sets in BEIR form. Every set is measured twice: as it is, and without the
titles of its articles. Vectors come from the cache where they are in it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.evaluation.sets import QuestionSet, read_set
from lhassist.ingest import Article, build_in_memory
from lhassist.retrieve import GROUP_SHARE
from lhassist.script import fold
from lhassist.terms import Analyzer, is_chinese

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Legs:
    """Scores of every question for every passage, each of shape (questions, passages)."""

    dense: Scores
    whole: Scores
    group: Scores
    relevant: list[list[int]]

    @property
    def lexical(self) -> Scores:
        """As the product weighs them."""
        return (1 - GROUP_SHARE) * self.whole + GROUP_SHARE * self.group

    def weighted(self, weight: float, depth: int) -> Scores:
        """Scaled to 0..1 over the `depth` best of either leg, then added."""
        lexical = self.lexical
        candidates = best(self.dense, depth) | best(lexical, depth)
        share = np.where(lexical.any(axis=1, keepdims=True), weight, 1.0)
        fused = share * scaled(self.dense, candidates) + (1 - share) * scaled(lexical, candidates)
        return np.where(candidates, fused, -1.0)

    def reciprocal(self) -> Scores:
        """Reciprocal rank fusion with k = 60 (Cormack, Clarke and Buettcher, SIGIR 2009)."""
        return sum(1 / (60 + 1 + (-leg).argsort().argsort()) for leg in (self.dense, self.lexical))

    def measured(self, scores: Scores) -> str:
        """R@1 / R@5 / RR@10 in percent; of equal scores the earlier passage is first."""
        ranks = np.array(
            [
                min(((row > row[one]).sum() + (row[:one] == row[one]).sum()) for one in some)
                for row, some in zip(scores, self.relevant, strict=True)
            ]
        )
        reciprocal = np.where(ranks < 10, 1 / (ranks + 1), 0)
        values = ((ranks < 1).mean(), (ranks < 5).mean(), reciprocal.mean())
        return " / ".join(f"{100 * value:.2f}" for value in values)


def best(scores: Scores, depth: int) -> NDArray[np.bool_]:
    """Which passages are among the `depth` best of each question."""
    depth = min(depth, scores.shape[1])
    return scores >= -np.partition(-scores, depth - 1, axis=1)[:, depth - 1 : depth]


def scaled(scores: Scores, candidates: NDArray[np.bool_]) -> Scores:
    """Min-max over the candidates of each question."""
    low = np.where(candidates, scores, np.inf).min(axis=1, keepdims=True)
    high = np.where(candidates, scores, -np.inf).max(axis=1, keepdims=True)
    return (scores - low) / np.where(high > low, high - low, 1.0)


def legs(one: QuestionSet, embedder: Embedder, cache: Path) -> Legs:
    """Both searches for every question of a set whose articles are one passage each."""
    passages = {passage.document_id: passage for passage in one.passages}
    collection = build_in_memory(
        (Article(document, (passages[document.id],)) for document in one.documents),
        embedder=embedder,
        gazetteer=one.gazetteer,
        cache_dir=cache,
    )
    numbers = {one.names[passage.id]: n for n, passage in enumerate(collection.passages)}
    everything = np.arange(len(collection.passages))
    analyzer = Analyzer(one.gazetteer)
    dense, whole, group = [], [], []
    for question in one.questions:
        vector = embedder.embed_query(fold(question.text))
        dense.append(collection.dense.score(vector, everything).astype(np.float64))
        terms = analyzer.terms(question.text) if is_chinese(question.text) else []
        for scores, leg in zip(collection.lexical.scores(terms), (whole, group), strict=True):
            leg.append(scores)
    relevant = [
        [numbers[name] for name, grade in one.qrels[question.id].items() if grade > 0]
        for question in one.questions
    ]
    return Legs(np.array(dense), np.array(whole), np.array(group), relevant)


WAYS: dict[str, Callable[[Legs], Scores]] = {
    "dense": lambda found: found.dense,
    "BM25, whole passage": lambda found: found.whole,
    "BM25, best group": lambda found: found.group,
    "BM25, both": lambda found: found.lexical,
    "reciprocal ranks": Legs.reciprocal,
    **{
        f"weighted {weight}, {depth or 'all'} candidates": (
            lambda found, weight=weight, depth=depth: found.weighted(weight, depth or 10**9)
        )
        for weight, depth in ((0.3, 100), (0.4, 100), (0.5, 100), (0.6, 100), (0.5, 20), (0.5, 0))
    },
}


def main(folders: list[Path]) -> None:
    """Prints one table a set."""
    settings = Settings.load()
    embedder = open_embedder("bundled", settings.cache_dir)
    for folder in folders:
        one = read_set(folder)
        bare = replace(one, passages=tuple(replace(p, title="") for p in one.passages))
        titled, untitled = (legs(some, embedder, settings.cache_dir) for some in (one, bare))
        sys.stdout.write(f"\n| {one.name} | with titles | without |\n|---|---|---|\n")
        for name, way in WAYS.items():
            columns = " | ".join(some.measured(way(some)) for some in (titled, untitled))
            sys.stdout.write(f"| {name} | {columns} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
