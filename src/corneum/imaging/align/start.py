"""A first guess of the map between two photographs: from the landmarks of a face, else from features of the skin."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.field import Field
from corneum.imaging.align.light import as_bytes, evened
from corneum.imaging.align.refused import AlignmentRefused
from corneum.imaging.align.view import View, view_over
from corneum.imaging.faces.face import Face
from corneum.imaging.photo import Pixels

Points = NDArray[np.float64]
"""Shape (n, 2): column and row, px."""

_MESH_SHARE = 0.12
"""Reach of a landmark's own motion, share of the eye distance: about the spacing of its neighbors, twice."""
_NONE = 1e-4
"""Weight of no local motion, share of the densest landmarks': far from all of them the affine map holds."""
_ROUNDS = 8
_FEATURE_PIXELS = 1.2e6
"""Pixels of the view in which features are sought; more finds pores, which do not come back."""
_MOST_FEATURES = 6000
_FAINT = 0.02
"""Contrast of the faintest feature: half of what is usual, for skin is faint."""
_TRIES, _SURE = 5000, 0.999
"""Of the search for the motion that most matches share."""
_RATIO = 0.8
"""A match is kept if it is this much nearer than the second best."""
_FEWEST = 16
"""Matches that agree, below which they may agree by chance."""
_LOOSE_SHARE = 0.012
"""How far a match may lie from one plane's map, share of the picture's diagonal: skin is not a plane."""


@dataclass(frozen=True)
class Matches:
    """Places of the baseline and where they lie in the follow-up.

    Parameters
    ----------
    here, there
        Px of the baseline and of the follow-up, shape (n, 2) each.
    """

    here: Points
    there: Points


def matches_of_faces(first: Face, second: Face) -> Matches:
    """Return the landmarks of two faces as matches."""
    return Matches(first.points[:, :2], second.points[:, :2])


def matches_of_features(baseline: Pixels, followup: Pixels) -> Matches:
    """Return matches of skin and its marks that agree on one motion.

    Parameters
    ----------
    baseline, followup
        The photographs.

    Raises
    ------
    AlignmentRefused
        If too few places are found again.
    """
    here, first = _features(baseline)
    there, second = _features(followup)
    pairs = []
    if len(here) > 1 and len(there) > 1:
        for best, other in cv2.BFMatcher(cv2.NORM_L2).knnMatch(first, second, k=2):
            if best.distance < _RATIO * other.distance:
                pairs.append((best.queryIdx, best.trainIdx))
    if len(pairs) >= _FEWEST:
        chosen = np.array(pairs)
        one, two = here[chosen[:, 0]], there[chosen[:, 1]]
        loose = _LOOSE_SHARE * float(np.hypot(*followup.shape[:2]))
        _, kept = cv2.findHomography(one, two, cv2.USAC_MAGSAC, loose, maxIters=_TRIES, confidence=_SURE)
        inside = np.zeros(len(one), bool) if kept is None else kept.ravel() > 0
        if np.count_nonzero(inside) >= _FEWEST:
            return Matches(one[inside], two[inside])
    raise AlignmentRefused(
        f"only {len(pairs)} places of the skin were found again in the second photograph: photograph the same area,"
        " from the same side and distance, in focus"
    )


def _features(pixels: Pixels) -> tuple[Points, NDArray[np.float32]]:
    height, width = pixels.shape[:2]
    step = max(1.0, float(np.sqrt(height * width / _FEATURE_PIXELS)))
    view = view_over(pixels.shape, np.array([[0.0, 0.0], [width, height]]), step)
    finder = cv2.SIFT.create(nfeatures=_MOST_FEATURES, contrastThreshold=_FAINT)
    keys, descriptors = finder.detectAndCompute(as_bytes(evened(view.gray(pixels))), None)
    if not keys:
        return np.zeros((0, 2)), np.zeros((0, finder.descriptorSize()), np.float32)
    places = np.array([key.pt for key in keys], np.float32)
    columns, rows = view.to_photo(places[:, 0], places[:, 1])
    return np.column_stack([columns, rows]).astype(float), np.asarray(descriptors, np.float32)


def fit_affine(matches: Matches) -> NDArray[np.float64]:
    """Return the affine map, shape (2, 3), that most matches agree on.

    Parameters
    ----------
    matches
        At least three, not on one line.
    """
    here = np.column_stack([matches.here, np.ones(len(matches.here))])
    weight = np.ones((len(here), 1))
    fit: NDArray[np.floating] = np.zeros((3, 2))
    for _ in range(_ROUNDS):
        fit = np.linalg.lstsq(here * weight, matches.there * weight, rcond=None)[0]
        off = np.linalg.norm(matches.there - here @ fit, axis=1)
        weight = (1 / np.sqrt(1 + (off / (np.median(off) + 1e-9)) ** 2))[:, None]
    return np.asarray(fit.T, float)


def starting_field(matches: Matches, grid: View, length: float) -> Field:
    """Return the affine map with what the matches near each place add to it.

    Parameters
    ----------
    matches
        Between the photographs.
    grid
        View of the baseline on which the field is kept.
    length
        Size of the subject, px: the eye distance, or its equal.
    """
    affine = fit_affine(matches)
    rest = matches.there - matches.here @ affine[:, :2].T - affine[:, 2]
    x, y = grid.from_photo(*matches.here.T.astype(np.float32))
    column = np.clip(np.round(x).astype(int), 0, grid.columns - 1)
    row = np.clip(np.round(y).astype(int), 0, grid.rows - 1)
    sums = np.zeros((*grid.shape, 3), np.float32)
    for layer, value in enumerate((rest[:, 0], rest[:, 1], np.ones(len(rest)))):
        np.add.at(sums[..., layer], (row, column), value)
    sums = np.asarray(cv2.GaussianBlur(sums, (0, 0), _MESH_SHARE * length / grid.steps[0]), np.float32)
    weight = sums[..., 2] + _NONE * sums[..., 2].max()
    return Field(affine, grid, sums[..., 0] / weight, sums[..., 1] / weight)
