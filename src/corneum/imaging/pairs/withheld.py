"""What a pair cannot carry is withheld with its reason, never guessed."""

import math
from collections.abc import Iterable

from corneum.imaging.canvas import Canvas
from corneum.imaging.gates import PairCheck
from corneum.imaging.gates.pair import expression_differs
from corneum.imaging.indices import Index
from corneum.imaging.pairs.result import Change, SpotCount

_COUNTED = frozenset({"spot_count", "spot_area", "spot_contrast"})
_NO_SPOT = "no matched spot is new, gone or changed beyond the noise of this pair: only which spots are counted differs"
_FORM = frozenset(
    {"evenness_melanin", "evenness_redness", "shine", "texture", "coarse_texture", "line_strength", "line_length"}
    | {"pore_strength", "pore_count", "scar_shading"}
)
"""Indices that read the shape of the skin from its shading, which an expression bends."""
_EXPRESSION = "the expression differs too much between the photographs"
_NO_REST = "a single site has no rest"


def refusal(index: Index, canvas: Canvas, check: PairCheck) -> str:
    """Return why an index cannot be measured in a pair; empty where it can.

    Parameters
    ----------
    index
        Which.
    canvas
        Either photograph in the common frame.
    check
        How alike the photographs were taken.
    """
    if canvas.resolution_px_per_mm < index.needs_px_per_mm:
        return f"needs {index.needs_px_per_mm:g} px per mm of skin, here are {canvas.resolution_px_per_mm:.1f}"
    if index.key.endswith("_relative") and len(canvas.zone_names) == 1:
        return _NO_REST
    if not (canvas.absolute if index.needs_absolute else canvas.carded or not index.needs_card):
        card = "a ColorChecker" if index.needs_absolute else "a color card or gray target"
        return f"needs {card} in both photographs"
    return _EXPRESSION if index.key in _FORM and expression_differs(check) else ""


def without(index: str, unit: str, zone: str, why: str) -> Change:
    """Return a change that is withheld: no value stands where none was measured."""
    nan = math.nan
    return Change(zone, index, unit, nan, nan, nan, nan, nan, "", "withheld", why)


def with_matches(changes: Iterable[Change], spots: Iterable[SpotCount]) -> tuple[Change, ...]:
    """Return the changes; one of counted spots beyond noise only stands where a matched spot stands behind it.

    A spot near the limit of being seen comes and goes between any two photographs, and takes its whole area with it:
    such a figure is withheld, for anyone would quote it.

    Parameters
    ----------
    changes
        Of every zone and index.
    spots
        Matched, by zone.
    """
    moved = {count.zone: count.new + count.gone + count.changed > 0 for count in spots}
    return tuple(
        without(change.index, change.unit, change.zone, _NO_SPOT)
        if change.index in _COUNTED and change.verdict in ("higher", "lower") and not moved.get(change.zone, False)
        else change
        for change in changes
    )
