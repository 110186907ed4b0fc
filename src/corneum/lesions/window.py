"""The part of a photograph in which a mark is outlined: near enough to see its border, wide enough to see its skin."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.photo import Pixels
from corneum.lesions.covers import uncover
from corneum.lesions.regions import central

_SIDE = 240
"""Longer side of a rough look, px."""
_WIDTHS = 3.2
"""A window is so many widths of the mark, so that most of it is skin."""
_SMALLEST_SD, _LARGEST_SD, _SDS = 2.5, 60.0, 13
"""Spreads of the blobs that are looked for in a rough look, px, and how many sizes."""
_COARSE_SD = 12.0
"""Wider blobs are looked for at a quarter of the size."""
_FILLS_SHARE = 0.2
"""A mark this wide, share of the picture, needs no nearer look."""
_LEAST_PX = 32
_MIDDLE_EXPONENT = 0.5
"""How much width counts where nothing was pointed at."""
_LEAVES_SHARE = 0.04
"""A mark that covers more of a window's edge goes on beyond it."""
_SIZE_EXPONENT = 0.25
"""Shading is wide and deep, a mark is small: of two blobs at a place, the wider one must be so much deeper."""


@dataclass(frozen=True)
class Window:
    """A part of a photograph.

    Parameters
    ----------
    left, top
        Of its first pixel, px of the photograph.
    pixels
        Shape (height, width, 3).
    near
        Column and row in the window that lie inside the mark.
    """

    left: int
    top: int
    pixels: Pixels
    near: tuple[float, float]


@dataclass(frozen=True)
class _Blob:
    """Something darker than around it: column, row and width in the photograph, px, and how much darker."""

    column: float
    row: float
    width: float
    depth: float


def window_around(pixels: Pixels, near: tuple[float, float] | None) -> Window:
    """Return the part of a photograph that shows one mark and its skin.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    near
        Column and row inside the mark, or None for the one in the middle.

    References
    ----------
    Lindeberg 1998: a blob's size is where its scale-normalized Laplacian is largest.
    """
    height, width = pixels.shape[:2]
    whole = Window(0, 0, pixels, near or ((width - 1) / 2, (height - 1) / 2))
    blob = _middle_blob(whole) if near is None else _pointed_blob(whole)
    if blob is None or blob.width > _FILLS_SHARE * max(height, width):
        return whole
    return _cropped(whole, (blob.column, blob.row), _WIDTHS * blob.width)


def window_at(pixels: Pixels, near: tuple[float, float], width: float) -> Window:
    """Return the part of a photograph around a place that shows a mark of a width and its skin.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    near
        Column and row of the mark.
    width
        Of the mark, px.
    """
    return _cropped(Window(0, 0, pixels, near), near, _WIDTHS * width)


def wider_window(pixels: Pixels, window: Window, found: Mask) -> Window | None:
    """Return a window twice as wide where the mark leaves its window, or None where it does not or nothing is wider.

    Parameters
    ----------
    pixels
        The whole photograph.
    window
        Where the mark was looked for.
    found
        The mark in it, at any scale.
    """
    height, width = window.pixels.shape[:2]
    inner = (
        (found[0], window.top > 0),
        (found[-1], window.top + height < pixels.shape[0]),
        (found[:, 0], window.left > 0),
        (found[:, -1], window.left + width < pixels.shape[1]),
    )
    if not any(bool(edge.mean() > _LEAVES_SHARE) and open_ for edge, open_ in inner):
        return None
    place = window.near[0] + window.left, window.near[1] + window.top
    return _cropped(Window(0, 0, pixels, place), place, 2.0 * max(height, width))


def _middle_blob(whole: Window) -> _Blob | None:
    stack, scale = _laplacians(whole.pixels)
    weight = central(stack[0].shape, (stack[0].shape[1] / 2, stack[0].shape[0] / 2))
    # Nothing was pointed at: of a mark and a bubble on it, the wider one is meant.
    wide = [sd**_MIDDLE_EXPONENT for sd in _sds()]
    best = max(range(_SDS), key=lambda number: wide[number] * float((stack[number] * weight).max()))
    row, column = np.unravel_index(int(np.argmax(stack[best] * weight)), weight.shape)
    return _blob(whole, scale, int(row), int(column), best, float(stack[best][row, column]))


