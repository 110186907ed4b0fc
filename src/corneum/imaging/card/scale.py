"""Scale of a photograph: pixels per millimeter, what says so, and how wrong it may be."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from corneum.imaging.card.layout import book

if TYPE_CHECKING:
    from corneum.imaging.faces.face import Face

_RIGHT_EYE, _LEFT_EYE = (33, 133), (362, 263)
"""Outer and inner corners in the 468-point mesh."""
_CENTRAL_95 = 1.96


@dataclass(frozen=True)
class Scale:
    """Pixels per millimeter of skin that faces the camera.

    Parameters
    ----------
    px_per_mm
        In the plane of what gave it.
    error_share
        One standard error, as a share.
    source
        ``target``, ``card``, ``eyes`` (an assumed eye distance) or ``given``.
    """

    px_per_mm: float
    error_share: float
    source: Literal["target", "card", "eyes", "given"]


def spread_share(key: str) -> float:
    """Return one standard deviation of an evidence row with a normal shape, as a share of its value."""
    row = book().number(key)
    return (row.high - row.low) / (2 * _CENTRAL_95) / row.value


def scale_by_eyes(face: "Face") -> Scale:
    """Return the scale from the distance between the eyes, assumed to be an adult's mean.

    The distance is taken in space, so that a turned head does not shrink it; one person's two photographs share the
    same error, so that ratios between them are far better than the scale itself.

    Parameters
    ----------
    face
        Landmarks, px.

    References
    ----------
    imaging.eyes.distance_mm, imaging.eyes.middle_share
    """
    right, left = (face.points[list(corners)].mean(axis=0) for corners in (_RIGHT_EYE, _LEFT_EYE))
    error = np.hypot(spread_share("imaging.eyes.distance_mm"), book().number("imaging.eyes.middle_share").value)
    distance_mm = book().number("imaging.eyes.distance_mm").value
    return Scale(float(np.linalg.norm(left - right)) / distance_mm, float(error), "eyes")
