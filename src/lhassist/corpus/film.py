"""Films: their subtitles, or else what is said in them; and the first picture of every scene."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from lhassist.corpus import ocr
from lhassist.corpus.parts import Draft, Part
from lhassist.corpus.picture import read_page
from lhassist.corpus.pixels import look
from lhassist.corpus.sound import transcribed
from lhassist.corpus.source import Source
from lhassist.corpus.subtitles import Utterance, parse_subtitles, plain
from lhassist.corpus.transcript import paragraphs
from lhassist.errors import UnreadableFile
from lhassist.schema import TimeRange

if TYPE_CHECKING:
    from PIL import Image

SCENE = 8.0
"""How much the colours of two key frames differ where a scene has changed, in 255ths a channel."""

MAX_FRAMES = 12
_SMALL = (64, 36)
_WIDTH = 960
_CHINESE = ("chi", "zho", "cmn", "yue", "zh")
_MAX_SUBTITLES = 20_000
# PNG would take ten times the room for a photograph.
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of a film, and the second at which it is shown."""

    picture: Image.Image
    time: float


def parse(source: Source) -> Draft:
    """Reads a film: its caption, which is its name, its text, and its scenes as pictures.

    The text is that of the subtitles beside the film, else of those in it, else what a machine
    hears. Whoever wrote subtitles has heard better.

    Raises:
        UnreadableFile: It cannot be decoded.
    """
    import av

    name, target = source.path.stem, quote(source.path.name)
    try:
        said = parse_subtitles(source.aids.subtitles) or embedded_subtitles(source.file)
        frames = key_frames(source.file)
        has_sound = _has_sound(source.file)
    except (av.FFmpegError, ValueError) as error:
        raise UnreadableFile(source.path, f"a film that cannot be decoded: {error}") from error
    if said:
        parts = list(paragraphs(said, "subtitles", target))
    elif has_sound:
        parts = list(paragraphs(transcribed(source), "speech", target))
    else:
        parts = []
    scenes = [part for frame in frames for part in _scene(frame, name, source)]
    film = Part("caption", name, target)
    return Draft(name, (film, *parts, *scenes))


def embedded_subtitles(file: BinaryIO) -> list[Utterance]:
    """The subtitles in a film, in Chinese where there are several; pictures of text are left out.

    Raises:
        av.FFmpegError: It is no film.
    """
    import av

    file.seek(0)
    found: list[Utterance] = []
    with av.open(file, "r", metadata_errors="ignore") as container:
        streams = sorted(
            container.streams.subtitles, key=lambda stream: stream.language not in _CHINESE
        )
        for stream in streams:
            for packet in container.demux(stream):
                if packet.pts is None or packet.time_base is None:
                    continue
                start = max(0.0, float(packet.pts * packet.time_base))
                end = start + float((packet.duration or 0) * packet.time_base)
                for subtitle in packet.decode():
                    dialogue = getattr(subtitle, "dialogue", b"").decode("utf-8", "replace")
                    if text := plain(dialogue.replace("\\N", " ")):
                        found.append(Utterance(text, TimeRange(round(start, 2), round(end, 2))))
            if found:
                break
            container.seek(0)
    return found[:_MAX_SUBTITLES]


def key_frames(file: BinaryIO) -> list[Frame]:
    """The first picture of every scene of a film, at most `MAX_FRAMES`, in order.

    Only the frames that are coded whole are looked at: encoders put one at every cut. A scene is
    new where its colours, at 64 x 36 pixels, differ from those of the last by more than `SCENE` in
    the mean; grey values would miss a cut between scenes of equal brightness.

    Raises:
        av.FFmpegError: It is no film.
    """
    import av
    from PIL import Image

    file.seek(0)
    scenes: list[Frame] = []
    last: NDArray[np.float32] | None = None
    with av.open(file, "r", metadata_errors="ignore") as container:
        if not container.streams.video:
            return []
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for frame in container.decode(stream):
            small = frame.reformat(*_SMALL, format="rgb24").to_ndarray().astype(np.float32)
            if last is not None and float(np.abs(small - last).mean()) <= SCENE:
                continue
            last = small
            width = min(frame.width, _WIDTH)
            height = max(1, round(frame.height * width / frame.width))
            shown = frame.reformat(width, height, format="rgb24")
            picture = Image.fromarray(shown.to_ndarray())
            scenes.append(Frame(picture, round(float(frame.time or 0.0), 2)))
            if len(scenes) > 4 * MAX_FRAMES:
                break
    return _spread(scenes)


def _spread(frames: Sequence[Frame]) -> list[Frame]:
    """As many frames as may be, evenly over the film."""
    if len(frames) <= MAX_FRAMES:
        return list(frames)
    return [frames[round(i * (len(frames) - 1) / (MAX_FRAMES - 1))] for i in range(MAX_FRAMES)]


def _has_sound(file: BinaryIO) -> bool:
    import av

    file.seek(0)
    with av.open(file, "r", metadata_errors="ignore") as container:
        return bool(container.streams.audio)


def _scene(frame: Frame, name: str, source: Source) -> Iterator[Part]:
    """A scene's picture with its time as the caption, and what is written in it."""
    file = io.BytesIO()
    frame.picture.save(file, "JPEG", quality=_QUALITY)
    minutes, seconds = divmod(int(frame.time), 60)
    kept = source.keep(file.getvalue())
    if not kept:
        return
    caption = f"{name} {minutes:02}:{seconds:02}"
    yield Part("caption", caption, picture=kept, look=look(frame.picture))
    if ocr.is_installed():
        lines = "\n".join(part.text for part in read_page(frame.picture, source).parts)
        if lines:
            yield Part("caption", lines, picture=kept, origin="ocr")
