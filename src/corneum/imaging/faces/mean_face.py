"""The mean face: where the landmarks of a symmetric average face stand in space, and which mirrors which."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

_TABLE = files("corneum.imaging.faces") / "mean_face.csv"
_TRIANGLES = files("corneum.imaging.faces") / "mean_face_triangles.csv"
_MOBILE_BELOW = -0.75
"""Landmarks lower than this (eye distances below the eyes) move with mouth and jaw."""
_MOBILE_WITHIN = 0.9
"""And only those nearer to the middle than this; the angle of the jaw stays."""
_BROWS = (46, 52, 53, 55, 63, 65, 66, 70, 105, 107)


@dataclass(frozen=True)
class MeanFace:
    """A symmetric mean face.

    Parameters
    ----------
    points
        Shape (468, 3), in eye distances from the middle between the eyes: to the picture's right, up, and toward the
        camera.
    mirror
        Shape (468,): the landmark on the other side of the face.
    rigid
        Shape (468,): landmarks that keep their place on the skull whatever mouth, jaw and brows do.
    triangles
        Shape (n, 3): landmarks of the triangles between them, seen from the front.
    """

    points: NDArray[np.float64]
    mirror: NDArray[np.int64]
    rigid: NDArray[np.bool_]
    triangles: NDArray[np.int64]


@cache
def mean_face() -> MeanFace:
    """Return the shipped mean face; its table says how it was made."""
    rows = _rows(_TABLE, "landmark,")
    points, mirror = rows[:, 2:], rows[:, 1].astype(np.int64)
    low = (points[:, 1] < _MOBILE_BELOW) & (np.abs(points[:, 0]) < _MOBILE_WITHIN)
    mobile = low
    mobile[list(_BROWS)] = True
    triangles = _rows(_TRIANGLES, "first,").astype(np.int64)
    return MeanFace(points, mirror, ~(mobile | mobile[mirror]), triangles)


def _rows(table: Traversable, head: str) -> NDArray[np.float64]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return np.array([line.split(",") for line in lines if not line.startswith(("#", head))], float)


def to_space(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return landmarks as right, up and near instead of column, row and depth, shape (n, 3), same scale."""
    return np.asarray(points * np.array([1.0, -1.0, -1.0]))
