"""Textured pieces of skin found again, each on its own, to a part of a pixel: a check that knows no flow."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.field import Field
from corneum.imaging.align.view import View
from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.photo import Pixels

_ROUNDS = 12
"""Steps of the sub-pixel search; it stops moving after about five."""
_ALIKE = 0.6
"""Correlation below which a piece of skin was not found again; a tenth of those of two other people reach it."""
_LEASH = 2.0
"""Pixels from the best whole shift at which the sub-pixel search has run away."""
_BLUR = 0.8
"""Of both photographs, px, against the noise of single pixels."""


@dataclass(frozen=True)
class Patches:
    """Square pieces of the baseline.

    Parameters
    ----------
    columns, rows
        Centers in whole pixels of the baseline, shape (n,).
    radius
        Half the side, px.
    """

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    radius: int

    def keep_off(self, grid: View, margin: float) -> FloatMap:
        """Return 0 on the patches and a margin in px around them, else 1, shape of the grid."""
        out = np.ones(grid.shape, np.float32)
        x, y = grid.from_photo(self.columns.astype(np.float32), self.rows.astype(np.float32))
        half = (self.radius + margin) / np.array(grid.steps)
        for column, row in zip(x, y, strict=True):
            low = np.round((column - half[0], row - half[1])).astype(int).clip(0)
            high = np.round((column + half[0], row + half[1])).astype(int)
            out[low[1] : high[1] + 1, low[0] : high[0] + 1] = 0
        return out


@dataclass(frozen=True)
class Found:
    """Where the patches were found again.

    Parameters
    ----------
    across, down
        Away from where the alignment puts them, px of the baseline, shape (n,).
    likeness
        Correlation of the patch with what was found, shape (n,).
    """

    across: NDArray[np.float64]
    down: NDArray[np.float64]
    likeness: NDArray[np.float64]

    @property
    def sure(self) -> Mask:
        """Patches that were found again at all, shape (n,)."""
        return np.asarray(self.likeness > _ALIKE, bool)

    @property
    def distances(self) -> NDArray[np.float64]:
        """Distances of the sure ones, px."""
        return np.hypot(self.across, self.down)[self.sure]


def pick(view: View, contrast: FloatMap, inside: FloatMap, radius: int, cell: float) -> Patches:
    """Return the most textured patch of each cell of the skin.

    Parameters
    ----------
    view
        Of the baseline.
    contrast
        Its local contrast, shape of the view.
    inside
        Above 0.5 where patches may lie, shape of the view.
    radius
        Half the side of a patch, px of the baseline.
    cell
        Side of a cell, px of the baseline: one patch or none in each.
    """
    step = view.steps[0]
    strength = _corner_strength(contrast, radius / step)
    reach = 2 * round(radius / step) + 1
    allowed = cv2.erode((inside > 0.5).astype(np.uint8), np.ones((reach, reach), np.uint8), borderValue=0)
    strength = np.where(allowed > 0, strength, 0.0).astype(np.float32)
    side = max(reach, round(cell / step))
    columns, rows = [], []
    for top in range(0, view.rows, side):
        for left in range(0, view.columns, side):
            # A rim is left out, so that patches of neighboring cells do not overlap.
            rim = min(reach // 2, (side - 1) // 2)
            part = strength[top + rim : top + side - rim, left + rim : left + side - rim]
            if part.size and part.max() > 0:
                row, column = np.unravel_index(int(part.argmax()), part.shape)
                columns.append(left + rim + int(column))
                rows.append(top + rim + int(row))
    x, y = view.to_photo(np.array(columns, np.float32), np.array(rows, np.float32))
    return Patches(np.round(x).astype(np.int64), np.round(y).astype(np.int64), radius)


def _corner_strength(contrast: FloatMap, radius: float) -> FloatMap:
    """Return the lesser of the two directions' texture: an edge alone says nothing of motion along it."""
    right, below = cv2.Sobel(contrast, cv2.CV_32F, 1, 0), cv2.Sobel(contrast, cv2.CV_32F, 0, 1)
    size = (2 * round(radius) + 1,) * 2
    xx, yy, xy = (cv2.blur(product, size) for product in (right * right, below * below, right * below))
    return np.asarray((xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy * xy), np.float32)


