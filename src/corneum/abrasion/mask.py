"""A metal mask with holes on the skin: grains work only through the holes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class MaskError(ValueError):
    """A mask that cannot be, or that no grain passes."""


@dataclass(frozen=True)
class Mask:
    """Round holes on a square lattice.

    Parameters
    ----------
    hole_um
        Diameter of a hole, um.
    spacing_um
        From middle to middle, um.
    """

    hole_um: float
    spacing_um: float

    def __post_init__(self) -> None:
        if not 0 < self.hole_um < self.spacing_um:
            raise MaskError("a mask needs holes above 0 um that are smaller than their spacing")


def hole_map(mask: Mask, shape: tuple[int, int], pitch_um: float) -> NDArray[np.bool_]:
    """Return where the holes are: True for cells whose middle lies in a hole, shape as given."""
    return np.asarray(_from_middle_um(mask, shape, pitch_um) <= 0.5 * mask.hole_um)


def through_mask(
    dose: NDArray[np.float32], mask: Mask, grain_um: NDArray[np.float64], pitch_um: float
) -> NDArray[np.float32]:
    """Return the dose of grains behind a mask: as many as pass the holes, where the middle of a grain can lie.

    A grain that does not touch the edge keeps its middle half a diameter away from it. So the middle of a hole is
    open to all grains that pass, and its rim to small ones only.

    Parameters
    ----------
    dose
        Grains per cell if those that pass spread over the whole hole, shape (ny, nx).
    mask
        The mask.
    grain_um
        Diameters of equally likely grains that pass, smaller than the hole, shape (sizes,), um, sorted.
    pitch_um
        Edge of a cell, um.

    References
    ----------
    Geometry, no row; masks: R05.
    """
    from_middle = _from_middle_um(mask, dose.shape, pitch_um)
    over_holes = dose * (from_middle <= 0.5 * mask.hole_um)
    # A grain of each size lies anywhere in a disk of its own: sizes that still reach a place add up there.
    density = np.cumsum(1 / (mask.hole_um - grain_um) ** 2)
    # Cells in the middle of a hole take all grains, however coarse the pitch is.
    inner = np.where(from_middle <= 0.75 * pitch_um, 0.0, from_middle)
    reaching = np.searchsorted(grain_um, mask.hole_um - 2 * inner, side="right")
    weighted = over_holes * np.concatenate([[0.0], density / density[-1]])[reaching]
    wanted, held = (float(each.sum(dtype=np.float64)) for each in (over_holes, weighted))
    return np.asarray(weighted * (wanted / held) if held > 0 else over_holes, np.float32)


def _from_middle_um(mask: Mask, shape: tuple[int, int], pitch_um: float) -> NDArray[np.float64]:
    """Distance of every cell from the middle of its hole, shape as given, um."""
    y, x = (((np.arange(count) + 0.5) * pitch_um) % mask.spacing_um - 0.5 * mask.spacing_um for count in shape)
    return np.asarray(np.hypot(y[:, None], x[None, :]))
