"""What a reader of a region would have typed: for measuring, never for an answer."""

from __future__ import annotations

from functools import cache
from typing import Literal

import opencc

from lhassist.script.folding import fold


def regional(text: str, region: Literal["zh-TW", "zh-HK"]) -> str:
    """Writes a text as somebody of Taiwan or Hong Kong would have typed it.

    Taiwan's also takes Taiwan's words (打印机 becomes 印表機), so the length may change. OpenCC's
    own engine does it, with its errors: nobody types as we would convert.
    """
    return str(_opencc({"zh-TW": "s2twp", "zh-HK": "s2hk"}[region]).convert(fold(text)))


@cache
def _opencc(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)
