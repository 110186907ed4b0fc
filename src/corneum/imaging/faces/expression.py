"""What mouth, eyes and brows do, in shares of the eye distance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.faces.face import Face
from corneum.imaging.faces.mean_face import to_space
from corneum.imaging.faces.pose import head_turn

_CORNERS = [61, 291]
_LIP_EDGES = [0, 17]
"""Middle of the outer edge of the upper and of the lower lip."""
_INNER_LIPS = (13, 14)
_LIDS = ((159, 145), (386, 374))
"""Upper and lower lid, right and left."""
_BROW_POINTS = ([105, 66], [334, 296])
_INNER_CORNERS = (133, 362)
_EYES = ([33, 133], [362, 263])


@dataclass(frozen=True)
class Expression:
    """What the face does, each in shares of the eye distance.

    A face at rest has values of its own: compare two photographs of one person, not a photograph with a fixed bar.

    Parameters
    ----------
    smile
        Width of the mouth plus how far its corners stand above its middle.
    mouth_open
        Gap between the lips.
    eyes_closed
        Minus the gap between the lids, mean of both eyes: rises as they close.
    brows_raised
        Height of the brows above the inner corners of the eyes.
    """

    smile: float
    mouth_open: float
    eyes_closed: float
    brows_raised: float


def upright(face: Face) -> NDArray[np.float64]:
    """Return the landmarks turned straight, in eye distances (right, up, near), shape (468, 3)."""
    points = to_space(face.points)
    right, left = (points[corners].mean(axis=0) for corners in _EYES)
    straight = (points - (right + left) / 2) @ head_turn(face)
    return np.asarray(straight / np.linalg.norm(left - right))


def expression_of(face: Face) -> Expression:
    """Return what mouth, eyes and brows do.

    Parameters
    ----------
    face
        Landmarks of one face, from `find_face`.

    References
    ----------
    imaging.expression.smile_share, imaging.expression.repeat_share
    """
    at = upright(face)
    width = float(np.linalg.norm(at[_CORNERS[0]] - at[_CORNERS[1]]))
    lift = float(at[_CORNERS, 1].mean() - at[_LIP_EDGES, 1].mean())
    gaps = [at[upper, 1] - at[lower, 1] for upper, lower in _LIDS]
    brows = [at[brow, 1].mean() - at[eye, 1] for brow, eye in zip(_BROW_POINTS, _INNER_CORNERS, strict=True)]
    return Expression(
        smile=width + lift,
        mouth_open=float(at[_INNER_LIPS[0], 1] - at[_INNER_LIPS[1], 1]),
        eyes_closed=-float(np.mean(gaps)),
        brows_raised=float(np.mean(brows)),
    )
