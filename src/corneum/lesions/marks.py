"""The marks in one photograph: brown or red, round rather than long, large enough for an outline to mean something."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.card import Scale, plain_linear
from corneum.imaging.indices.blobs import DIAMETERS_MM, Blobs, blobs_of, peaks_of, roundness_of
from corneum.imaging.photo import Pixels
from corneum.lesions import rows
from corneum.lesions.checking import Mark, measured
from corneum.lesions.outlining import OutlineRefused

_PX_PER_MM = 4.0
"""Where marks are looked for; six pixels across the smallest one."""
_LEAST_SIGNAL = 4.0
"""Spreads of the skin's own mottling by which a mark must stand out."""
_LEAST_DEPTH = 0.035
"""Least optical density, natural logarithm: what an eye sees as a mark on even skin."""
_LEAST_ROUND = 0.2
"""Weaker over stronger curvature: a crease or a hair has none across."""
_LEAST_AGREEMENT = 0.7
_MOST_COMPACTNESS = 2.2
"""A border longer than that is of a shadow or a crease."""
_LEAST_ON_SKIN = 0.9
LEAST_PX = 8.0
"""Width of the smallest mark whose border can be drawn, px of the photograph."""
_MOST_GROWTH = 3.0
"""An outline so much wider than what was found is of a shadow."""
MOST_MARKS = 24
"""Marks that are outlined in one photograph, the strongest first: each costs about half a second."""


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


@dataclass(frozen=True)
class Marks:
    """The marks of one photograph.

    Parameters
    ----------
    marks
        Measured, strongest first.
    least_mm
        Diameter of the smallest mark that was looked for: the photograph's resolution forbids smaller ones.
    skipped
        Places that were left out because there were more than `MOST_MARKS`.
    """

    marks: tuple[Mark, ...]
    least_mm: float
    skipped: int


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


def find_marks(pixels: Pixels, scale: Scale, skin: Mask | None = None) -> Marks:
    """Return the marks of a photograph, measured.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    scale
        Of the photograph.
    skin
        Shape (height, width): where to look; None for the whole picture.
    """
    least = max(rows.value("find.diameter_mm"), LEAST_PX / scale.px_per_mm)
    # The sizes that are tried lie half an octave apart.
    spots = [spot for spot in spots_of(pixels, scale.px_per_mm, skin) if spot.diameter_mm > 0.84 * least]
    found: list[Mark] = []
    for spot in spots[:MOST_MARKS]:
        mark = mark_at(pixels, (spot.column, spot.row), scale, skin, width=spot.diameter_mm * scale.px_per_mm)
        wide = _MOST_GROWTH * spot.diameter_mm * scale.px_per_mm
        if mark is not None and mark.outline.diameter_px < wide and not any(_same(mark, other) for other in found):
            found.append(mark)
    return Marks(tuple(found), least, max(0, len(spots) - MOST_MARKS))


def mark_at(
    pixels: Pixels,
    near: tuple[float, float],
    scale: Scale | None,
    skin: Mask | None = None,
    *,
    width: float | None = None,
) -> Mark | None:
    """Return the mark at a place, or None if what is there is no mark that can be outlined.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    near
        Column and row of the place.
    scale
        Of the photograph, or None.
    skin
        Shape (height, width): what must lie around it; None for anything.
    width
        About how wide it is, px, where that is known.
    """
    try:
        mark = measured(pixels, near, scale, width)
    except OutlineRefused:
        return None
    outline = mark.outline
    least = LEAST_PX if scale is None else max(rows.value("find.diameter_mm") * scale.px_per_mm, LEAST_PX)
    if outline.diameter_px < least or outline.confidence < _LEAST_AGREEMENT or outline.cut_off:
        return None
    if mark.shape.compactness_ratio > _MOST_COMPACTNESS or (skin is not None and _on_skin(mark, skin) < _LEAST_ON_SKIN):
        return None
    return mark


def _on_skin(mark: Mark, skin: Mask) -> float:
    outline = mark.outline
    rows_, columns = outline.mask.shape
    part = skin[outline.top : outline.top + rows_, outline.left : outline.left + columns]
    # A dark mark itself may have been taken out of the skin: the rim around it must be of skin.
    reach = max(3, round(0.3 * outline.diameter_px)) | 1
    wide = cv2.dilate(outline.mask.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    rim = wide & ~outline.mask
    return float(part[rim].mean()) if rim.any() else 0.0


def _same(one: Mark, other: Mark) -> bool:
    away = float(np.hypot(*np.subtract(one.outline.center, other.outline.center)))
    return away < 0.35 * (one.outline.diameter_px + other.outline.diameter_px)
