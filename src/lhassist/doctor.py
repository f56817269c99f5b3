"""What is installed, which model is ready, whether the index is whole, and what to type."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from lhassist.config import Settings
from lhassist.errors import LhassistError

State = Literal["ok", "absent", "broken"]

_REQUIRED = (
    "faiss-cpu",
    "gradio",
    "llama-index-core",
    "onnxruntime",
    "opencc-python-reimplemented",
    "rjieba",
    "tokenizers",
)
_EXTRAS = {"st": ("sentence-transformers", "torch")}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes:
        name: What was looked at.
        state: `absent` is fine: something optional that is not there.
        detail: What was found.
        hint: What to type; empty where nothing is to be done.
    """

    name: str
    state: State
    detail: str
    hint: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `doctor --json` prints it."""
        return asdict(self)


def examine(settings: Settings) -> Iterator[Check]:
    """Looks at everything once, cheapest first; a check never raises.

    The model check opens the engine, so the first run converts the weights. The index check reads
    every byte of the current generation.
    """
    yield Check("python", "ok", f"{platform.python_version()} on {platform.platform(terse=True)}")
    yield from (_package(name) for name in _REQUIRED)
    yield _one_opencc()
    for extra, packages in _EXTRAS.items():
        yield _extra(extra, packages)
    yield _model(settings)
    if settings.reranker:
        yield _reranker(settings)
    yield _index(settings)


def _package(name: str) -> Check:
    try:
        return Check(name, "ok", version(name))
    except PackageNotFoundError:
        return Check(name, "broken", "not installed", "pip install lhassist")


def _one_opencc() -> Check:
    """Both packages install the module `opencc`; whichever came last has overwritten the other."""
    try:
        found = version("opencc")
    except PackageNotFoundError:
        return Check("module opencc", "ok", "from opencc-python-reimplemented alone")
    return Check(
        "module opencc",
        "broken",
        f"the package opencc {found} overwrites opencc-python-reimplemented",
        "pip uninstall -y opencc && pip install --force-reinstall opencc-python-reimplemented",
    )


def _extra(extra: str, packages: tuple[str, ...]) -> Check:
    try:
        found = ", ".join(f"{name} {version(name)}" for name in packages)
    except PackageNotFoundError:
        return Check(
            f"extra [{extra}]", "absent", "not installed", f"pip install 'lhassist[{extra}]'"
        )
    return Check(f"extra [{extra}]", "ok", found)


def _model(settings: Settings) -> Check:
    from lhassist.embedding import open_embedder

    try:
        embedder = open_embedder(settings.embedder, settings.cache_dir)
        embedder.embed_query("漯河")
    except LhassistError as error:
        return Check("model", "broken", error.message, error.hint)
    return Check(
        "model", "ok", f"{settings.embedder}: {embedder.dimension} dimensions, ready to embed"
    )


def _reranker(settings: Settings) -> Check:
    from lhassist.rerank import open_reranker

    try:
        open_reranker(settings.reranker)
    except LhassistError as error:
        return Check("reranker", "broken", error.message, error.hint)
    return Check("reranker", "ok", f"{settings.reranker}: ready to score")


def _index(settings: Settings) -> Check:
    from lhassist.index import Generation

    try:
        generation = Generation.open(settings.index_dir)
        generation.verify()
    except LhassistError as error:
        return Check("index", "broken", error.message, error.hint)
    return Check(
        "index",
        "ok",
        f"{settings.index_dir}: generation {generation.name}, {len(generation.documents)} articles,"
        f" {len(generation.passages)} passages, every checksum right",
    )
