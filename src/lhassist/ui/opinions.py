"""What a reader does with an answer: says what it is worth, has it read aloud."""

from __future__ import annotations

import base64
import logging
from datetime import date
from typing import TYPE_CHECKING, get_args

from lhassist import feedback
from lhassist.answer.question import QUESTION_LIMIT
from lhassist.errors import FeedbackError, LhassistError
from lhassist.pronunciation import Pronunciation
from lhassist.speaking import open_voice
from lhassist.ui import given, saved
from lhassist.ui.given import Json

if TYPE_CHECKING:
    from lhassist.assistant import Assistant

_LOG = logging.getLogger(__name__)


def opinion(assistant: Assistant, wanted: object) -> Json:
    """Keeps what a reader thinks of an answer.

    Args:
        assistant: Its settings say where that is kept.
        wanted: `{"verdict", "reason"?, "comment"?, "answer"}`; the answer as `saved.to_json` has
            given it.

    Returns:
        `{}`; or `error`, the name of a label.
    """
    sent = given.fields(wanted)
    log = assistant.settings.feedback_log
    answer = saved.from_json(sent.get("answer"))
    verdict = given.one_of(get_args(feedback.Opinion), sent.get("verdict"))
    if log is None or answer is None or verdict is None:
        return {"error": "error.opinion"}
    kept = feedback.Feedback(
        day=date.today().isoformat(),
        verdict=verdict,
        reason=given.one_of(get_args(feedback.Reason), sent.get("reason")) or "",
        comment=given.text(sent.get("comment")),
        question=given.text(answer.understood_as or answer.question),
        said=given.text(answer.text),
        cited=tuple(
            f"{given.text(one.document_id)}#{one.start}-{one.end}" for one in answer.citations
        ),
        generation=assistant.generation.name,
    )
    try:
        feedback.record(log, kept)
    except FeedbackError as error:
        _LOG.error("%s (%s)", error.message, error.hint)
        return {"error": "error.opinion"}
    return {}


def spoken(assistant: Assistant, wanted: object) -> Json:
    """`{"text": ...}`: what to give a voice for the `text` of `wanted`."""
    text = given.text(given.fields(wanted).get("text"))[: 2 * QUESTION_LIMIT]
    return {"text": Pronunciation(assistant.generation.gazetteer).spoken(text)}


def recording(assistant: Assistant, wanted: object) -> Json:
    """Has the service's own voice say the `text` of `wanted`, a sentence.

    Returns:
        `{"sound": ...}`, a WAV file as a `data:` address; empty where it cannot be said.
    """
    text = given.text(given.fields(wanted).get("text"))[:QUESTION_LIMIT]
    settings = assistant.settings
    try:
        voice = open_voice(settings.models_dir, assistant.generation.gazetteer, settings.voice)
        sound = base64.b64encode(voice.wav(text)).decode()
    except LhassistError as error:
        _LOG.warning("%s (%s)", error.message, error.hint)
        return {"sound": ""}
    return {"sound": f"data:audio/wav;base64,{sound}"}
