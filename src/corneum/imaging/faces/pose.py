"""How a head is turned: yaw, pitch and roll of the mesh against a symmetric mean face."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.faces.face import Face
from corneum.imaging.faces.mean_face import mean_face, to_space

_ROUNDS = 30
"""The fit in the plane of the picture has settled to 0.01 degrees by then, for turns up to 45 degrees."""

Turn = NDArray[np.float64]
"""Shape (3, 3): from the mean face's axes to the picture's (right, up, near)."""


@dataclass(frozen=True)
class Pose:
    """How the head is turned against a straight look into the camera, in degrees.

    Parameters
    ----------
    yaw_deg
        Above zero where the nose points to the picture's right (the person's own left).
    pitch_deg
        Above zero where the chin is up. Zero is the mean of the faces that the mean face was made of.
    roll_deg
        Above zero where the head is tilted clockwise in the picture.

    Notes
    -----
    The network understates turns; `corneum.evidence` rows ``imaging.pose.*`` give how much, and the error.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


def _angles(turn: Turn) -> tuple[float, float, float]:
    """Return yaw, pitch and roll; the roll is taken off first, so that a tilted camera turns neither of the others."""
    roll = np.arctan2(turn[1, 0], turn[0, 0])
    yaw = np.arctan2(-turn[2, 0], np.hypot(turn[0, 0], turn[1, 0]))
    pitch = np.arctan2(turn[2, 1], turn[2, 2])
    return float(np.degrees(yaw)), -float(np.degrees(pitch)), -float(np.degrees(roll))


def _rotation(base: NDArray[np.float64], seen: NDArray[np.float64]) -> Turn:
    """Return the turn that brings centered points nearest to others, shapes (n, 3)."""
    left, _, right = np.linalg.svd(seen.T @ base)
    return np.asarray(left @ np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))]) @ right)


def head_turn(face: Face) -> Turn:
    """Return the turn of the head with the depths that the network gives, shape (3, 3)."""
    mean = mean_face()
    base, seen = mean.points[mean.rigid], to_space(face.points)[mean.rigid]
    return _rotation(base - base.mean(axis=0), seen - seen.mean(axis=0))


def _flat_turn(face: Face) -> Turn:
    """Return the turn that explains columns and rows alone (scaled orthography); depths come from the mean face."""
    mean = mean_face()
    base, seen = mean.points[mean.rigid], to_space(face.points)[mean.rigid, :2]
    base, seen = base - base.mean(axis=0), seen - seen.mean(axis=0)
    turn = head_turn(face)
    for _ in range(_ROUNDS):
        flat = base @ turn[:2].T
        scale = float((seen * flat).sum() / (flat**2).sum())
        turn = _rotation(base, np.column_stack([seen, scale * base @ turn[2]]))
    return turn


def pose_of(face: Face) -> Pose:
    """Return how a head is turned.

    Yaw comes from the plane of the picture, pitch from the depths: of two fits, each is the one that
    keeps more of a known turn.

    Parameters
    ----------
    face
        Landmarks of one face, from `find_face`.

    References
    ----------
    imaging.pose.yaw_gain_ratio, imaging.pose.pitch_gain_ratio, imaging.pose.repeat_deg,
    imaging.pose.pitch_zero_deg, imaging.pose.roll_error_deg
    """
    flat, deep = _angles(_flat_turn(face)), _angles(head_turn(face))
    return Pose(yaw_deg=flat[0], pitch_deg=deep[1], roll_deg=flat[2])
