"""From hits to an answer made of quotes, or a refusal.

`compose` is the door. Every sentence of an answer is a sentence of an article, with its citation;
citations are made in `citations`, from retrieved passages only.
"""
