"""Articles into the index: compare with what is held, read, split, embed, publish.

`ingest` changes the index on disk; `build_in_memory` treats articles alike and keeps nothing.
`arrivals` keeps files that come from elsewhere until `filing` puts them into the folder of
articles, out of which it also takes those that go.
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