def find_again(baseline: Pixels, followup: Pixels, field: Field, patches: Patches, search: int) -> Found:
    """Return how far each patch lies from where a field puts it, by its own best correlation.

    Parameters
    ----------
    baseline, followup
        The photographs.
    field
        The map to be checked.
    patches
        Of the baseline.
    search
        Most whole pixels to look away in each direction.
    """
    count = patches.columns.size
    if count == 0:
        return Found(np.zeros(0), np.zeros(0), np.zeros(0))
    before, after = _lightness(baseline), _lightness(followup)
    rest = np.zeros((count, 2))
    first = _cut(before, patches, patches.radius + 1, rest, None)
    wide = _cut(after, patches, patches.radius + search, rest, field)
    shift = np.array([_best_whole(one[1:-1, 1:-1], other, search) for one, other in zip(first, wide, strict=True)])
    start = shift
    target = _normal(first[:, 1:-1, 1:-1])
    steepness = _steepness(first)
    for _ in range(_ROUNDS):
        now = _normal(_cut(after, patches, patches.radius, shift, field))
        shift = shift + np.clip(_step(steepness, target - now), -0.5, 0.5)
    now = _normal(_cut(after, patches, patches.radius, shift, field))
    ran_away = np.abs(shift - start).max(axis=1) > _LEASH
    likeness = np.where(ran_away, 0.0, (now * target).sum(axis=-1))
    return Found(shift[:, 0], shift[:, 1], likeness)


def _lightness(pixels: Pixels) -> FloatMap:
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.GaussianBlur(gray.astype(np.float32), (0, 0), _BLUR), np.float32)


def _cut(
    gray: FloatMap, patches: Patches, radius: int, shift: NDArray[np.float64], field: Field | None
) -> NDArray[np.float32]:
    """Return squares around the shifted patches, seen through the field, shape (n, side, side)."""
    count, reach = patches.columns.size, np.arange(-radius, radius + 1)
    columns = (patches.columns + shift[:, 0])[:, None, None] + reach[None, None, :] + 0 * reach[None, :, None]
    rows = (patches.rows + shift[:, 1])[:, None, None] + reach[None, :, None] + 0 * reach[None, None, :]
    where = columns.reshape(count, -1).astype(np.float32), rows.reshape(count, -1).astype(np.float32)
    if field is not None:
        where = field.positions(*where)
    cut = cv2.remap(gray, *where, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut.reshape(columns.shape), np.float32)


def _best_whole(patch: FloatMap, around: FloatMap, search: int) -> tuple[int, int]:
    """Return the whole shift, across and down, at which a patch is most like its surroundings."""
    likeness = cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED)
    row, column = np.unravel_index(int(likeness.argmax()), likeness.shape)
    return int(column) - search, int(row) - search


def _shading(side: int) -> NDArray[np.float64]:
    """Return an orthonormal basis of smooth shadings of a patch, shape (side**2, 6): they are light, not skin."""
    y, x = (axis.ravel() for axis in np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j])
    return np.linalg.qr(np.column_stack([np.ones_like(x), x, y, x * x, x * y, y * y]))[0]


def _flat(cut: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return patches without their shading, shape (n, side**2)."""
    basis = _shading(cut.shape[-1])
    flat = cut.reshape(cut.shape[0], -1).astype(float)
    return np.asarray(flat - (flat @ basis) @ basis.T, float)


def _normal(cut: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return patches without their shading, of length one, shape (n, side**2)."""
    flat = _flat(cut)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9), float)


def _steepness(wider: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the slopes of normal patches across and down, shape (n, 2, side**2), from patches one pixel wider."""
    length = np.maximum(np.linalg.norm(_flat(wider[:, 1:-1, 1:-1]), axis=1), 1e-9)[:, None]
    across = _flat((wider[:, 1:-1, 2:] - wider[:, 1:-1, :-2]) / 2) / length
    down = _flat((wider[:, 2:, 1:-1] - wider[:, :-2, 1:-1]) / 2) / length
    return np.stack([across, down], axis=1)


def _step(steepness: NDArray[np.float64], difference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shift that takes most of a difference away, shape (n, 2): Gauss and Newton's step."""
    normal = steepness @ steepness.transpose(0, 2, 1) + 1e-9 * np.eye(2)
    return np.asarray(np.linalg.solve(normal, steepness @ difference[:, :, None])[:, :, 0], float)
