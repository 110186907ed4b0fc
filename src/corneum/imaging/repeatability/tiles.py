"""What a pair itself says about its noise: the same index in small tiles of skin, before and after.

Tiles of one zone differ in their change by what disturbs a pair locally: misplaced pixels, shading, noise, expression.
The same disturbances move the zone as a whole, by a multiple that the shipped table holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from weakref import ReferenceType, ref

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.catalogue import INDICES
from corneum.imaging.indices.kinds import Index
from corneum.imaging.indices.remembered import Same, remembered

TILE_MM = 10.0
"""Side of a tile: large enough for any index, small enough for several in a zone."""
_MARGIN_MM = 6.0
"""Canvas kept around a tile: no index looks farther."""
_COVERED = 0.5
"""Share of a tile that must be measurable skin."""
_MOST = 8
"""Tiles looked at in a zone: a spread is known well enough from the whole face, and each costs time."""
_ENOUGH = 4
"""Tiles of the whole picture below which they tell nothing."""
FACE_TILES = 10.0
"""How many tiles of its own the noise of the whole picture weighs as much as, in a zone."""
AREA_EXPONENT = 0.5
"""How the error of a zone falls with its number of tiles: less than 1 / square root, for disturbances are wide."""


@dataclass(frozen=True)
class Tiles:
    """An index in the tiles of a zone.

    Parameters
    ----------
    before, after
        Values, shape (tiles,), finite.
    places
        How many tiles the zone has room for; not all are looked at.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    places: int

    @property
    def many(self) -> int:
        """How many."""
        return len(self.before)

    @property
    def spread(self) -> float:
        """Sum of squares of the changes around their mean."""
        changes = self.after - self.before
        return float(((changes - changes.mean()) ** 2).sum()) if self.many else 0.0


def noise_in(zone: Tiles, all_zones: tuple[Tiles, ...]) -> float:
    """Return the local noise of a zone, in the index's unit; NaN where the picture has too few tiles.

    Parameters
    ----------
    zone
        Its tiles.
    all_zones
        The tiles of every zone of the pair.

    Notes
    -----
    The variance among the zone's own tiles, drawn toward that of the whole picture as if by `FACE_TILES` more tiles,
    over the number of places to the power `AREA_EXPONENT`.
    """
    free = sum(max(one.many - 1, 0) for one in all_zones)
    if free < _ENOUGH:
        return float("nan")
    everywhere = sum(one.spread for one in all_zones) / free
    own = (zone.spread + FACE_TILES * everywhere) / (max(zone.many - 1, 0) + FACE_TILES)
    return float(np.sqrt(own / max(zone.places, 1) ** AREA_EXPONENT))


PROXIES = MappingProxyType(dict.fromkeys(("spot_count", "spot_area", "spot_contrast"), "spot_strength"))
"""Indices that make no sense in a tile, for it holds no spot or one: the noise of another one of the same layer is
taken, as a share of its value."""


def noise_of(
    index: Index, zone: str, mean: float, canvases: tuple[Canvas, Canvas], layers: tuple[FloatMap, FloatMap]
) -> float:
    """Return the local noise of an index in a zone, in its unit; NaN where the pair cannot tell.

    Parameters
    ----------
    index
        Which.
    zone
        Name.
    mean
        Of its values before and after.
    canvases, layers
        Of the pair.
    """
    seen = INDICES.get(PROXIES.get(index.key, index.key), index)
    tiles = zone_tiles(seen, canvases, layers)
    noise = noise_in(tiles[zone], tuple(tiles.values()))
    if seen.key == index.key:
        return noise
    inside = canvases[0].zone(zone)
    both = [abs(seen.value(layer, inside, canvas)) for layer, canvas in zip(layers, canvases, strict=True)]
    return noise / (sum(both) / 2) * mean if sum(both) > 0 else float("nan")


_known: dict[tuple[str, int, int], tuple[ReferenceType[FloatMap], ReferenceType[FloatMap], dict[str, Tiles]]] = {}
_MOST_KNOWN = 64


