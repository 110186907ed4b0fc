"""Where a pair differs: change maps over their own noise, for overlays."""

import numpy as np

from corneum.imaging.canvas import Canvas, FloatMap
from corneum.imaging.indices.densities import working_step
from corneum.imaging.indices.smoothing import TO_SD, enlarged, mean_nearby, reduced, share_of, weight_of

_SMOOTH_MM = 1.0
"""Reach over which a change is averaged: the finest patch that an overlay shows."""
_NEARBY_MM = 8.0
_OUTLIER = 3.0
_CUT_MEAN = 0.796
"""Mean absolute value of a normal variable cut at three spreads, over its spread."""
_FLOOR = 0.5


def difference_map(before: FloatMap, after: FloatMap, canvas: Canvas, smooth_mm: float = _SMOOTH_MM) -> FloatMap:
    """Return the change of a layer over the noise of this pair around it, shape (height, width); zero off the skin.

    The noise is the spread of the difference of finer detail nearby, which holds the registration's and the camera's
    error together; a change that fills the whole face is told apart from noise only by its size, so the map keeps it.

    Parameters
    ----------
    before, after
        The layer in the two photographs, shape (height, width).
    canvas
        Either of them: skin and scale are shared.
    smooth_mm
        Reach over which the change is averaged.
    """
    step = working_step(canvas.px_per_mm)
    px_per_mm = canvas.px_per_mm / step
    weight = weight_of(canvas.skin)
    skin = share_of(canvas.skin, step)
    change = np.asarray(reduced((after - before) * weight, step) / np.maximum(skin, 0.01), np.float32)
    smooth = mean_nearby(change, skin, smooth_mm * px_per_mm)
    # What is left against the wider surroundings is noise and small changes alike; cutting it keeps the latter out.
    rest = smooth - mean_nearby(change, skin, _NEARBY_MM / 2 * px_per_mm)
    sure = skin > 0.5
    whole = float(TO_SD * np.median(np.abs(rest[sure]))) if sure.any() else 0.0
    if not whole > 0:
        return np.zeros(canvas.skin.shape, np.float32)
    cut = np.minimum(np.abs(rest), np.float32(_OUTLIER * whole)) / np.float32(_CUT_MEAN)
    noise = np.maximum(mean_nearby(cut, skin, _NEARBY_MM * px_per_mm), np.float32(_FLOOR * whole))
    return enlarged(np.asarray(smooth / noise, np.float32), step, canvas.skin.shape) * weight
