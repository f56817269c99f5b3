"""The assistant that answers are measured on: the project's own articles and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.errors import EvaluationError
from lhassist.ingest import ingest


@contextmanager
def sample_assistant(
    settings: Settings, *, embedder: Embedder | None = None
) -> Iterator[Assistant]:
    """Opens an assistant over `settings.corpus_dir`, with an index that is gone afterwards.

    The user's index is not touched: it may hold more articles, which would answer too.

    Args:
        settings: Name the articles, the embedder and the caches.
        embedder: Instead of the one that the settings name.

    Raises:
        EvaluationError: The articles are not there.
        CorpusError: None of them can be read.
        ModelError: The embedder cannot be used.
    """
    if not settings.corpus_dir.is_dir():
        raise EvaluationError(
            f"{settings.corpus_dir}: there are no articles to ask about",
            hint="run `eval answers` in a checkout of the project",
        )
    opened = embedder or open_embedder(settings.embedder, settings.cache_dir)
    with tempfile.TemporaryDirectory(prefix="lhassist-eval-") as folder:
        own = settings.model_copy(
            update={"index_dir": Path(folder), "script": "auto", "gap_log": None}
        )
        ingest(own, [settings.corpus_dir], embedder=opened)
        yield Assistant.open(own, embedder=opened)
