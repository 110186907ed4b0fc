"""What each kind of card is: where its patches are in mm, and what they reflect."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Book, load_evidence
from corneum.imaging.card import target
from corneum.imaging.card.colors import Colors
from corneum.imaging.card.light import LEVELS, decode
from corneum.imaging.card.reference import COLUMNS, ROWS, Edition, colorchecker

Kind = Literal["colorchecker", "classic", "passport", "nano", "target"]
"""``colorchecker`` is one whose size is not known: it gives color, no scale."""
SIZED: tuple[Kind, ...] = ("classic", "passport", "nano")


@cache
def book() -> Book:
    """Return the evidence tables, read once."""
    return load_evidence()


@dataclass(frozen=True)
class Layout:
    """A card as it lies flat.

    Parameters
    ----------
    kind
        Which.
    size_mm
        Width and height of the field that `Card.corners_px` bounds.
    centers_mm
        Shape (n, 2): middle of each patch from that field's upper left corner.
    patch_mm
        Width and height of a patch.
    linear
        Shape (n, 3): linear sRGB of each patch, 1 is a perfect white.
    absolute
        Whether those are measured reflectances (a ColorChecker) or only nominal (a print).
    """

    kind: Kind
    size_mm: tuple[float, float]
    centers_mm: NDArray[np.float64]
    patch_mm: tuple[float, float]
    linear: Colors
    absolute: bool


@cache
def layout_of(kind: Kind, edition: Edition = "after_2014", pitch_mm: float | None = None) -> Layout:
    """Return the layout of a card.

    Parameters
    ----------
    kind
        Which; for ``colorchecker`` the distance between two patches counts as 1 mm.
    edition
        Of a ColorChecker's pigments.
    pitch_mm
        Distance between the middles of two patches, where it was measured on the card itself.

    References
    ----------
    imaging.card.classic_pitch_mm, imaging.card.passport_pitch_mm, imaging.card.nano_pitch_mm,
    imaging.card.patch_share, imaging.card.print_black_share, imaging.card.print_paper_share
    """
    if kind == "target":
        return _target()
    pitch = pitch_mm or (1.0 if kind == "colorchecker" else book().number(f"imaging.card.{kind}_pitch_mm").value)
    places = np.stack(np.meshgrid(np.arange(COLUMNS), np.arange(ROWS)), axis=-1).reshape(-1, 2)
    centers = np.asarray((places + 0.5) * pitch, np.float64)
    side = pitch * book().number("imaging.card.patch_share").value
    known = colorchecker(edition).linear
    return Layout(kind, (COLUMNS * pitch, ROWS * pitch), centers, (side, side), known, absolute=True)


def _target() -> Layout:
    boxes = target.patches()
    black, paper = (book().number(f"imaging.card.print_{end}_share").value for end in ("black", "paper"))
    share = decode(np.array([box.level for box in boxes]) / (LEVELS - 1))
    middles = [(box.left_mm + box.width_mm / 2, box.top_mm + box.height_mm / 2) for box in boxes]
    return Layout(
        "target",
        (target.WIDTH_MM, target.HEIGHT_MM),
        np.array(middles, float),
        target.PATCH_MM,
        np.repeat((black + (paper - black) * share)[:, None], 3, axis=1),
        absolute=False,
    )
