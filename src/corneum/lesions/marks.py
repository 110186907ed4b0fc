"""The marks in one photograph: brown or red, round rather than long, large enough for an outline to mean something."""

from dataclasses import dataclass

import numpy as np

from corneum.imaging.canvas import Mask
from corneum.imaging.card import Scale
from corneum.imaging.photo import Pixels
from corneum.lesions import rows
from corneum.lesions.checking import Mark, measured
from corneum.lesions.face_mark import LEAST_AGREEMENT, LEAST_ON_SKIN, MOST_COMPACTNESS, on_skin
from corneum.lesions.outlining import OutlineRefused
from corneum.lesions.spots import spots_of

LEAST_PX = 8.0
"""Width of the smallest mark whose border can be drawn, px of the photograph."""
MOST_GROWTH = 3.0
"""An outline so much wider than what was found is of a shadow."""
MOST_MARKS = 24
"""Marks that are outlined in one photograph, the strongest first: each costs about half a second."""


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
        wide = MOST_GROWTH * spot.diameter_mm * scale.px_per_mm
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
    if outline.diameter_px < least or outline.confidence < LEAST_AGREEMENT or outline.cut_off:
        return None
    if mark.shape.compactness_ratio > MOST_COMPACTNESS or (skin is not None and on_skin(outline, skin) < LEAST_ON_SKIN):
        return None
    return mark


def _same(one: Mark, other: Mark) -> bool:
    away = float(np.hypot(*np.subtract(one.outline.center, other.outline.center)))
    return away < 0.35 * (one.outline.diameter_px + other.outline.diameter_px)
