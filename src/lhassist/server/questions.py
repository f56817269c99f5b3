"""Asking, searching and checking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query

from lhassist.answer import answer_to_json, hit_to_json
from lhassist.answer.export import claim_to_json
from lhassist.answer.question import QUESTION_LIMIT
from lhassist.answer.question.followup import told
from lhassist.errors import LhassistError
from lhassist.schema import Answer
from lhassist.server import events, problems
from lhassist.server.bodies import AnswerBody, AskBody, CheckBody, ClaimsBody, SearchBody
from lhassist.server.service import Service

MOST_HITS = 50


def routes(service: Service) -> APIRouter:
    """The routes that read the collection."""
    router = APIRouter(prefix="/v1", tags=["questions"], responses=problems.documented(422, 503))

    @router.post("/ask", response_model=AnswerBody, responses=_streamed(AnswerBody))
    def ask(body: AskBody) -> Any:
        """Answer a question with quoted sentences, or say that the collection does not hold it."""
        answers = _answers(service, body)
        if body.stream:
            # The first one is made here, so that an error of the question has its status.
            return events.stream(_as_events(next(answers), answers))
        *_, answer = answers
        service.metrics.answer(answer)
        return answer_to_json(answer)

    def _as_events(first: Answer, others: Iterator[Answer]) -> Iterator[str]:
        answer = first
        try:
            yield events.event(answer_to_json(answer), "answer")
            for answer in others:
                yield events.event(answer_to_json(answer), "answer")
        except LhassistError as error:
            yield events.event(problems.body(error).model_dump(), "problem")
            return
        service.metrics.answer(answer)
        yield events.event({}, "done")

    @router.get("/search", response_model=SearchBody)
    def search(
        query: Annotated[str, Query(min_length=1, max_length=QUESTION_LIMIT)],
        k: Annotated[int, Query(ge=1, le=MOST_HITS)] = 8,
    ) -> Any:
        """List the passages nearest to a query, best first."""
        hits = service.current().search(query, k)
        return {"query": query, "hits": [hit_to_json(n, hit) for n, hit in enumerate(hits, 1)]}

    @router.post("/check", response_model=ClaimsBody)
    def check(body: CheckBody) -> Any:
        """Hold each statement of a text against the articles."""
        claims = service.current().check(body.text, script=body.script)
        return {"text": body.text, "claims": [claim_to_json(claim) for claim in claims]}

    return router


def _answers(service: Service, body: AskBody) -> Iterator[Answer]:
    history = [told(t.question, t.understood_as or t.question, t.said) for t in body.history]
    return service.current().stream(body.question, script=body.script, history=history)


_EVENT = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["answer", "problem", "done"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}


def _streamed(model: type[AnswerBody]) -> dict[int | str, dict[str, Any]]:
    return {
        200: {
            "model": model,
            "description": "The answer; with `stream`, events named `answer`, then `done`",
            "content": {events.MEDIA_TYPE: {"schema": _EVENT}},
        }
    }
