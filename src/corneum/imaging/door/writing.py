"""Photographs written anew: pixels only, so that nothing of place, owner or camera travels with them."""

import io

import cv2
import numpy as np
from PIL import Image

from corneum.imaging.photo import Pixels

_QUALITY = 95


def jpeg_of(pixels: Pixels, quality: int = _QUALITY) -> bytes:
    """Return a JPEG file of pixels: sRGB, color at full resolution, no metadata.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    quality
        From 1 to 95.
    """
    written = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(written, "JPEG", quality=quality, subsampling=0)
    return written.getvalue()


def smaller(pixels: Pixels, side: int) -> Pixels:
    """Return a photograph whose longer side is at most this many pixels, averaged and never enlarged.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    side
        Most pixels of the longer side.
    """
    height, width = pixels.shape[:2]
    if max(height, width) <= side:
        return pixels
    shape = (max(1, round(width * side / max(height, width))), max(1, round(height * side / max(height, width))))
    return np.asarray(cv2.resize(pixels, shape, interpolation=cv2.INTER_AREA), np.uint8)
