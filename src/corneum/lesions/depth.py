"""How much darker a mark is than the skin right around it: the same ring in every photograph, whatever the light."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.card import plain_linear
from corneum.imaging.photo import Pixels
from corneum.lesions.covers import uncover

_MOST_SIDE = 300
"""Longer side of the part that is measured, px."""
_NEAR, _FAR = 1.3, 2.0
"""The ring of skin lies so many radii from the middle: beyond a soft border, within one light."""
_SECTORS = 8
_LEAST_PIXELS = 12
_DARKEST = 2e-3
"""Linear light below which a camera's byte says nothing of how dark it is."""


@dataclass(frozen=True)
class Depth:
    """The mean optical density of a mark above the skin around it.

    Parameters
    ----------
    density
        Natural logarithm, mean of green and blue: an exposure or a white balance cancels.
    error
        One standard error that the unevenness of the skin around it leaves.
    """

    density: float
    error: float


def depth_of(pixels: Pixels, polygon: NDArray[np.float64]) -> Depth | None:
    """Return how dark a mark is against the skin around it, or None where too little skin is seen.

    Parameters
    ----------
    pixels
        The photograph, shape (height, width, 3).
    polygon
        Shape (n, 2): column and row of its border, px.
    """
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    middle, radius = (low + high) / 2, max(float(np.max(high - low)) / 2, 2.0)
    left, top = (max(0, round(value)) for value in middle - 1.1 * _FAR * radius)
    right, bottom = (max(0, round(value) + 1) for value in middle + 1.1 * _FAR * radius)
    part = pixels[top:bottom, left:right]
    if min(part.shape[:2], default=0) < _LEAST_PIXELS // 2:
        return None
    scale = min(1.0, _MOST_SIDE / max(part.shape[:2]))
    size = max(1, round(scale * part.shape[1])), max(1, round(scale * part.shape[0]))
    clear = uncover(np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8))
    border = (polygon - (left, top) + 0.5) * scale - 0.5
    mask = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(mask, [np.round(border * 16).astype(np.int32)], 1, shift=4)
    return _against_ring(_density(clear.pixels), mask > 0, clear.seen)


def _density(pixels: Pixels) -> FloatMap:
    light = np.maximum(plain_linear(pixels)[..., 1:], _DARKEST)
    return np.asarray(-np.log(light).mean(axis=-1), np.float32)


def _against_ring(density: FloatMap, mask: Mask, seen: Mask) -> Depth | None:
    rows, columns = np.nonzero(mask)
    if rows.size < _LEAST_PIXELS:
        return None
    radius = float(np.sqrt(rows.size / np.pi))
    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)
    ring = seen & (away > (_NEAR - 1) * radius) & (away <= (_FAR - 1) * radius)
    if np.count_nonzero(ring) < 2 * _SECTORS:
        return None
    down, right = np.indices(density.shape)
    y, x = (down - rows.mean()) / radius, (right - columns.mean()) / radius
    sector = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
    # Medians by sector: a hair or a second mark on one side is not the skin all around.
    found = [
        (float(x[part].mean()), float(y[part].mean()), float(np.median(density[part])))
        for part in (ring & (sector == number) for number in range(_SECTORS))
        if np.count_nonzero(part) >= 2
    ]
    if len(found) < _SECTORS // 2:
        return None
    table = np.array(found)
    plane = np.column_stack([np.ones(len(table)), table[:, :2]])
    fit = np.linalg.lstsq(plane, table[:, 2], rcond=None)[0]
    left = table[:, 2] - plane @ fit
    error = float(np.sqrt((left**2).sum() / max(1, len(table) - 3) / len(table)))
    skin = fit[0] + fit[1] * x[mask] + fit[2] * y[mask]
    return Depth(float((density[mask] - skin).mean()), error)
