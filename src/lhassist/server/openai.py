"""OpenAI's API over the same answers, for the programs that speak nothing else.

A chat answer has the sentences with their marks, and below them the sources with their quotes; the
whole answer as `/v1/ask` gives it stands in the field `lhassist`.
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from lhassist.answer import answer_to_json
from lhassist.answer.export import sources_below
from lhassist.answer.question.followup import told
from lhassist.assistant import Assistant
from lhassist.errors import LhassistError, QuestionError
from lhassist.schema import Answer, Turn
from lhassist.server import events, problems
from lhassist.server.bodies import ChatBody, EmbeddingsBody, Message, SpeechBody
from lhassist.server.service import Service

_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion; with `stream`, chunks of it, then `[DONE]`",
        "content": {
            events.MEDIA_TYPE: {
                "schema": {"type": "object", "properties": {"data": {"type": "string"}}}
            }
        },
    }
}
_SOUND: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A WAV file",
        "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
    }
}
CHAT_MODEL, EMBEDDING_MODEL = "lhassist", "lhassist-embedding"


def routes(service: Service) -> APIRouter:
    """The routes of OpenAI's API."""
    router = APIRouter(prefix="/v1", tags=["OpenAI's API"], responses=problems.documented(422, 503))

    @router.get("/models")
    def models() -> dict[str, Any]:
        """The names that the other routes know."""
        names = (CHAT_MODEL, EMBEDDING_MODEL)
        return {
            "object": "list",
            "data": [
                {"id": name, "object": "model", "created": 0, "owned_by": "lhassist"}
                for name in names
            ],
        }

    @router.post("/chat/completions", response_model=dict[str, Any], responses=_STREAMED)
    def chat(body: ChatBody) -> Any:
        """Answer the last message of a conversation with quoted sentences and their sources."""
        answers = _answers(service.current(), body.messages)
        head = {
            "id": f"chatcmpl-{uuid.uuid4().hex}",
            "created": int(time.time()),
            "model": CHAT_MODEL,
        }
        if body.stream:
            return events.stream(_chunks(head, next(answers), answers))
        *_, answer = answers
        service.metrics.answer(answer)
        message = {
            "role": "assistant",
            "content": answer.text + sources_below(answer.citations),
            "refusal": None,
        }
        return {
            **head,
            "object": "chat.completion",
            "choices": [
                {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
            ],
            "lhassist": answer_to_json(answer),
        }

    def _chunks(head: dict[str, Any], first: Answer, others: Iterator[Answer]) -> Iterator[str]:
        answer, sent = first, ""
        yield _chunk(head, {"role": "assistant", "content": ""})
        try:
            for answer in chain((first,), others):
                if answer.fallback == "pending":
                    # What is sent cannot be taken back, and a model's words may take its place.
                    continue
                new = _continuation(sent, answer.text)
                sent += new
                if new:
                    yield _chunk(head, {"content": new})
        except LhassistError as error:
            yield events.event({"error": problems.body(error).model_dump()})
            return
        service.metrics.answer(answer)
        yield _chunk(head, {"content": sources_below(answer.citations)})
        yield _chunk(head, {}, finish="stop", lhassist=answer_to_json(answer))
        yield "data: [DONE]\n\n"

    @router.post("/embeddings")
    def embeddings(body: EmbeddingsBody) -> dict[str, Any]:
        """Turn texts into vectors of length 1; both scripts of a text have the same one."""
        texts = [body.input] if isinstance(body.input, str) else body.input
        assistant = service.current()
        if not texts or not all(text.strip() for text in texts):
            raise QuestionError("a text to embed is empty", hint="leave empty texts out")
        if body.dimensions not in (None, assistant.dimension):
            raise QuestionError(
                f"vectors have {assistant.dimension} dimensions, not {body.dimensions}",
                hint="leave `dimensions` out",
            )
        vectors = assistant.embed(texts, as_questions=body.input_type == "query")
        as_text = body.encoding_format == "base64"
        return {
            "object": "list",
            "model": EMBEDDING_MODEL,
            "data": [
                {
                    "object": "embedding",
                    "index": index,
                    "embedding": (
                        base64.b64encode(vector.astype("<f4").tobytes()).decode()
                        if as_text
                        else vector.tolist()
                    ),
                }
                for index, vector in enumerate(vectors)
            ],
        }

    @router.post(
        "/audio/speech", response_class=Response, responses=_SOUND | problems.documented(404)
    )
    def speech(body: SpeechBody) -> Response:
        """Say a text in Mandarin, local names as the gazetteer says; needs the model `kokoro`."""
        voice = service.voice()
        if voice is None:
            raise HTTPException(404, "there is no voice here; type: lhassist models install kokoro")
        return Response(voice.wav(body.input), media_type="audio/wav")

    return router


def _answers(assistant: Assistant, messages: Sequence[Message]) -> Iterator[Answer]:
    texts = [(one.role, _text(one)) for one in messages]
    asked = [place for place, (role, _) in enumerate(texts) if role == "user"]
    if not asked:
        raise QuestionError("no message is the user's", hint='send one with "role": "user"')
    history = _history(texts[: asked[-1]])
    return assistant.stream(texts[asked[-1]][1], history=history)


def _history(texts: Sequence[tuple[str, str]]) -> list[Turn]:
    """Each question with what was said next."""
    turns: list[Turn] = []
    for place, (role, text) in enumerate(texts):
        if role == "user" and text.strip():
            said = texts[place + 1][1] if place + 1 < len(texts) else ""
            turns.append(told(text, text, said))
    return turns


def _text(message: Message) -> str:
    """The text of a message; of one made of parts, of those that are text."""
    if isinstance(message.content, list):
        parts = (part.get("text") for part in message.content if part.get("type") == "text")
        return "\n".join(part for part in parts if isinstance(part, str))
    return message.content or ""


def _continuation(sent: str, text: str) -> str:
    """What to send so that a reader of all of it has the text; sent words cannot be taken back."""
    return text[len(sent) :] if text.startswith(sent) else f"\n\n{text}"


def _chunk(
    head: dict[str, Any], delta: dict[str, str], finish: str | None = None, **more: Any
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return events.event({**head, "object": "chat.completion.chunk", "choices": [choice], **more})
