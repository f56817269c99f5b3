"""Recordings: what is said in them, with the times."""

from __future__ import annotations

from urllib.parse import quote

from lhassist.corpus import speech
from lhassist.corpus.homophones import mended
from lhassist.corpus.parts import Draft, Part
from lhassist.corpus.source import Source
from lhassist.corpus.subtitles import Utterance, parse_subtitles
from lhassist.corpus.transcript import paragraphs
from lhassist.errors import UnreadableFile


def parse(source: Source) -> Draft:
    """Reads a recording: its caption, which is its name, and its transcript.

    Subtitles beside it (`.srt`, `.vtt`) are its transcript where there are some; else it is
    transcribed by machine.

    Raises:
        UnreadableFile: It holds no sound that can be decoded.
    """
    name, target = source.path.stem, quote(source.path.name)
    if said := parse_subtitles(source.aids.subtitles):
        parts = paragraphs(said, "subtitles", target)
    else:
        parts = paragraphs(transcribed(source), "speech", target)
    return Draft(name, (Part("caption", name, target), *parts))


def transcribed(source: Source) -> list[Utterance]:
    """Has the sound of a file transcribed, with local names written as the gazetteer does.

    Raises:
        UnreadableFile: It holds no sound that can be decoded.
    """
    names = source.aids.names
    source.file.seek(0)
    try:
        heard = speech.transcribe(
            source.file,
            hotwords=[one.name for one in names],
            model=source.aids.speech_model,
            heard=source.heard,
        )
    except ValueError as error:
        raise UnreadableFile(source.path, str(error)) from error
    return [Utterance(mended(one.text, names), one.time) for one in heard]
