"""Fine lines: dark, longer than wide, 0.3 to 1 mm across."""

from functools import cache

import cv2
import numpy as np

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.contrast import contrast_in, contrast_layer, response_noise
from corneum.imaging.indices.relief import Relief, covered, measured, relief_of
from corneum.imaging.indices.ridges import Ridge, ridges_of
from corneum.imaging.indices.smoothing import enlarged, reduced

_SPREAD_MM = 0.25
"""Across the line: the middle of the widths that are looked for, as the spread of a Gaussian profile."""
_REACH_MM = 1.0
"""Along the line: a pore fills a third of it."""
_SHADING_MM = 2.5
_CLEAR_MM = 0.6
"""Standard deviation of the window around a line that must be skin: the border of a fold or of hair is no line."""
_SMALLEST_MM2 = 30.0
"""Less measured skin than this gives no length."""
_ABOVE_NOISE = 4.0
"""A line stands out of noise by so many standard deviations of the filter's response to it."""
_ON_RATIO = 0.6
"""A line that starts with enough depth is followed down to this share of it."""
_FAN, _FAN_STEP = 4, 2
"""Directions (of 12) that one line may turn through, and from one such fan to the next: a net of furrows comes apart
in them."""
_CLASSES = ((0, 1), (1, 1), (1, 0), (1, -1))
"""Steps along a line that runs right, right-down, down and left-down: row, column."""


def line_layer(canvas: Canvas) -> FloatMap:
    """Return the contrast of dark lines, in percent, shape (height, width)."""
    return contrast_layer(canvas, _depth, _SHADING_MM, _CLEAR_MM)


def line_strength_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the contrast of the lines of a region, root mean square over its skin, in percent; NaN if too small.

    Parameters
    ----------
    layer
        From `line_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    return contrast_in(layer, region, canvas, _CLEAR_MM)


def line_length_layer(canvas: Canvas) -> FloatMap:
    """Return the length of line in each pixel, mm, shape (height, width): 0 but on the crest of a line.

    A line is a crest of the response that somewhere exceeds both the least contrast and the noise, and is followed for
    at least the least length.

    References
    ----------
    ``imaging.lines.least_contrast_pct``, ``imaging.lines.least_length_mm``
    """
    least_share, least_mm = _least()
    ridge = ridges_of(relief_of(canvas, _SHADING_MM), _SPREAD_MM, _REACH_MM)
    noise = reduced(response_noise(canvas, _depth), ridge.step)
    needed = np.maximum(np.float32(least_share), np.float32(_ABOVE_NOISE) * noise)
    crest = _crest(ridge) & (ridge.depth > _ON_RATIO * needed)
    px_per_mm = canvas.px_per_mm / ridge.step
    kept = _long(crest, ridge, ridge.depth > needed, least_mm * px_per_mm)
    rows, columns = np.nonzero(kept)
    height, width = canvas.skin.shape
    layer: FloatMap = np.zeros((height, width), np.float32)
    at = np.minimum(rows * ridge.step + ridge.step // 2, height - 1)
    beside = np.minimum(columns * ridge.step + ridge.step // 2, width - 1)
    layer[at, beside] = _stride(ridge)[rows, columns] / px_per_mm
    return np.asarray(layer * covered(canvas, _CLEAR_MM), np.float32)


def line_length_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the length of lines per area of skin, mm/cm²; NaN if the region is too small.

    Parameters
    ----------
    layer
        From `line_length_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    inside = measured(layer, region, canvas, _SPREAD_MM)
    if len(inside) < _SMALLEST_MM2 * canvas.px_per_mm**2:
        return float("nan")
    return float(inside.sum(dtype=np.float64)) / (len(inside) / canvas.px_per_mm**2 / 100)


def _depth(relief: Relief) -> FloatMap:
    ridge = ridges_of(relief, _SPREAD_MM, _REACH_MM)
    return enlarged(ridge.depth, ridge.step, relief.values.shape)


@cache
def _least() -> tuple[float, float]:
    book = load_evidence()
    share = book.number("imaging.lines.least_contrast_pct").value / 100
    return share, book.number("imaging.lines.least_length_mm").value


def _turned(ridge: Ridge) -> FloatMap:
    """Return the angle of the line from the row's direction, radians, clockwise as seen."""
    return np.asarray(ridge.direction * np.float32(np.pi / ridge.directions), np.float32)


def _crest(ridge: Ridge) -> Mask:
    """Return where the response is not exceeded one step to either side across the line."""
    eighth = np.rint(_turned(ridge) / (np.pi / 4)).astype(int) % 4
    crest = np.zeros(ridge.depth.shape, bool)
    for number, (row, column) in enumerate(_CLASSES):
        across = np.zeros((3, 3), np.uint8)
        # The step across stands at a right angle to the step along.
        across[1, 1] = across[1 + column, 1 - row] = across[1 - column, 1 + row] = 1
        crest |= (eighth == number) & (ridge.depth >= cv2.dilate(ridge.depth, across))
    return crest & (ridge.depth > 0)


def _stride(ridge: Ridge) -> FloatMap:
    """Return the length of line that a pixel of a crest stands for, px."""
    turned = _turned(ridge)
    return np.asarray(1 / np.maximum(np.abs(np.cos(turned)), np.abs(np.sin(turned))), np.float32)


def _long(crest: Mask, ridge: Ridge, sure: Mask, least_px: float) -> Mask:
    """Return the connected crests of like direction that reach far enough and are sure somewhere."""
    kept = np.zeros_like(crest)
    for first in range(0, ridge.directions, _FAN_STEP):
        alike = crest & ((ridge.direction.astype(int) - first) % ridge.directions < _FAN)
        count, parts, stats, _ = cv2.connectedComponentsWithStats(alike.astype(np.uint8), connectivity=8)
        far = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= least_px
        strong = np.zeros(count, bool)
        strong[np.unique(parts[alike & sure])] = True
        strong[0] = False
        kept |= (far & strong)[parts]
    return kept
