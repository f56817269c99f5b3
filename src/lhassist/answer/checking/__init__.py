"""Statements held against the articles.

premise         what a question takes for granted
counterparts    names that a text takes for granted, and the articles' own
claims          whether the statements of a text are so
"""
