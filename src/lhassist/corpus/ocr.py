"""The text in a picture, read by PP-OCRv6 through rapidocr; needs the extra `[ocr]`.

Both scripts, printed, in horizontal and vertical lines. The models lie in rapidocr's wheel: nothing
is fetched.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING, Any

from lhassist.corpus.layout import Corners, Piece
from lhassist.errors import ModelMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

_LONGEST_SIDE = 1536

LEAST_SCORE = 0.6
"""The mean probability of its characters under which a line is not taken: patterns, leaves."""


def is_installed() -> bool:
    """Whether pictures can be read here."""
    return importlib.util.find_spec("rapidocr") is not None


def read_pieces(picture: Image.Image) -> list[Piece]:
    """Finds and reads the lines of text in a picture, in no useful order (see `layout`).

    Args:
        picture: In RGB.

    Raises:
        ModelMissing: The extra is not installed.
    """
    import numpy as np

    # OpenCV, and so rapidocr, takes blue first.
    found = _engine()(np.asarray(picture)[:, :, ::-1])
    if found.txts is None or found.boxes is None:
        return []
    return [
        Piece(text.strip(), _corners(box))
        for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        if text.strip() and score >= LEAST_SCORE
    ]


def _corners(box: NDArray[np.float32]) -> Corners:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return a, b, c, d


@cache
def _engine() -> Any:
    """The engine, once a process: its three models take a second to load."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ModelMissing(
            "reading the text in pictures needs rapidocr, which is not installed",
            hint="pip install 'lhassist[ocr]'",
        ) from error
    # One thread: reading runs beside the page that answers.
    threads = "EngineConfig.onnxruntime"
    return RapidOCR(
        params={
            "Global.log_level": "error",
            # Pictures are never enlarged to find text in them: that costs ten times the seconds
            # on a small sign, and finds some characters twice.
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE,
            f"{threads}.intra_op_num_threads": 1,
            f"{threads}.inter_op_num_threads": 1,
        }
    )
