"""From a question to the passages that may answer it."""

from lhassist.retrieve.search import GROUP_SHARE, Retrieved, Retriever

__all__ = ["GROUP_SHARE", "Retrieved", "Retriever"]
