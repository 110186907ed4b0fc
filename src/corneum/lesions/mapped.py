"""Marks of a face as places that the course leaves out: zone, and where in it."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corneum.lesions.checking import Mark
from corneum.lesions.exclusions import Exclusion, State, exclusion
from corneum.lesions.followed import Followed


def exclusions_of(
    followed: Iterable[Followed], zones: NDArray[np.uint8], names: Sequence[str], *, found: date | None = None
) -> tuple[Exclusion, ...]:
    """Return what a course leaves out for the marks of a later photograph.

    Parameters
    ----------
    followed
        Marks across two photographs; those that were not found again stay as they were in the earlier one.
    zones
        Shape (height, width), of the later photograph: 0 outside any zone, else 1 + the place in ``names``.
    names
        Of the zones.
    found
        Day of the later photograph.
    """
    kept = []
    for one in followed:
        mark = one.after or one.before
        place = _zone_at(zones, names, one.place)
        if mark is not None and mark.size is not None and place is not None:
            kept.append(_exclusion(mark, one.state, *place, found))
    return tuple(kept)


def boxes_mm(zones: NDArray[np.uint8], names: Sequence[str], px_per_mm: float) -> dict[str, tuple[float, float]]:
    """Return zone -> width and height of its box, mm.

    Parameters
    ----------
    zones
        Shape (height, width): 0 outside any zone, else 1 + the place in ``names``.
    names
        Of the zones.
    px_per_mm
        Of the photograph.
    """
    boxes = {}
    for number, name in enumerate(names, 1):
        rows, columns = np.nonzero(zones == number)
        if rows.size:
            boxes[name] = (max(1, int(np.ptp(columns))) / px_per_mm, max(1, int(np.ptp(rows))) / px_per_mm)
    return boxes


def _exclusion(
    mark: Mark, state: State, zone: str, center: tuple[float, float] | None, found: date | None
) -> Exclusion:
    assert mark.size is not None
    size = mark.size
    return exclusion(
        zone, round(size.longest_mm, 2), error_share=size.error_share, center=center, state=state, found=found
    )


def _zone_at(
    zones: NDArray[np.uint8], names: Sequence[str], place: tuple[float, float]
) -> tuple[str, tuple[float, float] | None] | None:
    """Return the zone at a place and where in the zone's box the place lies; None outside any zone."""
    column, row = (round(value) for value in place)
    if not (0 <= row < zones.shape[0] and 0 <= column < zones.shape[1]) or zones[row, column] == 0:
        return None
    number = int(zones[row, column])
    rows, columns = np.nonzero(zones == number)
    across = (column - columns.min()) / max(1, np.ptp(columns))
    down = (row - rows.min()) / max(1, np.ptp(rows))
    return names[number - 1], (round(float(across), 3), round(float(down), 3))
