"""Films become articles: subtitles before what a machine hears, and a picture a scene."""

from __future__ import annotations

from pathlib import Path

import pytest

from lhassist.corpus import Reader
from lhassist.corpus.film import MAX_FRAMES, key_frames
from lhassist.errors import UnreadableFile
from lhassist.passages import split
from lhassist.schema import Document, TimeRange
from tests.media import material

pytestmark = pytest.mark.usefixtures("asr")


def _read(reader: Reader, path: Path) -> Document:
    return reader.read(path, document_id=path.name, root=path.parent)


def _cues(document: Document) -> list[tuple[float, float, str]]:
    return [
        (cue.time.start, cue.time.end, document.text[cue.span.start : cue.span.end])
        for cue in document.media[0].cues
    ]


def test_subtitles_in_a_film_are_its_text(reader: Reader, tmp_path: Path) -> None:
    document = _read(reader, material.film(tmp_path / "fair.mkv", material.SUBTITLES))
    assert _cues(document) == list(material.SUBTITLES)
    (passage,) = (p for p in split(document) if p.kind == "body")
    assert (passage.origin, passage.time) == ("subtitles", TimeRange(0.5, 11.5))
    assert len(passage.sentences) == 3


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_subtitles_beside_a_film_win(reader: Reader, tmp_path: Path, suffix: str) -> None:
    material.film(tmp_path / "fair.mkv", material.SUBTITLES)
    beside = [(1.0, 2.0, "旁边的字幕。")]
    written = material.srt(beside)
    if suffix == ".vtt":
        written = "WEBVTT\n\n" + written.replace(",", ".")
    (tmp_path / f"fair{suffix}").write_text(written, "utf-8")
    assert _cues(_read(reader, tmp_path / "fair.mkv")) == beside


def test_scenes_of_equal_brightness_are_told_apart(tmp_path: Path) -> None:
    with material.film(tmp_path / "fair.mp4").open("rb") as file:
        assert [frame.time for frame in key_frames(file)] == [0.0, 4.0, 8.0]
    assert MAX_FRAMES >= 3


def test_scenes_are_pictures_of_the_article(reader: Reader, tmp_path: Path) -> None:
    document = _read(reader, material.film(tmp_path / "fair.mkv", material.SUBTITLES))
    film, *scenes = document.media
    assert film.kind == "video"
    assert [scene.caption for scene in scenes] == ["fair 00:00", "fair 00:04", "fair 00:08"]
    for scene in scenes:
        assert scene.is_inside
        assert reader.file_of(scene, tmp_path).read_bytes().startswith(b"\xff\xd8\xff")


def test_a_film_without_subtitles_is_heard(reader: Reader, clip: Path, tmp_path: Path) -> None:
    samples = material.spoken(material.SPOKEN[:1])
    document = _read(reader, material.film(tmp_path / "talk.mp4", samples=samples))
    assert "生产总值增长" in "".join(text for _, _, text in _cues(document))
    assert {p.origin for p in split(document) if p.kind == "body"} == {"speech"}


def test_a_silent_film_without_subtitles_asks_for_a_description(
    reader: Reader, tmp_path: Path
) -> None:
    path = material.film(tmp_path / "silent.mp4")
    with pytest.raises(UnreadableFile, match="nothing is written or said in it"):
        _read(reader, path)
    (tmp_path / "silent.mp4.md").write_text("两河交汇处的航拍。", "utf-8")
    assert "两河交汇处的航拍。" in _read(reader, path).text


@pytest.mark.parametrize("keep", [40, 3000])
def test_a_truncated_film_is_one_line(reader: Reader, tmp_path: Path, keep: int) -> None:
    path = material.film(tmp_path / "cut.mp4")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UnreadableFile) as caught:
        _read(reader, path)
    assert "\n" not in str(caught.value)
