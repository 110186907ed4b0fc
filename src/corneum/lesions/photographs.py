"""Photographs in which marks are looked for: face, scale, skin, and what two of them show together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corneum.imaging.align import Alignment, align
from corneum.imaging.canvas import Mask
from corneum.imaging.card import Scale, find_card, scale_by_eyes
from corneum.imaging.faces import Face, NoFaceFound, find_face, skin_mask, zone_map
from corneum.imaging.photo import Photo
from corneum.lesions.checking import Checked, Mark, measured, reasons_of
from corneum.lesions.exclusions import Exclusion
from corneum.lesions.followed import Followed
from corneum.lesions.mapped import boxes_mm, exclusions_of
from corneum.lesions.marks import find_marks
from corneum.lesions.match import ScaleNeeded, Visit, follow_mark, follow_marks
from corneum.lesions.merging import Boxes
from corneum.lesions.overlay import whole


@dataclass(frozen=True)
class Taken:
    """A photograph with its face and scale, where there are any.

    Parameters
    ----------
    photo
        Upright, in sRGB.
    face
        The face in it, or None.
    scale
        As given, of a card or of the eyes; None where nothing shows it.
    """

    photo: Photo
    face: Face | None
    scale: Scale | None

    @cached_property
    def skin(self) -> Mask | None:
        """Where marks of a face are looked for; None in any other picture."""
        return None if self.face is None else skin_mask(self.photo.pixels, self.face)

    @property
    def visit(self) -> Visit:
        """As marks are followed from one to the next."""
        return Visit(self.photo.pixels, self.scale, self.skin)


def taken(photo: Photo, scale: Scale | None = None) -> Taken:
    """Return a photograph with its face and scale.

    Parameters
    ----------
    photo
        The photograph.
    scale
        Where somebody measured it; None for that of a card in the frame, or of the face's eyes.
    """
    try:
        face = find_face(photo.pixels)
    except NoFaceFound:
        face = None
    if scale is not None:
        return Taken(photo, face, scale)
    card = find_card(photo.pixels)
    if card is not None and card.scale is not None:
        return Taken(photo, face, card.scale)
    return Taken(photo, face, None if face is None else scale_by_eyes(face))


def require_scales(first: Taken, second: Taken) -> None:
    """Refuse, before anything is aligned, two photographs of which the scale is not known.

    Raises
    ------
    ScaleNeeded
        If marks cannot be found by their size.
    """
    if first.scale is None or second.scale is None:
        raise ScaleNeeded(
            "neither a card nor a face shows the scale of both photographs, and marks are found by their size: give "
            '--scale "12.5 px/mm", or point at one mark with --at COLUMN,ROW'
        )


def aligned(first: Taken, second: Taken) -> Alignment:
    """Return the alignment from one photograph to another."""
    if first.face is None or second.face is None:
        return align(first.photo.pixels, second.photo.pixels)
    return align(first.photo.pixels, second.photo.pixels, (first.face, second.face), first.skin)


def followed(
    first: Taken, second: Taken, alignment: Alignment, at: tuple[float, float] | None = None
) -> tuple[Followed, ...]:
    """Return what became of the marks of two photographs.

    Parameters
    ----------
    first, second
        The earlier and the later one.
    alignment
        From the earlier to the later one.
    at
        Column and row of one mark in the earlier one, px; None for all of both.
    """
    if at is None:
        return follow_marks(first.visit, second.visit, alignment)
    mark = measured(first.photo.pixels, at, first.scale, skin=first.skin)
    return (follow_mark(mark, first.visit, second.visit, alignment),)


def outlined(one: Taken, marks: Sequence[Mark | None]) -> bytes:
    """Return a PNG of a photograph with its marks, numbered from 1 in their order; what is None is not drawn."""
    seen = [(str(number), mark) for number, mark in enumerate(marks, 1) if mark is not None]
    return whole(one.photo.pixels, [mark for _, mark in seen], [label for label, _ in seen])


def both_outlined(first: Taken, second: Taken, found: Sequence[Followed]) -> tuple[bytes, bytes]:
    """Return PNGs of an earlier and a later photograph with the marks of both, numbered alike."""
    earlier = outlined(first, [one.before for one in found])
    return earlier, outlined(second, [one.after for one in found])


@dataclass(frozen=True)
class Seen:
    """The marks of one photograph, each with what is told of it.

    Parameters
    ----------
    marks
        Strongest first.
    least_mm
        Diameter of the smallest mark that was looked for.
    skipped
        Places that were left out because there were too many.
    """

    marks: tuple[Checked, ...]
    least_mm: float
    skipped: int


def seen(one: Taken) -> Seen:
    """Return the marks of one photograph, which cannot show a change.

    Raises
    ------
    ScaleNeeded
        If marks cannot be found by their size.
    """
    if one.scale is None:
        raise ScaleNeeded("neither a card nor a face shows the scale of the photograph: give it")
    found = find_marks(one.photo.pixels, one.scale, one.skin)
    told = tuple(Checked(mark, tuple(reasons_of(mark))) for mark in found.marks)
    return Seen(told, found.least_mm, found.skipped)


@dataclass(frozen=True)
class Places:
    """Where the marks of a face lie, as a course leaves them out.

    Parameters
    ----------
    marks
        One for each that was found; None where it lies in no zone or its size is not known.
    boxes
        Of the zones, mm, for `corneum.lesions.merged`.
    """

    marks: tuple[Exclusion | None, ...]
    boxes: Boxes


def places_of(found: Sequence[Followed], later: Photo, face: Face, day: date) -> Places:
    """Return where the marks of a face lie.

    Parameters
    ----------
    found
        Marks of the later photograph.
    later, face
        The photograph, and the face in it.
    day
        Of it. Without a day, one on which a doctor looked long ago would end the wait for a change found only now.
    """
    zones, names = zone_map(face, later.pixels.shape[:2])
    placed = [exclusions_of([one], zones, names, found=day) for one in found]
    boxes = boxes_mm(zones, names, scale_by_eyes(face).px_per_mm)
    return Places(tuple(one[0] if one else None for one in placed), boxes)
