"""What an operator's tools ask for."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from lhassist import __version__
from lhassist.server.bodies import HealthBody
from lhassist.server.service import Service


def routes(service: Service) -> APIRouter:
    """The routes for watching the service."""
    router = APIRouter(tags=["operations"])

    @router.get("/health", response_model=HealthBody)
    def health() -> Any:
        """Say that the service answers, and from which articles; asks no model."""
        generation = service.current().generation
        return {
            "status": "ok",
            "version": __version__,
            "generation": generation.name,
            "documents": len(generation.documents),
            "passages": len(generation.passages),
            "generator": service.settings.generator,
        }

    @router.get("/metrics", response_class=Response, responses=_TEXT)
    def metrics() -> Response:
        """Counters and durations in Prometheus' text format."""
        generation = service.current().generation
        exposed = service.metrics.exposition(
            documents=len(generation.documents), passages=len(generation.passages)
        )
        return Response(exposed, media_type=service.metrics.content_type)

    return router


_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}}
}
