"""Questions that are spoken, or that are pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.corpus import Reader
from lhassist.embedding import open_embedder
from lhassist.errors import UnreadableFile
from lhassist.ingest import ingest
from tests.media import material


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Assistant:
    """Over one article with a chart, and the local names."""
    folder = tmp_path_factory.mktemp("asking")
    (folder / "corpus" / "media").mkdir(parents=True)
    for name in ("gdp-2024-h1.md", "media/gdp-2024-h1.png", "gazetteer.toml"):
        (folder / "corpus" / name).write_bytes((sample_corpus / name).read_bytes())
    settings = Settings.load(index_dir=folder / "index")
    embedder = open_embedder(settings.embedder, settings.cache_dir)
    ingest(settings, [folder / "corpus"], embedder=embedder)
    return Assistant.open(settings, embedder=embedder)


def test_a_copy_of_a_picture_is_found(
    assistant: Assistant, sample_corpus: Path, tmp_path: Path
) -> None:
    with Image.open(sample_corpus / "media" / "gdp-2024-h1.png") as chart:
        chart.convert("RGB").resize((500, 300)).save(tmp_path / "copy.jpg", quality=50)
    ((document, media),) = assistant.alike(tmp_path / "copy.jpg")
    assert document.id == "gdp-2024-h1"
    assert media.path == "media/gdp-2024-h1.png"


def test_another_picture_is_not_found(
    assistant: Assistant, sample_corpus: Path, tmp_path: Path
) -> None:
    assert assistant.alike(sample_corpus / "media" / "rivers.png") == ()
    (tmp_path / "none.jpg").write_bytes(b"no picture")
    with pytest.raises(UnreadableFile, match="a damaged picture, or none"):
        assistant.alike(tmp_path / "none.jpg")


@pytest.mark.usefixtures("ocr")
def test_the_words_of_a_picture_are_read(assistant: Assistant, tmp_path: Path) -> None:
    sign = material.saved(material.sign(), tmp_path / "sign.png")
    assert assistant.words_in(sign) == material.SIGN_HANT


def test_a_spoken_question_is_written_down(assistant: Assistant, clip: Path) -> None:
    assert "生产总值增长" in assistant.words_in(clip)


def test_a_recording_that_takes_longer_than_a_question_may_is_given_up(clip: Path) -> None:
    with (
        Reader(seconds=1) as reader,
        pytest.raises(UnreadableFile, match="more than 1 s of computing"),
    ):
        reader.read(clip, document_id="clip", root=clip.parent)
