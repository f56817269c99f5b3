"""The index: generations on disk, vectors and words. It takes arrays and terms, never models."""

from lhassist.index.collection import Collection, CollectionBuilder
from lhassist.index.generations import Generation, current_name, merged
from lhassist.index.manifest import Manifest, Source
from lhassist.index.vector_cache import VectorCache
from lhassist.index.writer import SCRATCH, Writer, open_writer

__all__ = [
    "SCRATCH",
    "Collection",
    "CollectionBuilder",
    "Generation",
    "Manifest",
    "Source",
    "VectorCache",
    "Writer",
    "current_name",
    "merged",
    "open_writer",
]
