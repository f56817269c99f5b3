"""The product's own BM25 beside tantivy's: quality and CPU time over the same terms.

    pip install tantivy==0.27.0
    python eval/bench_lexical.py FOLDER [TIMES]

FOLDER is a question set in BEIR form; its passages are taken TIMES times over (default 1) for the
times, and once for the quality. tantivy is asked for its 100 best; the product scores them all.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import tantivy

from lhassist.evaluation.sets import read_set
from lhassist.index.lexical import LexicalBuilder
from lhassist.terms import Analyzer

DEPTH = 100
Search = Callable[[list[str]], Sequence[int]]


def own(bags: Sequence[list[str]]) -> Search:
    """The product's, over whole passages."""
    builder = LexicalBuilder()
    for bag in bags:
        builder.add(bag, ())
    index = builder.build(np.empty(0, np.int64))

    def search(terms: list[str]) -> Sequence[int]:
        scores, _ = index.scores(terms)
        return np.argsort(-scores, kind="stable")[:DEPTH].tolist()

    return search


def tantivys(bags: Sequence[list[str]]) -> Search:
    """The same terms, joined by blanks, in a field of tantivy's."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(50_000_000, num_threads=1)
    for number, bag in enumerate(bags):
        writer.add_document(tantivy.Document(terms=" ".join(bag), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(terms: list[str]) -> Sequence[int]:
        parts = []
        for term, count in Counter(terms).items():
            one = tantivy.Query.term_query(schema, "terms", term, index_option="freq")
            parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(one, float(count))))
        hits = searcher.search(tantivy.Query.boolean_query(parts), DEPTH).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def main(folder: Path, times: int) -> None:
    """Prints one line an index."""
    one = read_set(folder)
    analyzer = Analyzer(one.gazetteer)
    bags = [analyzer.terms(f"{passage.title}\n{passage.text}") for passage in one.passages]
    names = [one.names[passage.id] for passage in one.passages]
    questions = [analyzer.terms(question.text) for question in one.questions]
    for name, make in (("own", own), ("tantivy", tantivys)):
        search = make(bags)
        first = [
            one.qrels[question.id].get(names[search(terms)[0]], 0) > 0
            for question, terms in zip(one.questions, questions, strict=True)
        ]
        search = make(list(bags) * times)
        seconds = []
        for terms in questions[:300]:
            before = time.process_time()
            search(terms)
            seconds.append(time.process_time() - before)
        median = 1000 * statistics.median(seconds)
        sys.stdout.write(
            f"{name}: R@1 {np.mean(first):.4f}, "
            f"{median:.2f} ms a question over {len(bags) * times:,} passages\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
