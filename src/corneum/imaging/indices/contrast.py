"""From a filter's response to a map of contrast: power around each pixel, less what the camera's noise adds to it."""

from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.relief import Relief, covered, log_luminance, measured, relief_of
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import mean_nearby, weight_of
from corneum.imaging.indices.spectrum import FLOOR_RATIO, TELLS_NOISE_PX_PER_MM, TooFewTiles, spectrum_of

Filter = Callable[[Relief], FloatMap]
"""From the relief of skin to a response in shares of the local luminance, shape (height, width)."""

PERCENT = 100.0
_WINDOW_MM = 1.0
"""Standard deviation of the window in which power is averaged: the grain of the maps."""
_SHADE_MM = 3.0
"""Standard deviation of the mean brightness by which noise is told: a camera's noise follows light, not pores."""
_MOST_RESPONSE = 0.3
"""Responses are cut here: a hair or a mole must not outweigh a zone of skin."""
_SMALLEST_MM2 = 30.0
"""Less measured skin than this gives no number: a few fields of relief, not skin."""
_TRIAL_PX = 384
_TRIAL_SD = 0.01


def contrast_layer(canvas: Canvas, response: Filter, shading_mm: float, reach_mm: float) -> FloatMap:
    """Return the contrast of one kind of structure, in percent of the local luminance, shape (height, width).

    Root of the mean square response around each pixel, less the power that noise adds; negative where noise would add
    more than there is, so that means stay true.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    response
        What is looked for; the same function serves all photographs.
    shading_mm
        Standard deviation of the coarse mean that is taken away first.
    reach_mm
        Standard deviation of the widest window of the response: so far around a pixel there must be skin.
    """
    relief = relief_of(canvas, shading_mm)
    found = np.clip(response(relief), -_MOST_RESPONSE, _MOST_RESPONSE)
    np.square(found, out=found)
    sound = weight_of(covered(canvas, reach_mm))
    power = mean_nearby(found, sound, _WINDOW_MM * canvas.px_per_mm)
    power -= np.multiply(noise_power(canvas), np.float32(_gain(response, canvas.px_per_mm)), out=found)
    contrast = np.abs(power)
    np.copysign(np.sqrt(contrast, out=contrast), power, out=contrast)
    contrast *= np.float32(PERCENT)
    contrast *= sound
    return contrast


def contrast_in(layer: FloatMap, region: Mask, canvas: Canvas, reach_mm: float) -> float:
    """Return the contrast of a region, root mean square, in percent; NaN if too little of it can be measured.

    Parameters
    ----------
    layer
        From `contrast_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    reach_mm
        As for the layer.
    """
    inside = measured(layer, region, canvas, reach_mm)
    if len(inside) < _SMALLEST_MM2 * canvas.px_per_mm**2:
        return float("nan")
    # A sum of squares in single precision would lose the last digits of a large zone.
    power = float(np.mean(inside * np.abs(inside), dtype=np.float64))
    return float(np.sqrt(max(power, 0.0)))


@remembered
def noise_power(canvas: Canvas) -> FloatMap:
    """Return the variance of log luminance by noise in the bands of skin, shape (height, width).

    One level for the photograph from its finest rings of frequency, inversely to the light as photons have it. None is
    told on a canvas too coarse or too small for it.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    """
    weight = weight_of(canvas.skin)
    if canvas.px_per_mm < TELLS_NOISE_PX_PER_MM:
        return np.zeros_like(weight)
    try:
        level = FLOOR_RATIO * spectrum_of(canvas, canvas.skin).floor
    except TooFewTiles:
        return np.zeros_like(weight)
    shade = mean_nearby(log_luminance(canvas), weight, _SHADE_MM * canvas.px_per_mm)
    typical = float(np.median(shade[canvas.skin]))
    np.subtract(np.float32(typical), shade, out=shade)
    power = np.asarray(cv2.exp(shade, dst=shade), np.float32)
    power *= np.float32(level)
    power *= weight
    return power


def response_noise(canvas: Canvas, response: Filter) -> FloatMap:
    """Return the root mean square of a response to noise alone, in shares of luminance, shape (height, width)."""
    return np.asarray(np.sqrt(noise_power(canvas) * np.float32(_gain(response, canvas.px_per_mm))), np.float32)


@lru_cache(maxsize=64)
def _gain(response: Filter, px_per_mm: float) -> float:
    """Return the power of a response to noise of power 1 in every pixel."""
    noise = np.random.default_rng(0).normal(0, _TRIAL_SD, (_TRIAL_PX, _TRIAL_PX)).astype(np.float32)
    found = response(Relief(noise, np.ones_like(noise), px_per_mm))
    return float(np.mean(found**2, dtype=np.float64)) / _TRIAL_SD**2
