"""From hits to an answer made of quotes, or a refusal.

    question        what is asked: of what kind, about what, of which period
    evidence        the sentences of the hits, and how near each is to the question
    fit             whether a sentence can answer at all: period, place, kind of figure
    extractive      chooses sentences and writes the plain answer
    forms           how an answer is put: plainly, as a correction or as a table
    table           values that differ by date or by source
    values          what a sentence gives as the answer, and for when
    versions        what an article itself tells in several versions
    slots           what stands in the place of the question word
    series          the numbers of a table, for a chart
    timeline        what happened when, where a history is asked for
    parts           several things asked for at once
    premise         what a question takes for granted
    counterparts    names that a question takes for granted
    claims          whether the statements of a text are so
    verify          the last look at a sentence before it is said
    citations       the only maker of citations
    quotes          the sentences that can answer, as evidence for other writers
    generative      answers in a language model's words: prompts, drafts, grounding
    refusal         what is said when nothing answers
    numbers, dates  the figures and periods in a text
    moments         the points in time in a text
    export          answers as JSON

`compose` is the door.
"""

from lhassist.answer.export import answer_to_json, hit_to_json
from lhassist.answer.extractive import text_of
from lhassist.answer.forms import compose

__all__ = ["answer_to_json", "compose", "hit_to_json", "text_of"]
