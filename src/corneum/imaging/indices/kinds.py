"""What an index is: a map over the canvas, and one number per zone."""

from collections.abc import Callable
from dataclasses import dataclass

from corneum.imaging.canvas import Canvas, FloatMap, Mask


@dataclass(frozen=True)
class Index:
    """One index: what it means, what it needs, and how it is computed.

    Parameters
    ----------
    key
        For example ``redness``.
    title
        As people read it.
    unit
        As printed after the value; ``index units`` where it has no physical one.
    needs_px_per_mm
        Skin resolution below which the index is withheld.
    needs_card
        Whether the value itself (not only a contrast inside one photograph) needs a colour card.
    is_ratio
        True if its error grows with its value (error stored as a share), False if it is absolute.
    formula
        One line, for the documentation and the reports.
    source
        Evidence key of the formula or of its closest published relative.
    layer
        The index's map over a canvas, shape (height, width), float32; NaN is never used.
    value
        The number of a region: (layer, region, canvas) to a float; NaN if the region is too small.
    needs_absolute
        Whether the card must have known colors: a printed gray target is then not enough.
    """

    key: str
    title: str
    unit: str
    needs_px_per_mm: float
    needs_card: bool
    is_ratio: bool
    formula: str
    source: str
    layer: Callable[[Canvas], FloatMap]
    value: Callable[[FloatMap, Mask, Canvas], float]
    needs_absolute: bool = False
