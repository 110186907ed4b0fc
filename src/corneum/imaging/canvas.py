"""The common frame of a pair: both photographs resampled once, to one skin resolution, under one mask of skin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatMap = NDArray[np.float32]
"""Shape (height, width)."""
Mask = NDArray[np.bool_]
"""Shape (height, width)."""


@dataclass(frozen=True)
class Canvas:
    """One photograph in the common frame.

    Every canvas of a pair or series has the same shape, mask, zones and scale, so that a difference is of the skin.

    Parameters
    ----------
    linear
        Shape (height, width, 3), float32: linear light, red first, 1 is a white surface; color-corrected where a card
        or target was in the frame.
    skin
        Shape (height, width): skin that can be measured in every photograph of the set. No eyes, brows, lips, hair,
        nostrils, deep shadow or specular spots.
    zones
        Shape (height, width), uint8: 0 outside any zone, else 1 + the place in ``zone_names``.
    zone_names
        For example ``cheek_left``: a site of `corneum.skin.SITES` and the person's own side, where there are two.
    px_per_mm
        Of this canvas, on the skin facing the camera.
    resolution_px_per_mm
        Of the coarsest photograph in the set, before resampling: what was really seen.
    carded
        Whether color was corrected by a card or target in every photograph of the set.
    absolute
        Whether that card has known colors (a ColorChecker) in every photograph: a printed target has none.
    tone_exponent
        Power of the baseline's light that this photograph's light goes with, where no card corrected it: another tone
        curve of the camera. 1 for the baseline, and where none can be told.
    """

    linear: NDArray[np.float32]
    skin: Mask
    zones: NDArray[np.uint8]
    zone_names: tuple[str, ...]
    px_per_mm: float
    resolution_px_per_mm: float
    carded: bool
    absolute: bool = False
    tone_exponent: float = 1.0

    def zone(self, name: str) -> Mask:
        """Return where the measurable skin of a zone is, shape (height, width)."""
        return np.asarray(self.skin & (self.zones == 1 + self.zone_names.index(name)), bool)

    def area_cm2(self, inside: Mask) -> float:
        """Return the area of a mask on the skin, as the camera sees it, in cm²."""
        return float(np.count_nonzero(inside)) / self.px_per_mm**2 / 100
