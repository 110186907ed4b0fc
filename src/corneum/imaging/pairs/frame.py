"""The common frame: the part of the baseline that is measured, at one skin resolution, and how pixels get there."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align import Alignment
from corneum.imaging.faces import Face
from corneum.imaging.pairs.prepared import Prepared

_MOST_PX_PER_MM = 10.0
"""Finer detail than pores and fine lines carries no index; more pixels would only cost time."""
_KEPT_SHARE = 0.85
"""Both photographs are resampled a little coarser than the poorer one, so that interpolation blurs neither more."""
_PIXEL_VARIANCE = 0.25
"""Blur of lens, sensor and interpolation in px² of any picture: half a pixel, as common cameras show."""
_NARROW_VARIANCE = 0.5
"""Below this, three taps have the very variance asked for."""
_SIDE_SHARE = 0.05
_ABOVE_SHARE = 0.34
"""How far the frame reaches beyond the mesh, in shares of its width: hairline above, jaw at the sides."""


@dataclass(frozen=True)
class Frame:
    """A rectangle of the baseline photograph and the scale of the canvas over it.

    Parameters
    ----------
    left, top
        Of the rectangle, px of the baseline.
    rows, columns
        Of the canvas.
    step
        Pixels of the baseline per pixel of the canvas.
    px_per_mm
        Of the canvas.
    resolution_px_per_mm
        Of the coarser photograph.
    """

    left: float
    top: float
    rows: int
    columns: int
    step: float
    px_per_mm: float
    resolution_px_per_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the canvas."""
        return self.rows, self.columns

    def positions(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return columns and rows in the baseline of every pixel of the canvas, each of its shape."""
        columns = self.left + (np.arange(self.columns, dtype=np.float32) + 0.5) * self.step - 0.5
        rows = self.top + (np.arange(self.rows, dtype=np.float32) + 0.5) * self.step - 0.5
        across, along = np.meshgrid(columns, rows)
        return across.astype(np.float32), along.astype(np.float32)

    def face(self, face: Face) -> Face:
        """Return a face of the baseline in pixels of the canvas."""
        moved = face.points / self.step
        moved[:, :2] = (face.points[:, :2] + 0.5 - np.array([self.left, self.top])) / self.step - 0.5
        return Face(moved, face.score)


def frame_of(baseline: Prepared, finest_px_per_mm: float) -> Frame:
    """Return the frame over the baseline's face, or over all of a body site.

    Parameters
    ----------
    baseline
        The photograph whose pixels give the frame.
    finest_px_per_mm
        Skin resolution of the coarsest photograph of the set.
    """
    px_per_mm = min(_MOST_PX_PER_MM, _KEPT_SHARE * finest_px_per_mm)
    step = baseline.scale.px_per_mm / px_per_mm
    low, high = _box(baseline)
    columns, rows = np.floor((high - low) / step).astype(int)
    return Frame(float(low[0]), float(low[1]), int(rows), int(columns), step, px_per_mm, finest_px_per_mm)


def _box(baseline: Prepared) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = np.array([baseline.photo.width, baseline.photo.height], float)
    if baseline.face is None:
        return np.zeros(2), size
    flat = baseline.face.points[:, :2]
    low, high = flat.min(axis=0), flat.max(axis=0)
    width = high[0] - low[0]
    low = low - width * np.array([_SIDE_SHARE, _ABOVE_SHARE])
    high = high + width * _SIDE_SHARE
    return np.maximum(low, 0.0), np.minimum(high, size)


def sampled(
    one: Prepared, columns: NDArray[np.float32], rows: NDArray[np.float32], px_per_mm: float
) -> NDArray[np.float32]:
    """Return the linear light of a photograph at given positions, low-passed to the canvas first.

    Parameters
    ----------
    one
        The photograph.
    columns, rows
        Positions in it, shape (height, width), px, pixel centers at integers.
    px_per_mm
        Of the canvas.

    Returns
    -------
    numpy.ndarray
        Shape (height, width, 3), float32; outside the photograph the nearest pixel is repeated.
    """
    margin = 8
    left = max(0, int(columns.min()) - margin)
    top = max(0, int(rows.min()) - margin)
    right, bottom = int(columns.max()) + margin + 1, int(rows.max()) + margin + 1
    linear = one.linear(one.photo.pixels[top:bottom, left:right])
    coarser = max(1.0, one.scale.px_per_mm / px_per_mm)
    if coarser > 1:
        linear = _blurred(linear, _PIXEL_VARIANCE * (coarser**2 - 1))
    taken = cv2.remap(linear, columns - left, rows - top, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(taken, np.float32)


def _blurred(linear: NDArray[np.float32], variance: float) -> NDArray[np.float32]:
    """Return a picture blurred by a variance in px²: a sampled Gaussian narrower than a pixel would blur too little."""
    if variance > _NARROW_VARIANCE:
        return np.asarray(cv2.GaussianBlur(linear, (0, 0), float(np.sqrt(variance))), np.float32)
    taps = np.array([variance / 2, 1 - variance, variance / 2])
    return np.asarray(cv2.sepFilter2D(linear, -1, taps, taps), np.float32)


def positions_in(followup: Alignment, frame: Frame) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where each pixel of the canvas lies in the follow-up photograph: columns, rows."""
    columns, rows = followup.positions(*frame.positions())
    return np.asarray(columns, np.float32), np.asarray(rows, np.float32)
