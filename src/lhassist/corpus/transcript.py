"""What is said in a sound or film as paragraphs: a line an utterance, each with its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lhassist.corpus.parts import Part
from lhassist.corpus.subtitles import Utterance
from lhassist.schema import Origin

_PAUSE = 3.0  # Seconds.
_LONG = 300


def paragraphs(utterances: Sequence[Utterance], origin: Origin, target: str) -> Iterator[Part]:
    """Puts utterances together, up to a long pause or `_LONG` characters.

    A line of the text is quoted by itself: the machine does not know where sentences end, and a
    subtitle has no stops.

    Args:
        utterances: In order.
        origin: Who wrote them down.
        target: The sound or film, as its caption names it.
    """
    run: list[Utterance] = []
    for utterance in utterances:
        if run and (
            utterance.time.start - run[-1].time.end > _PAUSE
            or sum(len(one.text) for one in run) > _LONG
        ):
            yield _paragraph(run, origin, target)
            run = []
        run.append(utterance)
    if run:
        yield _paragraph(run, origin, target)


def _paragraph(run: Sequence[Utterance], origin: Origin, target: str) -> Part:
    lines = "\n".join(utterance.text for utterance in run)
    times = tuple(one.time for one in run)
    return Part("paragraph", lines, target, origin=origin, times=times)
