"""Where on the grid the energy of one impact goes."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.intrinsics import LANE
from corneum.abrasion.kernel import FOOTPRINTS, REACH_LIMIT, SUB

_KEPT = 8
"""Sizes of grains whose stencils are kept; other vacuums, passes and speeds of one device share one."""


class FootprintError(ValueError):
    """Footprints that cannot be made: a contact radius or the pitch is impossible."""


def make_stencil(radius_um: NDArray[np.float64], pitch_um: float) -> NDArray[np.float32]:
    """Return the share of an impact's energy that each cell around it gets.

    The energy is spread as a paraboloid cap (most in the middle, none at the edge of contact), summed over the
    part of it that lies in each cell.

    Parameters
    ----------
    radius_um
        Contact radius of each footprint size, shape (8,), um.
    pitch_um
        Edge of a cell, um.

    Returns
    -------
    numpy.ndarray
        Shape (8 sizes, 8 places in y, 8 places in x, rows, width); every footprint sums to 1. The grain lies in
        the middle cell of ``rows`` by ``rows``. ``width`` is ``rows`` rounded up to whole vectors of 8; the
        added columns are 0.

    Raises
    ------
    FootprintError
        If there are not 8 finite radii above 0, the pitch is not positive, or a contact reaches over more than
        31 cells.

    Examples
    --------
    >>> import numpy as np
    >>> make_stencil(np.full(8, 30.0), pitch_um=50.0).shape
    (8, 8, 8, 3, 8)
    """
    reach = _reach(radius_um, pitch_um)
    return _stencil(tuple(float(radius) for radius in radius_um), pitch_um, reach)


@lru_cache(maxsize=_KEPT)
def _stencil(radius_um: tuple[float, ...], pitch_um: float, reach: int) -> NDArray[np.float32]:
    """Return the stencil, which hangs on nothing but the size of the grains: nobody writes into it."""
    rows = 2 * reach + 1
    stencil = np.zeros((FOOTPRINTS, SUB, SUB, rows, math.ceil(rows / LANE) * LANE), np.float32)
    for size, radius in enumerate(radius_um):
        for sub_y in range(SUB):
            for sub_x in range(SUB):
                stencil[size, sub_y, sub_x, :, :rows] = _footprint(radius / pitch_um, sub_y, sub_x, reach)
    return stencil


def _reach(radius_um: NDArray[np.float64], pitch_um: float) -> int:
    if not (math.isfinite(pitch_um) and pitch_um > 0):
        raise FootprintError(f"the pitch must be a positive number of um, not {pitch_um}")
    if radius_um.shape != (FOOTPRINTS,) or not np.all(np.isfinite(radius_um) & (radius_um > 0)):
        raise FootprintError(f"{FOOTPRINTS} contact radii above 0 um are needed, not {radius_um}")
    largest = float(radius_um.max())
    if largest > REACH_LIMIT * pitch_um:
        raise FootprintError(
            f"a contact of {largest:g} um radius reaches over more than {REACH_LIMIT} cells of {pitch_um:g} um; "
            f"the pitch must be at least {largest / REACH_LIMIT:.3g} um"
        )
    return max(1, math.ceil(largest / pitch_um))


def _footprint(radius: float, sub_y: int, sub_x: int, reach: int) -> NDArray[np.float64]:
    """Shares of one footprint, shape (rows, rows); ``radius`` in cells."""
    rows = 2 * reach + 1
    fine = 3 * SUB if reach < 3 else SUB  # about 20 points per radius either way
    points = (np.arange(rows * fine) + 0.5) / fine - reach
    y = points - (sub_y + 0.5) / SUB
    x = points - (sub_x + 0.5) / SUB
    # One point lies in the middle of the contact: a contact smaller than the fine grid is that point.
    radius = max(radius, 0.5 / fine)
    cap = np.maximum(0.0, 1.0 - (y[:, None] ** 2 + x[None, :] ** 2) / radius**2)
    cells = cap.reshape(rows, fine, rows, fine).sum(axis=(1, 3))
    return np.asarray(cells / cells.sum())
