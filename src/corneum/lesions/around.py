"""A mark and its own skin as they are measured: without hair and shine, evenly lit, at one size."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.photo import Pixels
from corneum.lesions.covers import uncover
from corneum.lesions.outlining import Outline
from corneum.lesions.own_skin import evenly_lit, far_skin

_MOST_SIDE = 400
"""Longer side, px: enough for color and shape, whatever the camera."""


@dataclass(frozen=True)
class Around:
    """A mark in its window.

    Parameters
    ----------
    lab
        Shape (height, width, 3), CIELAB, covers filled in and evenly lit.
    mask
        The mark.
    skin
        Its own skin: far enough away that no pale rim belongs to it.
    scale
        Pixels of this window per pixel of the photograph.
    """

    lab: NDArray[np.float32]
    mask: Mask
    skin: Mask
    scale: float


def around(pixels: Pixels, outline: Outline) -> Around:
    """Return a mark and its skin, ready to be measured.

    Parameters
    ----------
    pixels
        The photograph, shape (height, width, 3).
    outline
        Of one mark in it.
    """
    height, width = outline.mask.shape
    part = pixels[outline.top : outline.top + height, outline.left : outline.left + width]
    scale = min(1.0, _MOST_SIDE / max(height, width))
    size = round(scale * width), round(scale * height)
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    mask = cv2.resize(outline.mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
    clear = uncover(np.asarray(small, np.uint8))
    smooth = cv2.medianBlur(clear.pixels, 3).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.float32)
    skin = far_skin(mask, clear.seen)
    if not skin.any():
        skin = ~mask
    return Around(evenly_lit(lab, skin), np.asarray(mask, bool), skin, scale)
