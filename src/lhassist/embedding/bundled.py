"""The bundled weights, converted once into a folder of the cache.

A conversion happens in a temporary folder beside the final one and ends with a rename, under a lock
that the operating system drops when its holder dies. So a folder with the final name is whole, two
processes convert once, and what a killed process left is swept by the next conversion.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lhassist.embedding import Progress
from lhassist.embedding.packed import (
    WEIGHTS_SHA256,
    PackedModel,
    check_weights,
    find_weights,
    read_weights,
)
from lhassist.errors import ConfigError, ModelCorrupt

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
MAX_TOKENS = 512

ONNX_FOLDER = "multilingual-e5-small-q4-onnx-3"
ST_FOLDER = "multilingual-e5-small-q4-st-2"
ONNX_MODEL, TOKENIZER = "model.onnx", "tokenizer.json"

_CHECKSUMS = "conversion.json"
_STEPS = 5


def onnx_folder(cache_dir: Path, progress: Progress | None = None) -> Path:
    """The bundled model for onnxruntime: `model.onnx` and `tokenizer.json`, converted if need be.

    Args:
        cache_dir: Where converted models are kept.
        progress: Called with (steps done, steps in all) while a conversion runs.

    Raises:
        ModelMissing: The package that carries the weights is not installed.
        ModelCorrupt: The weights, or the converted files, are not the expected ones.
        ConfigError: The cache cannot be written.
    """
    return _converted(cache_dir, ONNX_FOLDER, _write_onnx, progress)


def st_folder(cache_dir: Path, progress: Progress | None = None) -> Path:
    """The bundled model in float32 as sentence-transformers reads it; needs the extra `[st]`.

    Arguments and errors are those of `onnx_folder`.
    """
    return _converted(cache_dir, ST_FOLDER, _write_st, progress)


def _write_onnx(model: PackedModel, folder: Path, step: Callable[[], None]) -> None:
    # onnx is needed for the conversion alone and takes a third of a second to import.
    import onnx

    from lhassist.embedding.graph import EncoderGraph
    from lhassist.embedding.vocabulary import build_tokenizer, kept_pieces

    kept = kept_pieces(model.pieces)
    (folder / TOKENIZER).write_text(build_tokenizer(model, kept).to_str(), encoding="utf-8")
    step()
    onnx.save(EncoderGraph(model).build(kept), str(folder / ONNX_MODEL))
    step()


def _write_st(model: PackedModel, folder: Path, step: Callable[[], None]) -> None:
    # safetensors comes with the extra.
    from lhassist.embedding.st_layout import write_layout
    from lhassist.embedding.vocabulary import build_tokenizer, kept_pieces

    kept = kept_pieces(model.pieces)
    (folder / TOKENIZER).write_text(build_tokenizer(model, kept).to_str(), encoding="utf-8")
    step()
    write_layout(model, kept, folder)
    step()


def _converted(
    cache_dir: Path,
    name: str,
    write: Callable[[PackedModel, Path, Callable[[], None]], None],
    progress: Progress | None,
) -> Path:
    target = cache_dir / name
    if not target.is_dir():
        try:
            cache_dir.mkdir(parents=True, exist_ok=True)
            with _locked(cache_dir / f"{name}.lock"):
                if not target.is_dir():
                    _convert(target, write, progress)
        except OSError as error:
            raise ConfigError(
                f"{cache_dir}: the model cannot be converted there: {error}",
                hint="make room, or set `cache_dir` to a folder that can be written:\n"
                "  export LHASSIST_CACHE_DIR=/another/folder",
            ) from error
    _check(target)
    return target


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _convert(
    target: Path,
    write: Callable[[PackedModel, Path, Callable[[], None]], None],
    progress: Progress | None,
) -> None:
    prefix = f".{target.name}."
    for leftover in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, _STEPS)

    weights = find_weights()
    check_weights(weights)
    step()
    model = read_weights(weights)
    step()
    with tempfile.TemporaryDirectory(prefix=prefix, dir=target.parent) as temporary:
        folder = Path(temporary) / target.name
        folder.mkdir()
        write(model, folder, step)
        _seal(folder)
        folder.rename(target)
    step()


def _seal(folder: Path) -> None:
    """Writes down the checksum of every file, and has the disk take them all."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    checksums = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / _CHECKSUMS).write_text(
        json.dumps({"weights": WEIGHTS_SHA256, "files": checksums}, indent=1), encoding="utf-8"
    )
    for path in (*files, folder / _CHECKSUMS):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _check(folder: Path) -> None:
    try:
        sealed = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))["files"]
        broken = [name for name, digest in sealed.items() if _sha256(folder / name) != digest]
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder, str(error)) from error
    if broken:
        raise _damaged(folder, f"{', '.join(broken)} was altered")


def _damaged(folder: Path, reason: str) -> ModelCorrupt:
    return ModelCorrupt(
        f"{folder}: the converted model is damaged: {reason}",
        hint=f"delete it, and the next start converts it again:\n  rm -r {folder}",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
