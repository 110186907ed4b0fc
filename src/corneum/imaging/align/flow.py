"""Motion between two pictures of like contrast, smoothed so that it moves skin but never the edge of a spot."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.field import Field, sampled
from corneum.imaging.align.light import as_bytes
from corneum.imaging.align.view import View
from corneum.imaging.canvas import FloatMap

_AGREED = 0.35
"""Forward and backward motion that differ by this, px of the view, count half."""
_DESCENTS = 16
"""Steps of each small patch of the flow; more change nothing that can be measured."""
_WIDER = 1.5
"""The first smoothing, in units of the last: odd places must not make their own norm."""
_ROUNDS = 2
_ODD = 2.0
"""Motion this many times the median departure from the smooth one counts half: a spot that grew, a moving hair."""
_EVEN = 0.01
"""Departure, px of the baseline, that is never called odd."""


@dataclass(frozen=True)
class Motion:
    """Motion on the grid of a field, as seen, and how far it can be relied on.

    Parameters
    ----------
    across, down
        Baseline px, shape of the grid.
    weight
        0 to 1: forward and backward agree, inside both photographs.
    disagreement
        Between forward and backward, root mean square in a cell of the grid, px of the baseline.
    """

    across: FloatMap
    down: FloatMap
    weight: FloatMap
    disagreement: FloatMap


def motion_between(before: FloatMap, after: FloatMap, inside: FloatMap, view: View, grid: View) -> Motion:
    """Return the motion of local contrast from one picture to the other.

    Parameters
    ----------
    before, after
        Local contrast in the baseline's view, the second seen through the map so far; shape of the view.
    inside
        1 where the second photograph was seen, else 0.
    view
        Of both.
    grid
        On which the motion is wanted.
    """
    one, two = as_bytes(before), as_bytes(after)
    forth, back = _flow(one, two), _flow(two, one)
    columns, rows = np.meshgrid(np.arange(view.columns, dtype=np.float32), np.arange(view.rows, dtype=np.float32))
    there = columns + forth[0], rows + forth[1]
    returned = [sampled(part, *there) for part in back]
    apart = (forth[0] + returned[0]) ** 2 + (forth[1] + returned[1]) ** 2
    weight = np.asarray(inside / (1 + apart / np.float32(_AGREED**2)), np.float32)
    total = _cells(weight, grid)
    # What the two directions share is the motion; where they differ, each is as wrong as the other.
    across, down = (
        np.asarray(_cells(_half(ahead - astern, weight), grid) / np.maximum(total, 1e-9) * np.float32(step), np.float32)
        for ahead, astern, step in zip(forth, returned, view.steps, strict=True)
    )
    disagreement = np.sqrt(_cells(np.asarray(apart, np.float32), grid)) * np.float32(view.steps[0])
    return Motion(across, down, total, np.asarray(disagreement, np.float32))


def _flow(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> tuple[FloatMap, FloatMap]:
    """Return the motion from one picture to the other, across and down, px."""
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    flow.setPatchStride(4)
    flow.setGradientDescentIterations(_DESCENTS)
    across, down = cv2.split(flow.calc(one, two, None))  # type: ignore[call-overload]
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _half(apart: FloatMap, weight: FloatMap) -> FloatMap:
    return np.asarray(apart * np.float32(0.5) * weight, np.float32)


def _cells(layer: FloatMap, grid: View) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(layer, (grid.columns, grid.rows), interpolation=cv2.INTER_AREA), np.float32)


def smoothed(motion: Motion, regard: FloatMap, grid: View, reach: float) -> Motion:
    """Return the motion that neighboring skin agrees on.

    Each place takes the weighted mean of its surroundings; motion that departs from it is trusted less and less, so
    that the edge of a spot that grew does not pull the skin with it.

    Parameters
    ----------
    motion
        As seen.
    regard
        0 to 1: how much each place of the grid may say; 0 on held-out patches.
    grid
        Of both.
    reach
        One standard deviation of the smoothing, px of the baseline.
    """
    sigma = reach / grid.steps[0]
    said = np.stack([motion.across, motion.down], axis=-1)
    weight = motion.weight * regard
    smooth = _mean_around(said, weight, _WIDER * sigma)
    for _ in range(_ROUNDS):
        departure = ((said - smooth) ** 2).sum(axis=-1)
        judged = departure[regard > 0.5]
        usual = max(float(np.median(judged)) if judged.size else 0.0, _EVEN**2)
        smooth = _mean_around(said, weight / (1 + departure / (_ODD**2 * usual)), sigma)
    return replace(motion, across=smooth[..., 0].copy(), down=smooth[..., 1].copy())


def _mean_around(said: NDArray[np.float32], weight: FloatMap, sigma: float) -> NDArray[np.float32]:
    total = cv2.GaussianBlur(weight, (0, 0), sigma)
    summed = cv2.GaussianBlur(said * weight[..., None], (0, 0), sigma)
    return np.asarray(summed / (total + 1e-6)[..., None], np.float32)


def after(field: Field, motion: Motion) -> Field:
    """Return a field after a smooth motion."""
    return field.moved(motion.across, motion.down)
