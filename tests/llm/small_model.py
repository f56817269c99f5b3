"""A language model of two megabytes in GGUF, made here: whatever it is asked, it says one thing.

Every token is an axis of its own, and attention and feed-forward add nothing; so what comes next
hangs on the token before alone, and the output's matrix is the list of what follows what.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

_BEGIN, _END, _BYTES = 1, 2, 3
_FEED_FORWARD = 32


def write_model(path: Path, said: Sequence[str]) -> None:
    """Writes the model.

    Args:
        path: Of the file.
        said: The pieces of what it says, all different.
    """
    first = _BYTES + 256
    size = first + len(said) + (first + len(said)) % 2
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *said]
    tokens += ["<pad>"] * (size - len(tokens))
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL]
    kinds += [TokenType.BYTE] * 256 + [TokenType.NORMAL] * len(said)
    kinds += [TokenType.UNUSED] * (size - len(kinds))
    following = np.zeros((size, size), np.float32)
    for before, after in pairwise([_BEGIN, *range(first, first + len(said)), _END]):
        following[after, before] = 1

    writer = GGUFWriter(path, "llama")
    writer.add_context_length(4096)
    writer.add_embedding_length(size)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_FEED_FORWARD)
    writer.add_head_count(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * size)
    writer.add_token_types(kinds)
    writer.add_bos_token_id(_BEGIN)
    writer.add_eos_token_id(_END)
    writer.add_add_bos_token(False)
    # It is told nothing of the messages: the byte tokens of a prompt would fill its context.
    writer.add_chat_template("{% for message in messages %}{% endfor %}<s>")
    writer.add_tensor("token_embd.weight", np.eye(size, dtype=np.float32))
    writer.add_tensor("output.weight", following)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(size, np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros((size, size), np.float32))
    for name in ("ffn_gate", "ffn_up"):
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros((_FEED_FORWARD, size), np.float32))
    writer.add_tensor("blk.0.ffn_down.weight", np.zeros((size, _FEED_FORWARD), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
