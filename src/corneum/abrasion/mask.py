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
    y, x = (((np.arange(count) + 0.5) * pitch_um) % mask.spacing_um - 0.5 * mask.spacing_um for count in shape)
    return np.asarray(y[:, None] ** 2 + x[None, :] ** 2 <= (0.5 * mask.hole_um) ** 2)
