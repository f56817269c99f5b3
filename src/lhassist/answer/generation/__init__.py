"""Answers in a language model's words, of which only what the quotes bear out is said.

quotes          the sentences that can answer, as evidence
prompts         what a model is told
drafts          what it says, cut into plain sentences
grounding       which of them the quotes bear out
generative      the answer
"""
