"""What is to be aligned: the part of the baseline that shows the person, its size, and where patches may lie."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.view import Box, View
from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.faces.face import Face
from corneum.imaging.photo import Pixels

_SIDE_SHARE, _ABOVE_SHARE = 0.18, 0.55
"""How far the aligned rectangle reaches beyond the mesh, in shares of its width."""
_RIM_SHARE = 0.35
"""How far beyond the mesh skin still moves with it, share of the eye distance: forehead, jaw, ears."""
_BACKGROUND = 0.02
"""What the background may say: enough to continue the map beyond the skin, too little to pull it."""
_BODY_SHARE = 0.25
"""Length that stands for the eye distance where there is no face, share of the picture's diagonal."""


@dataclass(frozen=True)
class Subject:
    """The person in the baseline.

    Parameters
    ----------
    box
        The rectangle to be aligned.
    length
        Eye distance, or its equal, px.
    outline
        Of the face, shape (n, 2), px; None for a body site.
    skin
        Measurable skin, shape of the photograph; None if not told.
    """

    box: Box
    length: float
    outline: NDArray[np.float32] | None
    skin: Mask | None

    def core(self, view: View) -> FloatMap:
        """Return 1 on skin that is certainly the person's, else 0, shape of the view."""
        core = np.ones(view.shape, np.float32)
        if self.outline is not None:
            core = self._filled(view)
        if self.skin is not None:
            part = self.skin[view.top : view.bottom, view.left : view.right].astype(np.float32)
            core = core * cv2.resize(part, (view.columns, view.rows), interpolation=cv2.INTER_AREA)
        return np.asarray(core > 0.5, np.float32)

    def regard(self, grid: View) -> FloatMap:
        """Return how much each place of a grid may say of the motion, 0 to 1."""
        if self.outline is None:
            near = self.core(grid)
        else:
            reach = max(1, round(_RIM_SHARE * self.length / grid.steps[0]))
            disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
            near = np.asarray(cv2.dilate(self._filled(grid), disc), np.float32)
        return np.asarray(_BACKGROUND + (1 - _BACKGROUND) * near, np.float32)

    def _filled(self, view: View) -> FloatMap:
        assert self.outline is not None
        x, y = view.from_photo(self.outline[:, 0], self.outline[:, 1])
        inside = np.zeros(view.shape, np.float32)
        cv2.fillConvexPoly(inside, np.round(np.column_stack([x, y])).astype(np.int32), 1.0)
        return inside


def subject_of_face(baseline: Pixels, face: Face, skin: Mask | None) -> Subject:
    """Return the face as the subject.

    Parameters
    ----------
    baseline
        The photograph.
    face
        Its landmarks.
    skin
        Measurable skin, or None for all inside the outline.
    """
    flat = face.points[:, :2]
    low, high = flat.min(axis=0), flat.max(axis=0)
    width = high[0] - low[0]
    size = np.array([baseline.shape[1], baseline.shape[0]], float)
    low = np.clip(low - width * np.array([_SIDE_SHARE, _ABOVE_SHARE]), 0, size - 1)
    high = np.clip(high + width * _SIDE_SHARE, low + 1, size)
    outline = cv2.convexHull(flat.astype(np.float32))[:, 0]
    return Subject(np.stack([low, high]), face.eye_distance_px, np.asarray(outline, np.float32), skin)


def subject_of_skin(baseline: Pixels, skin: Mask | None) -> Subject:
    """Return all of a photograph of a body site as the subject.

    Parameters
    ----------
    baseline
        The photograph.
    skin
        Measurable skin, or None for the whole picture.
    """
    height, width = baseline.shape[:2]
    box = np.array([[0.0, 0.0], [width, height]])
    return Subject(box, _BODY_SHARE * float(np.hypot(height, width)), None, skin)
