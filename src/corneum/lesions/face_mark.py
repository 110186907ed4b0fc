"""The outline of one mark on a face: of skin all around, where it was pointed at, and never wider than a mark."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import cv2
import numpy as np

from corneum.imaging.canvas import Mask
from corneum.imaging.photo import Pixels
from corneum.lesions import rows
from corneum.lesions.outlining import Outline, OutlineRefused, outline
from corneum.lesions.spots import spots_of

LEAST_ON_SKIN = 0.9
"""Share of the rim around an outline that is skin: hair, lips, eyes and clothes are no rim of a mark."""
MOST_COMPACTNESS = 2.2
"""A border longer than that is of a shadow or a crease."""
LEAST_AGREEMENT = 0.7
"""Confidence in an outline below which nothing is taken for a mark."""
_LEAST_SPREADS = 4.0
"""Shading and pores stand out by less, spreads of the skin."""
_WIDTHS, _PARTS = 3.2, 3
"""What is looked at is so many widths of the widest mark, so that most of it is skin; then twice the half of it."""
_SMOOTH_SHARE = 0.02
"""Of the diameter: pixels have corners, marks have not."""
_OFF_SHARE = 0.25
"""Of its diameter: so far outside an outline a place still means it, for a hand does not point exactly."""
_OFF_MM = 1.0
NO_MARK = (
    "no mark stands out at this place of the face. This does not rule anything out: point at its middle, or "
    "photograph it closely"
)


def outline_on_face(pixels: Pixels, near: tuple[float, float], skin: Mask, px_per_mm: float) -> Outline:
    """Return the outline of the mark at a place of a face.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    near
        Column and row inside the mark.
    skin
        Shape (height, width): without eyes, lips and hair.
    px_per_mm
        Of the photograph.

    Raises
    ------
    OutlineRefused
        If what stands out there is no mark: too wide, without skin around it, or elsewhere.

    References
    ----------
    Row ``lesions.face.extent_mm``.
    """
    most = rows.value("face.extent_mm") * px_per_mm
    for found in _outlines(pixels, near, skin, px_per_mm, most):
        if _is_mark(found, near, skin, px_per_mm, most):
            return found
    raise OutlineRefused(NO_MARK)


def _outlines(
    pixels: Pixels, near: tuple[float, float], skin: Mask, px_per_mm: float, most: float
) -> Iterator[Outline]:
    """Yield what may be meant: a round dark place that was found there, then what stands out in ever smaller parts."""
    for spot in spots_of(pixels, px_per_mm, skin):
        width = spot.diameter_mm * px_per_mm
        if np.hypot(spot.column - near[0], spot.row - near[1]) < width / 2 + _OFF_MM * px_per_mm:
            yield from _tried(pixels, (spot.column, spot.row), width)
    for halvings in range(_PARTS):
        side = _WIDTHS * most / 2**halvings
        left, top = (max(0, round(place - side / 2)) for place in near)
        part = pixels[top : top + round(side) + 1, left : left + round(side) + 1]
        for seen in _tried(part, (near[0] - left, near[1] - top), None):
            moved = np.add(seen.polygon, (left, top))
            yield replace(seen, left=seen.left + left, top=seen.top + top, polygon=moved)


def _tried(pixels: Pixels, near: tuple[float, float], width: float | None) -> Iterator[Outline]:
    with suppress(OutlineRefused):
        yield outline(pixels, near, width)


def _is_mark(found: Outline, near: tuple[float, float], skin: Mask, px_per_mm: float, most: float) -> bool:
    """Return whether an outline is one of a mark that was pointed at: no shading, no hair, no other place."""
    if np.ptp(found.polygon, axis=0).max() > most or found.cut_off:
        return False
    if found.confidence < LEAST_AGREEMENT or found.stands_out < _LEAST_SPREADS:
        return False
    if _compactness(found) > MOST_COMPACTNESS or on_skin(found, skin) < LEAST_ON_SKIN:
        return False
    border = found.polygon.astype(np.float32)
    outside = -cv2.pointPolygonTest(border, (float(near[0]), float(near[1])), True)
    return bool(outside <= max(_OFF_SHARE * found.diameter_px, _OFF_MM * px_per_mm))


def on_skin(found: Outline, skin: Mask) -> float:
    """Return which share of the rim around an outline is of skin; shape of ``skin``: that of the photograph."""
    height, width = found.mask.shape
    part = skin[found.top : found.top + height, found.left : found.left + width]
    # A dark mark itself may have been taken out of the skin: the rim around it must be of skin.
    reach = max(3, round(0.3 * found.diameter_px)) | 1
    wide = cv2.dilate(found.mask.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    rim = wide & ~found.mask
    return float(part[rim].mean()) if rim.any() else 0.0


def _compactness(found: Outline) -> float:
    border = cv2.GaussianBlur(found.mask.astype(np.float32), (0, 0), max(1.0, _SMOOTH_SHARE * found.diameter_px))
    edges, _ = cv2.findContours((border > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    longest = max(edges, key=cv2.contourArea, default=None)
    if longest is None or cv2.contourArea(longest) == 0:
        return float("inf")
    return float(cv2.arcLength(longest, True) ** 2 / (4 * np.pi * cv2.contourArea(longest)))
