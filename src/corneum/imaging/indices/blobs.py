"""Round dark places of a map at several sizes: how strong, how round, and how far beyond the noise around them."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.indices.smoothing import blurred, mean_nearby, spread

DIAMETERS_MM = (1.4, 2.0, 2.8, 4.0, 5.7, 8.0)
"""Sizes looked for, half an octave apart; one more below and above only to see where a maximum ends."""
_STEP = 2**0.5
_DISK = np.exp(-0.5) - np.exp(-1.0)
"""Response to a disk of unit contrast whose radius is ``_STEP`` times the inner reach: its own best size."""
_NEARBY_MM = 8.0
"""Reach over which noise is taken as even."""
_OUTLIER = 3.0
"""Spreads at which a value is cut before the noise around it is taken: a spot is no noise."""
_FLOOR = 0.5
"""Least local noise, as a share of the face's: a chance quiet patch must not make its neighbors spots."""
_CUT_MEAN = 0.796
"""Mean absolute value of a normal variable cut at three spreads, over its spread."""


@dataclass(frozen=True)
class Blobs:
    """The responses of one map.

    Parameters
    ----------
    responses
        Shape (sizes, height, width): contrast of a round place of that size centered there, in units of the map.
    noises
        Standard deviation of the response around each pixel, same shape.
    inner
        Where a response is wholly of skin, shape (height, width).
    px_per_mm
        Of the map.
    """

    responses: NDArray[np.float32]
    noises: NDArray[np.float32]
    inner: Mask
    px_per_mm: float

    @property
    def lighter(self) -> "Blobs":
        """The same of the map with its sign turned: round light places."""
        return Blobs(-self.responses, self.noises, self.inner, self.px_per_mm)

    @cached_property
    def signals(self) -> NDArray[np.float32]:
        """Responses over their noise, same shape."""
        return np.asarray(self.responses / self.noises, np.float32)


def responses_of(values: FloatMap, skin: FloatMap, px_per_mm: float) -> NDArray[np.float32]:
    """Return the response of every size in `DIAMETERS_MM`, shape (sizes, height, width).

    Parameters
    ----------
    values
        Shape (height, width); larger is darker.
    skin
        Share of skin in each pixel, same shape.
    px_per_mm
        Of the map.
    """
    reaches = [diameter / 2 / _STEP * px_per_mm for diameter in DIAMETERS_MM]
    means = [mean_nearby(values, skin, reach) for reach in [*reaches, reaches[-1] * _STEP]]
    return np.stack([(fine - wide) / np.float32(_DISK) for fine, wide in pairwise(means)])


def noise_of(response: FloatMap, inner: Mask, px_per_mm: float) -> FloatMap:
    """Return the robust standard deviation of a response around each pixel, shape (height, width)."""
    whole = spread(response[inner]) if inner.any() else float("nan")
    if not whole > 0:
        return np.full(response.shape, np.inf, np.float32)
    weight = inner.astype(np.float32)
    cut = np.minimum(np.abs(response), np.float32(_OUTLIER * whole))
    local = mean_nearby(cut, weight, _NEARBY_MM * px_per_mm) / np.float32(_CUT_MEAN)
    return np.asarray(np.maximum(local, np.float32(_FLOOR * whole)), np.float32)


def blobs_of(values: FloatMap, skin: FloatMap, px_per_mm: float) -> Blobs:
    """Return the responses of a map with their local noise.

    Parameters
    ----------
    values
        Shape (height, width); larger is darker.
    skin
        Share of skin in each pixel, same shape.
    px_per_mm
        Of the map.
    """
    responses = responses_of(values, skin, px_per_mm)
    inner = inner_of(skin, px_per_mm)
    noises = np.stack([noise_of(response, inner, px_per_mm) for response in responses])
    return Blobs(responses, noises, inner, px_per_mm)


def inner_of(skin: FloatMap, px_per_mm: float) -> Mask:
    """Return the skin that is at least half a smallest spot away from its edge."""
    side = 2 * round(DIAMETERS_MM[0] / 2 * px_per_mm) + 1
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.erode((skin > 0.5).astype(np.uint8), disk, borderValue=0), bool)


def peaks_of(blobs: Blobs) -> NDArray[np.intp]:
    """Return size, row and column of every response that is largest in space and size, shape (n, 3)."""
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    highest = np.stack([cv2.dilate(response, around) for response in blobs.responses])
    rows = []
    for size, response in enumerate(blobs.responses):
        best = (response >= highest[size]) & (response > 0) & blobs.inner
        for other in (size - 1, size + 1):
            if 0 <= other < len(highest):
                best &= response >= highest[other]
        places = np.argwhere(best)
        rows.append(np.column_stack([np.full(len(places), size), places]))
    return np.concatenate(rows).astype(np.intp)


def apart(peaks: NDArray[np.intp], px_per_mm: float) -> NDArray[np.intp]:
    """Return the peaks, in their order, without those inside an earlier one; shape (n, 3)."""
    kept: list[NDArray[np.intp]] = []
    for peak in peaks:
        reach = DIAMETERS_MM[int(peak[0])] / 2
        if all(np.hypot(*(peak[1:] - one[1:])) > max(reach, DIAMETERS_MM[int(one[0])] / 2) * px_per_mm for one in kept):
            kept.append(peak)
    return np.array(kept, np.intp).reshape(-1, 3)


def roundness_of(values: FloatMap, peaks: NDArray[np.intp], px_per_mm: float) -> NDArray[np.float64]:
    """Return the ratio of the weaker to the stronger curvature at each peak: 1 is a dot, 0 a line; shape (n,).

    Parameters
    ----------
    values
        The map that the peaks were found on.
    peaks
        Shape (n, 3): size, row, column.
    px_per_mm
        Of the map.
    """
    ratio = np.zeros(len(peaks))
    for size, diameter in enumerate(DIAMETERS_MM):
        here = np.flatnonzero(peaks[:, 0] == size)
        if not here.size:
            continue
        smooth = blurred(values, diameter / 2 / _STEP * px_per_mm)
        row, column = peaks[here, 1], peaks[here, 2]
        lag = max(1, round(diameter / 2 / _STEP * px_per_mm))
        across, along, oblique = _curvatures(smooth, row, column, lag)
        middle, swing = (across + along) / 2, np.hypot((across - along) / 2, oblique)
        ratio[here] = np.clip((middle - swing) / np.maximum(middle + swing, 1e-6), 0, 1)
    return ratio


def _curvatures(
    smooth: FloatMap, row: NDArray[np.intp], column: NDArray[np.intp], lag: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return how fast a map falls along columns, along rows, and the mixed fall, per squared lag."""
    height, width = smooth.shape

    def at(down: int, right: int) -> NDArray[np.float64]:
        return smooth[np.clip(row + down, 0, height - 1), np.clip(column + right, 0, width - 1)].astype(float)

    peak = 2 * at(0, 0)
    mixed = (at(-lag, -lag) + at(lag, lag) - at(lag, -lag) - at(-lag, lag)) / 4
    return peak - at(0, -lag) - at(0, lag), peak - at(-lag, 0) - at(lag, 0), -mixed
