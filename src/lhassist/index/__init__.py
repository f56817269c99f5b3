"""The index: generations on disk, vectors and words. It takes arrays and terms, never models."""

from lhassist.index.collection import Collection, CollectionBuilder
from lhassist.index.generations import Generation, current_name, merged
from lhassist.index.history import Change, history, manifests
from lhassist.index.manifest import Manifest, Source
from lhassist.index.vector_cache import VectorCache
from lhassist.index.writer import SCRATCH, Writer, open_writer

__all__ = [
    "SCRATCH",
    "Change",
    "Collection",
    "CollectionBuilder",
    "Generation",
    "Manifest",
    "Source",
    "VectorCache",
    "Writer",
    "current_name",
    "history",
    "manifests",
    "merged",
    "open_writer",
]
