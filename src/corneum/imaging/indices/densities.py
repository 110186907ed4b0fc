"""Optical densities of skin, and how they are unmixed into pigment and blood."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import blurred, box_of, reduced, share_of

_WORKING_PX_PER_MM = 3.3
"""Color on skin is blurred by scattering under the surface over about a millimeter: more pixels say nothing more."""
_SMOOTH_MM = 0.4
"""Reach of the first smoothing, in linear light: noise is averaged before the logarithm would bend it."""
_DARKEST = 1e-3
"""Linear light below which a camera says nothing of the skin; keeps the logarithm finite."""
UNIT = 100.0
"""Index units per decade of light, as reflectance meters print them."""


@dataclass(frozen=True)
class Unmixing:
    """Weights of the red, green and blue density in an index of color.

    Parameters
    ----------
    redness
        Shape (3,): adds up to zero, so that neither light nor shading moves it, and blind to melanin.
    melanin
        Shape (3,): the red density less what blood adds to it.
    bloodless
        What ``redness`` weights give on skin without blood.
    pigment
        Shape (3,): of dark spots against the skin around them; the signal over noise of the worst skin is largest.
    """

    redness: NDArray[np.float64]
    melanin: NDArray[np.float64]
    bloodless: float
    pigment: NDArray[np.float64]


@cache
def unmixing() -> Unmixing:
    """Return the weights, from the evidence tables.

    References
    ----------
    ``imaging.color.redness_blue_coefficient``, ``imaging.color.melanin_redness_coefficient``,
    ``imaging.color.bloodless_redness_number``, ``imaging.color.pigment_red_coefficient``,
    ``imaging.color.pigment_green_coefficient``
    """
    book = load_evidence()
    blue = book.number("imaging.color.redness_blue_coefficient").value
    blood = book.number("imaging.color.melanin_redness_coefficient").value
    red = book.number("imaging.color.pigment_red_coefficient").value
    green = book.number("imaging.color.pigment_green_coefficient").value
    redness = np.array([blue - 1, 1, -blue])
    return Unmixing(
        redness,
        np.array([1.0, 0.0, 0.0]) - blood * redness,
        book.number("imaging.color.bloodless_redness_number").value,
        np.array([red, green, 1 - red - green]),
    )


@dataclass(frozen=True)
class Densities:
    """Optical densities of a canvas at the scale of color.

    Parameters
    ----------
    maps
        Shape (height, width, 3): ``-log10`` of linear red, green and blue, reduced by ``step``.
    skin
        Share of skin in each pixel, shape (height, width).
    step
        Pixels of the canvas per pixel here.
    px_per_mm
        Here.
    """

    maps: NDArray[np.float32]
    skin: FloatMap
    step: int
    px_per_mm: float

    def mixed(self, weights: NDArray[np.float64]) -> FloatMap:
        """Return the weighted sum of the three densities in index units, shape (height, width)."""
        return np.asarray(cv2.transform(self.maps, (UNIT * weights)[None].astype(np.float32)), np.float32)


def working_step(px_per_mm: float) -> int:
    """Return how many pixels of a canvas make one pixel at the scale of color."""
    return max(1, int(px_per_mm / _WORKING_PX_PER_MM))


def sampled_inside(layer: FloatMap, region: Mask, canvas: Canvas) -> FloatMap:
    """Return the values of a layer in a region, one for each pixel at the scale of color; more would repeat them."""
    step = working_step(canvas.px_per_mm)
    rows, columns = (slice(-(-side.start // step) * step, side.stop, step) for side in box_of(region))
    return np.asarray(layer[rows, columns][region[rows, columns]], np.float32)


@remembered
def densities(canvas: Canvas, smooth_mm: float = _SMOOTH_MM) -> Densities:
    """Return the densities of the skin of a canvas.

    Parameters
    ----------
    canvas
        The photograph.
    smooth_mm
        Reach of the smoothing in linear light, over skin only.
    """
    step = working_step(canvas.px_per_mm)
    px_per_mm = canvas.px_per_mm / step
    share = share_of(canvas.skin, step)
    reach = smooth_mm * px_per_mm
    # Off the skin there is nothing to measure: the mean of the skin's edge is carried outward, never eyes or hair.
    light = blurred(_of_skin(canvas), reach) / np.maximum(blurred(share, reach), _DARKEST)[..., None]
    logs = cv2.log(np.maximum(light, np.float32(_DARKEST)))
    return Densities(np.asarray(logs * np.float32(-1 / np.log(10)), np.float32), share, step, px_per_mm)


@remembered
def _of_skin(canvas: Canvas) -> NDArray[np.float32]:
    """Return the linear light of the skin at the scale of color, dark off it."""
    light = cv2.copyTo(canvas.linear, canvas.skin.view(np.uint8))
    return reduced(np.asarray(light, np.float32), working_step(canvas.px_per_mm))
