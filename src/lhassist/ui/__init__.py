"""The page: ask in a browser, read the answer, open the article behind every sentence.

`desk` answers what the page asks for; `answers`, `articles` and `markup` write HTML; `labels` holds
every text of the page; `page` is the only door to Gradio, opened by the functions here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from lhassist.config import Settings
from lhassist.errors import LhassistError

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from lhassist.assistant import Assistant
    from lhassist.jobs import Jobs

__all__ = ["build", "launch", "mount", "open_app", "run_app"]


def build(source: Assistant | Settings, *, jobs: Jobs | None = None) -> gr.Blocks:
    """Makes the page.

    Args:
        source: The assistant that answers; or settings, to open one over its index. A page from
            settings makes the index first, from `corpus_dir`, where there is none yet.
        jobs: Of the app that the page is mounted in; None gives the page its own.

    Returns:
        Blocks that are complete in themselves: `launch` them, or mount them in another app with
        the media folder of the index among `allowed_paths`.

    Raises:
        GenerationError: There is an index that cannot be used.
        CorpusError: There is none, and no article to make one from.
        ModelError: The embedding model cannot be used.
    """
    from lhassist.ui.desk import Desk
    from lhassist.ui.library import LibraryDesk

    if isinstance(source, Settings):
        from lhassist.ui.first_start import open_assistant

        source = open_assistant(source)
    library = LibraryDesk(source, jobs) if jobs else LibraryDesk.over(source)
    return _page().blocks(Desk(source), library)


def launch(page: gr.Blocks, settings: Settings) -> None:
    """Serves a page until it is interrupted, and says on stderr where.

    Args:
        page: From `build`.
        settings: Say where to listen, and where the pictures are.

    Raises:
        ConfigError: The address cannot be listened on.
    """
    _page().launch(page, settings)


def mount(app: FastAPI, page: gr.Blocks, settings: Settings) -> None:
    """Puts a page at the root of another app, for every address that the app has no route for.

    Args:
        app: With its own routes added already.
        page: From `build`.
        settings: Say where the pictures are.
    """
    _page().mount(app, page, settings)


def open_app() -> gr.Blocks:
    """What `app.py` exposes: the page over the usual settings."""
    with _plain_errors():
        return build(Settings.load())


def run_app(page: gr.Blocks) -> None:
    """What `python app.py` does with it."""
    with _plain_errors():
        launch(page, Settings.load())


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Ends the process with a message instead of a traceback where the user must act."""
    try:
        yield
    except LhassistError as error:
        sys.stderr.write(f"error: {error.message}\n  {error.hint}\n")
        raise SystemExit(2) from error


def _page() -> ModuleType:
    """Opens the door to Gradio, which then asks its makers' servers nothing."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from lhassist.ui import page

    return page
