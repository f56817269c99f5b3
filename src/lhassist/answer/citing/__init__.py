"""Citations, and what is held against them before it is said.

citations       the only maker of citations
speaker         who says it: a claim is not told without its speaker
verify          the last look at a sentence: does a quote bear it out
"""
