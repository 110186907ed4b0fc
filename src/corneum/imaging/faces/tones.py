"""Luminance, color and fine texture of a picture in logarithms: shading adds, the tone of the skin is an offset."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap
from corneum.imaging.photo import Pixels

_DARK = 0.004
"""Linear light added before a logarithm: about one code of an 8-bit picture near black."""
_CODES = np.arange(256) / 255
_LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""The sRGB curve (IEC 61966-2-1)."""
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Weights of the sRGB primaries (ITU-R BT.709)."""
_FINE_PX, _AROUND_PX = 2.5, 3.0
_BESIDE = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))


def reduced(pixels: Pixels, scale: float) -> Pixels:
    """Return a picture at this scale, at most 1, each pixel the mean of those it covers."""
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


@dataclass(frozen=True)
class Tones:
    """A picture in logarithms of linear light, each of shape (height, width).

    Parameters
    ----------
    light
        Log luminance.
    red, blue
        Log of red over green and of blue over green.
    grain
        Log of the local standard deviation of the fine part of ``light``.
    """

    light: FloatMap
    red: FloatMap
    blue: FloatMap
    grain: FloatMap


def tones_of(pixels: Pixels) -> Tones:
    """Return luminance, color and fine texture of a picture.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    """
    linear = cv2.GaussianBlur(_LINEAR[pixels], (0, 0), 0.8) + np.float32(_DARK)
    log = np.log(linear)
    light = np.log(linear @ _LUMINANCE)
    fine = light - cv2.GaussianBlur(light, (0, 0), _FINE_PX)
    grain = 0.5 * np.log(cv2.GaussianBlur(fine * fine, (0, 0), _AROUND_PX) + 1e-6)
    # The least around: one edge is not a texture, and must not roughen what lies beside it.
    grain = cv2.erode(grain, _BESIDE)
    return Tones(light, log[..., 0] - log[..., 1], log[..., 2] - log[..., 1], np.asarray(grain, np.float32))
