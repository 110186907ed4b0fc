"""The geometry of one mark: symmetry, border and size. It describes, and is never added up to a judgment."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.card import Scale
from corneum.lesions.around import Around
from corneum.lesions.outlining import Outline
from corneum.lesions.own_skin import depth_in, radius_of

EIGHTHS = 8
"""Parts into which a border is divided, as in the dermoscopic lists."""
_SIDE = 200
"""Longer side at which shape is measured, px: the same for every mark, so that no camera makes borders rough."""
_SMOOTH_SHARE = 0.03
"""Smoothing of the border before its length is taken, share of the radius: pixels have corners, marks have not."""
_NEAR_SHARE = 0.12
"""How far inside and outside of the border its step is looked at, share of the radius."""
_ABRUPT_SHARE = 0.6
"""Share of the mark's whole contrast that an abrupt border loses within that distance."""


@dataclass(frozen=True)
class Size:
    """How large a mark is, where a scale is known.

    Parameters
    ----------
    diameter_mm
        Of the disk with the same area.
    longest_mm
        Largest distance between two points of the border.
    area_mm2
        Area.
    error_share
        One standard error of the lengths: scale and outline; the area's is twice as large.
    scale_from
        What gave the scale.
    """

    diameter_mm: float
    longest_mm: float
    area_mm2: float
    error_share: float
    scale_from: str

    def text(self) -> str:
        """Return "4.1 mm (error 3 %)", of the longest extent."""
        return f"{self.longest_mm:.1f} mm (error {100 * self.error_share:.0f} %)"


@dataclass(frozen=True)
class Shape:
    """How regular a mark is.

    Parameters
    ----------
    asymmetry_shares
        Area that is not covered when the mark is folded along its two principal axes, share of its area; larger first.
    color_asymmetry_de
        Mean color distance between the halves, CIELAB, over what they share, for the same two axes.
    compactness_ratio
        Squared border length over 4 pi times the area: 1 is a disk, an ellipse of 2 to 1 has 1.2.
    abrupt_eighths
        Of eight parts of the border, those with an abrupt end of the pigment.
    """

    asymmetry_shares: tuple[float, float]
    color_asymmetry_de: tuple[float, float]
    compactness_ratio: float
    abrupt_eighths: int


def size_of(outline: Outline, scale: Scale) -> Size:
    """Return the size of a mark in millimeters, with its error.

    Parameters
    ----------
    outline
        Of the mark.
    scale
        Of the photograph, on the mark's own plane.
    """
    extent = longest(outline.polygon)
    error = float(np.hypot(scale.error_share, outline.size_error_share))
    return Size(
        diameter_mm=outline.diameter_px / scale.px_per_mm,
        longest_mm=extent / scale.px_per_mm,
        area_mm2=outline.area_px / scale.px_per_mm**2,
        error_share=error,
        scale_from=scale.source,
    )


def longest(polygon: NDArray[np.float64]) -> float:
    """Return the largest distance between two points of a border, px, with the pixel that the points stand for."""
    hull = cv2.convexHull(polygon.astype(np.float32))[:, 0]
    apart = np.linalg.norm(hull[:, None] - hull[None], axis=-1)
    return float(apart.max()) + 1


def shape_of(seen: Around) -> Shape:
    """Return how regular a mark is.

    Parameters
    ----------
    seen
        The mark in its window.
    """
    mask, colors = _at_one_size(seen.mask, seen.lab)
    folds = [_folded(mask, colors, axis) for axis in (0, 1)]
    first, second = sorted(folds, reverse=True)
    return Shape(
        asymmetry_shares=(first[0], second[0]),
        color_asymmetry_de=(first[1], second[1]),
        compactness_ratio=_compactness(mask),
        abrupt_eighths=_abrupt_eighths(mask, colors),
    )


