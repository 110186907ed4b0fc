"""How blurred a photograph is, from its strongest edges, and whether it is out of focus or was moved.

Each strong edge is blurred a little more by a known amount: the less its slope suffers, the more it was blurred before.
The sharper quarter of the edges tells the lens; how it changes with the direction tells motion.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap

_FIRST, _SECOND = 1.0, 1.8
"""Widths of the two Gaussians, px: the first steadies against noise, the second is the known amount."""
_STRONG = 0.01
"""Share of the pixels whose slopes are the edges that count: lashes, brows, lips and nostrils in a face."""
_CANDIDATES = 0.06
_SHARPER = 25.0
"""Percentile of the edges: the rest are soft by nature, as the rim of a lip is."""
_MOST_VARIANCE = 3.0
"""Beyond this many px² the known amount is too small beside the blur: look again at half the size."""
_DIRECTIONS = 6
_HALF_WIDTH = np.pi / 8
_LEAST_EDGES = 40
_LEAST_SIDE = 160
_ONE_SIDED = 0.65
"""Swing of the variance over the directions in shares of its mean from which it is motion; focus reaches 0.5."""
_FLOOR = 0.7
"""Least mean variance, px², that a swing is compared with: sharp edges swing by their own shape."""
_FWHM = 2.0 * np.sqrt(2.0 * np.log(2.0))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Blur:
    """The blur of a photograph.

    Parameters
    ----------
    width_px
        Full width at half maximum of the blur; NaN where too few edges are in the picture.
    motion_px
        Length of a motion along one direction; 0 where the blur is the same all around. Motions longer than about
        10 px are understated.
    direction_deg
        Of the motion, against the horizontal, counterclockwise, 0 to 180.
    """

    width_px: float
    motion_px: float
    direction_deg: float

    @property
    def moved(self) -> bool:
        """Whether the blur is of one direction."""
        return self.motion_px > 0


def blur_of(gray: FloatMap) -> Blur:
    """Return how blurred a picture is.

    Parameters
    ----------
    gray
        Shape (height, width), gamma-encoded gray, 0 to 255: the face, or the middle of a body site.

    References
    ----------
    imaging.gates.edge_number; the ratio of slopes is that of Zhuo and Sim, Pattern Recognition 2011 (from memory).
    """
    step = 1
    while True:
        angles, variances = _edges(gray)
        if len(variances) < _LEAST_EDGES:
            return Blur(float("nan"), 0.0, 0.0)
        variance = float(np.percentile(variances, _SHARPER))
        if variance < _MOST_VARIANCE or min(gray.shape) < 2 * _LEAST_SIDE:
            break
        gray = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32)
        step *= 2
    length, direction = _motion(angles, variances)
    return Blur(_FWHM * step * float(np.sqrt(max(variance, 0.0))), step * length, direction)


def _edges(gray: FloatMap) -> tuple[Floats, Floats]:
    """Return direction of the slope and variance of the blur (px²) at the strongest edges."""
    slopes = []
    for width in (_FIRST, _SECOND):
        smooth = cv2.GaussianBlur(gray, (0, 0), width)
        kernel = np.array([[-0.5, 0.0, 0.5]], np.float32)
        slopes.append((cv2.filter2D(smooth, -1, kernel), cv2.filter2D(smooth, -1, kernel.T)))
    first, second = (np.asarray(cv2.magnitude(*pair), np.float32) for pair in slopes)
    border = 4
    bar = np.quantile(first[border:-border:3, border:-border:3], 1 - _CANDIDATES)
    rows, columns = np.nonzero(first[border:-border, border:-border] > max(float(bar), 1e-3))
    rows, columns = rows + border, columns + border
    if len(rows) == 0:
        return np.zeros(0), np.zeros(0)
    across, along = (part[rows, columns] for part in slopes[0])
    strength = first[rows, columns]
    crest = np.ones(len(rows), bool)
    for sign in (1, -1):
        here = (columns + sign * across / strength, rows + sign * along / strength)
        beside = _sampled(first, *(np.asarray(one, np.float32) for one in here))
        crest &= strength >= beside
    rows, columns = rows[crest], columns[crest]
    count = min(len(rows), int(_STRONG * gray.size))
    order = np.argsort(-strength[crest])[:count]
    rows, columns = rows[order], columns[order]
    ratio = (first[rows, columns] / np.maximum(second[rows, columns], 1e-6)).astype(float) ** 2
    variances = (_SECOND**2 - ratio * _FIRST**2) / np.maximum(ratio - 1, 1e-3)
    return np.arctan2(along[crest][order], across[crest][order]).astype(float), variances


def _sampled(part: FloatMap, columns: FloatMap, rows: FloatMap) -> FloatMap:
    # In rows of a fixed width: OpenCV refuses maps longer than 32767 on a side.
    wide = 16_384
    pad = -len(columns) % wide
    at = [np.pad(one, (0, pad)).reshape(-1, wide) for one in (columns, rows)]
    return np.asarray(cv2.remap(part, at[0], at[1], cv2.INTER_LINEAR).ravel()[: len(columns)], np.float32)


def _motion(angles: Floats, variances: Floats) -> tuple[float, float]:
    """Return length (px) and direction (degrees) of the motion; 0, 0 where there is none."""
    thetas = np.arange(_DIRECTIONS) * np.pi / _DIRECTIONS
    levels = []
    for theta in thetas:
        near = np.abs((angles - theta + np.pi / 2) % np.pi - np.pi / 2) < _HALF_WIDTH
        many = np.count_nonzero(near) >= _LEAST_EDGES
        levels.append(float(np.percentile(variances[near], _SHARPER)) if many else np.nan)
    seen = np.isfinite(levels)
    if np.count_nonzero(seen) < 4:
        return 0.0, 0.0
    waves = np.column_stack([np.ones(_DIRECTIONS), np.cos(2 * thetas), np.sin(2 * thetas)])[seen]
    mean, even, odd = np.linalg.lstsq(waves, np.array(levels)[seen], rcond=None)[0]
    swing = float(np.hypot(even, odd))
    if swing < _ONE_SIDED * max(float(mean), _FLOOR):
        return 0.0, 0.0
    # A motion of length L has the variance L²/12 along itself and none across: a swing of L²/24 about its mean.
    direction = float(np.degrees(np.arctan2(-odd, even)) / 2) % 180
    return float(np.sqrt(24 * swing)), direction
