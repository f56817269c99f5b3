"""Pictures as pixels: decoded within limits, and how they look.

Of what a picture file says about itself, only which side is up is read.
"""

from __future__ import annotations

import io
import warnings
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 60_000_000
"""The largest picture that is decoded: a good camera's; in memory it has three bytes a pixel."""

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF")
ALIKE = 10
"""Bits of two looks that may differ in two copies of one picture.

Smaller, brighter, compressed, turned by 3 degrees or cut by 2 % at each side: 0 to 10. Different
charts of one style: 16 and more. `tests/media/test_pixels.py` measures it.
"""

_SIDE = 32
_LOW = 8


def open_picture(data: bytes | BinaryIO) -> Image.Image:
    """Decodes a picture to RGB, upright; of an animation, the first frame.

    Raises:
        ValueError: It is damaged, in another format, or larger than `MAX_PIXELS`; says which.
    """
    from PIL import Image, ImageOps

    file = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        with warnings.catch_warnings():
            # Its own limit warns and goes on; ours, below, refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError(_too_large(f"{picture.width:,} x {picture.height:,}"))
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            upright = upright.convert("RGBA")
            white = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(white, upright)
        return upright.convert("RGB")
    except Image.DecompressionBombError as error:
        raise ValueError(_too_large("hundreds of millions of")) from error
    except (OSError, SyntaxError, EOFError, OverflowError, MemoryError) as error:
        raise ValueError("a damaged picture, or none") from error


def look(picture: Image.Image) -> str | None:
    """The perceptual hash of a picture: which of its 63 coarsest waves are above their median.

    Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions (2010), 3.2.1: the
    discrete cosine transform of the picture at 32 x 32, of which the lowest 8 x 8 but the mean.

    Returns:
        16 hexadecimal digits; None for a picture of one colour, which looks like any other.
    """
    from PIL import Image

    small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    grey = np.asarray(small, float)
    if np.ptp(grey) < 2:
        return None
    waves = _cosines()
    low = (waves @ grey @ waves.T)[:_LOW, :_LOW].ravel()[1:]
    bits = np.append(low > np.median(low), False)
    return np.packbits(bits).tobytes().hex()


def difference(one: str, other: str) -> int:
    """How many bits of two looks differ, 0 to 63; see `ALIKE`."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


@cache
def _cosines() -> NDArray[np.float64]:
    """The cosine transform of type 2, not scaled, shape (32, 32)."""
    k = np.arange(_SIDE)
    waves: NDArray[np.float64] = np.cos(np.pi * (2 * k + 1) * k[:, np.newaxis] / (2 * _SIDE))
    return waves


def _too_large(size: str) -> str:
    return f"{size} pixels; a picture has at most {MAX_PIXELS:,}"
