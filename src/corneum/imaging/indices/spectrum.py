"""Power of skin contrast by spatial frequency, from small overlapping tiles, and the noise floor below it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.relief import log_luminance
from corneum.imaging.indices.remembered import Same, remembered

Floats = NDArray[np.float64]

FLOOR_RATIO = 3.0
"""Noise in the bands of skin over that of the finest rings, which resampling and compression have thinned out."""
TELLS_NOISE_PX_PER_MM = 6.0
"""On a coarser canvas the finest rings still hold skin, and nothing tells it from noise."""
_TILE = 48
"""Side of a tile, px: holds a few waves of the coarsest band that blur can tilt, and fits beside eyes and lips."""
_COVERED = 0.9
"""Share of a tile that must be in the region."""
_MOST_TILES = 500
"""More tiles than these cost time and narrow nothing."""
_BINS = 16
"""Rings of frequency up to half a cycle per pixel."""
_FLOOR_BINS = 2
"""The finest rings, where a resampled photograph holds noise only."""


class TooFewTiles(ValueError):
    """The region is too small or too scattered for a spectrum."""


@dataclass(frozen=True)
class Spectrum:
    """Mean power in rings of spatial frequency.

    Parameters
    ----------
    per_mm
        Middle frequency of each ring, cycles per mm, shape (rings,).
    power
        Mean power of log luminance in each ring, per tile, shape (tiles, rings).
    """

    per_mm: Floats
    power: Floats

    @property
    def mean(self) -> Floats:
        """Typical power of each ring over the tiles, shape (rings,); a few hairs or spots do not move it."""
        return np.asarray(np.median(self.power, axis=0))

    @property
    def floor(self) -> float:
        """Power of noise, from the finest rings: too low where compression or the lens removed noise as well."""
        return float(self.mean[-_FLOOR_BINS:].mean())


def spectrum_of(canvas: Canvas, region: Mask) -> Spectrum:
    """Return the power of log luminance by spatial frequency.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    region
        Where, shape (height, width).

    Raises
    ------
    TooFewTiles
        If fewer than 8 tiles lie in the region.
    """
    return _spectrum(canvas, Same(region))


@remembered
def _spectrum(canvas: Canvas, of: Same) -> Spectrum:
    region = of.one
    assert isinstance(region, np.ndarray)
    corners = _corners(region)
    if len(corners) < 8:
        raise TooFewTiles("the region is too small for its sharpness to be measured: take a larger part of the skin")
    # Skin's power falls so fast with frequency that each ring would only show the leak of its coarser neighbor: second
    # differences make it even, and are divided out again.
    bends = np.asarray(cv2.Laplacian(log_luminance(canvas), -1, borderType=cv2.BORDER_REPLICATE), np.float32)
    tiles = _tiles(bends, corners)
    window = np.hanning(_TILE + 2)[1:-1].astype(np.float32)
    window2 = np.outer(window, window)
    waves = np.fft.rfft2(tiles * window2)
    power = (np.square(waves.real) + np.square(waves.imag)) / np.float32((window2**2).sum())
    return _ringed(np.asarray(power, np.float32), canvas.px_per_mm)


def _corners(region: Mask) -> NDArray[np.int64]:
    """Return row and column of the tiles that lie in a region, shape (tiles, 2)."""
    step = _TILE // 2
    area = cv2.integral(region.astype(np.uint8))
    inside = area[_TILE::step, _TILE::step] - area[:-_TILE:step, _TILE::step]
    inside = inside - area[_TILE::step, :-_TILE:step] + area[:-_TILE:step, :-_TILE:step]
    corners = step * np.argwhere(inside > _COVERED * _TILE**2)
    return np.asarray(corners[:: max(1, -(-len(corners) // _MOST_TILES))], np.int64)


def _tiles(light: FloatMap, corners: NDArray[np.int64]) -> FloatMap:
    views = np.lib.stride_tricks.sliding_window_view(light, (_TILE, _TILE))
    return np.asarray(views[corners[:, 0], corners[:, 1]], np.float32)


def _ringed(power: NDArray[np.float32], px_per_mm: float) -> Spectrum:
    rows, columns = np.fft.fftfreq(_TILE)[:, None], np.fft.rfftfreq(_TILE)
    ring = np.rint(np.hypot(rows, columns) * 2 * _BINS).astype(int)
    rings = np.arange(1, _BINS + 1)
    member = (ring.ravel()[:, None] == rings).astype(np.float32)
    across, along = np.cos(2 * np.pi * columns), np.cos(2 * np.pi * rows)
    raised = np.square(4 - 2 * across - 2 * along).ravel() @ member
    mean = power.reshape(len(power), -1) @ (member / raised.astype(np.float32))
    return Spectrum(rings / (2 * _BINS) * px_per_mm, mean.astype(np.float64))
