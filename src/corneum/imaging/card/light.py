"""Linear light from a photograph's numbers by the sRGB curve, and back."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.photo import Pixels

LEVELS = 256
_TOE, _TOE_SLOPE, _POWER, _OFFSET = 0.04045, 12.92, 2.4, 0.055
"""The sRGB transfer curve, IEC 61966-2-1."""


def decode(encoded: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return linear light of gamma-encoded sRGB; both from 0 to 1, any shape.

    Examples
    --------
    >>> import numpy as np
    >>> decode(np.array([0.0, 0.5, 1.0])).round(4).tolist()
    [0.0, 0.214, 1.0]
    """
    value = np.asarray(encoded, float)
    power = ((np.maximum(value, 0) + _OFFSET) / (1 + _OFFSET)) ** _POWER
    linear: NDArray[np.float64] = np.where(value <= _TOE, value / _TOE_SLOPE, power)
    return linear


def encode(linear: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return gamma-encoded sRGB of linear light, cut to 0 and 1; any shape."""
    value = np.clip(np.asarray(linear, float), 0, 1)
    low = value <= _TOE / _TOE_SLOPE
    encoded: NDArray[np.float64] = np.where(low, value * _TOE_SLOPE, (1 + _OFFSET) * value ** (1 / _POWER) - _OFFSET)
    return encoded


@cache
def _table() -> NDArray[np.float32]:
    return decode(np.arange(LEVELS) / (LEVELS - 1)).astype(np.float32)


def looked_up(pixels: Pixels, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``table`` at every value of a picture.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    table
        Shape (256,) for every channel, or (256, 3).
    """
    wide = table if table.ndim == 2 else np.repeat(table[:, None], 3, axis=1)
    return np.asarray(cv2.LUT(pixels, np.ascontiguousarray(wide[:, None, :], np.float32)), np.float32)


def plain_linear(pixels: Pixels) -> NDArray[np.float32]:
    """Return linear light by the sRGB curve, where no card says better.

    Exposure, white balance and the camera's own tone curve stay in it: two photographs are comparable only after they
    were normalized to each other, and no value is absolute.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), gamma-encoded sRGB.

    Returns
    -------
    NDArray
        Shape (height, width, 3), float32, 0 to 1.
    """
    return looked_up(pixels, _table())
