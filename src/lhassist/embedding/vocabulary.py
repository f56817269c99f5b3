"""The tokenizer of the bundled model: XLM-RoBERTa's, with a vocabulary for Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

if TYPE_CHECKING:
    from lhassist.embedding.packed import PackedModel

BEGIN, PAD, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
SPECIAL = (BEGIN, PAD, END, UNKNOWN)
"""The first ids, in this order, before and after pruning."""

_METASPACE, _MASK = "▁", "<mask>"
_HAN = re.compile(
    r"[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SIGNS = frozenset("PSZN")
"""Unicode's punctuation, symbols, separators and numbers."""

_FULLWIDTH_TILDE, _STAND_IN = "～", "\ufdd0"


def kept_pieces(pieces: tuple[str, ...]) -> NDArray[np.int64]:
    """Which pieces the pruned vocabulary keeps, as rising ids.

    Kept are pieces of Chinese characters, ASCII, digits and signs (emoji among them), and single
    characters of every script. So Chinese and English are cut as before, and words of other
    languages into letters.
    """
    known = {_METASPACE: True}

    def plain(character: str) -> bool:
        if character not in known:
            known[character] = (
                character.isascii()
                or bool(_HAN.match(character))
                or unicodedata.category(character)[0] in _SIGNS
            )
        return known[character]

    kept = [
        i
        for i, piece in enumerate(pieces)
        if i < len(SPECIAL)
        or (piece != _MASK and (len(piece.removeprefix(_METASPACE)) == 1 or all(map(plain, piece))))
    ]
    return np.array(kept)


def build_tokenizer(model: PackedModel, kept: NDArray[np.int64]) -> Tokenizer:
    """Builds the tokenizer over the kept pieces; piece `kept[i]` gets the id i.

    The rule `nmt_nfkc` of sentencepiece is NFKC after its own treatment of control characters and
    spaces; of all characters of the file's table only ～ differs, which the rule leaves alone, and
    🈻, which is younger than the table. A stand-in that no text may contain takes ～ past NFKC.
    """
    pieces = [(model.pieces[i], float(model.scores[i])) for i in kept]
    tokenizer = Tokenizer(
        models.Unigram(pieces, unk_id=SPECIAL.index(UNKNOWN), byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(_FULLWIDTH_TILDE, _STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _FULLWIDTH_TILDE),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement=_METASPACE, prepend_scheme="always"),
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        special_tokens=[(BEGIN, SPECIAL.index(BEGIN)), (END, SPECIAL.index(END))],
    )
    return tokenizer
