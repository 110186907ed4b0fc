"""Which part of a depth map to look at closely, and at what coarseness to show the whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from corneum.abrasion import DepthMap

SECTION_UM = 1500.0
ZOOM_UM = 3000.0
MOST_CELLS = 640
HOT_SHARE = 0.01
_SPARSE_SHARE = 0.5
_WORKED = 0.1


@dataclass(frozen=True)
class Window:
    """A stretch of one row of a map.

    Parameters
    ----------
    row
        Number of the row, from the top.
    start, stop
        First column, and the one after the last.
    """

    row: int
    start: int
    stop: int


def usual_window(found: DepthMap) -> Window:
    """Return a stretch of about 1.5 mm that lost what worked-on stretches lose in the mean.

    Stretches that lost less than a tenth of the most are no part of that mean: under a mask or beside the tip
    nothing happens, and the middle of the map may lie there.
    """
    depth = found.depth_um
    width = min(depth.shape[1], max(1, round(SECTION_UM / found.pitch_um)))
    means = uniform_filter1d(depth.astype(np.float64), width, axis=1, mode="nearest")
    half = width // 2
    inside = means[:, half : depth.shape[1] - width + half + 1]
    top = float(inside.max())
    if top == 0:
        return Window(depth.shape[0] // 2, inside.shape[1] // 2, inside.shape[1] // 2 + width)
    worked = inside[inside >= _WORKED * top]
    off = np.abs(inside - worked.mean())
    # Of the places that are as good, the one nearest the middle of the map.
    rows, columns = np.nonzero(off <= off.min() + 0.02 * top)
    middle = np.hypot(rows - depth.shape[0] / 2, columns - inside.shape[1] / 2)
    at = int(np.argmin(middle))
    return Window(int(rows[at]), int(columns[at]), int(columns[at]) + width)


def zoom_slices(found: DepthMap, window: Window) -> tuple[slice, slice]:
    """Return rows and columns of a square of about 3 mm around a window, inside the map."""
    size = max(1, round(ZOOM_UM / found.pitch_um))
    return (
        _around(window.row, size, found.depth_um.shape[0]),
        _around((window.start + window.stop) // 2, size, found.depth_um.shape[1]),
    )


def coarsened(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """Return the means of square blocks, at most `MOST_CELLS` on a side, and the cells along a block's edge.

    Cells at the far edges that fill no block are left out.
    """
    factor = max(1, -(-max(values.shape) // MOST_CELLS))
    ny, nx = (max(1, size // factor) for size in values.shape)
    high, wide = (min(factor, size) for size in values.shape)
    blocks = values[: ny * high, : nx * wide].reshape(ny, high, nx, wide)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32), factor


def is_sparse(found: DepthMap) -> bool:
    """Return whether most cells lost nothing: a mask, or a tip that stands still."""
    return float((found.depth_um == 0).mean()) > _SPARSE_SHARE


def _around(middle: int, size: int, whole: int) -> slice:
    size = min(size, whole)
    start = min(max(0, middle - size // 2), whole - size)
    return slice(start, start + size)
