"""Listing and reading articles; adding and removing them, which is the operator's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from starlette.exceptions import HTTPException

from lhassist.answer.export import document_to_json, entry_to_json
from lhassist.errors import LhassistError
from lhassist.ingest import arrivals
from lhassist.schema import Document
from lhassist.server import problems
from lhassist.server.bodies import DocumentBody, DocumentsBody, FilingBody, RemovalBody
from lhassist.server.service import Service

_OPERATOR = problems.documented(401, 403, 409, 422, 503)


def routes(service: Service) -> APIRouter:
    """The routes of the library."""
    router = APIRouter(prefix="/v1/documents", tags=["documents"])

    def operator(request: Request) -> None:
        service.let_operator_pass(request)

    @router.get("", response_model=DocumentsBody)
    def documents() -> Any:
        """List the articles."""
        generation = service.current().generation
        return {
            "generation": generation.name,
            "documents": [entry_to_json(one) for one in generation.documents.values()],
        }

    @router.get(
        "/{document_id:path}", response_model=DocumentBody, responses=problems.documented(404, 422)
    )
    def document(document_id: str) -> Any:
        """Read a whole article."""
        return document_to_json(_held(service, document_id))

    @router.post(
        "",
        response_model=FilingBody,
        responses=problems.documented(413, 415) | _OPERATOR,
        dependencies=[Depends(operator)],
    )
    def add(
        files: Annotated[list[UploadFile], File(description="articles in any format that is read")],
        replace: Annotated[
            bool, Query(description="whether files of the same name are replaced")
        ] = False,
    ) -> Any:
        """Add articles; the answer comes when they are in use. For the operator."""
        arrived: list[Path] = []
        try:
            for file in files:
                corpus_dir = service.settings.corpus_dir
                arrived.append(arrivals.arrive(corpus_dir, file.filename or "", file.file.read()))
            paths = [str(path) for path in arrived]
            job = service.jobs.start("add", arrived=paths, replace=replace)
        except LhassistError:
            arrivals.discard(arrived)
            raise
        return job.result()

    @router.delete(
        "/{document_id:path}",
        response_model=RemovalBody,
        responses=problems.documented(404) | _OPERATOR,
        dependencies=[Depends(operator)],
    )
    def remove(document_id: str) -> Any:
        """Remove an article; its file is set aside, not destroyed. For the operator."""
        held = _held(service, document_id)
        return service.jobs.start("remove", document_ids=[held.id]).result()

    return router


def _held(service: Service, document_id: str) -> Document:
    try:
        return service.current().document(document_id)
    except KeyError as error:
        raise HTTPException(404, f"there is no article {document_id!r}") from error
