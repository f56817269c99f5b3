from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from lhassist.index import VectorCache
from tests.index.samples import DIMENSION, vector

TEXTS = [f"第{n}句" for n in range(30)]


def cache(folder: Path, embedder: str = "model-1") -> VectorCache:
    return VectorCache(folder, embedder, DIMENSION)


def fill(folder: Path) -> Path:
    cache(folder).put(TEXTS, np.array([vector(text) for text in TEXTS]))
    (file,) = folder.iterdir()
    return file


def test_vectors_come_back_exactly(tmp_path: Path) -> None:
    fill(tmp_path / "not" / "there" / "yet")
    found = cache(tmp_path / "not" / "there" / "yet").get([*TEXTS, "没有见过"])
    assert list(found) == TEXTS
    for text in TEXTS:
        np.testing.assert_array_equal(found[text], vector(text))


def test_another_model_has_other_vectors(tmp_path: Path) -> None:
    fill(tmp_path)
    assert cache(tmp_path, "model-2").get(TEXTS) == {}


def test_a_damaged_file_is_started_anew(tmp_path: Path) -> None:
    file = fill(tmp_path)
    file.write_bytes(b"this is no database" * 100)
    assert cache(tmp_path).get(TEXTS) == {}
    fill(tmp_path)
    assert len(cache(tmp_path).get(TEXTS)) == len(TEXTS)


def test_a_torn_file_never_gives_a_wrong_vector(tmp_path: Path) -> None:
    file = fill(tmp_path)
    whole = file.read_bytes()
    for cut in range(0, len(whole), 512):
        file.write_bytes(whole[:cut] + bytes(len(whole) - cut))
        for text, found in cache(tmp_path).get(TEXTS).items():
            np.testing.assert_array_equal(found, vector(text))


def test_a_damaged_vector_is_not_used(tmp_path: Path) -> None:
    file = fill(tmp_path)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE vectors SET vector = zeroblob(?)", (4 * DIMENSION,))
    assert cache(tmp_path).get(TEXTS) == {}
    with sqlite3.connect(file) as database:
        database.execute("UPDATE vectors SET vector = x'00'")
    assert cache(tmp_path).get(TEXTS) == {}


def test_a_folder_that_cannot_be_made_costs_only_the_cache(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    unusable = cache(tmp_path / "file" / "cache")
    unusable.put(["漯河"], np.array([vector("漯河")]))
    assert unusable.get(["漯河"]) == {}
    assert "without cached vectors" in caplog.text


def test_writers_do_not_lose_each_others_vectors(tmp_path: Path) -> None:
    def put(start: int) -> None:
        for text in TEXTS[start::3]:
            cache(tmp_path).put([text], vector(text)[np.newaxis])

    threads = [threading.Thread(target=put, args=(start,)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache(tmp_path).get(TEXTS)) == len(TEXTS)
