"""Filters for dark lines and dark dots on skin, both from second derivatives of the log luminance."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap
from corneum.imaging.indices.relief import Relief, softened
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import reduced

_DIRECTIONS = 12
"""Turns of a line filter: neighbors overlap at half height for the reach over spread that is used."""
_FINEST_SPREAD_PX = 1.2
"""A filter is run on a shrunken copy as long as its spread stays this many pixels."""
_WIDE = 3.0
"""Half width of a filter in spreads."""


@dataclass(frozen=True)
class Ridge:
    """Dark lines.

    Parameters
    ----------
    depth
        How much darker than both sides, as a share of the luminance, shape (height, width); 0 where nothing is darker.
    direction
        Place of the strongest filter in the turn of 180 degrees, shape (height, width).
    step
        Pixels of the canvas per pixel of these maps.
    directions
        Number of filters in that turn.
    """

    depth: FloatMap
    direction: FloatMap
    step: int
    directions: int = _DIRECTIONS


@remembered
def ridges_of(relief: Relief, spread_mm: float, reach_mm: float) -> Ridge:
    """Return dark lines: the strongest of elongated filters turned through 180 degrees.

    A straight line whose Gaussian profile has the filter's own spread gives its depth, up to a tenth less where it runs
    between two of the directions.

    Parameters
    ----------
    relief
        Of one photograph.
    spread_mm, reach_mm
        Standard deviations of the filter across and along the line: a dot or a short streak fills little of its length.
    """
    step = max(1, int(spread_mm * relief.px_per_mm / _FINEST_SPREAD_PX))
    small = reduced(relief.values, step)
    per_mm = relief.px_per_mm / step
    depth = np.zeros_like(small)
    direction = np.zeros_like(small)
    for turn, kernel in enumerate(_line_filters(spread_mm * per_mm, reach_mm * per_mm)):
        found = cv2.filter2D(small, -1, kernel, borderType=cv2.BORDER_REPLICATE)
        direction[found > depth] = turn
        np.maximum(depth, found, out=depth)
    return Ridge(depth, direction, step)


@remembered
def dots_of(relief: Relief, spread_mm: float) -> FloatMap:
    """Return dark dots: the smaller of the two curvatures, which a line does not have, shape (height, width).

    A round dot whose Gaussian profile has the filter's own spread gives its depth.

    Parameters
    ----------
    relief
        Of one photograph.
    spread_mm
        Standard deviation of the Gaussian under the derivatives.
    """
    variance = (spread_mm * relief.px_per_mm) ** 2
    soft = softened(relief.values, variance)
    second, none, first = np.array([1.0, -2.0, 1.0]), np.array([1.0]), np.array([-0.5, 0.0, 0.5])
    across = np.asarray(cv2.sepFilter2D(soft, -1, second, none), np.float32)
    along = np.asarray(cv2.sepFilter2D(soft, -1, none, second), np.float32)
    twice_both = np.asarray(cv2.sepFilter2D(soft, -1, first, 2 * first), np.float32)
    least = across + along
    least -= np.asarray(cv2.magnitude(across - along, twice_both), np.float32)
    # A Gaussian dot of this variance and depth 1 has curvature 1 / (4 variance) after the same Gaussian.
    least *= np.float32(2 * variance)
    np.maximum(least, 0, out=least)
    return least


@lru_cache(maxsize=16)
def _line_filters(spread_px: float, reach_px: float) -> tuple[FloatMap, ...]:
    half = int(np.ceil(_WIDE * max(spread_px, reach_px)))
    rows, columns = np.mgrid[-half : half + 1, -half : half + 1].astype(float)
    filters = []
    for turn in np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS:
        along = columns * np.cos(turn) + rows * np.sin(turn)
        across = (rows * np.cos(turn) - columns * np.sin(turn)) / spread_px
        window = np.exp(-0.5 * (along / reach_px) ** 2 - 0.5 * across**2)
        kernel = (across**2 - 1) * window
        kernel -= window * kernel.sum() / window.sum()
        line = np.exp(-0.5 * across**2)
        filters.append((kernel / -(kernel * line).sum()).astype(np.float32))
    return tuple(filters)
