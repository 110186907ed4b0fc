"""One mark in one photograph: its outline, geometry and colors, and whether a doctor should look at it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from corneum.imaging.canvas import Mask
from corneum.imaging.card import Scale
from corneum.imaging.photo import Pixels
from corneum.lesions import rows
from corneum.lesions.around import Around, around
from corneum.lesions.colors import Colors, colors_of
from corneum.lesions.depth import Depth, depth_of
from corneum.lesions.dermoscopy import LOOK, Entered, Reading, readings
from corneum.lesions.ducklings import Features
from corneum.lesions.face_mark import outline_on_face
from corneum.lesions.outlining import Outline, outline
from corneum.lesions.shape import Shape, Size, shape_of, size_of

NO_CHANGE_CAN_BE_SEEN = (
    "Nothing here measures a change: one photograph cannot. This does not rule anything out. "
    "Photograph it again with the same scale, and have any mark that changes looked at by a doctor."
)
KEEP_OFF = "Do not treat over it."
_TRUSTED = 0.7
"""Confidence below which an outline is too doubtful for its geometry to be told: drawn marks overlap by 0.7 there."""


@dataclass(frozen=True)
class Mark:
    """One mark as measured in one photograph.

    Parameters
    ----------
    outline
        Where it is, and how far that can be believed.
    shape, colors
        Geometry and colors.
    size
        In millimeters, or None without a scale.
    depth
        How dark it is against the skin around it; None where too little skin is seen.
    """

    outline: Outline
    shape: Shape
    colors: Colors
    size: Size | None = None
    depth: Depth | None = None

    @property
    def features(self) -> Features:
        """What it is compared with other marks by."""
        skin, own = np.array(self.colors.skin_lab), np.array(self.colors.mark_lab)
        return Features(
            size=float(np.log(self.outline.diameter_px)),
            darkness=float(np.log(max(skin[0], 1.0) / max(own[0], 1.0))),
            redness=float(own[1] - skin[1]),
            blueness=float(skin[2] - own[2]),
            asymmetry=self.shape.asymmetry_shares[0],
            border=float(np.log(self.shape.compactness_ratio)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the measurement as plain values that JSON can hold."""
        size = self.size
        return {
            "center_px": [round(value, 1) for value in self.outline.center],
            "diameter_px": round(self.outline.diameter_px, 1),
            "outline_confidence": round(self.outline.confidence, 3),
            "outline_size_error_share": round(self.outline.size_error_share, 3),
            "cut_off": self.outline.cut_off,
            "longest_mm": None if size is None else round(size.longest_mm, 2),
            "area_mm2": None if size is None else round(size.area_mm2, 2),
            "size_error_share": None if size is None else round(size.error_share, 3),
            "scale_from": None if size is None else size.scale_from,
            "asymmetry_shares": [round(value, 3) for value in self.shape.asymmetry_shares],
            "color_asymmetry_de": [round(value, 1) for value in self.shape.color_asymmetry_de],
            "compactness_ratio": round(self.shape.compactness_ratio, 2),
            "abrupt_eighths": self.shape.abrupt_eighths,
            "colors": list(self.colors.present),
            "distance_from_skin_de": round(self.colors.distance_de, 1),
        }


@dataclass(frozen=True)
class Checked:
    """What is told of one mark in one photograph.

    Parameters
    ----------
    mark
        As measured.
    reasons
        Why a doctor should look at it; empty where nothing that is measured here gives one.
    lists
        What the lists say that a clinician filled in.
    notes
        What the measurement cannot claim.
    """

    mark: Mark
    reasons: tuple[str, ...]
    lists: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def look(self) -> bool:
        """Whether anything here asks for a doctor."""
        return bool(self.reasons) or any(one.look for one in self.lists)

    @property
    def text(self) -> str:
        """The whole finding in words: that a doctor looks at it, or that one photograph measures no change."""
        if not self.look:
            return f"{NO_CHANGE_CAN_BE_SEEN} {KEEP_OFF}"
        # Several lists may ask for the same: it is said once.
        said = dict.fromkeys([*self.reasons, *(reason for one in self.lists for reason in one.reasons)])
        return f"{LOOK}: {'; '.join(said)}. {KEEP_OFF}"


