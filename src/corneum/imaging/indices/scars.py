"""Scars: shading of unevenness 2 to 8 mm wide, its sign where the light allows one, and color against the skin around.

A plain photograph shows how a dent shades, not how deep it is: a dent in light from the front leaves no trace.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.densities import Densities, densities, unmixing
from corneum.imaging.indices.relief import measured, spread_of
from corneum.imaging.indices.smoothing import enlarged, mean_nearby

_FINE_MM, _COARSE_MM = 2.0, 8.0
"""Widths of the dark half of a wave at the ends of the band: rolling and boxcar scars; ice picks are narrower."""
_WINDOW_MM = 3.0
"""Standard deviation of the window in which a bright and a dark side belong together."""
_RING_MM, _GAP_MM = 4.0, 1.0
"""Width of the skin around a scar that it is compared with, and the rim between them that belongs to neither."""
_SMALLEST_MM2 = 100.0
"""Less measured skin than this holds no pair of sides."""
_TINY = 1e-9


def scar_layer(canvas: Canvas) -> FloatMap:
    """Return the shading of unevenness 2 to 8 mm wide, in percent, shape (height, width).

    Luminance less what goes with color (pigment and blood), in the band. Dents and bumps have a bright and a dark side:
    the geometric mean of the two powers nearby leaves out what is only dark.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    """
    seen = densities(canvas)
    shading = shading_of(seen)
    window = _WINDOW_MM * seen.px_per_mm
    bright = mean_nearby(np.square(np.maximum(shading, 0)), seen.skin, window)
    dark = mean_nearby(np.square(np.minimum(shading, 0)), seen.skin, window)
    paired = 100 * np.sqrt(2 * np.sqrt(np.maximum(bright * dark, 0)))
    return np.asarray(enlarged(paired.astype(np.float32), seen.step, canvas.skin.shape) * canvas.skin, np.float32)


def scar_shading_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the paired shading of a region, in percent; NaN if it is too small.

    Parameters
    ----------
    layer
        From `scar_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    inside = measured(layer, region, canvas, spread_of(_FINE_MM))
    if len(inside) < _SMALLEST_MM2 * canvas.px_per_mm**2:
        return float("nan")
    return float(np.sqrt(np.mean(np.square(inside), dtype=np.float64)))


def shading_of(seen: Densities) -> FloatMap:
    """Return log luminance in the band of scars, less its part that goes with color, shape of the densities."""
    melanin_and_blood = _band(seen, np.array([-1.0, 0.0, 1.0]))
    blood = _band(seen, unmixing().redness)
    light = _band(seen, np.array([0.0, -1.0, 0.0]))
    inside = seen.skin > 0.5
    if np.count_nonzero(inside) < 3:
        return light
    colors = np.stack([melanin_and_blood[inside], blood[inside]]).astype(np.float64)
    moment = colors @ colors.T
    moment += np.eye(2) * (_TINY + 1e-3 * np.trace(moment))
    goes = np.linalg.solve(moment, colors @ light[inside])
    return np.asarray((light - goes[0] * melanin_and_blood - goes[1] * blood) * (seen.skin > 0), np.float32)


def _band(seen: Densities, weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> FloatMap:
    """Return a weighted sum of densities in the band of scars, as a natural logarithm of light."""
    natural = seen.mixed(weights * np.log(10) / 100)
    form = mean_nearby(natural, seen.skin, 2 * spread_of(_COARSE_MM) * seen.px_per_mm)
    flat = np.asarray((natural - form) * (seen.skin > 0), np.float32)
    finer = mean_nearby(flat, seen.skin, spread_of(_FINE_MM) * seen.px_per_mm)
    return np.asarray(finer - mean_nearby(flat, seen.skin, spread_of(_COARSE_MM) * seen.px_per_mm), np.float32)


@dataclass(frozen=True)
class Elevation:
    """Whether an outlined scar stands out or is sunken.

    Parameters
    ----------
    sign
        1 raised, -1 sunken, 0 withheld.
    sides_pct
        How much brighter the half toward the light is than the half away from it.
    se_pct
        Its standard error, from the same halves laid elsewhere on the skin around.
    why
        Why the sign is withheld; else empty.
    """

    sign: int
    sides_pct: float
    se_pct: float
    why: str = ""


def elevation_of(canvas: Canvas, scar: Mask, toward_light: tuple[float, float], directional_share: float) -> Elevation:
    """Return whether an outlined scar is raised or sunken, where the light comes from the side.

    The side of a bump that faces the light is the brighter one; in a dent it is the darker one.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    scar
        Outlined region, shape (height, width).
    toward_light
        Right and down in the picture: where the main light comes from; its length is the sine of its angle from the
        camera's axis.
    directional_share
        Share of the light that comes from there.

    References
    ----------
    ``imaging.scars.directional_share``, ``imaging.scars.sideways_share``
    """
    book = load_evidence()
    sideways = float(np.hypot(*toward_light))
    if not scar.any():
        return Elevation(0, 0.0, float("inf"), "the outline is empty")
    if directional_share < book.number("imaging.scars.directional_share").value:
        return Elevation(0, 0.0, float("inf"), "the light has no main direction")
    if sideways < book.number("imaging.scars.sideways_share").value:
        return Elevation(0, 0.0, float("inf"), "the light comes from the front: relief leaves no shade")
    seen = densities(canvas)
    size = (seen.skin.shape[1], seen.skin.shape[0])
    small = cv2.resize(scar.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
    if np.count_nonzero(small) < 8:
        return Elevation(0, 0.0, float("inf"), "the scar is too small in this photograph")
    toward = np.array(toward_light) / sideways
    sides, others = _sides(shading_of(seen), small, seen.skin > 0.5, toward)
    se = float(np.std(others)) if len(others) >= 8 else float("inf")
    if abs(sides) < 1.96 * se:
        return Elevation(0, 100 * sides, 100 * se, "its two sides differ no more than those of the skin around")
    return Elevation(int(np.sign(sides)), 100 * sides, 100 * se)


def _sides(
    shading: FloatMap, scar: Mask, skin: Mask, toward: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[float, list[float]]:
    """Return the lit half less the far half of a region, and the same of that region laid on the skin around it."""
    rows, columns = np.nonzero(scar)
    lit = (columns - columns.mean()) * toward[0] + (rows - rows.mean()) * toward[1] > 0

    def halves(down: int, right: int) -> float:
        values = shading[rows + down, columns + right]
        return float(values[lit].mean() - values[~lit].mean())

    high, wide = int(np.ptp(rows)) + 2, int(np.ptp(columns)) + 2
    others = []
    for down in range(-4 * high, 4 * high + 1, max(high // 2, 1)):
        for right in range(-4 * wide, 4 * wide + 1, max(wide // 2, 1)):
            there = rows + down, columns + right
            inside = (there[0].min() >= 0) and (there[1].min() >= 0)
            inside = inside and there[0].max() < skin.shape[0] and there[1].max() < skin.shape[1]
            if inside and skin[there].all() and not scar[there].any():
                others.append(halves(down, right))
    return halves(0, 0), others


def contrast_to_ring(layer: FloatMap, scar: Mask, canvas: Canvas) -> float:
    """Return an index inside an outlined scar less the same index in the skin around it; NaN without such skin.

    For the color of scars: give it the melanin or the redness layer.

    Parameters
    ----------
    layer
        Map of an index over the canvas, shape (height, width).
    scar
        Outlined region, shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    away = cv2.distanceTransform((~scar).astype(np.uint8), cv2.DIST_L2, 5) / canvas.px_per_mm
    ring = canvas.skin & (away > _GAP_MM) & (away < _GAP_MM + _RING_MM)
    inside = canvas.skin & scar
    if not ring.any() or not inside.any():
        return float("nan")
    return float(np.median(layer[inside]) - np.median(layer[ring]))
