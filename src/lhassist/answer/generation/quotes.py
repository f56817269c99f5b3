"""The sentences that can answer a question, as numbered citations: evidence for other writers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.citing.citations import Citations
from lhassist.answer.citing.speaker import with_speaker
from lhassist.answer.evidence import Evidence
from lhassist.answer.question import Question, Reader
from lhassist.index import Collection
from lhassist.schema import Citation, Hit


def quotes(
    question: Question,
    hits: Sequence[Hit],
    query_vector: NDArray[np.float32],
    collection: Collection,
    *,
    reader: Reader,
) -> tuple[Citation, ...]:
    """Cites every sentence of the hits that is good enough to answer, best first.

    These are the sentences that an extracted answer is chosen from: of the asked period, place and
    kind of figure, and near enough to the question.

    Args:
        question: As `reader` read it.
        hits: The passages.
        query_vector: The folded question's, shape (dimension,), of length 1.
        collection: What the hits were found in.
        reader: Reads questions about this collection.
    """
    evidence = Evidence(hits, query_vector, collection, reader)
    citations = Citations(collection.documents)
    for one in evidence.answering(question):
        candidate = one.candidate
        citations.cite(candidate.hit, with_speaker(candidate.hit.passage, candidate.span))
    return citations.all