def measured(
    pixels: Pixels,
    near: tuple[float, float] | None = None,
    scale: Scale | None = None,
    width: float | None = None,
    skin: Mask | None = None,
) -> Mark:
    """Return one mark of a photograph, measured.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    near
        Column and row inside the mark, or None for the one in the middle.
    scale
        Of the photograph on the mark's plane, or None: then nothing is told in millimeters.
    width
        About how wide the mark is, px, where that is known.
    skin
        Shape (height, width), of a face: then a mark that is pointed at must lie in it; None for any other picture.

    Raises
    ------
    OutlineRefused
        If no mark stands out from the skin there.
    """
    if skin is None or near is None or scale is None or width is not None:
        found = outline(pixels, near, width)
    else:
        found = outline_on_face(pixels, near, skin, scale.px_per_mm)
    seen: Around = around(pixels, found)
    return Mark(
        outline=found,
        shape=shape_of(seen),
        colors=colors_of(seen.lab, seen.mask, seen.skin),
        size=None if scale is None else size_of(found, scale),
        depth=depth_of(pixels, found.polygon),
    )


def check(
    pixels: Pixels,
    near: tuple[float, float] | None = None,
    scale: Scale | None = None,
    lists: tuple[Entered, ...] = (),
    site: str = "",
    skin: Mask | None = None,
) -> Checked:
    """Return what one photograph says of one mark: at most that a doctor should look at it.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    near
        Column and row inside the mark, or None for the one in the middle.
    scale
        Of the photograph on the mark's plane, or None.
    lists
        What a clinician entered; nothing of it is ever guessed from the photograph.
    site
        Where the mark is: ``face``, ``palm``, ``sole`` or any other word.
    skin
        See `measured`.

    Raises
    ------
    OutlineRefused
        If no mark stands out from the skin there.

    References
    ----------
    Rule ``lesions.abcde``; rows ``lesions.geometry.*``.
    """
    mark = measured(pixels, near, scale, skin=skin)
    return Checked(mark, tuple(reasons_of(mark)), readings(lists, site), tuple(_notes(mark)))


def reasons_of(mark: Mark) -> Iterator[str]:
    """Yield what the geometry of one mark gives as reasons for a doctor to look at it.

    A measure below its limit is no reason for anything, and is never told as one.
    """
    if mark.outline.confidence < _TRUSTED:
        yield "its border cannot be told from the skin with any certainty in this photograph"
        return
    shape = mark.shape
    if shape.asymmetry_shares[0] >= rows.value("geometry.asymmetry_share"):
        yield f"asymmetric in shape (a fold leaves {100 * shape.asymmetry_shares[0]:.0f} % uncovered)"
    if max(shape.color_asymmetry_de) >= rows.value("geometry.color_asymmetry_index"):
        yield "asymmetric in color"
    if shape.compactness_ratio >= rows.value("geometry.compactness_ratio"):
        yield f"irregular border (compactness {shape.compactness_ratio:.1f}; a disk has 1)"
    if len(mark.colors.present) >= rows.value("geometry.colors_number"):
        yield f"{len(mark.colors.present)} colors ({', '.join(mark.colors.present)})"
    # The error counts toward the doctor: a mark that may be larger than the limit is treated as larger.
    if mark.size is not None and mark.size.longest_mm * (1 + mark.size.error_share) > rows.limit("abcde"):
        yield f"{mark.size.text()} across, which is or may be above {rows.limit('abcde'):g} mm"


def _notes(mark: Mark) -> Iterator[str]:
    if mark.size is None:
        yield "No scale: nothing is told in millimeters."
    if mark.outline.cut_off:
        yield "The mark reaches the edge of the photograph: size and shape are of the part that is seen."
    yield (
        f"Confidence in the outline {mark.outline.confidence:.2f}, by the agreement of two unlike methods: it says how "
        "well the border is seen, and nothing of what the mark is."
    )