def zone_tiles(index: Index, canvases: tuple[Canvas, Canvas], layers: tuple[FloatMap, FloatMap]) -> dict[str, Tiles]:
    """Return the tiles of every zone of a pair, by zone name; kept while the layers live.

    Parameters
    ----------
    index
        Which.
    canvases, layers
        Of the pair.
    """
    key = (index.key, id(layers[0]), id(layers[1]))
    found = _known.get(key)
    if found is not None and found[0]() is layers[0] and found[1]() is layers[1]:
        return found[2]
    skin = canvases[0].skin
    cuts = _cuts_of(skin, Same(canvases[0].zones), canvases[0].zone_names, canvases[0].px_per_mm)
    made = {name: _tiles_of(index, cuts[name], canvases, layers) for name in canvases[0].zone_names}
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[key] = (ref(layers[0]), ref(layers[1]), made)
    return made


@dataclass(frozen=True)
class _Cut:
    """A window of the canvas around a tile: the same for every index, so that they share what they compute there."""

    here: tuple[slice, slice]
    inside: Mask
    skin: Mask
    zones: NDArray[np.uint8]


@dataclass(frozen=True)
class _Cuts:
    """The tiles of a zone that are looked at, and how many there are."""

    chosen: tuple[_Cut, ...]
    places: int


@remembered
def _cuts_of(skin: Mask, zones: Same, names: tuple[str, ...], px_per_mm: float) -> dict[str, _Cuts]:
    """Return the tiles of every zone, by zone name."""
    assert isinstance(zones.one, np.ndarray)
    side, margin = TILE_MM * px_per_mm, int(np.ceil(_MARGIN_MM * px_per_mm))
    found = {}
    for number, name in enumerate(names, 1):
        zone = skin & (zones.one == number)
        windows = list(_windows(zone, side))
        places = np.unique(np.linspace(0, len(windows) - 1, min(len(windows), _MOST)).round().astype(int))
        found[name] = _Cuts(tuple(_cut(windows[i], zone, skin, zones.one, margin) for i in places), len(windows))
    return found


def _cut(window: tuple[slice, slice], zone: Mask, skin: Mask, zones: NDArray[np.uint8], margin: int) -> _Cut:
    rows, columns = window
    here = (_wider(rows, margin), _wider(columns, margin))
    inside = np.zeros(zone[here].shape, bool)
    inside[_shifted(rows, here[0].start), _shifted(columns, here[1].start)] = zone[window]
    return _Cut(here, inside, skin[here], zones[here])


def _tiles_of(index: Index, cuts: _Cuts, canvases: tuple[Canvas, Canvas], layers: tuple[FloatMap, FloatMap]) -> Tiles:
    """Return an index in the tiles of a zone, before and after."""
    before, after = [], []
    for cut in cuts.chosen:
        pair = [
            index.value(
                layer[cut.here],
                cut.inside,
                replace(canvas, linear=canvas.linear[cut.here], skin=cut.skin, zones=cut.zones),
            )
            for layer, canvas in zip(layers, canvases, strict=True)
        ]
        if np.isfinite(pair).all():
            before.append(pair[0])
            after.append(pair[1])
    return Tiles(np.array(before), np.array(after), cuts.places)


def _windows(zone: Mask, side: float) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles that are covered enough, on a grid over the zone."""
    rows, columns = np.flatnonzero(zone.any(axis=1)), np.flatnonzero(zone.any(axis=0))
    if not len(rows):
        return
    for top, bottom in _cuts(int(rows[0]), int(rows[-1]) + 1, side):
        for left, right in _cuts(int(columns[0]), int(columns[-1]) + 1, side):
            here = (slice(top, bottom), slice(left, right))
            if np.count_nonzero(zone[here]) >= _COVERED * side * side:
                yield here


def _cuts(first: int, last: int, side: float) -> list[tuple[int, int]]:
    parts = max(round((last - first) / side), 1)
    edges = np.linspace(first, last, parts + 1).round().astype(int)
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def _wider(part: slice, margin: int) -> slice:
    return slice(max(part.start - margin, 0), part.stop + margin)


def _shifted(part: slice, start: int) -> slice:
    return slice(part.start - start, part.stop - start)
