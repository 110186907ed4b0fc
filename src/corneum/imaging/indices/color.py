"""Melanin, redness, typology angle and evenness of tone: maps and values of zones."""

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.densities import UNIT, Densities, densities, sampled_inside, unmixing, working_step
from corneum.imaging.indices.smoothing import enlarged, mean_nearby, midmean, spread, weight_of

_FINE_MM, _COARSE_MM = 0.5, 5.0
"""Half of the scales between which tone is called uneven: 1 to 10 mm."""
_CLEAN_MM = 0.7
"""Reach of the smoothing of zone values' maps: the noise of a pixel says nothing of a zone."""
_LEAST_PX = 50
"""Pixels below which a region has no value."""
_MIDDLE_LIGHTNESS = 50.0
"""Where the typology angle is zero, by its definition."""


def _full(found: Densities, values: FloatMap, canvas: Canvas) -> FloatMap:
    full = enlarged(values, found.step, canvas.skin.shape)
    # At full scale the map given is itself returned: it may be another's too.
    return np.asarray(np.multiply(full, weight_of(canvas.skin), out=None if full is values else full), np.float32)


def melanin_layer(canvas: Canvas) -> FloatMap:
    """Return melanin, index units, shape (height, width): the red density less what blood adds to it.

    Red light keeps its proportion to pigment on the darkest skin, where green and blue are used up.

    References
    ----------
    ``imaging.color.melanin_redness_coefficient``; Takiwaki 1998 (melanin index from red light)
    """
    found = densities(canvas, _CLEAN_MM)
    return _full(found, found.mixed(unmixing().melanin), canvas)


def redness_layer(canvas: Canvas) -> FloatMap:
    """Return redness, index units above skin without blood, shape (height, width).

    The green density against red and blue, with weights that add up to zero (shading cancels) and that melanin does
    not move.

    References
    ----------
    ``imaging.color.redness_blue_coefficient``, ``imaging.color.bloodless_redness_number``
    """
    weights = unmixing()
    found = densities(canvas, _CLEAN_MM)
    return _full(found, found.mixed(weights.redness) - np.float32(UNIT * weights.bloodless), canvas)


def typology_layer(canvas: Canvas) -> FloatMap:
    """Return the individual typology angle, degrees, shape (height, width); larger is lighter.

    References
    ----------
    Source ``ita_formula``.
    """
    found = densities(canvas, _CLEAN_MM)
    light = np.exp(found.maps * np.float32(-np.log(10)))
    lab = cv2.cvtColor(light, cv2.COLOR_LRGB2Lab)
    angle = np.degrees(np.arctan2(lab[..., 0] - _MIDDLE_LIGHTNESS, np.maximum(lab[..., 2], 0.1)))
    return _full(found, np.asarray(angle, np.float32), canvas)


def evenness_melanin_layer(canvas: Canvas) -> FloatMap:
    """Return the pigment contrast at 1 to 10 mm, index units, shape (height, width)."""
    found = densities(canvas)
    return _full(found, _band(found.mixed(unmixing().pigment), found), canvas)


def evenness_redness_layer(canvas: Canvas) -> FloatMap:
    """Return the redness contrast at 1 to 10 mm, index units, shape (height, width)."""
    found = densities(canvas)
    return _full(found, _band(found.mixed(unmixing().redness), found), canvas)


def _band(values: FloatMap, found: Densities) -> FloatMap:
    fine, coarse = (mean_nearby(values, found.skin, mm * found.px_per_mm) for mm in (_FINE_MM, _COARSE_MM))
    return np.asarray(fine - coarse, np.float32)


def level(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the mean of the middle half of a map in a region; NaN if the region is too small."""
    return _level(sampled_inside(layer, region, canvas))


def _level(values: FloatMap) -> float:
    return midmean(values) if values.size >= _LEAST_PX else float("nan")


def relative_level(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the level of a region less that of the other zones' skin; NaN if either is too small.

    A change of the light or of the camera moves both alike and cancels; so does a change of the whole face.
    """
    every = (slice(None, None, working_step(canvas.px_per_mm)),) * 2
    rest = canvas.skin[every] & (canvas.zones[every] > 0) & ~region[every]
    return level(layer, region, canvas) - _level(layer[every][rest])


def unevenness(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the robust spread of a map in a region; NaN if the region is too small."""
    inside = sampled_inside(layer, region, canvas)
    return spread(inside) if inside.size >= _LEAST_PX else float("nan")
