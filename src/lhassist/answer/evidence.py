"""What the collection has to say to a question: the evidence that every form of answer is made of.

Retrieved passages are cut into sentences once; forms and checks ask other questions of the same
sentences than the one that was asked (漯河上半年GDP增长多少 for 为什么漯河上半年GDP增长8.7%).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lhassist.answer.question import Question, Reader
from lhassist.answer.weighing import ranking
from lhassist.answer.weighing.candidates import Candidate, Weights, candidates
from lhassist.answer.weighing.ranking import Scored
from lhassist.index import Collection
from lhassist.schema import Document, Hit


class Evidence:
    """The sentences that were retrieved, and what it takes to judge them.

    Args:
        hits: The retrieved passages, best first.
        query_vector: The folded question's, shape (dimension,), of length 1.
        collection: What the hits were found in.
        reader: Reads questions about this collection.

    Attributes:
        sentences: Of the passages, best passage first.
        weights: How telling words are in the collection.
    """

    def __init__(
        self,
        hits: Sequence[Hit],
        query_vector: NDArray[np.float32],
        collection: Collection,
        reader: Reader,
    ) -> None:
        self.hits = hits
        self.collection = collection
        self.reader = reader
        self.sentences = candidates(hits, query_vector, collection)
        self.weights = Weights(collection)

    def answering(self, question: Question) -> list[Scored]:
        """The sentences that answer surely enough, best first; empty where none does."""
        return ranking.rank(question, self.sentences, self.weights, self.reader)

    def ordered(self, question: Question) -> list[Scored]:
        """All sentences that may answer, best first, however unsure it is that they do."""
        return ranking.ordered(question, self.sentences, self.weights, self.reader)

    def article(self, sentence: Candidate) -> Document:
        """The article that a sentence is from."""
        return self.collection.documents[sentence.hit.passage.document_id]
