"""Where marks may be in a photograph: round dark places that stand out from the mottling of the skin."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.card import plain_linear
from corneum.imaging.indices.blobs import DIAMETERS_MM, Blobs, blobs_of, peaks_of, roundness_of
from corneum.imaging.photo import Pixels

_PX_PER_MM = 4.0
"""Where marks are looked for; six pixels across the smallest one."""
_LEAST_SIGNAL = 4.0
"""Spreads of the skin's own mottling by which a mark must stand out."""
_LEAST_DEPTH = 0.035
"""Least optical density, natural logarithm: what an eye sees as a mark on even skin."""
_LEAST_ROUND = 0.2
"""Weaker over stronger curvature: a crease or a hair has none across."""


@dataclass(frozen=True)
class Spot:
    """Where a mark may be.

    Parameters
    ----------
    column, row
        Px of the photograph.
    diameter_mm
        The best of the sizes that were tried.
    signal
        How far it stands out, in spreads of the mottling around it.
    """

    column: float
    row: float
    diameter_mm: float
    signal: float


def spots_of(pixels: Pixels, px_per_mm: float, skin: Mask | None = None) -> tuple[Spot, ...]:
    """Return where marks may be, strongest first.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    px_per_mm
        Of the photograph.
    skin
        Shape (height, width): where to look, without eyes, lips and hair; None for the whole picture.

    References
    ----------
    Row ``lesions.find.diameter_mm``.
    """
    scale = min(1.0, _PX_PER_MM / px_per_mm)
    size = round(scale * pixels.shape[1]), round(scale * pixels.shape[0])
    linear = plain_linear(np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8))
    dark = _density(linear)
    whole = np.ones(pixels.shape[:2], np.float32) if skin is None else skin.astype(np.float32)
    share = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    blobs = blobs_of(dark, np.asarray(share, np.float32), scale * px_per_mm)
    peaks = peaks_of(blobs)
    at = tuple(peaks.T)
    round_ = roundness_of(dark, peaks, blobs.px_per_mm)
    kept = (blobs.signals[at] > _LEAST_SIGNAL) & (blobs.responses[at] > _LEAST_DEPTH) & (round_ > _LEAST_ROUND)
    found = [_spot(blobs, peak, scale) for peak in peaks[kept]]
    return tuple(_apart(sorted(found, key=lambda one: -one.signal), px_per_mm))


def _density(linear: FloatMap) -> FloatMap:
    """Return the optical density of green and blue, where melanin and blood both absorb."""
    smooth = cv2.GaussianBlur(linear, (0, 0), 1.0)
    density = -np.log(np.maximum(smooth[..., 1:], 1e-3))
    return np.asarray(density.mean(axis=-1), np.float32)


def _spot(blobs: Blobs, peak: np.ndarray, scale: float) -> Spot:
    size, row, column = (int(part) for part in peak)
    signal = float(blobs.signals[size, row, column])
    return Spot((column + 0.5) / scale - 0.5, (row + 0.5) / scale - 0.5, DIAMETERS_MM[size], signal)


def _apart(spots: list[Spot], px_per_mm: float) -> list[Spot]:
    """Return the spots without those inside a stronger one."""
    kept: list[Spot] = []
    for spot in spots:
        reach = [0.7 * max(spot.diameter_mm, one.diameter_mm) * px_per_mm for one in kept]
        away = [np.hypot(spot.column - one.column, spot.row - one.row) for one in kept]
        if all(far > near for far, near in zip(away, reach, strict=True)):
            kept.append(spot)
    return kept
