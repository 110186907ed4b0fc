"""Whether the person's own skin is within what the file can hold: cut off, lost in shadow, or drowned in noise."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.photo import Pixels

_CUT = 250
"""Level from which a channel counts as cut off: cameras bend the last levels before they clip."""
_BLOCK = 16
"""Side of the blocks in which noise is sought, px."""
_MOST_BLOCKS = 1500
_SMOOTHER = 20
"""Percentile of the blocks: the smoothest skin shows the noise, the rest shows skin."""
_GAIN = np.float32(6)
"""Of the second difference across and along: blind to gradients (Immerkær 1996, from memory)."""
_MOST_PX = 500_000
"""Pixels of the picture that are looked at for shares; noise is sought in all of it."""
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
    # Of a large photograph every few pixels tell the same shares.
    every = max(1, int(np.sqrt(skin.size / _MOST_PX)))
    some, inside = np.ascontiguousarray(pixels[::every, ::every]), skin[::every, ::every]
    if not inside.any():
        some, inside = pixels, skin
    highest = np.maximum(np.maximum(some[..., 0], some[..., 1]), some[..., 2])
    brightest = highest[inside]
    dark = int(np.count_nonzero(step_share < _STEP))
    top = int(np.percentile(highest, _BRIGHTEST))
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    middle = int(np.median(cv2.cvtColor(some, cv2.COLOR_RGB2GRAY)[inside]))
    return Exposure(
        cut_share=float(np.mean(brightest >= _CUT)),
        dark_share=float(np.mean(brightest < dark)),
        noise_share=_noise(gray, skin) * float(_STEP[middle]),
        unused_stops=float(-np.log2(max(_LINEAR[top], 1e-4))),
    )


def _noise(gray: NDArray[np.uint8], skin: Mask) -> float:
    """Return the standard deviation of the noise on even skin, levels; NaN if there is none."""
    rows, columns = (side // _BLOCK for side in gray.shape)
    if not rows or not columns:
        return float("nan")
    whole = skin[: rows * _BLOCK, : columns * _BLOCK].view(np.uint8) * np.uint8(255)
    inside = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA) == 255
    # The rim of the picture has no neighbors for the kernel.
    inside[[0, -1], :] = inside[:, [0, -1]] = False
    spots = np.argwhere(inside) * _BLOCK
    if len(spots) == 0:
        return float("nan")
    spots = spots[:: -(-len(spots) // _MOST_BLOCKS)]
    reach = np.arange(-1, _BLOCK + 1)
    blocks = gray[spots[:, 0, None, None] + reach[:, None], spots[:, 1, None, None] + reach].astype(np.float32)
    across = 2 * blocks[:, :, 1:-1] - blocks[:, :, :-2] - blocks[:, :, 2:]
    rest = (2 * across[:, 1:-1] - across[:, :-2] - across[:, 2:]) / _GAIN
    spreads = 1.4826 * np.median(np.abs(rest).reshape(len(spots), -1), axis=1)
    return float(np.percentile(spreads, _SMOOTHER))
