"""Linear light to the bytes that a camera writes."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.light import encode
from corneum.imaging.photo import Pixels

Linear = NDArray[np.float32]
"""Shape (height, width, 3), red first, 1 is a white surface."""

_STEPS = 65536
"""Steps of linear light between black and white: fine enough for eight encoded bits in the darkest shadow."""
_STRIP = 64
"""Rows encoded at once: the index of 12 megapixels would fill memory."""
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Weights of linear red, green and blue in luminance (IEC 61966-2-1)."""


def to_pixels(light: Linear, tone: float = 0.0) -> Pixels:
    """Return sRGB bytes of linear light; what is brighter than white is clipped.

    Parameters
    ----------
    light
        Shape (height, width, 3).
    tone
        Strength of a camera's own S-shaped curve on the encoded values: 0 is none, negative flattens.
    """
    table = _bytes(tone)
    result = np.empty(light.shape, np.uint8)
    for top in range(0, light.shape[0], _STRIP):
        strip = light[top : top + _STRIP] * np.float32(_STEPS - 1) + np.float32(0.5)
        np.clip(strip, 0, _STEPS - 1, out=strip)
        np.take(table, strip.astype(np.uint16), out=result[top : top + _STRIP])
    return result


@lru_cache(maxsize=8)
def _bytes(tone: float) -> NDArray[np.uint8]:
    steps = encode(np.arange(_STEPS) / (_STEPS - 1))
    curved = steps + tone * (steps * steps * (3 - 2 * steps) - steps)
    return np.asarray(np.rint(255 * np.clip(curved, 0, 1)), dtype=np.uint8)


def luminance(light: Linear) -> NDArray[np.float32]:
    """Return the luminance of linear light, shape (height, width)."""
    return np.asarray(cv2.transform(light, np.array([LUMINANCE], np.float32)), dtype=np.float32)
