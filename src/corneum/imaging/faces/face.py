"""A face's landmarks: they align photographs of one person and are never kept or compared to tell who it is."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.faces.detector import Found, detect
from corneum.imaging.faces.networks import answer
from corneum.imaging.photo import PhotoRefused, Pixels

_SIDE = 192
_MARGIN = 1.5
_LOOKS = ((0.0, 0.0, 1.0, 0.0), (0.012, 0.006, 1.03, 1.5), (-0.012, 0.006, 0.97, -1.5), (0.0, -0.012, 1.06, 0.0))
"""Shifts (shares of the box), scales and turns in degrees of the views whose mean steadies the landmarks."""
_RIGHT_EYE, _LEFT_EYE = (33, 133), (362, 263)
"""Outer and inner corners in the 468-point mesh."""
_PRESENT = 0.5


class NoFaceFound(PhotoRefused):
    """No face, or more than one, is in the photograph."""


@dataclass(frozen=True)
class Face:
    """The landmarks of one face.

    Parameters
    ----------
    points
        Shape (468, 3): column and row in pixels of the photograph, and depth on the same scale (smaller is nearer).
    score
        The network's own certainty that this is a face, 0 to 1.
    """

    points: NDArray[np.float64]
    score: float

    @property
    def eyes(self) -> NDArray[np.float64]:
        """The person's right and left eye: middle of the corners, shape (2, 2), px."""
        corners = self.points[:, :2]
        return np.stack([corners[list(_RIGHT_EYE)].mean(axis=0), corners[list(_LEFT_EYE)].mean(axis=0)])

    @property
    def eye_distance_px(self) -> float:
        """Between the middles of the two eyes, in the plane of the picture."""
        right, left = self.eyes
        return float(np.linalg.norm(left - right))


def find_face(pixels: Pixels) -> Face:
    """Return the landmarks of the one face in a picture.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.

    Raises
    ------
    NoFaceFound
        If there is no face, or several of like size.
    """
    found = detect(pixels)
    if not found:
        raise NoFaceFound("no face was found in the photograph: for a body site, name the zone")
    first = max(found, key=lambda face: face.size)
    if sum(face.size > 0.5 * first.size for face in found) > 1:
        raise NoFaceFound("several faces are in the photograph: crop it to one person")
    rough, score = _mesh(pixels, _box_of(first))
    if score < _PRESENT:
        raise NoFaceFound("no face was found in the photograph: for a body site, name the zone")
    box = _box_around(rough)
    views = [_mesh(pixels, _nudged(box, *look)) for look in _LOOKS]
    return Face(np.mean([points for points, _ in views], axis=0), float(np.mean([score for _, score in views])))


@dataclass(frozen=True)
class _Box:
    """A turned square: center, side, and turn in radians."""

    x: float
    y: float
    side: float
    turn: float


def _turn(right: NDArray[np.float64], left: NDArray[np.float64]) -> float:
    return float(np.arctan2(left[1] - right[1], left[0] - right[0]))


def _box_of(found: Found) -> _Box:
    x, y = map(float, found.center)
    return _Box(x, y, _MARGIN * found.size, _turn(found.eyes[0], found.eyes[1]))


def _box_around(points: NDArray[np.float64]) -> _Box:
    flat = points[:, :2]
    turn = _turn(flat[33], flat[263])
    level = flat @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    low, high = level.min(axis=0), level.max(axis=0)
    middle = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ ((low + high) / 2)
    return _Box(float(middle[0]), float(middle[1]), _MARGIN * float((high - low).max()), turn)


def _nudged(box: _Box, right: float, down: float, scale: float, degrees: float) -> _Box:
    return _Box(
        box.x + right * box.side, box.y + down * box.side, box.side * scale, box.turn + float(np.radians(degrees))
    )


def _mesh(pixels: Pixels, box: _Box) -> tuple[NDArray[np.float64], float]:
    """Return the landmarks in pixels of the photograph, seen through a turned square, and the certainty."""
    step = box.side / _SIDE
    across = step * np.array([np.cos(box.turn), np.sin(box.turn)])
    along = step * np.array([-np.sin(box.turn), np.cos(box.turn)])
    corner = np.array([box.x, box.y]) - (across + along) * _SIDE / 2
    to_photo = np.column_stack([across, along, corner])
    # Shrink first: the small view of a large photograph would otherwise be a few stray pixels.
    shrink = max(1.0, step / 2)
    near = pixels
    if shrink > 1:
        # What lies right of the square and below it is not looked at; the origin stays, and with it every pixel.
        reach = np.array([box.x, box.y]) + box.side + 2 * shrink
        right, bottom = np.maximum(np.ceil(reach), 4 * shrink).astype(int)
        seen = pixels[:bottom, :right]
        near = np.asarray(cv2.resize(seen, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA), np.uint8)
    view = cv2.warpAffine(near, to_photo / shrink, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    flag, mesh = answer("face_mesh", cv2.dnn.blobFromImage(view, 1 / 255), ("conv2d_31", "conv2d_21"))
    local = mesh.reshape(-1, 3).astype(float)
    flat = local[:, :2] @ to_photo[:, :2].T + to_photo[:, 2]
    score = 1 / (1 + np.exp(-float(flag.reshape(()))))
    return np.column_stack([flat, local[:, 2] * step]), score
