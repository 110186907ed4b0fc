"""Contrast of skin inside one photograph: logarithm of luminance, freed of shading, in bands of size in millimeters.

Light multiplies what skin reflects: in the logarithm it is added, and what is left after a coarse mean is taken away no
longer depends on exposure. Every mean is over measurable skin only (normalized convolution), so the border of the mask
is no edge.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import blurred, box_of, mean_nearby, weight_of

LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Weights of linear red, green and blue in luminance (IEC 61966-2-1)."""
_DARKEST = 1e-3
"""Linear light below which a camera's pixel is noise only; keeps the logarithm finite."""
_SHADING_MM = 2.5
"""Standard deviation of the mean that takes shading by the form of the face away: wider than any texture or line."""
_FADE_MM = 0.5
"""Standard deviation of the mean that carries skin beyond its border: the reach of the finest filters."""
_COVERED = 0.7
"""Share of skin within reach that a pixel needs to be measured: a straight border has one half."""


def softened(values: FloatMap, variance_px2: float) -> FloatMap:
    """Return values through the sampled Gaussian whose steps add up exactly, also below one pixel.

    Parameters
    ----------
    values
        Shape (height, width) or (height, width, channels), float32.
    variance_px2
        Of the Gaussian, px².

    References
    ----------
    Lindeberg 1990, scale-space for discrete signals (source ``lindeberg_1990``).
    """
    if variance_px2 <= 0:
        return values
    kernel = _sampled_gaussian(variance_px2)
    return np.asarray(cv2.sepFilter2D(values, -1, kernel, kernel, borderType=cv2.BORDER_REPLICATE), np.float32)


def _sampled_gaussian(variance: float) -> NDArray[np.float64]:
    """Return modified Bessel functions of whole order at ``variance``, scaled to the sum 1: odd length.

    By the backward recurrence I(n-1) = I(n+1) + 2 n / variance I(n) from far beyond the reach (Miller), where the
    start no longer matters; importing a library of special functions costs more time than a picture.
    """
    reach = int(np.ceil(4 * np.sqrt(variance))) + 1
    start = 2 * reach + 20
    orders: NDArray[np.float64] = np.zeros(start + 2)
    orders[start] = 1e-200
    for n in range(start, 0, -1):
        orders[n - 1] = orders[n + 1] + 2 * n / variance * orders[n]
        if orders[n - 1] > 1e100:
            orders[n - 1 :] *= 1e-200
    half = orders[: reach + 1] / orders[0]
    kernel = np.concatenate([half[:0:-1], half])
    return np.asarray(kernel / kernel.sum(), np.float64)


@dataclass(frozen=True)
class Relief:
    """Log luminance of the skin without its shading.

    Parameters
    ----------
    values
        Shape (height, width): logarithm of luminance over its coarse mean; off the skin it fades from the mean of the
        skin nearby, so that filters find no edge at the border.
    weight
        1 on measurable skin, else 0, float32.
    px_per_mm
        Of the canvas.
    """

    values: FloatMap
    weight: FloatMap
    px_per_mm: float

    def band(self, finest_mm: float, coarsest_mm: float) -> FloatMap:
        """Return structures between two sizes, shape (height, width); 0 off the skin.

        Parameters
        ----------
        finest_mm, coarsest_mm
            Width of a dark or bright half of a wave that the band passes at half height.
        """
        band = mean_nearby(self.values, self.weight, spread_of(finest_mm) * self.px_per_mm)
        band -= mean_nearby(self.values, self.weight, spread_of(coarsest_mm) * self.px_per_mm)
        band *= self.weight
        return band


def spread_of(width_mm: float) -> float:
    """Return the standard deviation (mm) of the Gaussian that halves waves whose dark half is ``width_mm`` wide.

    Examples
    --------
    >>> round(spread_of(1.0), 3)
    0.375
    """
    return float(2 * width_mm * np.sqrt(np.log(2) / 2) / np.pi)


@remembered
def log_luminance(canvas: Canvas) -> FloatMap:
    """Return the natural logarithm of luminance, shape (height, width)."""
    light = cv2.transform(canvas.linear, np.array([LUMINANCE], np.float32))
    np.maximum(light, np.float32(_DARKEST), out=light)
    return np.asarray(cv2.log(light, dst=light), np.float32)


@remembered
def relief_of(canvas: Canvas, shading_mm: float = _SHADING_MM) -> Relief:
    """Return the log luminance of the skin without its shading.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    shading_mm
        Standard deviation of the coarse mean that is taken away.
    """
    weight = weight_of(canvas.skin)
    light = log_luminance(canvas)
    flat = mean_nearby(light, weight, shading_mm * canvas.px_per_mm)
    np.subtract(light, flat, out=flat)
    beyond = mean_nearby(flat, weight, _FADE_MM * canvas.px_per_mm)
    np.copyto(beyond, flat, where=canvas.skin)
    return Relief(beyond, weight, canvas.px_per_mm)


def measured(layer: FloatMap, region: Mask, canvas: Canvas, reach_mm: float) -> FloatMap:
    """Return the values of a layer in the part of a region whose surroundings are mostly skin, shape (pixels,).

    Parameters
    ----------
    layer
        Shape (height, width).
    region
        Shape (height, width).
    canvas
        For its mask of skin.
    reach_mm
        Standard deviation of the window that has to be covered.
    """
    box = box_of(region)
    return np.asarray(layer[box][region[box] & covered(canvas, reach_mm)[box]], np.float32)


def covered(canvas: Canvas, reach_mm: float) -> Mask:
    """Return the skin whose surroundings are mostly skin, shape (height, width).

    Parameters
    ----------
    canvas
        For its mask of skin.
    reach_mm
        Standard deviation of the window that has to be covered.
    """
    return _covered(canvas.skin, reach_mm * canvas.px_per_mm)


@remembered
def _covered(skin: Mask, reach_px: float) -> Mask:
    return np.asarray(skin & (blurred(weight_of(skin), reach_px) > _COVERED))
