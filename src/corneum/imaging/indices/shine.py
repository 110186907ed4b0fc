"""Shine: light thrown back by the surface, uncolored, over the light that comes out of the skin."""

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.densities import sampled_inside, working_step
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import blurred, enlarged, mean_nearby, reduced, share_of

_SMOOTH_MM = 0.5
_SURROUNDINGS_MM = 10.0
"""Reach of a face's own diffuse level: wider than a highlight on the nose."""
_DULL_SHARE = 0.25
"""The quarter of the skin whose blue-to-red ratio is lowest is taken as free of shine."""
_HOLE_MM = 4.0
"""Half of the widest gap in the skin mask that is filled: shine is cut out of it, for no color can be read there."""
_MOST_PERCENT = 100.0
"""Surface light as strong as the skin's own: brighter is a lamp's image, however bright, or no skin at all."""
_LEAST_PX = 50


def shine_layer(canvas: Canvas) -> FloatMap:
    """Return the specular light in percent of the diffuse light around, shape (height, width); 0 to 100.

    The surface adds the same light to every channel, the skin sends back little blue: blue in excess of the ratio of
    dull skin is surface light (dichromatic reflection).

    References
    ----------
    Source ``shafer_1985``.
    """
    step = working_step(canvas.px_per_mm)
    px_per_mm = canvas.px_per_mm / step
    light = blurred(reduced(canvas.linear, step), _SMOOTH_MM * px_per_mm)
    skin = share_of(canvas.skin, step)
    red, blue = np.maximum(light[..., 0], 1e-3), light[..., 2]
    sure = skin > 0.9
    if not sure.any():
        return np.zeros(canvas.skin.shape, np.float32)
    dull = float(np.quantile((blue / red)[sure], _DULL_SHARE))
    surface = np.clip((blue - dull * red) / max(1 - dull, 0.1), 0, None)
    luminance = cv2.transform(light, np.array([[0.2126, 0.7152, 0.0722]], np.float32))
    diffuse = mean_nearby(np.maximum(luminance - surface, 1e-3), skin, _SURROUNDINGS_MM * px_per_mm)
    percent = np.minimum(100 * surface / np.maximum(diffuse, 1e-3), _MOST_PERCENT)
    return enlarged(np.asarray(percent * (diffuse > 0), np.float32), step, canvas.skin.shape)


def shine(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the mean shine of a region, with the bright gaps in its skin; percent, NaN if the region is too small.

    Gaps that are no brighter than the skin (hair, a crease) stay out.
    """
    inside = sampled_inside(layer, region, canvas)
    if inside.size < _LEAST_PX:
        return float("nan")
    step = working_step(canvas.px_per_mm)
    near = _near(layer, step)
    closed = _gaps(region, step, max(1, round(_HOLE_MM * canvas.px_per_mm / step)))
    gaps = near[closed & (near > np.quantile(inside, 0.9))]
    return float(np.concatenate([inside, gaps]).mean(dtype=np.float64))


@remembered
def _near(layer: FloatMap, step: int) -> FloatMap:
    return reduced(layer, step)


@remembered
def _gaps(region: Mask, step: int, radius: int) -> Mask:
    """Return the gaps in a region that a disk of a radius closes, one pixel for each ``step`` x ``step``."""
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    small = (reduced(region.astype(np.float32), step) > 0.5).astype(np.uint8)
    padded = cv2.copyMakeBorder(small, radius, radius, radius, radius, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disk)[radius:-radius, radius:-radius]
    return np.asarray(closed > small, bool)
