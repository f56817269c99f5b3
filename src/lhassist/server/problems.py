"""Errors as problem details (RFC 9457): `application/problem+json`, one shape for all of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from lhassist.errors import (
    CorpusError,
    GenerationError,
    IndexLocked,
    JobCancelled,
    JobFailed,
    JobRunning,
    LanguageModelError,
    LhassistError,
    ModelError,
    NotOperator,
    QuestionError,
    UploadRefused,
)

MEDIA_TYPE = "application/problem+json"

_LOG = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[LhassistError], HTTPStatus], ...] = (
    (QuestionError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotOperator, HTTPStatus.FORBIDDEN),
    (UploadRefused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (CorpusError, HTTPStatus.CONFLICT),
    (IndexLocked, HTTPStatus.CONFLICT),
    (JobRunning, HTTPStatus.CONFLICT),
    (JobCancelled, HTTPStatus.CONFLICT),
    (GenerationError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LanguageModelError, HTTPStatus.BAD_GATEWAY),
)
"""The first class that an error belongs to decides; what is not listed is a fault of ours."""

_UPLOAD_STATUS = {
    "size": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "format": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


class Problem(BaseModel):
    """Why a request was not answered."""

    type: str = Field(default="about:blank", description="the kind of problem, a URI reference")
    title: str = Field(description="the HTTP status in words")
    status: int
    detail: str = Field(description="what happened")
    hint: str = Field(default="", description="what to do next")
    errors: list[dict[str, Any]] = Field(
        default=[], description="which fields of the request do not fit"
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says of its errors in the OpenAPI description.

    The schema is named and not given as `model`: FastAPI would describe that as
    `application/json` besides. `Described` adds it.
    """
    return {
        status: {"description": HTTPStatus(status).phrase, "content": _CONTENT}
        for status in statuses
    }


_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Described(FastAPI):
    """An app whose OpenAPI description holds the schema of its problems."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        described = super().openapi()
        described["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        return described


def body(error: LhassistError) -> Problem:
    """An expected error as a problem; `type` names its class."""
    status = _status(error)
    # A job tells the error that ended it by its name.
    name = (error.cause if isinstance(error, JobFailed) else "") or type(error).__name__
    return Problem(
        type=f"urn:lhassist:{name}",
        title=status.phrase,
        status=status,
        detail=error.message,
        hint=error.hint,
    )


def response(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem that its status names well enough."""
    return _response(
        Problem(title=HTTPStatus(status).phrase, status=status, detail=detail), headers
    )


def install(app: FastAPI) -> None:
    """Makes every error of an app a problem."""
    app.add_exception_handler(LhassistError, _expected)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _status(error: LhassistError) -> HTTPStatus:
    if isinstance(error, UploadRefused) and error.rule in _UPLOAD_STATUS:
        return _UPLOAD_STATUS[error.rule]
    if isinstance(error, NotOperator) and error.reason == "token":
        return HTTPStatus.UNAUTHORIZED
    if isinstance(error, JobFailed):
        named = (status for kind, status in _STATUS if kind.__name__ == error.cause)
        return next(named, HTTPStatus.INTERNAL_SERVER_ERROR)
    found = (status for kind, status in _STATUS if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LhassistError)
    problem = body(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s (%s)", error.message, error.hint)
    challenge = {"WWW-Authenticate": "Bearer"} if problem.status == HTTPStatus.UNAUTHORIZED else {}
    return _response(problem, challenge)


def _unfit(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [
        {"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()
    ]
    return _response(
        Problem(
            title=HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            detail="; ".join(f"{one['field']}: {one['message']}" for one in fields[:3]),
            hint="/docs describes what requests hold",
            errors=fields,
        )
    )


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return response(error.status_code, str(error.detail), error.headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return response(500, "something failed that should not; the service's log says what")


def _response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(
        problem.model_dump(), problem.status, media_type=MEDIA_TYPE, headers=headers
    )
