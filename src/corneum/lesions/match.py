"""Marks of one person in two photographs: new, changed beyond error, unchanged, or not found again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corneum.imaging.align import Alignment
from corneum.imaging.canvas import Mask
from corneum.imaging.card import Scale
from corneum.imaging.photo import Pixels
from corneum.lesions import rows
from corneum.lesions.checking import Mark
from corneum.lesions.depth import Depth, depth_of
from corneum.lesions.followed import Difference, Followed, State
from corneum.lesions.marks import MOST_GROWTH, Marks, find_marks, mark_at

_LEAST_SEEN = 3.0
"""Errors by which skin must be darker than around it for a mark to have been there."""
_NEW_COLOR_SHARE = 0.1
"""A color is new in a mark if it fills so much of it now and was not there at all."""
_LEAST_DENSITY = 0.03
"""Optical density below which a contrast is no longer told as a share of itself: hardly seen by an eye."""
_PROBE_SHARE = 0.5
"""How far from a mark the local magnification is read, share of its diameter."""


class ScaleNeeded(ValueError):
    """Marks cannot be found without the photograph's scale."""


@dataclass(frozen=True)
class Visit:
    """One photograph of a visit.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB.
    scale
        Of the photograph; None where it is not known: then single marks can be followed, but none is found.
    skin
        Shape (height, width): where marks are looked for; None for the whole picture.
    """

    pixels: Pixels
    scale: Scale | None
    skin: Mask | None = None


def follow_marks(earlier: Visit, later: Visit, alignment: Alignment) -> tuple[Followed, ...]:
    """Return every mark of either photograph with what became of it.

    A mark that is found in one photograph only is looked for at its place in the other before it is called new or
    not found: finding has a limit that a mark can cross without any change.

    Parameters
    ----------
    earlier, later
        The two photographs.
    alignment
        From the earlier to the later one.

    Raises
    ------
    ScaleNeeded
        If the scale of a photograph is not known.

    References
    ----------
    Rows ``lesions.repeat.*``, ``lesions.find.diameter_mm``.
    """
    if earlier.scale is None or later.scale is None:
        raise ScaleNeeded("marks are found by their size: give the scale, or point at one mark")
    before = find_marks(earlier.pixels, earlier.scale, earlier.skin)
    after = find_marks(later.pixels, later.scale, later.skin)
    followed = [follow_mark(mark, earlier, later, alignment) for mark in before.marks]
    places = [one.place for one in followed]
    left = [mark for mark in after.marks if not _near_any(mark, places)]
    return (*followed, *_only_later(left, before, earlier, later, alignment))


def follow_mark(mark: Mark, earlier: Visit, later: Visit, alignment: Alignment) -> Followed:
    """Return what became of one mark of the earlier photograph.

    Parameters
    ----------
    mark
        In the earlier photograph.
    earlier, later
        The two photographs.
    alignment
        From the earlier to the later one.
    """
    place = moved(mark.outline.center, alignment)
    larger = magnification(mark, alignment)
    found = _mark_there(later, place, larger * mark.outline.diameter_px)
    if found is None:
        there = np.stack(alignment.positions(mark.outline.polygon[:, 0], mark.outline.polygon[:, 1]), axis=1)
        return _seen_once("not_found", mark, depth_of(later.pixels, there), place)
    return compared(mark, found, larger, _larger_error(mark, alignment))


def _mark_there(visit: Visit, place: tuple[float, float], width: float) -> Mark | None:
    """Return the mark of about a width at a place; what is far wider or narrower there is another thing."""
    found = mark_at(visit.pixels, place, visit.scale, visit.skin, width=width)
    if found is None or not _near_any(found, [place]):
        return None
    return found if 1 / MOST_GROWTH < found.outline.diameter_px / width < MOST_GROWTH else None


def _seen_once(state: State, mark: Mark, other: Depth | None, place: tuple[float, float]) -> Followed:
    """Return what became of a mark whose border could be drawn in one photograph only.

    Finding has a limit that a mark can cross without any change: where the skin within its border is as dark in the
    other photograph, within the error, it was there, and no change was measured.
    """
    before, after = (None, mark) if state == "new" else (mark, None)
    if mark.depth is None or other is None:
        return Followed(state, before, after, place)
    difference = darkening(*((other, mark.depth) if state == "new" else (mark.depth, other)))
    there = not difference.beyond and other.density > _LEAST_SEEN * other.error
    return Followed("unchanged" if there else state, before, after, place, (difference,))


def _larger_error(mark: Mark, alignment: Alignment) -> float:
    """Return one standard error of the magnification, share: the alignment's residual over the span it is read on."""
    return float(alignment.residual_px / max(_reach(mark.outline.diameter_px), 1.0))


def compared(before: Mark, after: Mark, larger: float, larger_error: float = 0.0) -> Followed:
    """Return how a mark of two photographs differs, with the error of each difference.

    Parameters
    ----------
    before, after
        The same mark.
    larger
        Magnification of the later photograph against the earlier one, at the mark.
    larger_error
        One standard error of it, as a share.

    References
    ----------
    Rows ``lesions.repeat.diameter_share``, ``lesions.repeat.contrast_share``, ``lesions.repeat.asymmetry_share``.
    """
    differences = tuple(_differences(before, after, larger, larger_error))
    new = tuple(
        color
        for color, share in after.colors.shares.items()
        if share >= _NEW_COLOR_SHARE and before.colors.shares[color] == 0
    )
    state: State = "changed" if new or any(one.beyond for one in differences) else "unchanged"
    return Followed(state, before, after, after.outline.center, differences, new)


