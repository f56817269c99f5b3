"""Puts the service together: the API's routes, then the page for every other address."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from lhassist import __version__
from lhassist.server import documents, openai, operations, problems, questions, reference
from lhassist.server.middleware import BodyLimit, Counted
from lhassist.server.service import Service
from lhassist.ui.headers import SecurityHeaders

_DESCRIPTION = """Ask about the city of Luohe in either Chinese script and get an answer made of \
quotes. Offsets count Unicode code points of an article's `text`. Errors are problem details \
(RFC 9457). Adding and removing articles is the operator's: send `Authorization: Bearer TOKEN` \
where a token is set; else it is possible from the machine itself only."""


def application(service: Service, *, page: bool = True) -> FastAPI:
    """Makes the app.

    Args:
        service: What its requests share.
        page: Whether the page is mounted at `/`.
    """
    app = problems.Described(
        title="lhassist",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(BodyLimit)
    app.add_middleware(Counted, metrics=service.metrics)
    for room in (questions, documents, openai, operations):
        app.include_router(room.routes(service))
    app.include_router(_reference(app))
    if page:
        from lhassist import ui

        ui.mount(app, ui.build(service.assistant, jobs=service.jobs), service.settings)
    return app


def _reference(app: FastAPI) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/docs", response_class=HTMLResponse)
    def docs() -> str:
        return reference.page(app.openapi())

    @router.api_route("/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def unknown(rest: str) -> Any:
        raise HTTPException(404, f"there is no /v1/{rest}; /docs lists what there is")

    return router
