"""Pores: dark round dots about 0.25 to 0.6 mm wide."""

from functools import cache

import cv2
import numpy as np

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.contrast import contrast_in, contrast_layer, response_noise
from corneum.imaging.indices.relief import Relief, covered, measured, relief_of
from corneum.imaging.indices.ridges import dots_of

_SPREAD_MM = 0.15
"""Of the filter: a dot of this Gaussian spread is 0.35 mm wide at half its depth."""
_SHADING_MM = 2.5
_CLEAR_MM = 0.4
"""Standard deviation of the window around a dot that must be skin: a hair's edge is no dot."""
_APART_MM = 0.4
"""Two dots nearer than this are one."""
_ABOVE_NOISE = 4.0
"""A dot stands out of noise by so many standard deviations of the filter's response to it."""
_SMALLEST_MM2 = 30.0
"""Less measured skin than this gives no number."""


def pore_layer(canvas: Canvas) -> FloatMap:
    """Return the contrast of dark dots, in percent, shape (height, width)."""
    return contrast_layer(canvas, _dots, _SHADING_MM, _CLEAR_MM)


def pore_strength_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the contrast of the dots of a region, root mean square over its skin, in percent; NaN if too small.

    Parameters
    ----------
    layer
        From `pore_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    return contrast_in(layer, region, canvas, _CLEAR_MM)


def pore_count_layer(canvas: Canvas) -> FloatMap:
    """Return 1 in the middle of each dot that exceeds the least contrast and the noise, else 0.

    References
    ----------
    ``imaging.pores.least_contrast_pct``
    """
    found = _dots(relief_of(canvas, _SHADING_MM))
    needed = np.maximum(np.float32(_least_share()), np.float32(_ABOVE_NOISE) * response_noise(canvas, _dots))
    side = 2 * int(np.ceil(_APART_MM * canvas.px_per_mm / 2)) + 1
    highest = cv2.dilate(found, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.asarray((found >= highest) & (found > needed) & covered(canvas, _CLEAR_MM), np.float32)


def pore_count_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the number of dots per area of skin, 1/cm²; NaN if the region is too small.

    Parameters
    ----------
    layer
        From `pore_count_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    inside = measured(layer, region, canvas, _SPREAD_MM)
    if len(inside) < _SMALLEST_MM2 * canvas.px_per_mm**2:
        return float("nan")
    return float(np.count_nonzero(inside)) / (len(inside) / canvas.px_per_mm**2 / 100)


def _dots(relief: Relief) -> FloatMap:
    return dots_of(relief, _SPREAD_MM)


@cache
def _least_share() -> float:
    return load_evidence().number("imaging.pores.least_contrast_pct").value / 100
