"""What lies over a mark in a photograph: hair, rulers, bubbles, shine, ink and the dark corners of a dermatoscope."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.photo import Pixels

_ORIENTATIONS = 12
_LINE_SHARE = 0.04
"""Length of the lines that find hair, share of the longer side: longer than pigment lines run straight."""
_HAIR_WIDTH_SHARE = 0.022
"""Widest hair or ruler tick, share of the longer side."""
_HAIR_DEPTH = 4.0
"""Least darkening by a hair, CIELAB lightness units: above camera noise, below the faintest hair that misleads."""
_SLENDER = 4.0
"""A hair is at least so many times longer than wide."""
_DARK_LEVEL, _DARK_SHARE = 28.0, 0.35
"""Brightest channel of a dermatoscope's dark corner: of 255, and as a share of the usual one in the picture."""
_DARK_RIM_SHARE = 0.03
"""How far the soft rim of a dark corner reaches, share of the longer side."""
_SHINE_LEVEL = 18.0
"""Lightness above the surroundings at which a small bright spot is shine."""
_SHINE_SHARE = 0.03
"""Shine fills less of the picture than this; what is larger is pale skin."""
_INK_CHROMA = 14.0
"""How far toward blue or green, CIELAB, an ink stands from skin."""


@dataclass(frozen=True)
class Uncovered:
    """A photograph with what covered the skin filled in from beside it.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8.
    seen
        Shape (height, width): where skin is seen; not in dark corners, ruler bands and ink.
    filled
        Shape (height, width): where hair, ticks or shine were filled in.
    """

    pixels: Pixels
    seen: Mask
    filled: Mask


def uncover(pixels: Pixels) -> Uncovered:
    """Return a photograph without hair, ticks, shine, ink and dark corners.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB; about 400 px on the longer side.

    References
    ----------
    Lee et al., "DullRazor", Comput Biol Med 1997: closing along lines of several directions finds dark hair.
    """
    lightness = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)[..., 0], np.uint8)
    corners = _dark_corners(pixels)
    lines = _lines(lightness) & ~corners
    shine = _shine(lightness, ~corners) & ~corners
    filled = lines | shine
    clean = pixels
    if filled.any():
        clean = np.asarray(cv2.inpaint(pixels, filled.astype(np.uint8), 3, cv2.INPAINT_TELEA), np.uint8)
    hidden = corners | _ink(clean, corners) | _bands(clean, corners)
    return Uncovered(clean, ~hidden, filled)


def _dark_corners(pixels: Pixels) -> Mask:
    """Return the black surround of a dermatoscope's round field, with its soft rim."""
    side = max(pixels.shape[:2])
    brightest = cv2.blur(pixels, (5, 5)).max(axis=-1)
    dark = (brightest < max(_DARK_LEVEL, _DARK_SHARE * float(np.median(brightest)))).astype(np.uint8)
    count, labels = cv2.connectedComponents(dark)
    ends = labels[[0, 0, -1, -1], [0, -1, 0, -1]]
    corners = np.isin(labels, ends[ends > 0]).astype(np.uint8) if count > 1 else np.zeros_like(dark)
    reach = 2 * round(_DARK_RIM_SHARE * side) + 1
    return np.asarray(cv2.dilate(corners, disk(reach)) > 0, bool)


def _lines(lightness: NDArray[np.uint8]) -> Mask:
    """Return dark and light lines: hair and ruler ticks."""
    side = max(lightness.shape)
    length, width = max(13, round(_LINE_SHARE * side)) | 1, max(7, round(_HAIR_WIDTH_SHARE * side)) | 1
    # OpenCV's 8-bit lightness is stretched to 255.
    depth = _HAIR_DEPTH * 255 / 100
    lines = _long_dark(lightness, length, width, depth) | _long_dark(255 - lightness, length, width, depth)
    grown = cv2.dilate(lines.astype(np.uint8), disk(3))
    return np.asarray(grown > 0, bool)


def _long_dark(lightness: NDArray[np.uint8], length: int, width: int, depth: float) -> Mask:
    """Return what is dark across a line but not along it."""
    hat = cv2.morphologyEx(lightness, cv2.MORPH_BLACKHAT, disk(width)).astype(np.float32)
    # A bent hair leaves a straight bar sideways by a pixel.
    wide = cv2.dilate(hat, np.ones((3, 3), np.uint8))
    along = np.max(
        [cv2.morphologyEx(wide, cv2.MORPH_OPEN, _bar(length, turn)) for turn in range(_ORIENTATIONS)], axis=0
    )
    found = ((along > depth) & (hat > depth / 2)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    if count == 1:
        return np.zeros(lightness.shape, bool)
    reach = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    slender = (reach**2 > _SLENDER * stats[:, cv2.CC_STAT_AREA]) & (reach > length)
    slender[0] = False
    return np.asarray(slender[labels], bool)


def _bar(length: int, turn: int) -> NDArray[np.uint8]:
    bar = np.zeros((length, length), np.uint8)
    middle, angle = length // 2, np.pi * turn / _ORIENTATIONS
    reach = np.array([np.cos(angle), np.sin(angle)]) * middle
    ends = np.round([middle - reach, middle + reach]).astype(int)
    cv2.line(bar, tuple(map(int, ends[0])), tuple(map(int, ends[1])), 1)
    return bar


def _shine(lightness: NDArray[np.uint8], seen: Mask) -> Mask:
    """Return small bright spots: shine of gel and of bubbles."""
    side, level = max(lightness.shape), _SHINE_LEVEL * 255 / 100
    found = cv2.morphologyEx(lightness, cv2.MORPH_TOPHAT, disk(max(5, side // 18) | 1)) > level
    bright = float(np.percentile(lightness[seen], 75)) if seen.any() else 255.0
    _, labels, stats, _ = cv2.connectedComponentsWithStats((lightness > bright + level).astype(np.uint8))
    small = stats[:, cv2.CC_STAT_AREA] < _SHINE_SHARE * lightness.size
    small[0] = False
    found |= small[labels]
    return np.asarray(cv2.dilate(found.astype(np.uint8), disk(7)) > 0, bool)


def _ink(pixels: Pixels, corners: Mask) -> Mask:
    """Return where a marker wrote: far more blue or green than the skin, with color of its own."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32) - (0.0, 128.0, 128.0)
    seen = ~corners
    if not seen.any():
        return np.zeros(corners.shape, bool)
    skin = np.median(lab[seen], axis=0)
    blue, green = skin[2] - lab[..., 2], skin[1] - lab[..., 1]
    far = ((blue > 2 * _INK_CHROMA) | (green > 1.5 * _INK_CHROMA)) & ((lab[..., 2] < -4) | (lab[..., 1] < -4)) & seen
    return np.asarray(cv2.dilate(far.astype(np.uint8), disk(9)) > 0, bool)


def _bands(pixels: Pixels, corners: Mask) -> Mask:
    """Return a pale, colorless band along an edge of the picture: a paper or plastic ruler."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32) - (0.0, 128.0, 128.0)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hidden = np.zeros(corners.shape, bool)
    usual = float(np.median(chroma[~corners])) if (~corners).any() else 0.0
    pale = chroma < 0.45 * usual
    for turn in range(4):
        turned = np.rot90(pale, turn)
        share = turned.mean(axis=1)
        depth = int(np.argmax(share < 0.6))
        if 0 < depth < 0.25 * len(share):
            np.rot90(hidden, turn)[: depth + 3] = True
    return hidden


def disk(size: int) -> NDArray[np.uint8]:
    """Return a round structuring element, shape (size, size)."""
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
