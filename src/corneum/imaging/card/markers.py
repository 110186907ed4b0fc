"""Corneum's printed target in a photograph: found by its four markers."""

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card import target
from corneum.imaging.photo import Pixels

if TYPE_CHECKING:
    from cv2.typing import MatLike

_SIDE = 2000
"""Longer side at which the markers are looked for."""
_LEAST_MARKERS = 3
_WORST_SHARE = 0.06
"""Root mean square distance of the marker corners from the print's geometry, in shares of a marker."""
_WINDOW = 5


def find_target(pixels: Pixels) -> tuple[NDArray[np.float64], float] | None:
    """Return where a printed target is: the homography from mm to px, and the error of its markers in patch pitches.

    Several targets in one photograph cannot be told apart and count as none.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    """
    factor = min(1.0, _SIDE / max(pixels.shape[:2]))
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = gray if factor == 1 else cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(target.DICTIONARY))
    corners, names, _ = detector.detectMarkers(small)
    if len(corners) < _LEAST_MARKERS:
        return None
    found = [(int(name), quad[0]) for name, quad in zip(names.ravel(), corners, strict=True)]
    mine = [(name, quad) for name, quad in found if name in target.MARKER_IDS]
    if len(mine) < _LEAST_MARKERS or len({name for name, _ in mine}) < len(mine):
        return None
    return _fitted(gray, mine, factor)


def _fitted(
    gray: "MatLike", mine: list[tuple[int, NDArray[np.float32]]], factor: float
) -> tuple[NDArray[np.float64], float] | None:
    rough = (np.concatenate([quad for _, quad in mine]) + 0.5) / factor - 0.5
    side = np.linalg.norm(rough[1] - rough[0])
    # The window must not reach into the next cell of the marker.
    window = max(1, min(round(_WINDOW / factor), int(side / (2 * target.MARKER_CELLS))))
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.01)
    start = np.ascontiguousarray(rough, np.float32).reshape(-1, 1, 2)
    fine = cv2.cornerSubPix(gray, start, (window, window), (-1, -1), stop).reshape(-1, 2).astype(float)
    known = np.concatenate([target.marker_corners_mm()[target.MARKER_IDS.index(name)] for name, _ in mine])
    to_px = np.asarray(cv2.findHomography(known, fine)[0], float)
    if to_px.shape != (3, 3):
        return None
    back = cv2.perspectiveTransform(fine[None], np.linalg.inv(to_px))[0]
    error_mm = float(np.sqrt(np.mean(np.sum((back - known) ** 2, axis=1))))
    if error_mm > _WORST_SHARE * target.MARKER_MM or np.linalg.det(to_px) <= 0:
        return None
    return to_px, error_mm / target.PITCH_MM
