"""Where the mesh of a face carries drawn skin, and where its fine wrinkles run."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap
from corneum.imaging.faces.face import Face

# fmt: off
_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)
_LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
_EYES = (
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
)
_BROWS = ((276, 283, 282, 295, 285, 336, 296, 334, 293, 300), (46, 53, 52, 65, 55, 107, 66, 105, 63, 70))
_NOSTRILS = ((98, 97, 2, 94, 75, 79), (327, 326, 2, 94, 305, 309))
# fmt: on
"""Rings of the 468-point mesh."""
_CLEAR_MM = 2.0
"""Kept free around eyes, brows, lips and nostrils."""
_DARK = 0.35
"""Share of the median luminance of the face below which a pixel is hair or shadow."""


def skin_weight(face: Face, brightness: FloatMap, px_per_mm: float) -> FloatMap:
    """Return the share of each pixel that is plain skin, 0 to 1 with soft edges, shape (height, width).

    Parameters
    ----------
    face
        Landmarks.
    brightness
        Luminance, shape (height, width).
    px_per_mm
        On the skin.
    """
    mask = np.zeros(brightness.shape, np.uint8)
    _fill(mask, face, _OVAL, 255)
    median = float(np.median(brightness[mask > 0])) if mask.any() else 1.0
    for ring in (_LIPS, *_EYES, *_BROWS, *_NOSTRILS):
        hole = np.zeros_like(mask)
        _fill(hole, face, ring, 255)
        grown = cv2.distanceTransform(255 - hole, cv2.DIST_L2, 3) < _CLEAR_MM * px_per_mm
        mask[grown] = 0
    coarse = cv2.GaussianBlur(brightness, (0, 0), px_per_mm)
    mask[coarse < _DARK * median] = 0
    away = cv2.distanceTransform(mask, cv2.DIST_L2, 3) / (3 * px_per_mm)
    return np.asarray(cv2.GaussianBlur(np.minimum(away, 1), (0, 0), px_per_mm), dtype=np.float32)


def _fill(mask: NDArray[np.uint8], face: Face, ring: tuple[int, ...], value: int) -> None:
    cv2.fillPoly(mask, [np.rint(face.points[list(ring), :2]).astype(np.int32)], value)


def wrinkles(face: Face, dice: np.random.Generator) -> list[NDArray[np.float64]]:
    """Return fine wrinkles of the forehead, the eye corners and below the eyes, each (points, 2), px.

    Parameters
    ----------
    face
        Landmarks.
    dice
        Seeded.
    """
    flat, eye = face.points[:, :2], face.eye_distance_px
    lines = []
    brow, top = (flat[105] + flat[334]) / 2, flat[10]
    across = (flat[334] - flat[105]) / 2
    for share in dice.uniform(0.2, 0.75, 5):
        steps = np.linspace(-1, 1, 15) * dice.uniform(0.5, 1.1) + dice.uniform(-0.2, 0.2)
        sag = (top - brow) * (share + 0.05 * np.sin(dice.uniform(1, 3) * steps + dice.uniform(0, 6)))[:, None]
        lines.append(brow + steps[:, None] * across + sag)
    for corner, out in ((flat[33], -1.0), (flat[263], 1.0)):
        for angle in dice.uniform(-0.9, 0.9, 6):
            steps = np.linspace(0.12, dice.uniform(0.22, 0.4), 8) * eye
            bend = angle + 0.3 * steps / eye
            lines.append(corner + np.stack([out * steps * np.cos(bend), steps * np.sin(bend)], axis=1))
    for lid in (flat[145], flat[374]):
        for down in dice.uniform(0.12, 0.3, 4):
            steps = np.linspace(-1, 1, 9) * dice.uniform(0.05, 0.15) * eye
            lines.append(lid + np.stack([steps, eye * (down - 0.5 * (steps / eye) ** 2)], axis=1))
    return lines
