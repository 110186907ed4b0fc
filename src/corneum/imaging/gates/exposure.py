"""Whether the person's own skin is within what the file can hold: cut off, lost in shadow, or drowned in noise."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.photo import Pixels

_CUT = 250
"""Level from which a channel counts as cut off: cameras bend the last levels before they clip."""
_BLOCK = 16
"""Side of the blocks in which noise is sought, px."""
_MOST_BLOCKS = 3000
_SMOOTHER = 20
"""Percentile of the blocks: the smoothest skin shows the noise, the rest shows skin."""
_KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Blind to gradients and keeps the standard deviation of white noise (Immerkær 1996, from memory)."""
_BRIGHTEST = 99.5
_TOE, _SLOPE, _OFFSET, _POWER = 0.04045, 12.92, 0.055, 2.4
"""The sRGB curve, IEC 61966-2-1."""
_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= _TOE, _LEVELS / _SLOPE, ((_LEVELS + _OFFSET) / (1 + _OFFSET)) ** _POWER)
_STEP = np.gradient(_LINEAR) / np.maximum(_LINEAR, 1e-9)
"""Relative change of light from one level to the next."""


@dataclass(frozen=True)
class Exposure:
    """How skin sits in the range of the file.

    Parameters
    ----------
    cut_share
        Of the skin, where a channel is at the upper end.
    dark_share
        Of the skin, so dark that one level is more than a given share of its light.
    noise_share
        Standard deviation of the noise over the skin's own light; NaN where no even skin is found.
    unused_stops
        Factors of two between the brightest part of the whole picture and the upper end.
    """

    cut_share: float
    dark_share: float
    noise_share: float
    unused_stops: float


def exposure_of(pixels: Pixels, skin: Mask, step_share: float) -> Exposure:
    """Return how skin sits in the range of the file. No level is asked of it: dark skin may be dark.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    skin
        Shape (height, width): all skin, with shine and shadow.
    step_share
        Change of light from one level to the next from which a level counts as dark.
    """
    tones = pixels[skin]
    brightest = tones.max(axis=1)
    dark = int(np.count_nonzero(step_share < _STEP))
    top = int(np.percentile(pixels[::4, ::4].max(axis=2), _BRIGHTEST))
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    middle = int(np.median(gray[skin]))
    return Exposure(
        cut_share=float(np.mean(brightest >= _CUT)),
        dark_share=float(np.mean(brightest < dark)),
        noise_share=_noise(gray.astype(np.float32), skin) * float(_STEP[middle]),
        unused_stops=float(-np.log2(max(_LINEAR[top], 1e-4))),
    )


def _noise(gray: FloatMap, skin: Mask) -> float:
    """Return the standard deviation of the noise on even skin, levels; NaN if there is none."""
    rest = cv2.filter2D(gray, -1, _KERNEL)
    rows, columns = (side // _BLOCK for side in gray.shape)
    whole = cv2.boxFilter(skin.astype(np.float32), -1, (_BLOCK, _BLOCK), anchor=(0, 0))
    inside = whole[: rows * _BLOCK : _BLOCK, : columns * _BLOCK : _BLOCK] > 1 - 1e-4
    spots = np.argwhere(inside) * _BLOCK
    if len(spots) == 0:
        return float("nan")
    spots = spots[:: -(-len(spots) // _MOST_BLOCKS)]
    spreads = [1.4826 * np.median(np.abs(rest[r : r + _BLOCK, c : c + _BLOCK])) for r, c in spots]
    return float(np.percentile(spreads, _SMOOTHER))
