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
    height, width = values.shape[:2]
    below, right = -height % step, -width % step
    padded = cv2.copyMakeBorder(values, 0, below, 0, right, cv2.BORDER_REPLICATE) if below or right else values
    size = ((width + right) // step, (height + below) // step)
    return np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), np.float32)


def enlarged(values: FloatMap, step: int, shape: tuple[int, ...]) -> FloatMap:
    """Return a reduced map at its old shape, between its pixels by straight lines."""
    if step == 1:
        return values
    size = (values.shape[1] * step, values.shape[0] * step)
    full = cv2.resize(values, size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(full[: shape[0], : shape[1]], np.float32)


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
    above = blurred(values * skin, reach_px)
    below = _near(skin, reach_px)
    return np.asarray(np.where(below > _FAINT, above / np.maximum(below, _FAINT), 0), np.float32)


@remembered
def _near(skin: FloatMap, reach_px: float) -> FloatMap:
    return blurred(skin, reach_px)


@remembered
def share_of(skin: Mask, step: int) -> FloatMap:
    """Return the share of a mask in each square of ``step`` x ``step`` pixels."""
    return reduced(weight_of(skin), step)


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


def weight_of(skin: Mask) -> FloatMap:
    """Return a mask as float32 weights."""
    return skin.astype(np.float32)
