"""Marks of a new comparison, put into the list that a clinic keeps: nothing that stands there is ever lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corneum.lesions.exclusions import Exclusion

Boxes = Mapping[str, tuple[float, float]]
"""Zone -> width and height of its box, mm."""


def merged(kept: Sequence[Exclusion], found: Sequence[Exclusion], boxes_mm: Boxes) -> tuple[Exclusion, ...]:
    """Return the kept marks, in their order, brought up to date, and then those that are new to the list.

    A mark is the same if it lies in the same zone within the disk that either leaves out; nearest pairs first, each
    once. It keeps its note and the day on which a doctor looked at it, its larger extent, and a wait for a doctor that
    has not ended. A kept mark without a place is left as it stands.

    Parameters
    ----------
    kept
        From the file.
    found
        Of the last two photographs.
    boxes_mm
        Of the zones, in the later photograph: places in a file are shares of them.

    Examples
    --------
    >>> from corneum.lesions.exclusions import exclusion
    >>> kept = [exclusion("chin", 4.0, center=(0.5, 0.5), note="brown")]
    >>> found = [exclusion("chin", 4.2, center=(0.52, 0.5), state="unchanged")]
    >>> [(one.note, one.state, one.diameter_mm) for one in merged(kept, found, {"chin": (40.0, 30.0)})]
    [('brown', 'unchanged', 4.2)]
    """
    pairs = dict(_pairs(kept, found, boxes_mm))
    taken = set(pairs.values())
    updated = [_updated(one, found[pairs[number]]) if number in pairs else one for number, one in enumerate(kept)]
    return (*updated, *(one for number, one in enumerate(found) if number not in taken))


def _pairs(kept: Sequence[Exclusion], found: Sequence[Exclusion], boxes_mm: Boxes) -> Iterator[tuple[int, int]]:
    apart = [
        (_apart_mm(one, other, boxes_mm), first, second)
        for first, one in enumerate(kept)
        for second, other in enumerate(found)
    ]
    firsts: set[int] = set()
    seconds: set[int] = set()
    for away, first, second in sorted(apart):
        reach = max(kept[first].radius_mm, found[second].radius_mm)
        if away <= reach and first not in firsts and second not in seconds:
            firsts.add(first)
            seconds.add(second)
            yield first, second


def _apart_mm(one: Exclusion, other: Exclusion, boxes_mm: Boxes) -> float:
    if one.zone != other.zone or one.center is None or other.center is None or one.zone not in boxes_mm:
        return float("inf")
    return float(np.hypot(*(np.subtract(one.center, other.center) * boxes_mm[one.zone])))


def _updated(kept: Exclusion, found: Exclusion) -> Exclusion:
    # A skin that was left out once is not worked on because a later outline is smaller.
    larger = max(kept, found, key=lambda one: one.radius_mm)
    # No later photograph ends a wait: only a doctor does.
    state = kept if kept.waits and not found.waits else found
    return replace(
        found,
        diameter_mm=larger.diameter_mm,
        radius_mm=larger.radius_mm,
        note=kept.note or found.note,
        state=state.state,
        found=state.found,
        looked_at=kept.looked_at,
    )
