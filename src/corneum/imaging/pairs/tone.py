"""Whether two cameras drew light alike: the exponent of one photograph's tones over the other's."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask

_TILE_MM = 2.0
"""Side of the tiles that are compared: wider than what moves between two photographs, finer than shading."""
_LUMINANCE = np.array([[0.2126, 0.7152, 0.0722]], np.float32)
_DARK, _BRIGHT = 0.008, 0.9
"""Linear light outside which a tile is near the ends of a file, where every camera bends its tones."""
_WHOLE = 0.9
_LEAST_TILES = 100
_LEAST_SPREAD = 0.15
"""Standard deviation of log luminance below which there are no tones to compare."""
_ROUNDS = 20
_REACH = 2.0
"""Spreads beyond which a tile hardly counts: what changed or moved there is no tone curve."""


def tone_exponent(first: NDArray[np.float32], second: NDArray[np.float32], seen: Mask, px_per_mm: float) -> float:
    """Return the power of the first photograph's light that the second one's goes with; 1 where none can be told.

    A line through the logarithms of luminance over skin and surroundings, with errors in both (orthogonal), robust to
    what differs for other reasons. A gamma, a tone curve or a contrast mode of the camera shows; a change of exposure
    does not.

    Parameters
    ----------
    first, second
        Linear light in one frame, shape (height, width, 3).
    seen
        Shape (height, width): where both show the same.
    px_per_mm
        Of the frame.
    """
    tile = max(1, round(_TILE_MM * px_per_mm))
    size = (first.shape[1] // tile, first.shape[0] // tile)
    if min(size) < 1:
        return 1.0
    tones = [cv2.transform(cv2.resize(one, size, interpolation=cv2.INTER_AREA), _LUMINANCE) for one in (first, second)]
    whole = cv2.resize(seen.astype(np.float32), size, interpolation=cv2.INTER_AREA) > _WHOLE
    for tone in tones:
        whole &= (tone > _DARK) & (tone < _BRIGHT)
    if np.count_nonzero(whole) < _LEAST_TILES:
        return 1.0
    across, along = (np.log(tone[whole].astype(float)) for tone in tones)
    if min(across.std(), along.std()) < _LEAST_SPREAD:
        return 1.0
    return _slope(across, along)


def _slope(across: NDArray[np.float64], along: NDArray[np.float64]) -> float:
    """Return the slope of the line through points with errors in both, by weights that shrink with the distance."""
    weights, slope = np.ones(len(across)), 1.0
    for _ in range(_ROUNDS):
        x, y = across - np.average(across, weights=weights), along - np.average(along, weights=weights)
        wide, high, both = (float(np.average(part, weights=weights)) for part in (x * x, y * y, x * y))
        if both <= 0:
            return 1.0
        slope = (high - wide + float(np.hypot(high - wide, 2 * both))) / (2 * both)
        rest = (y - slope * x) / np.hypot(1, slope)
        scale = _REACH * (1.4826 * float(np.median(np.abs(rest))) + 1e-4)
        weights = 1 / (1 + (rest / scale) ** 2) ** 2
    return slope
