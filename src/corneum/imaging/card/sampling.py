"""A card in a photograph: where it is, and what its patches look like."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.layout import Kind, Layout
from corneum.imaging.card.light import LEVELS
from corneum.imaging.card.scale import Scale
from corneum.imaging.photo import Pixels

_INNER = 0.5
"""Share of a patch's side that is read: its edges are blurred into the board."""
_GRID = 24
"""Samples a side of the part that is read."""
_FULL, _EMPTY, _MANY = LEVELS - 4, 2, 0.02
"""A channel at or beyond these levels is cut off; more than this share of cut samples spoils a patch."""


@dataclass(frozen=True)
class Card:
    """A card that was found in a photograph.

    Parameters
    ----------
    kind
        ``colorchecker`` where its size is not known.
    corners_px
        Shape (4, 2): of the field of patches (a target: of the print), from its own upper left clockwise.
    patches_rgb
        Shape (n, 3): mean gamma-encoded sRGB, 0 to 255, in the order of `layout_of`.
    scale
        On the card's plane, not the skin's; None where the size is not known.
    spread
        Shape (n,): standard deviation inside each patch, levels.
    clipped
        Shape (n,): whether a channel is cut off there.
    grid_error_share
        Distance of the patches or markers from where the card's geometry puts them, in shares of a patch's pitch.
    notes
        What a reader should know.
    """

    kind: Kind
    corners_px: NDArray[np.float64]
    patches_rgb: NDArray[np.float64]
    scale: Scale | None
    spread: NDArray[np.float64]
    clipped: NDArray[np.bool_]
    grid_error_share: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Patches:
    """What was read inside the patches: mean levels (n, 3), spread (n,) and whether a channel is cut off (n,)."""

    rgb: NDArray[np.float64]
    spread: NDArray[np.float64]
    clipped: NDArray[np.bool_]


def read_patches(pixels: Pixels, layout: Layout, to_px: NDArray[np.float64]) -> Patches:
    """Return what the patches of a card look like.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    layout
        Of the card.
    to_px
        Homography from mm of the layout to px, shape (3, 3).
    """
    steps = (np.arange(_GRID) + 0.5) / _GRID - 0.5
    around = np.stack(np.meshgrid(*(steps * _INNER * side for side in layout.patch_mm)), axis=-1)
    spots = (layout.centers_mm[:, None, None] + around).reshape(1, -1, 2)
    where = cv2.perspectiveTransform(spots, to_px)[0].astype(np.float32).reshape(len(layout.centers_mm), -1, 2)
    levels = cv2.remap(pixels, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cut = ((levels >= _FULL) | (levels <= _EMPTY)).mean(axis=1) > _MANY
    means = levels.mean(axis=1, dtype=float)
    return Patches(means, levels.std(axis=1, dtype=float).max(axis=1), cut.any(axis=1))


def corners_px(layout: Layout, to_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the corners of a card's field, shape (4, 2), px."""
    width, height = layout.size_mm
    field = np.array([[(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]])
    corners: NDArray[np.float64] = cv2.perspectiveTransform(field, to_px)[0]
    return corners


def facing_px_per_mm(layout: Layout, to_px: NDArray[np.float64]) -> float:
    """Return px per mm at a card's middle along the direction that its tilt does not shorten."""
    width, height = layout.size_mm
    x, y, depth = to_px @ np.array([width / 2, height / 2, 1.0])
    slope = (to_px[:2, :2] - np.outer([x / depth, y / depth], to_px[2, :2])) / depth
    return float(np.linalg.svd(slope, compute_uv=False)[0])
