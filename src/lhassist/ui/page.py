"""The only door to Gradio: one component that holds the page, and the calls that it makes.

The page's markup, style and script are files in `static/`. Gradio serves them, carries the calls,
queues the questions and streams the answers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from lhassist.config import Settings
from lhassist.errors import ConfigError
from lhassist.ui import claims, opinions, wording
from lhassist.ui.desk import Desk
from lhassist.ui.given import Json
from lhassist.ui.headers import SecurityHeaders
from lhassist.ui.labels import FONT_TAG, READER, tables
from lhassist.ui.library import Caller, LibraryDesk

_STATIC = files("lhassist.ui") / "static"

_QUIET_LOADING = (
    "<style>.gradio-container [data-testid=status-tracker] .loading { visibility: hidden }</style>"
)
"""Gradio says "Loading..." to readers of a language that it does not have, such as Hong Kong's."""

Answers = Callable[[Any], Json]
"""What the page calls with one value that a browser sent, which may be anything."""

PARALLEL_QUESTIONS = 4
"""Questions answered at the same time; more wait in Gradio's queue."""

PARALLEL_WAITS = 24
"""The same where a language model words them: readers wait for it, and four who do must not keep
the others from their quotes. Gradio has 40 threads."""

PARALLEL_FOLLOWERS = 8
"""Windows that may follow a job at the same time."""

PARALLEL_ENGINES = 1
"""Recordings or pictures whose words are read at the same time; each takes some 1 GB."""


def blocks(desk: Desk, library: LibraryDesk) -> gr.Blocks:
    """The page over one assistant; complete in itself, so that it can be mounted anywhere."""

    def start(chosen: object, request: gr.Request) -> Json:
        return desk.start(chosen, request.headers.get("accept-language", ""))

    def examples(chosen: object, request: gr.Request) -> Json:
        return desk.examples(chosen, request.headers.get("accept-language", ""))

    def ask(question: str, script: str, session_script: str, history: list[Any]) -> Iterator[Json]:
        yield from desk.ask(question, script, session_script, history)

    def operate(action: str, given: dict[str, Any], request: gr.Request) -> Iterator[Json]:
        yield library.operate(action, given, _caller(request))

    def follow(request: gr.Request) -> Iterator[Json]:
        yield from library.follow(_caller(request))

    def words(sent: dict[str, Any]) -> Iterator[Json]:
        yield wording.wording(assistant, sent)

    assistant = desk.assistant
    calls: dict[str, Answers] = {
        "article": desk.article,
        "topic": desk.topic,
        "restore": desk.restore,
        "check": partial(claims.check, assistant),
        "opinion": partial(opinions.opinion, assistant),
        "spoken": partial(opinions.spoken, assistant),
        "recording": partial(opinions.recording, assistant),
        "articles": library.articles,
        "changes": library.changes,
        "report": library.report,
    }
    with gr.Blocks(title="漯河问答", fill_width=True, analytics_enabled=False) as page:
        gr.HTML(
            html_template=_markup(),
            head=f"<style>{_joined('css')}</style>",
            js_on_load=_joined("js"),
            apply_default_css=False,
            server_functions=[start, examples, *(_served(*call) for call in calls.items())],
            labels=tables(),
            font_tags=dict(FONT_TAG),
            readers=dict(READER),
        )
        gr.api(
            ask,
            api_name="ask",
            concurrency_limit=PARALLEL_WAITS if assistant.asks_model else PARALLEL_QUESTIONS,
            api_visibility="undocumented",
        )
        for queued, parallel in (
            (operate, PARALLEL_FOLLOWERS),
            (follow, PARALLEL_FOLLOWERS),
            (words, PARALLEL_ENGINES),
        ):
            gr.api(
                queued,
                api_name=queued.__name__,
                concurrency_limit=parallel,
                api_visibility="undocumented",
            )
    return page


def _caller(request: gr.Request) -> Caller:
    client = request.client
    return Caller(dict(request.headers), client.host if client else None)


def _served(name: str, answer: Answers) -> Answers:
    """A function that the page may call by its name.

    Gradio marks each one and reads its name, which methods and partial functions do not allow.
    """

    def call(wanted: Any) -> Json:
        return answer(wanted)

    call.__name__ = name
    return call


def mount(app: FastAPI, page: gr.Blocks, settings: Settings) -> None:
    """Puts the page at the root of another app; see `lhassist.ui.mount`."""
    gr.mount_gradio_app(app, page, path="/", **_looks(settings))


def launch(page: gr.Blocks, settings: Settings) -> None:
    """Serves the page until it is interrupted; see `lhassist.ui.launch`."""
    try:
        _, address, _ = page.launch(
            server_name=settings.host,
            server_port=settings.port,
            share=False,
            prevent_thread_lock=True,
            quiet=True,
            app_kwargs={"middleware": [Middleware(SecurityHeaders, embedded_by=_embedded_by())]},
            **_looks(settings),
        )
    except OSError as error:
        raise ConfigError(
            f"{settings.host}, port {settings.port}: cannot be listened on",
            hint="choose another port: LHASSIST_PORT=7861, or serve --port 7861",
        ) from error
    sys.stderr.write(f"lhassist: {address}\n")
    page.block_thread()


def _embedded_by() -> tuple[str, ...]:
    """A Hugging Face Space is shown in a frame of the hub."""
    return ("https://huggingface.co",) if "SPACE_ID" in os.environ else ()


def _looks(settings: Settings) -> dict[str, Any]:
    """What the page needs of Gradio wherever it is served."""
    return {
        "allowed_paths": [str((settings.index_dir / "media").resolve())],
        "favicon_path": str(_STATIC / "seal.png"),
        "theme": _theme(),
        "head": _QUIET_LOADING,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
    }


def _markup() -> str:
    """The page with its views, each of which is a file of its own."""
    return _static("page.html").replace("<!-- the other views -->", _joined("views"))


def _joined(kind: str) -> str:
    """The parts in a folder of `static/`, in the order of their names; of scripts one body."""
    parts = sorted((_STATIC / kind).iterdir(), key=lambda part: part.name)
    return "\n".join(part.read_text("utf-8") for part in parts if part.is_file())


def _static(name: str) -> str:
    return (_STATIC / name).read_text("utf-8")


def _theme() -> gr.Theme:
    """Only what shows before the page does: its colours, and no font of Gradio's."""
    system = [gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")]
    return gr.themes.Base(font=system, font_mono=system).set(
        body_background_fill="#fbf9f4",
        body_background_fill_dark="#161512",
        body_text_color="#1f1c18",
        body_text_color_dark="#e9e4d9",
    )
