"""Lightness without the light: each place against its own surroundings, in units of their contrast."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap

_SIGMA = 10.0
"""Surroundings, px of the view: wider than a spot's edge, narrower than a shadow's."""
_FLOOR = 2.5
"""Contrast of a sensor's noise, gray levels: flat skin is not blown up to it."""
_SHRINK = 4
_MOST, _GAIN, _MIDDLE = 3.0, 42.0, 128.0
"""Contrast at which 8 bits end, and how it is laid into them."""


def evened(gray: FloatMap) -> FloatMap:
    """Return local contrast: 0 is the mean of the surroundings, 1 their standard deviation.

    Parameters
    ----------
    gray
        Lightness, 0 to 255, shape (height, width).

    Returns
    -------
    numpy.ndarray
        Shape (height, width), within about plus or minus 3. Unmoved by a smooth change of light, gain or gamma.
    """
    mean = _wide(gray)
    difference = gray - mean
    spread = cv2.sqrt(_wide(difference * difference) + _FLOOR**2)
    return np.asarray(cv2.divide(difference, spread), np.float32)


def _wide(layer: FloatMap) -> FloatMap:
    height, width = layer.shape
    small = cv2.resize(layer, (max(1, width // _SHRINK), max(1, height // _SHRINK)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), _SIGMA / _SHRINK)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def as_bytes(contrast: FloatMap) -> NDArray[np.uint8]:
    """Return local contrast as 8 bits, 128 for none."""
    return np.asarray(cv2.convertScaleAbs(np.clip(contrast, -_MOST, _MOST), alpha=_GAIN, beta=_MIDDLE), np.uint8)
