"""A watched folder: what comes, changes and goes in it does so in the collection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import CorpusError
from lhassist.index import Generation, open_writer
from lhassist.ingest import Report, ingest
from lhassist.ingest.watch import watch

BRIDGE = "小商桥在临颍县与郾城区之间的小商河上，始建于隋开皇四年。"
FLUTE = "贾湖骨笛用鹤类的尺骨做成，大多开七个音孔。"


class House:
    """A watched folder and its index."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.settings = Settings(
            index_dir=self.corpus / "index", cache_dir=folder / "cache", corpus_dir=self.corpus
        )
        self.stop = threading.Event()
        self.reports = watch(
            self.settings,
            [self.corpus],
            quiet_seconds=0.3,
            stop=self.stop,
            embedder=HashingEmbedder(),
        )

    def write(self, name: str, text: str) -> Path:
        path = self.corpus / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def articles(self) -> set[str]:
        return set(Generation.open(self.settings.index_dir).documents)

    def next(self) -> Report:
        return next(self.reports)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.stop.set()
    house.reports.close()


def test_a_folder_is_followed(house: House) -> None:
    house.write("bridge.md", BRIDGE)
    assert house.next().added == ("bridge",)
    # One generation for changes that come together, also in a folder that is new.
    house.write("bridge.md", BRIDGE + "它比赵州桥略早。")
    house.write("new/flute.txt", FLUTE)
    report = house.next()
    assert (report.added, report.changed) == (("new/flute",), ("bridge",))
    assert report.generation == "000002"
    (house.corpus / "bridge.md").unlink()
    assert house.next().removed == ("bridge",)
    assert house.articles() == {"new/flute"}


def test_a_renamed_file_stays_the_article_it_was(house: House) -> None:
    house.write("bridge.md", BRIDGE)
    house.next()
    (house.corpus / "bridge.md").rename(house.corpus / "renamed.md")
    assert house.next().changed == ("bridge",)
    assert house.articles() == {"bridge"}


def test_what_cannot_be_read_is_reported_and_the_watch_goes_on(house: House) -> None:
    house.write("bridge.md", BRIDGE)
    house.next()
    house.write("bad.txt", "\0")
    assert [Path(failure.path).name for failure in house.next().failed] == ["bad.txt"]
    (house.corpus / "bad.txt").unlink()
    house.write("flute.txt", FLUTE)
    assert house.next().added == ("flute",)


def test_hidden_files_and_the_index_are_no_changes(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.write("bridge.md", BRIDGE)
    house.next()
    (house.corpus / "bridge.md").unlink()  # The last article stays, and the watch goes on.
    house.write(".hidden.md", FLUTE)
    house.write(".removed/flute.md", FLUTE)
    threading.Timer(2, lambda: house.write("flute.md", FLUTE)).start()
    report = house.next()
    assert report.added == ("flute",)
    assert house.articles() == {"flute"}


def test_articles_from_elsewhere_are_left_alone(house: House, tmp_path: Path) -> None:
    elsewhere = tmp_path / "usb"
    elsewhere.mkdir()
    (elsewhere / "flute.md").write_text(FLUTE, encoding="utf-8")
    ingest(house.settings, [elsewhere], embedder=HashingEmbedder())
    (elsewhere / "flute.md").unlink()
    house.write("bridge.md", BRIDGE)
    assert house.next().removed == ()
    assert house.articles() == {"bridge", "flute"}


def test_it_waits_for_who_writes_the_index(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lhassist.ingest.watch._LOCKED_SECONDS", 0.1)
    house.write("bridge.md", BRIDGE)
    taken, release = threading.Event(), threading.Event()

    def hold() -> None:
        with open_writer(house.settings.index_dir):
            taken.set()
            release.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(60)
    threading.Timer(1.5, release.set).start()
    assert house.next().added == ("bridge",)
    assert release.is_set()
    holder.join()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index", cache_dir=tmp_path / "cache")
    with pytest.raises(CorpusError, match="there is no such folder"):
        next(watch(settings, [tmp_path / "none"], embedder=HashingEmbedder()))
