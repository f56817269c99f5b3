"""From hits to an answer made of quotes, or a refusal.

    question        what is asked
    weighing        how sure it is that a sentence answers
    citing          citations, and what is held against them before it is said
    evidence        the sentences that were retrieved, and what it takes to judge them
    checking        statements held against the articles
    forms           how an answer is put: plainly, as a table, as a correction, as a refusal
    generation      answers in a language model's words
    export          answers as JSON

`compose` is the door.
"""

from lhassist.answer.citing.citations import text_of
from lhassist.answer.evidence import Evidence
from lhassist.answer.export import answer_to_json, hit_to_json
from lhassist.answer.forms.compose import compose

__all__ = ["Evidence", "answer_to_json", "compose", "hit_to_json", "text_of"]
