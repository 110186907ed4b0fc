"""The skin around a mark: where it is, how it is lit, and how far a color lies from it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask

Lab = NDArray[np.float32]
"""Shape (height, width, 3), CIELAB."""

_FIT_PIXELS = 4000
_FIT_ROUNDS = 5
_RIDGE = 2e-4
"""Keeps the fitted light from swinging where no skin was seen."""
_FAR_RADII = 1.0
"""Skin this far from the mark, in radii of the mark, is its own: nearer, a pale rim may still belong to it."""
_CAMERA_SD = 0.7
"""Least spread of skin, CIELAB: a quarter of it is the step of 8-bit pixels."""


def radius_of(mask: Mask) -> float:
    """Return the radius of the disk with a mask's area, px, at least 3."""
    return max(3.0, float(np.sqrt(np.count_nonzero(mask) / np.pi)))


def depth_in(mask: Mask) -> FloatMap:
    """Return how far inside a mask each pixel lies, px; 0 outside."""
    return np.asarray(cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5), np.float32)


def far_skin(mask: Mask, seen: Mask) -> Mask:
    """Return the skin that surely lies outside a mark, pale rim included.

    Parameters
    ----------
    mask
        Shape (height, width): the mark as far as it is known.
    seen
        Where skin is seen.
    """
    away = depth_in(~mask)
    outside = seen & ~mask
    if np.count_nonzero(outside) < 50:
        return outside
    least = min(float(np.percentile(away[outside], 60)), _FAR_RADII * radius_of(mask))
    return np.asarray(outside & (away >= least), bool)


def evenly_lit(lab: Lab, skin: Mask) -> Lab:
    """Return the colors without the slow change of light and skin over the picture.

    Parameters
    ----------
    lab
        CIELAB.
    skin
        Where the light is fitted: a quadratic and a vignette, by robust least squares.
    """
    places = np.flatnonzero(skin)
    if len(places) < 200:
        return lab
    places = places[:: max(1, len(places) // _FIT_PIXELS)]
    basis = _slow_changes(lab.shape[:2])
    there = basis[places]
    flat = lab.copy()
    for channel in range(3):
        weights = _robust_fit(there, lab[..., channel].ravel()[places])
        light = (basis @ weights).reshape(skin.shape)
        flat[..., channel] += float(np.median(light[skin])) - light
    return flat


def _slow_changes(shape: tuple[int, ...]) -> NDArray[np.float32]:
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    y, x = 2 * rows / shape[0] - 1, 2 * columns / shape[1] - 1
    terms = (np.ones_like(x), x, y, x * x, y * y, x * y, (x * x + y * y) ** 2)
    return np.stack([term.ravel() for term in terms], axis=1)


def _robust_fit(basis: NDArray[np.float32], values: NDArray[np.float32]) -> NDArray[np.float64]:
    ridge = _RIDGE * len(values) * np.diag([0.0] + [1.0] * (basis.shape[1] - 1))
    trust = np.ones(len(values))
    for _ in range(_FIT_ROUNDS):
        weighed = basis * trust[:, None]
        fit = np.linalg.solve(weighed.T @ basis + ridge, weighed.T @ values)
        left = values - basis @ fit
        trust = 1 / (1 + (left / (2 * _spread(left))) ** 2)
    return np.asarray(fit, np.float64)


def _spread(values: NDArray[np.float32]) -> float:
    return 1.4826 * float(np.median(np.abs(values - np.median(values)))) + 1e-3


def toward(lab: Lab, skin: Mask, mark: Mask) -> tuple[FloatMap, float]:
    """Return how far each color lies from the skin in the mark's direction, in spreads of the skin, and the mark's.

    The direction is the one that best tells the two apart given how skin itself varies, so that mottled redness
    does not count while pigment does.

    Parameters
    ----------
    lab
        CIELAB.
    skin, mark
        Samples of both.

    References
    ----------
    Fisher's linear discriminant.
    """
    middle, varies = _varies(lab[skin])
    varies = varies + _CAMERA_SD**2 * np.eye(3)
    aim = np.linalg.solve(varies, np.median(lab[mark], axis=0) - middle)
    aim /= max(float(np.linalg.norm(aim)), 1e-9)
    far = ((lab - middle) @ aim).astype(np.float32)
    scale = max(_spread(far[skin]), 1e-3)
    return far / scale, float(np.median(far[mark])) / scale


def distance(lab: Lab, skin: Mask) -> FloatMap:
    """Return how far each color lies from the skin in any direction, in spreads of the skin.

    References
    ----------
    Mahalanobis distance.
    """
    middle, varies = _varies(lab[skin])
    off = lab - middle
    inverse = np.linalg.inv(varies + 4 * _CAMERA_SD**2 * np.eye(3))
    return np.asarray(np.sqrt(np.maximum(np.einsum("ijk,kl,ijl->ij", off, inverse, off), 0)), np.float32)


def _varies(around: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the middle of the skin's colors and their covariance without what stands far off, such as shine."""
    middle = np.median(around, axis=0)
    off = np.abs(around - middle)
    spread = 1.4826 * np.median(off, axis=0) + _CAMERA_SD
    near = around[(off < 4 * spread).all(axis=1)]
    return middle, np.cov(near.T) if len(near) > 10 else np.cov(around.T)
