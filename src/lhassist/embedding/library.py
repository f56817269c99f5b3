"""The one door to sentence-transformers; needs the extra `[st]`."""

from __future__ import annotations

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lhassist.errors import ModelCorrupt, ModelMissing

if TYPE_CHECKING:
    from torch.nn import Module

Setting = Literal["embedder", "reranker"]
"""What a model is for: the setting that names it."""

_CLASSES: dict[Setting, str] = {"embedder": "SentenceTransformer", "reranker": "CrossEncoder"}


def require_library(setting: Setting) -> None:
    """Makes sure that sentence-transformers and torch are installed, without importing them.

    Raises:
        ModelMissing: One of them is not.
    """
    for library in ("sentence_transformers", "torch"):
        if find_spec(library) is None:
            raise ModelMissing(
                f"this {setting} needs the package {library!r}, which is not installed",
                hint="pip install 'lhassist[st]'",
            )


def load_model(name: str, setting: Setting) -> Any:
    """Loads a model on the CPU. Nothing is downloaded unless `HF_HUB_OFFLINE=0` is set.

    Args:
        name: A folder, or the name of a model in the local hub cache.
        setting: What the model is for.

    Returns:
        A `SentenceTransformer` for `embedder`, a `CrossEncoder` for `reranker`.

    Raises:
        ModelMissing: There is no such folder, or no such model in the cache.
        ModelCorrupt: The folder holds no model that can be loaded.
    """
    # Read by torch when it is imported: threads that spin while they wait for each other on busy
    # cores make it ten times slower.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Read by the hub's library when it is imported; a model that is not there must not hang.
    offline = os.environ.setdefault("HF_HUB_OFFLINE", "1") != "0"
    import sentence_transformers
    from safetensors import SafetensorError
    from transformers.utils import logging

    logging.disable_progress_bar()
    is_folder = Path(name).is_dir()
    if not is_folder and (
        Path(name).is_absolute() or name.startswith((".", "~")) or name.count("/") > 1
    ):
        raise ModelMissing(
            f"{name}: there is no such folder", hint=f"look at the setting `{setting}`"
        )
    try:
        model_class = getattr(sentence_transformers, _CLASSES[setting])
        return model_class(name, device="cpu", local_files_only=offline)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        first_line = str(error).strip().partition("\n")[0]
        if is_folder:
            raise ModelCorrupt(
                f"{name}: not a {_CLASSES[setting]} of sentence-transformers: {first_line}",
                hint="copy the whole folder of the model again",
            ) from error
        raise ModelMissing(
            f"{name}: not in the local cache of models: {first_line}",
            hint="give the folder of a model, or once, with a network:\n"
            f"  HF_HUB_OFFLINE=0 LHASSIST_{setting.upper()}={name} lhassist doctor",
        ) from error


def hash_weights(model: Module, *, unused: str | None = None) -> str:
    """SHA-256 of a model's weights.

    Args:
        model: The model.
        unused: What the names of weights that play no part have in common.
    """
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        if unused is not None and unused in name:
            continue
        digest.update(name.encode())
        digest.update(tensor.contiguous().view(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()
