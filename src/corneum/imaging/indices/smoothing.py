"""Smooth parts of a map over skin only: mask edges make no edges, and large reaches cost no more than small ones."""

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.indices.remembered import remembered

_FINEST_REACH_PX = 4.0
"""A blur is taken on a map reduced until its reach is this many pixels: the error of that is under 1 %."""
_FAINT = 1e-3
"""Weight below which no skin is near; there the result falls to zero."""
TO_SD = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""


def blurred(values: FloatMap, reach_px: float) -> FloatMap:
    """Return a map after a Gaussian blur; wide ones are computed on a reduced copy.

    Parameters
    ----------
    values
        Shape (height, width), float32; a third axis of channels is kept.
    reach_px
        Standard deviation of the Gaussian, px.
    """
    step = int(reach_px / _FINEST_REACH_PX)
    if step < 2:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), reach_px, borderType=cv2.BORDER_REPLICATE), np.float32)
    return enlarged(
        np.asarray(
            cv2.GaussianBlur(reduced(values, step), (0, 0), reach_px / step, borderType=cv2.BORDER_REPLICATE),
            np.float32,
        ),
        step,
        values.shape[:2],
    )


def reduced(values: FloatMap, step: int) -> FloatMap:
    """Return a map of one pixel for each square of ``step`` x ``step`` pixels; the last edge pixels are repeated."""
    if step == 1:
        return values
    height, width = (side // step for side in values.shape[:2])
    rows, columns = height * step, width * step
    if (rows, columns) == values.shape[:2]:
        return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    small = np.empty((-(-values.shape[0] // step), -(-values.shape[1] // step), *values.shape[2:]), np.float32)
    # Only the last strips need a border: a copy of a whole map would take longer than reducing it.
    for part, place in (
        (values[:rows, :columns], small[:height, :width]),
        (values[rows:], small[height:]),
        (values[:rows, columns:], small[:height, width:]),
    ):
        if place.size:
            place[...] = reduced(_completed(part, step), step)
    return small


def _completed(values: FloatMap, step: int) -> FloatMap:
    """Return a map with its last edge pixels repeated until both sides are whole steps."""
    below, right = (-side % step for side in values.shape[:2])
    if not (below or right):
        return values
    return np.asarray(cv2.copyMakeBorder(values, 0, below, 0, right, cv2.BORDER_REPLICATE), np.float32)


def enlarged(values: FloatMap, step: int, shape: tuple[int, ...]) -> FloatMap:
    """Return a reduced map at its old shape, between its pixels by straight lines."""
    if step == 1:
        return values
    size = (values.shape[1] * step, values.shape[0] * step)
    full = cv2.resize(values, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(full[: shape[0], : shape[1]], np.float32)


def mean_nearby(values: FloatMap, skin: FloatMap, reach_px: float) -> FloatMap:
    """Return the mean over the skin around each pixel (normalized convolution); zero where no skin is near.

    Parameters
    ----------
    values
        Shape (height, width), float32.
    skin
        Weight of each pixel, 0 to 1, same shape.
    reach_px
        Standard deviation of the Gaussian weight, px.
    """
    mean = blurred(np.asarray(cv2.multiply(values, skin), np.float32), reach_px)
    np.multiply(mean, _per_near(skin, reach_px), out=mean)
    return mean


@remembered
def _per_near(skin: FloatMap, reach_px: float) -> FloatMap:
    """Return one over the weight of the skin around each pixel; zero where none is near."""
    near = blurred(skin, reach_px)
    faint = near <= _FAINT
    np.maximum(near, _FAINT, out=near)
    np.reciprocal(near, out=near)
    near[faint] = 0
    return near


@remembered
def share_of(skin: Mask, step: int) -> FloatMap:
    """Return the share of a mask in each square of ``step`` x ``step`` pixels."""
    return reduced(weight_of(skin), step)


@remembered
def box_of(region: Mask) -> tuple[slice, slice]:
    """Return the smallest rectangle that holds a region, as slices of rows and columns."""
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def spread(values: FloatMap) -> float:
    """Return the robust standard deviation of numbers: their scaled median absolute deviation."""
    return float(TO_SD * np.median(np.abs(values - np.median(values)))) if values.size else float("nan")


def midmean(values: FloatMap) -> float:
    """Return the mean of the middle half: outliers do not move it, and it is steadier than a median.

    Examples
    --------
    >>> midmean(np.array([1, 2, 3, 4, 5, 6, 7, 1000], np.float32))
    4.5
    """
    quarter = values.size // 4
    if values.size == 0:
        return float("nan")
    middle = np.partition(values, (quarter, values.size - quarter - 1))[quarter : values.size - quarter]
    return float(middle.mean(dtype=np.float64))


@remembered
def weight_of(skin: Mask) -> FloatMap:
    """Return a mask as float32 weights: one and the same array for one mask, which must not be written to."""
    return skin.astype(np.float32)
