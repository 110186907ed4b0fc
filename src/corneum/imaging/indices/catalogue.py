"""Every index that Corneum measures, by key, in the order of reports."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from corneum.imaging.indices.color_rows import COLOR_INDICES
from corneum.imaging.indices.kinds import Index
from corneum.imaging.indices.structure_rows import structure_rows

INDICES: Mapping[str, Index] = MappingProxyType({index.key: index for index in (*COLOR_INDICES, *structure_rows())})
"""Key to index, in the order of reports."""


class UnknownIndex(ValueError):
    """No index has this key; the message names the nearest ones."""


def index_of(key: str) -> Index:
    """Return the index with a key.

    Raises
    ------
    UnknownIndex
        If there is none.

    Examples
    --------
    >>> index_of("redness").unit
    'index units'
    >>> index_of("rednes")
    Traceback (most recent call last):
    ...
    corneum.imaging.indices.catalogue.UnknownIndex: unknown index 'rednes': did you mean 'redness'...
    """
    if key in INDICES:
        return INDICES[key]
    near = get_close_matches(key, INDICES, n=3)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are {', '.join(INDICES)}"
    raise UnknownIndex(f"unknown index {key!r}: {hint}")
