"""Numbers of a zone's dark spots: how much in all, how many, how large a share, how dark."""

from collections.abc import Callable

import numpy as np

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.densities import sampled_inside
from corneum.imaging.indices.remembered import remembered
from corneum.imaging.indices.smoothing import enlarged, mean_nearby
from corneum.imaging.indices.spots import Field, Spot, field_of, find_spots

_AROUND_MM = 2.5
"""Reach of the mean that strength is taken against: wider ones see four times less of a 3 mm spot and as much noise."""
_LEAST_CM2 = 0.5


def spot_strength(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the mean over a region of how far it is darker than its near surroundings, index units.

    No spot is counted and no threshold decides what is one: a spot that fades takes its share away continuously. The
    skin's fine mottling and pores add a level that no treatment of spots takes away.
    """
    if canvas.area_cm2(region) < _LEAST_CM2:
        return float("nan")
    return float(
        sampled_inside(_everywhere(field_of(layer, canvas), layer.shape), region, canvas).mean(dtype=np.float64)
    )


def spot_count(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return dark spots per cm² of a region."""
    return _of_spots(layer, region, canvas, lambda spots, area: len(spots) / area)


def spot_area(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the share of a region that dark spots cover, percent."""
    return _of_spots(layer, region, canvas, lambda spots, area: sum(spot.area_mm2 for spot in spots) / area)


def spot_contrast(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the mean contrast of a region's dark spots, weighted by area, index units; 0 without a spot."""

    def weighted(spots: tuple[Spot, ...], area: float) -> float:
        total = sum(spot.area_mm2 for spot in spots)
        return sum(spot.contrast * spot.area_mm2 for spot in spots) / total if total else 0.0

    return _of_spots(layer, region, canvas, weighted)


def _darker(field: Field) -> FloatMap:
    rise = field.values - mean_nearby(field.values, field.skin, _AROUND_MM * field.px_per_mm)
    return np.asarray(np.maximum(rise, 0), np.float32)


@remembered
def _everywhere(field: Field, shape: tuple[int, ...]) -> FloatMap:
    return enlarged(_darker(field), field.step, shape)


def _of_spots(
    layer: FloatMap, region: Mask, canvas: Canvas, number: Callable[[tuple[Spot, ...], float], float]
) -> float:
    area = canvas.area_cm2(region)
    if area < _LEAST_CM2:
        return float("nan")
    height, width = region.shape
    spots = tuple(
        spot
        for spot in find_spots(canvas, layer)
        if region[min(round(spot.row), height - 1), min(round(spot.column), width - 1)]
    )
    return float(number(spots, area))