def _pointed_blob(whole: Window) -> _Blob | None:
    """Return the deepest blob around the place that was pointed at, at any size, small ones first."""
    found: list[_Blob] = []
    side = float(max(whole.pixels.shape[:2]))
    while side >= _LEAST_PX:
        part = _cropped(whole, whole.near, side) if side < max(whole.pixels.shape[:2]) else whole
        found += _blobs_at(part)
        side /= 2
    smallest = min((blob.width for blob in found), default=1.0)
    return max(found, key=lambda blob: blob.depth * (smallest / blob.width) ** _SIZE_EXPONENT, default=None)


def _blobs_at(part: Window) -> list[_Blob]:
    stack, scale = _laplacians(part.pixels)
    column, row = ((place + 0.5) * scale - 0.5 for place in part.near)
    found = []
    for number, (layer, sd) in enumerate(zip(stack, _sds(), strict=True)):
        reach = max(3, round(sd))
        top, left = max(0, round(row) - reach), max(0, round(column) - reach)
        near = layer[top : round(row) + reach + 1, left : round(column) + reach + 1]
        down, right = np.unravel_index(int(np.argmax(near)), near.shape)
        place = top + int(down), left + int(right)
        others = [stack[other][place] for other in (number - 1, number + 1) if 0 <= other < _SDS]
        # Only a size that is larger than the next smaller and the next wider one is the size of something.
        if layer[place] > 0 and layer[place] >= max(others):
            found.append(_blob(part, scale, *place, number, float(layer[place])))
    return found


def _sds() -> list[float]:
    return [float(sd) for sd in np.geomspace(_SMALLEST_SD, _LARGEST_SD, _SDS)]


def _laplacians(pixels: Pixels) -> tuple[list[FloatMap], float]:
    """Return how much darker each place is than around it, by size, and the scale of the look."""
    scale = _SIDE / max(pixels.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = uncover(np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how), np.uint8))
    density = -np.log(np.maximum(cv2.medianBlur(small.pixels, 5).astype(np.float32), 8) / 255)
    # Blue and green are where melanin and blood absorb.
    dark = density[..., 1] + density[..., 2]
    seen = small.seen.astype(np.float32)
    if small.seen.any():
        dark = dark - float(np.median(dark[small.seen]))
    dark = dark.astype(np.float32)
    return [_darker(dark, seen, sd) for sd in _sds()], scale


def _darker(dark: FloatMap, seen: FloatMap, sd: float) -> FloatMap:
    """Return the difference of two means of unlike width, over what is seen only."""
    small = 4 if sd > _COARSE_SD else 1
    size = dark.shape[1] // small, dark.shape[0] // small
    masked, share = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (dark * seen, seen))
    inner, outer = (
        cv2.GaussianBlur(masked, (0, 0), wide / small) / (cv2.GaussianBlur(share, (0, 0), wide / small) + 1e-3)
        for wide in (sd, 1.6 * sd)
    )
    return np.asarray(cv2.resize(inner - outer, dark.shape[::-1], interpolation=cv2.INTER_LINEAR) * seen, np.float32)


def _blob(part: Window, scale: float, row: int, column: int, number: int, depth: float) -> _Blob:
    # The Laplacian of a disk is largest where the spread is its radius over the root of two.
    width = 2 * 2**0.5 * 1.25 * _sds()[number] / scale
    return _Blob((column + 0.5) / scale - 0.5 + part.left, (row + 0.5) / scale - 0.5 + part.top, width, depth)


def _cropped(whole: Window, middle: tuple[float, float], side: float) -> Window:
    half = max(side, _LEAST_PX) / 2
    left, top = (max(0, round(place - half)) for place in middle)
    right, bottom = (round(place + half) + 1 for place in middle)
    part = whole.pixels[top:bottom, left:right]
    return Window(left, top, part, (middle[0] - left, middle[1] - top))
