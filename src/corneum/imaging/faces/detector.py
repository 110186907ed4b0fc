"""Where in a photograph a face is: one box and two eyes, from a small network."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.faces.networks import answer
from corneum.imaging.photo import Pixels

_SIDE = 128
_GRIDS = ((16, 2), (8, 6))
"""Cells a side and anchors a cell of the network's two output grids."""
_SURE = 0.5


@dataclass(frozen=True)
class Found:
    """A face as the detector sees it, in pixels of the photograph.

    Parameters
    ----------
    center
        Of the box, shape (2,).
    size
        Side of the box.
    eyes
        The person's right and left eye, shape (2, 2).
    score
        The network's own certainty, 0 to 1.
    """

    center: NDArray[np.float64]
    size: float
    eyes: NDArray[np.float64]
    score: float


@cache
def _anchors() -> NDArray[np.float64]:
    centers = []
    for cells, each in _GRIDS:
        middle = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
        centers.append(np.repeat(grid, each, axis=0))
    return np.concatenate(centers)


def _squared(pixels: Pixels) -> tuple[Pixels, float, NDArray[np.float64]]:
    """Return the picture letterboxed to the network's side, its scale, and the offset of its origin."""
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    top, left = (_SIDE - small.shape[0]) // 2, (_SIDE - small.shape[1]) // 2
    board = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    board[top : top + small.shape[0], left : left + small.shape[1]] = small
    return board, scale, np.array([left, top], float)


def detect(pixels: Pixels) -> tuple[Found, ...]:
    """Return the faces in a picture, the surest first.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    """
    board, scale, offset = _squared(pixels)
    blob = cv2.dnn.blobFromImage(board, 1 / 127.5, (_SIDE, _SIDE), (127.5,) * 3)
    raw_scores, raw_boxes = answer("face_detector", blob, ("classificators", "regressors"))
    scores = 1 / (1 + np.exp(-np.clip(raw_scores[0, :, 0].astype(float), -80, 80)))
    boxes = raw_boxes[0].astype(float)
    points = (boxes.reshape(-1, 8, 2) / _SIDE + _anchors()[:, None, :]) * _SIDE
    sizes = boxes[:, 2:4].mean(axis=1)
    found: list[Found] = []
    for i in np.argsort(-scores):
        if scores[i] < _SURE:
            break
        here = (points[i] - offset) / scale
        near = any(np.linalg.norm(here[0] - other.center) < 0.5 * other.size for other in found)
        if not near:
            found.append(Found(here[0], sizes[i] / scale, here[2:4], float(scores[i])))
    return tuple(found)
