"""Questions that are spoken, or that are pictures: their words, for the reader to correct.

A machine hears or reads them; what it makes of them is shown and asked only by the reader.
"""

from __future__ import annotations

import base64
import binascii
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lhassist.answer.question import QUESTION_LIMIT
from lhassist.corpus import FILM, PICTURE, SOUND, Format, by_suffix, reads_pictures
from lhassist.errors import LhassistError, UnreadableFile
from lhassist.ui.given import Json, fields, text

if TYPE_CHECKING:
    from lhassist.assistant import Assistant

MAX_BYTES = 12_000_000
"""The largest recording or picture: a minute of sound without loss, a large camera's photograph."""

Way = Literal["sound", "picture"]

_WAYS: Mapping[Format, Way] = {SOUND: "sound", FILM: "sound", PICTURE: "picture"}
_LOG = logging.getLogger(__name__)


def ways() -> Json:
    """What may be asked with here, besides the keyboard.

    Returns:
        Of `sound` and `picture` those that are installed, each with the suffixes of its files; and
        `bytes`, the most that a file may have.
    """
    found: Json = {"bytes": MAX_BYTES}
    if SOUND.is_installed:
        found["sound"] = [*SOUND.suffixes, *FILM.suffixes]
    if reads_pictures():
        found["picture"] = [*PICTURE.suffixes]
    return found


def wording(assistant: Assistant, sent: object) -> Json:
    """The words of a recording, or what a picture shows.

    Args:
        assistant: Knows the local names and the pictures of the collection.
        sent: `{"name", "data"}`: the name of the file, which tells its kind, and its bytes as
            base64.

    Returns:
        `way` and `words`, no more than a question may have; of a picture that the collection holds,
        `words` is its caption, and `document`, `title`, `start` and `end` say where that stands.
        Or `error`, the name of a label.
    """
    given = fields(sent)
    name, data = Path(text(given.get("name"))), text(given.get("data"))
    format = by_suffix(name)
    way = _WAYS.get(format) if format else None
    if way is None or way not in ways():
        return {"error": "wording.format"}
    if len(data) > 4 * (MAX_BYTES // 3 + 1):
        return {"error": "wording.size"}
    try:
        decoded = base64.b64decode(data, validate=True)
    except binascii.Error:
        return {"error": "error.unexpected"}
    with tempfile.TemporaryDirectory(prefix="lhassist-asked-") as folder:
        file = Path(folder) / f"asked{name.suffix.lower()}"
        file.write_bytes(decoded)
        try:
            return _read(assistant, file, way)
        except UnreadableFile as error:
            _LOG.info("%s", error.reason)
        except LhassistError as error:
            _LOG.error("%s (%s)", error.message, error.hint)
            return {"error": "error.unexpected"}
    return {"error": f"wording.none.{way}"}


def _read(assistant: Assistant, file: Path, way: Way) -> Json:
    known = assistant.alike(file) if way == "picture" else ()
    if known:
        document, media = known[0]
        return {
            "way": way,
            "words": media.caption,
            "document": document.id,
            "title": document.title,
            "start": media.span.start,
            "end": media.span.end,
        }
    words = assistant.words_in(file)[:QUESTION_LIMIT]
    return {"way": way, "words": words} if words else {"error": f"wording.none.{way}"}
