"""Where each place of the baseline lies in the follow-up: an affine map and a smooth displacement on a grid."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.view import View
from corneum.imaging.canvas import FloatMap

_ROW_LIMIT = 30_000
"""Longest side of a picture that OpenCV resamples in one go."""
_FOLD = 1024
"""Width to which a longer list of places is folded."""


@dataclass(frozen=True)
class Field:
    """A map from baseline pixels to follow-up pixels.

    Parameters
    ----------
    affine
        Shape (2, 3): the map without its local part.
    grid
        The view of the baseline on whose pixels the local part is kept.
    across, down
        Local part, px of the follow-up, shape of the grid.
    """

    affine: NDArray[np.float64]
    grid: View
    across: FloatMap
    down: FloatMap

    def positions(self, columns: FloatMap, rows: FloatMap) -> tuple[FloatMap, FloatMap]:
        """Return columns and rows in the follow-up of places in the baseline, px, any one shape."""
        columns, rows = np.asarray(columns, np.float32), np.asarray(rows, np.float32)
        here = self.grid.from_photo(columns, rows)
        across, down = sampled(self.across, *here), sampled(self.down, *here)
        (a, b, c), (d, e, f) = self.affine.astype(np.float32)
        return a * columns + b * rows + c + across, d * columns + e * rows + f + down

    def moved(self, across: FloatMap, down: FloatMap) -> "Field":
        """Return this map after a further motion inside the baseline.

        Parameters
        ----------
        across, down
            Baseline pixels by which each point of the grid must be shifted before this map holds, shape of the grid.
        """
        columns, rows = self.grid.places()
        there = self.positions(columns + across, rows + down)
        (a, b, c), (d, e, f) = self.affine.astype(np.float32)
        return replace(
            self,
            across=there[0] - (a * columns + b * rows + c),
            down=there[1] - (d * columns + e * rows + f),
        )


def sampled(layer: FloatMap, columns: FloatMap, rows: FloatMap) -> FloatMap:
    """Return a map's values at places given in its own pixels; outside, the nearest edge.

    Parameters
    ----------
    layer
        Shape (height, width).
    columns, rows
        Any one shape.
    """
    shape = np.shape(columns)
    if len(shape) != 2 or max(shape) > _ROW_LIMIT:
        flat = np.ravel(columns), np.ravel(rows)
        extra = -flat[0].size % _FOLD
        square = [np.pad(part, (0, extra), mode="edge").reshape(-1, _FOLD) if part.size else part for part in flat]
        if flat[0].size == 0:
            return np.zeros(shape, np.float32)
        return sampled(layer, square[0], square[1]).ravel()[: flat[0].size].reshape(shape)
    out = cv2.remap(layer, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(out, np.float32)
