from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from lhassist.errors import IndexCorrupt, IndexMismatch, IndexMissing
from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import Generation, current_name, merged, open_writer
from tests.index.samples import collection, document, group_texts, sources, vector

ARTICLES = (
    document("a", "漯河的经济增长百分之七点八。", "工业增速全省第一。"),
    document("b", "賈湖骨笛用鶴骨做成。"),
    document("空的"),
)
GAZETTEERS = {"/articles/gazetteer.toml": Gazetteer((Entry("漯河", ("漯",), "Luòhé", "place"),))}


def publish(index_dir: Path, articles=ARTICLES, gazetteers=GAZETTEERS) -> Generation:
    with open_writer(index_dir) as writer:
        made = collection(articles, gazetteer=merged(gazetteers))
        return writer.publish(made, sources(articles), gazetteers)


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    publish(tmp_path / "index")
    return tmp_path / "index"


def folder(index_dir: Path) -> Path:
    return index_dir / "generations" / current_name(index_dir)


def test_what_was_published_is_opened(index_dir: Path) -> None:
    found = Generation.open(index_dir)
    assert found.name == current_name(index_dir) == "000001"
    assert tuple(found.documents.values()) == ARTICLES
    assert [p.document_id for p in found.passages] == ["a", "a", "b"]
    assert found.gazetteer == GAZETTEERS["/articles/gazetteer.toml"]
    assert found.gazetteers == GAZETTEERS
    assert found.manifest.sources == tuple(sources(ARTICLES))
    for number, passage in enumerate(found.passages):
        assert (
            found.documents[passage.document_id].text[passage.start : passage.end] == passage.text
        )
        vectors = [vector(text) for text in group_texts(passage)]
        np.testing.assert_array_equal(found.passage_vectors(number), vectors)
    assert found.passages_of("a") == range(2)
    assert found.passages_of("空的") == range(0)
    whole, _ = found.lexical.scores("骨笛")
    assert whole.argmax() == 2
    found.verify()


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        Generation.open(tmp_path / "nothing")
    assert "lhassist ingest" in caught.value.hint
    (tmp_path / "file").touch()
    with pytest.raises(IndexMissing):
        Generation.open(tmp_path / "file")


FILES = (
    "documents.jsonl",
    "passages.jsonl",
    "gazetteers.jsonl",
    "vocabulary.txt",
    "passage_units.npy",
    "group_counts.npy",
    "group_vectors.npy",
)


def test_the_files_named_here_exist(index_dir: Path) -> None:
    assert set(FILES) <= {path.name for path in folder(index_dir).iterdir()}


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_named(index_dir: Path, name: str) -> None:
    (folder(index_dir) / name).unlink()
    with pytest.raises(IndexCorrupt, match=name) as caught:
        Generation.open(index_dir)
    assert "--rebuild" in caught.value.hint


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_truncated_file_is_named(index_dir: Path, name: str) -> None:
    path = folder(index_dir) / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(IndexCorrupt, match=name):
        Generation.open(index_dir)


@pytest.mark.parametrize("name", FILES)
def test_one_altered_bit_is_found(index_dir: Path, name: str) -> None:
    held = Generation.open(index_dir)
    path = folder(index_dir) / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexCorrupt, match=name):
        held.verify()
    # Checking every vector would make each start slower; the rest is checked whenever it is read.
    if name != "group_vectors.npy":
        with pytest.raises(IndexCorrupt, match=name):
            Generation.open(index_dir)


def test_a_current_file_that_names_nothing(index_dir: Path) -> None:
    for content in (b"", b"../../etc", b"\xff\xfe", b"latest\n"):
        (index_dir / "CURRENT").write_bytes(content)
        with pytest.raises(IndexCorrupt, match="CURRENT"):
            Generation.open(index_dir)


def test_another_format_asks_for_a_rebuild(index_dir: Path) -> None:
    path = folder(index_dir) / "manifest.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "format": 0, "sources": record["sources"]}))
    with pytest.raises(IndexMismatch) as caught:
        Generation.open(index_dir)
    assert "--rebuild" in caught.value.hint
    with open_writer(index_dir) as writer:
        assert writer.salvage_sources() == tuple(sources(ARTICLES))


def test_a_reader_keeps_a_generation_that_was_removed(index_dir: Path) -> None:
    held = Generation.open(index_dir)
    path = folder(index_dir)
    for _ in range(3):
        publish(index_dir, ARTICLES[:1])
    assert not path.exists()
    assert held.documents["b"].text == ARTICLES[1].text
    np.testing.assert_array_equal(
        held.passage_vectors(2)[0], vector(group_texts(held.passages[2])[0])
    )
    assert held.lexical.scores("骨笛")[0].argmax() == 2
    assert list(held.dense.nearest(held.group_vectors[4], 1)) == [2]


def test_readers_see_whole_generations_while_others_are_published(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    states = [ARTICLES[:1], ARTICLES[:2], ARTICLES]
    publish(index_dir, states[0])
    seen: list[tuple[str, int]] = []
    wrong: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                found = Generation.open(index_dir)
                number = int(found.name) - 1
                assert tuple(found.documents.values()) == states[number % 3]
                seen.append((found.name, len(found.documents)))
        except BaseException as error:
            wrong.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 25):
        publish(index_dir, states[number % 3])
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(set(seen)) > 3


def test_gazetteers_are_merged_without_repeating_a_form() -> None:
    city, river = Entry("漯河", ("漯",), "", "place"), Entry("沙河", (), "", "place")
    again = Entry("漯", (), "", "place")
    assert merged({"b": Gazetteer((again, river)), "a": Gazetteer((city,))}).entries == (
        city,
        river,
    )
