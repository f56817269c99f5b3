"""From a question to the passages that may answer it."""

from lhassist.retrieve.search import Retrieved, Retriever

__all__ = ["Retrieved", "Retriever"]
