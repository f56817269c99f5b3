"""The bundled model as an ONNX graph in int8, written node by node: there is no torch to export it.

A BERT encoder (post layer norm, exact GELU), mean pooling and L2 norm, for one text at a time:
without padding there is no mask. How it is quantised, and what was measured, is told in
docs/embedding.md.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from lhassist.embedding.packed import BLOCK, PackedModel

INPUT, OUTPUT = "input_ids", "embedding"

_OPSET, _IR = 21, 10
_CONTRIB = "com.microsoft"
_NEIGHBOURS = 128
_NAME = "multilingual-e5-small"


class EncoderGraph:
    """Writes the graph. Its methods add nodes and constants, and return the name of a result."""

    def __init__(self, model: PackedModel) -> None:
        self.model = model
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def build(self, kept: NDArray[np.int64]) -> onnx.ModelProto:
        """Builds the whole model, once.

        Args:
            kept: The ids of the pieces that stay, in the order of their new ids.

        Returns:
            A model with the input `input_ids`, int64 of shape (1, tokens), and the output
            `embedding`, float32 of shape (hidden,).
        """
        x = self.embeddings(kept)
        for layer in range(self.model.layers):
            x = self.encoder_layer(x, layer)
        mean = self.node("ReduceMean", [x, self.integers(0, 1)], "mean", keepdims=0)
        self.node("LpNormalization", [mean], OUTPUT, axis=-1, p=2)
        tokens = helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])
        vector = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [self.model.hidden])
        return helper.make_model(
            helper.make_graph(self.nodes, _NAME, [tokens], [vector], self.initializers),
            opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)],
            ir_version=_IR,
        )

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Adds an array under a name."""
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """Adds axes or indices."""
        return self.constant(f"integers.{len(self.initializers)}", np.array(values, np.int64))

    def vector(self, name: str) -> str:
        """Adds a vector of the model under its own name."""
        return self.constant(name, self.model.vector(name))

    def node(
        self,
        operator: str,
        inputs: list[str],
        output: str,
        *,
        contrib: bool = False,
        **attributes: int | float,
    ) -> str:
        """Adds a node that is named like its one output; `contrib`: an onnxruntime operator."""
        domain = _CONTRIB if contrib else ""
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output

    def embeddings(self, kept: NDArray[np.int64]) -> str:
        """Word, position and type embeddings; the words stay in the file's own 4 bits."""
        model = self.model
        words = model.matrix("emb.word", model.hidden).take(kept)
        values = words.values.reshape(len(kept), -1).view(np.uint8) & 0x0F
        self.initializers.append(
            helper.make_tensor(
                "emb.word",
                TensorProto.INT4,
                (len(kept), model.hidden),
                (values[:, 0::2] | values[:, 1::2] << 4).tobytes(),
                raw=True,
            )
        )
        word = self.node(
            "GatherBlockQuantized",
            ["emb.word", INPUT, self.constant("emb.word.scales", words.scales)],
            "word",
            contrib=True,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        one_type = model.vector("emb.type")[: model.hidden]
        places = model.vector("emb.pos").reshape(-1, model.hidden) + one_type
        length = self.node("Shape", [INPUT], "tokens", start=1, end=2)
        zero = self.integers(0)
        place = self.node(
            "Slice", [self.constant("emb.pos", places), zero, length, zero], "position"
        )
        return self.node(
            "LayerNormalization",
            [
                self.node("Add", [word, place], "emb"),
                self.vector("emb.ln.w"),
                self.vector("emb.ln.b"),
            ],
            "emb.ln",
            axis=-1,
            epsilon=model.epsilon,
        )

    def encoder_layer(self, x: str, layer: int) -> str:
        """Self-attention and feed-forward, each added to its input and normalised."""
        model, p = self.model, f"l{layer}"
        heads = [self.matmul(x, f"{p}.{part}") for part in "qkv"]
        biases = np.concatenate([model.vector(f"{p}.{part}.b") for part in "qkv"])
        attention = self.node(
            "MultiHeadAttention",
            [*heads, self.constant(f"{p}.qkv.b", biases)],
            f"{p}.attention",
            contrib=True,
            num_heads=model.heads,
        )
        x = self.add_and_norm(x, self.matmul(attention, f"{p}.ao"), f"{p}.ao", f"{p}.aln")
        inner = self.matmul_by_token(x, f"{p}.fi")
        inner = self.node("BiasGelu", [inner, self.vector(f"{p}.fi.b")], f"{p}.gelu", contrib=True)
        return self.add_and_norm(x, self.matmul_by_token(inner, f"{p}.fo"), f"{p}.fo", f"{p}.oln")

    def add_and_norm(self, x: str, y: str, dense: str, norm: str) -> str:
        """`LayerNorm(x + y + bias of dense)`."""
        weights = [self.vector(f"{norm}.w"), self.vector(f"{norm}.b"), self.vector(f"{dense}.b")]
        return self.node(
            "SkipLayerNormalization",
            [x, y, *weights],
            norm,
            contrib=True,
            epsilon=self.model.epsilon,
        )

    def matmul(self, x: str, name: str) -> str:
        """`x @ weights.T` in int8: a scale for each output, one for all of x; without the bias."""
        weights = self.model.weights(name)
        scales = self.weight_scales(weights)
        return self.node(
            "DynamicQuantizeMatMul",
            [
                x,
                self.constant(f"{name}.w", np.rint(weights / scales[:, None]).astype(np.int8).T),
                self.constant(f"{name}.scales", scales),
                self.constant(f"{name}.zeros", np.zeros(len(weights), np.int8)),
            ],
            name,
            contrib=True,
        )

    def weight_scales(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """The finest scale of each output, shape (outputs,), whose arithmetic cannot overflow.

        Processors without VNNI (vpmaddubsw) add the products of two neighbouring weights with two
        unsigned bytes in 16 bits. While neighbours are at most 128 together, that is at most
        255 * 128.
        """
        size = np.abs(weights)
        neighbours: NDArray[np.float32] = np.max(size[:, 1:] + size[:, :-1], axis=1)
        # Rounding may add one half to each.
        return neighbours / np.float32(_NEIGHBOURS - 1)

    def matmul_by_token(self, x: str, name: str) -> str:
        """The same with a scale for each token.

        The first and last token carry values into the feed-forward layers that are ten to thirty
        times as large as those of the others, which would keep three or four bits under one scale.
        """
        size = self.node("Abs", [x], f"{name}.abs")
        peak = self.node("ReduceMax", [size, self.integers(-1)], f"{name}.peak", keepdims=1)
        even = self.node("Div", [x, peak], f"{name}.even")
        return self.node("Mul", [self.matmul(even, name), peak], f"{name}.full")
