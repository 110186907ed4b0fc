"""An alignment: where each place of the baseline lies in the follow-up, and how well that is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.field import Field, sampled
from corneum.imaging.canvas import FloatMap, Mask


@dataclass(frozen=True)
class Alignment:
    """Where each place of the baseline lies in the follow-up photograph.

    Pixel centers are whole numbers in both.

    Parameters
    ----------
    field
        The map.
    agreement
        0 to 1 on the field's grid: how far forward and backward motion agree there, on the subject and in both
        photographs.
    residual_px
        Median distance at which held-out pieces of skin were found from where the map puts them, px of the baseline.
    residual_p95_px
        Of the same, the 95th percentile.
    residual_share
        The median as a share of the eye distance, or of a quarter of the picture's diagonal for a body site.
    forward_backward_px
        Median disagreement of forward and backward motion over the subject, px of the baseline.
    patches
        Number of held-out pieces of skin.
    found_share
        Of them, the share that was found again. The others changed, folded, or are hidden.
    notes
        What a reader should know, as sentences.
    """

    field: Field
    agreement: FloatMap
    residual_px: float
    residual_p95_px: float
    residual_share: float
    forward_backward_px: float
    patches: int
    found_share: float
    notes: tuple[str, ...] = ()

    def positions(
        self, columns: NDArray[np.floating], rows: NDArray[np.floating]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return columns and rows in the follow-up of places in the baseline.

        Parameters
        ----------
        columns, rows
            Px of the full-size baseline, any one shape. Outside the aligned rectangle its edge is continued.
        """
        return self.field.positions(np.asarray(columns, np.float32), np.asarray(rows, np.float32))

    def trusted(self, columns: NDArray[np.floating], rows: NDArray[np.floating]) -> Mask:
        """Return where forward and backward motion agree, in the shape of ``columns``.

        Parameters
        ----------
        columns, rows
            Px of the full-size baseline, any one shape.
        """
        here = self.field.grid.from_photo(np.asarray(columns, np.float32), np.asarray(rows, np.float32))
        return np.asarray(sampled(self.agreement, *here) > 0.5, bool)
