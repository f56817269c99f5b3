"""The bundled model in float32, in the folder layout that sentence-transformers reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from lhassist.embedding.bundled import MAX_TOKENS, PASSAGE_PROMPT, QUERY_PROMPT
from lhassist.embedding.packed import PackedModel
from lhassist.embedding.vocabulary import BEGIN, END, PAD, SPECIAL, UNKNOWN

_DENSE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_layout(model: PackedModel, kept: NDArray[np.int64], folder: Path) -> None:
    """Writes everything but `tokenizer.json`.

    Args:
        model: The weights.
        kept: The ids of the pieces that stay, in the order of their new ids.
        folder: An existing folder.
    """
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    for name, value in _settings(model, len(kept)).items():
        (folder / name).write_text(json.dumps(value, indent=1), encoding="utf-8")
    weights = save(_tensors(model, kept), metadata={"format": "pt"})
    (folder / "model.safetensors").write_bytes(weights)


def _settings(model: PackedModel, vocabulary: int) -> dict[str, Any]:
    modules = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    ]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": model.hidden,
            "num_hidden_layers": model.layers,
            "num_attention_heads": model.heads,
            "intermediate_size": model.feed_forward,
            "vocab_size": vocabulary,
            "max_position_embeddings": model.positions,
            "type_vocab_size": 2,
            "layer_norm_eps": model.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": SPECIAL.index(PAD),
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "bos_token": BEGIN,
            "cls_token": BEGIN,
            "eos_token": END,
            "sep_token": END,
            "pad_token": PAD,
            "unk_token": UNKNOWN,
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind}
            for i, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }


def _tensors(model: PackedModel, kept: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    hidden = model.hidden
    words = model.matrix("emb.word", hidden).take(kept).dense()
    tensors = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": model.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": model.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": model.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.vector("emb.ln.b"),
    }
    for layer in range(model.layers):
        here, there = f"l{layer}", f"encoder.layer.{layer}"
        for short, long in _DENSE.items():
            tensors[f"{there}.{long}.weight"] = model.weights(f"{here}.{short}")
            tensors[f"{there}.{long}.bias"] = model.vector(f"{here}.{short}.b")
        for short, long in _NORMS.items():
            tensors[f"{there}.{long}.weight"] = model.vector(f"{here}.{short}.w")
            tensors[f"{there}.{long}.bias"] = model.vector(f"{here}.{short}.b")
    # Mean pooling leaves BERT's own pooler out; a file without it makes the loader invent one.
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return {name: np.ascontiguousarray(value) for name, value in tensors.items()}