def _at_one_size(mask: Mask, lab: NDArray[np.float32]) -> tuple[Mask, NDArray[np.float32]]:
    """Return a mark upright on its principal axes, its longer axis across, in a square of one size."""
    rows, columns = np.nonzero(mask)
    places = np.stack([columns, rows]).astype(float)
    middle = places.mean(axis=1)
    _, turn = np.linalg.eigh(np.cov(places))
    across = turn[:, 1]
    reach = 1.15 * float(np.abs(places - middle[:, None]).max() * 2**0.5 + 1)
    step = _SIDE / (2 * reach)
    turned = step * np.array([across, [-across[1], across[0]]])
    moved = np.column_stack([turned, np.full(2, _SIDE / 2) - turned @ middle])
    how = cv2.INTER_AREA if step < 1 else cv2.INTER_LINEAR
    upright = cv2.warpAffine(mask.astype(np.float32), moved, (_SIDE, _SIDE), flags=how)
    colors = cv2.warpAffine(lab, moved, (_SIDE, _SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(upright > 0.5, bool), np.asarray(colors, np.float32)


def _folded(mask: Mask, lab: NDArray[np.float32], axis: int) -> tuple[float, float]:
    """Return what a fold leaves uncovered, share of the area, and the mean color distance of what it covers."""
    mirrored = np.flip(mask, axis)
    soft = cv2.GaussianBlur(lab, (0, 0), 0.1 * radius_of(mask))
    shared = mask & mirrored
    apart = np.linalg.norm(soft - np.flip(soft, axis), axis=-1)
    area = float(np.count_nonzero(mask)) or 1.0
    uncovered = float(np.count_nonzero(mask ^ mirrored)) / (2 * area)
    return uncovered, float(apart[shared].mean()) if shared.any() else 0.0


def _compactness(mask: Mask) -> float:
    """Return the squared border length over 4 pi times the area, from a smoothed border."""
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), max(1.0, _SMOOTH_SHARE * radius_of(mask)))
    edges, _ = cv2.findContours((soft > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    border = max(edges, key=len)[:, 0].astype(float)
    # A chain of pixels is longer than the border that it follows: its running mean is not.
    reach = max(3, len(border) // 60) | 1
    wrapped = np.concatenate([border[-reach:], border, border[:reach]])
    kernel = np.full(reach, 1 / reach)
    smooth = np.stack([np.convolve(wrapped[:, part], kernel, "same")[reach:-reach] for part in (0, 1)], axis=1)
    length = float(np.linalg.norm(np.diff(smooth, axis=0, append=smooth[:1]), axis=1).sum())
    area = float(cv2.contourArea(smooth.astype(np.float32)))
    return max(1.0, length**2 / (4 * np.pi * area)) if area > 0 else 1.0


def _abrupt_eighths(mask: Mask, lab: NDArray[np.float32]) -> int:
    """Return in how many of eight parts the color falls to that of the skin within a short way."""
    inward, outward = depth_in(mask), depth_in(~mask)
    near = max(2.0, _NEAR_SHARE * radius_of(mask))
    just_in, just_out = (inward > 0) & (inward <= near), (outward > 0) & (outward <= near)
    beyond = outward > 2 * near
    if not beyond.any():
        return 0
    skin = np.median(lab[beyond], axis=0)
    far: FloatMap = np.linalg.norm(lab - skin, axis=-1).astype(np.float32)
    whole = float(np.median(far[mask]))
    part = _part_of(mask)
    count = 0
    for number in range(EIGHTHS):
        inner, outer = just_in & (part == number), just_out & (part == number)
        if inner.any() and outer.any() and whole > 0:
            count += float(far[inner].mean() - far[outer].mean()) > _ABRUPT_SHARE * whole
    return count


def _part_of(mask: Mask) -> NDArray[np.int_]:
    rows, columns = np.nonzero(mask)
    down, right = np.indices(mask.shape)
    angle = np.arctan2(down - rows.mean(), right - columns.mean()) + np.pi
    return np.asarray((angle / (2 * np.pi) * EIGHTHS).astype(int) % EIGHTHS)