def _differences(before: Mark, after: Mark, larger: float, larger_error: float) -> Iterator[Difference]:
    outlines = before.outline, after.outline
    own = [max(one.size_error_share, 0.0) for one in outlines]
    # The methods' spread says which outline is doubtful; the repeat row says what even a plain one leaves.
    error = float(np.hypot(2**0.5 * rows.value("repeat.diameter_share"), np.hypot(own[0], own[1]) / 2))
    ratio = outlines[1].diameter_px / outlines[0].diameter_px / larger
    yield Difference("diameter", ratio - 1, float(np.hypot(error, larger_error)))
    depths = before.depth, after.depth
    if depths[0] is not None and depths[1] is not None:
        yield darkening(depths[0], depths[1])
    folds = [one.shape.asymmetry_shares[0] for one in (before, after)]
    # What the methods disagree on, a fold leaves uncovered.
    doubt = float(np.hypot(2**0.5 * rows.value("repeat.asymmetry_share"), np.hypot(own[0], own[1])))
    yield Difference("asymmetry", folds[1] - folds[0], doubt)


def darkening(before: Depth, after: Depth) -> Difference:
    """Return how the contrast of a mark against its skin differs, as a share of the earlier one.

    Parameters
    ----------
    before, after
        Of the same mark.

    References
    ----------
    Row ``lesions.repeat.contrast_share``: of each one's own contrast. The unevenness of the skin adds to it, which
    weighs most in a faint mark.
    """
    own = rows.value("repeat.contrast_share") * np.array([before.density, after.density])
    error = float(np.sqrt((own**2).sum() + before.error**2 + after.error**2))
    whole = max(abs(before.density), _LEAST_DENSITY)
    return Difference("contrast", (after.density - before.density) / whole, error / whole)


def _only_later(
    marks: Sequence[Mark], before: Marks, earlier: Visit, later: Visit, alignment: Alignment
) -> Iterator[Followed]:
    for mark in marks:
        place = place_before(mark.outline.center, alignment, earlier.pixels.shape)
        if place is None:
            continue
        larger = _local(alignment, place, mark.outline.diameter_px)
        found = _mark_there(earlier, place, mark.outline.diameter_px / larger)
        if found is not None:
            yield compared(found, mark, larger, _larger_error(found, alignment))
        elif mark.size is None or mark.size.diameter_mm >= before.least_mm:
            # What the earlier photograph could not have shown is not called new.
            there = (mark.outline.polygon - mark.outline.center) / larger + place
            yield _seen_once("new", mark, depth_of(earlier.pixels, there), mark.outline.center)


def moved(place: tuple[float, float], alignment: Alignment) -> tuple[float, float]:
    """Return where a place of the earlier photograph lies in the later one, column and row, px."""
    columns, rows_ = alignment.positions(np.array([place[0]]), np.array([place[1]]))
    return float(columns[0]), float(rows_[0])


def magnification(mark: Mark, alignment: Alignment) -> float:
    """Return how much larger the later photograph shows the skin at a mark."""
    return _local(alignment, mark.outline.center, mark.outline.diameter_px)


def _local(alignment: Alignment, place: tuple[float, float], diameter_px: float) -> float:
    reach = _reach(diameter_px)
    around = np.array([(-1, 0), (1, 0), (0, -1), (0, 1)]) * reach + place
    there = np.stack(alignment.positions(around[:, 0], around[:, 1]), axis=1)
    spans = np.linalg.norm(there[1] - there[0]), np.linalg.norm(there[3] - there[2])
    return float(np.sqrt(spans[0] * spans[1])) / (2 * reach)


def _reach(diameter_px: float) -> float:
    # Farther than the mark itself: its own growth must not be taken for magnification.
    return max(8.0, (1 + _PROBE_SHARE) * diameter_px)


def place_before(
    place: tuple[float, float], alignment: Alignment, shape: tuple[int, ...]
) -> tuple[float, float] | None:
    """Return where a place of the later photograph lies in the earlier one, or None outside of it.

    Parameters
    ----------
    place
        Column and row in the later photograph, px.
    alignment
        From the earlier to the later photograph.
    shape
        Of the earlier photograph.
    """
    guess = np.array([shape[1] / 2, shape[0] / 2])
    # Steps by the inverse of the magnification; a nearer photograph would otherwise be overshot.
    larger = max(_local(alignment, (float(guess[0]), float(guess[1])), float(max(shape[:2])) / 4), 0.1)
    for _ in range(20):
        there = np.array(moved((float(guess[0]), float(guess[1])), alignment))
        guess = guess + (np.array(place) - there) / larger
        if np.linalg.norm(np.array(place) - there) < 0.05:
            break
    inside = 0 <= guess[0] < shape[1] and 0 <= guess[1] < shape[0]
    return (float(guess[0]), float(guess[1])) if inside else None


def _near_any(mark: Mark, places: Sequence[tuple[float, float]]) -> bool:
    near = max(4.0, 0.6 * mark.outline.diameter_px)
    return any(float(np.hypot(*np.subtract(mark.outline.center, place))) < near for place in places)
