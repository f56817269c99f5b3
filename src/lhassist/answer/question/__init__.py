"""What is asked: of what kind, about what, of which period, in which words.

reader          reads a question
kinds           what kind of thing a question word asks for
names, words    local names; words that say the same, or nothing
mistyped        local names with a wrong character
followup        questions that lean on the one before
"""

from lhassist.answer.question.reader import QUESTION_LIMIT, Question, Reader, Term, checked

__all__ = ["QUESTION_LIMIT", "Question", "Reader", "Term", "checked"]
