"""The shipped error of each index, fitted on simulated retakes and on real pairs in which nothing changed.

A change in a zone where nothing changed has the variance ``(common level)**2 + (tile_ratio noise)**2 + floor**2``: a
part that the whole photograph shares (color correction, focus), a multiple of the local noise that the pair shows
itself (`corneum.imaging.repeatability.tiles`), which holds its resolution, alignment and expression, and a rest.
"""

from dataclasses import dataclass
from functools import cache

from corneum.evidence import load_evidence

_ROWS = "imaging.repeatability"
_ANY = "other"
"""Rows of an index that has none of its own."""


@dataclass(frozen=True)
class Shipped:
    """The error of a change of one index.

    Parameters
    ----------
    common
        Standard error that the whole photograph shares: a share of the value, or in the index's unit.
    tile_ratio
        By what the local noise of the pair is multiplied.
    floor
        Standard error that is left where the value is near nothing, in the index's unit.
    alone
        Standard error where the pair has too few tiles to tell: a share of the value, or in the index's unit.
    """

    common: float
    tile_ratio: float
    floor: float
    alone: float


@cache
def shipped_error(key: str, is_ratio: bool, carded: bool) -> Shipped:
    """Return the shipped error of an index.

    Parameters
    ----------
    key
        Of the index; one that has no rows is given those of the noisiest kind.
    is_ratio
        Whether its error is a share of its value.
    carded
        Whether both photographs were corrected by a card.

    References
    ----------
    Rows ``imaging.repeatability.*``
    """
    book = load_evidence()
    kind = "share" if is_ratio else "index"
    own = key if f"{_ROWS}.{key}.tile_ratio" in book.keys_under(_ROWS) else f"{_ANY}_{kind}"
    color = "carded" if carded else "plain"

    def value(name: str) -> float:
        return book.number(f"{_ROWS}.{own}.{name}").value

    return Shipped(value(f"{color}_common_{kind}"), value("tile_ratio"), value("floor_index"), value(f"alone_{kind}"))
