"""Articles into the index: compare with what is held, read, split, embed, publish.

`ingest` changes the index on disk; `build_in_memory` treats articles alike and keeps nothing.
`filing` also changes the folder of articles: files that arrive from elsewhere, and those that go.
"""

from lhassist.ingest.build import Article, Progress, build_in_memory
from lhassist.ingest.report import Copy, Duplicate, Failure, Report
from lhassist.ingest.run import ingest

__all__ = [
    "Article",
    "Copy",
    "Duplicate",
    "Failure",
    "Progress",
    "Report",
    "build_in_memory",
    "ingest",
]
