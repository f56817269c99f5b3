"""How sure it is that a sentence answers.

candidates      the sentences of the hits, and how near each is to the question
fit             whether a sentence can answer at all: period, place, kind of figure
sought          where in a sentence the kind of figure stands that is asked for
dated           of which period a sentence's values are
slots           what stands in the place of the question word
enumeration     lists inside sentences
things          works and companies that a sentence names, where one is asked for
features        what speaks for a sentence and against it, as numbers
confidence      learned weights of these numbers
ranking         the sentences, the surest first
"""
