"""The outline of one mark, and how far it can be believed."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.photo import Pixels
from corneum.lesions.covers import disk, uncover
from corneum.lesions.own_skin import Lab, evenly_lit, far_skin, radius_of, toward
from corneum.lesions.regions import (
    by_blue,
    by_cut,
    by_distance,
    by_principal,
    by_stability,
    central,
    main_part,
    to_the_rim,
)
from corneum.lesions.window import Window, wider_window, window_around, window_at

_COVER_SIDE, _SIDE = 400, 300
"""Longer side at which covers are found and at which the mark is outlined, px: hair needs more detail than borders."""
_LEAST_SPREADS = 2.0
"""A mark stands out from its own skin by so many spreads of it, or there is nothing to outline."""
_PLAIN_SPREADS = 4.0
"""A mark that stands out less than this is less sure, however well the methods agree."""
_TAIL_SHARE = 0.14
"""A tail thinner than this share of the diameter is cut off."""
_MOST_LOOKS = 3
"""How often a window is widened because the mark leaves it."""
_LEAST_SIDE = 32
"""Smallest picture, px."""
_NOTHING = "no mark stands out from the skin here: come nearer, focus, or point at it"


class OutlineRefused(ValueError):
    """No outline is given; the message says why and what to do."""


@dataclass(frozen=True)
class Outline:
    """The outline of one mark.

    Parameters
    ----------
    left, top
        Of the mask's first pixel in the photograph, px.
    mask
        Shape (height, width): the mark, in a window of the photograph.
    polygon
        Shape (n, 2): column and row of its border in the photograph, px, pixel centers at integers.
    confidence
        Overlap (Dice) of the two methods that have least in common, a threshold over the whole and a border moved
        locally; less where the mark hardly stands out, where the picture's edge cuts it, and where it is far wider than
        what was pointed at, or elsewhere; 0 to 1. It says how far the outline can be believed, and
        nothing of what the mark is.
    agreement
        Method -> its overlap with the outline.
    size_error_share
        Spread of the methods' diameters, share of the diameter.
    stands_out
        Median distance of the mark from its own skin, in spreads of that skin.
    cut_off
        Whether it reaches the edge of the photograph.
    """

    left: int
    top: int
    mask: Mask
    polygon: NDArray[np.float64]
    confidence: float
    agreement: dict[str, float]
    size_error_share: float
    stands_out: float
    cut_off: bool

    @property
    def area_px(self) -> int:
        """Pixels inside."""
        return int(np.count_nonzero(self.mask))

    @property
    def diameter_px(self) -> float:
        """Of the disk with the same area."""
        return float(2 * np.sqrt(self.area_px / np.pi))

    @property
    def center(self) -> tuple[float, float]:
        """Column and row of the middle, px of the photograph."""
        rows, columns = np.nonzero(self.mask)
        return float(columns.mean()) + self.left, float(rows.mean()) + self.top

    def whole(self, shape: tuple[int, ...]) -> Mask:
        """Return the mask in a photograph of a shape."""
        found = np.zeros(shape[:2], bool)
        found[self.top : self.top + self.mask.shape[0], self.left : self.left + self.mask.shape[1]] = self.mask
        return found


def outline(pixels: Pixels, near: tuple[float, float] | None = None, width: float | None = None) -> Outline:
    """Return the outline of the mark in a photograph, or of the one at a place in it.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, sRGB: dermoscopic or clinical.
    near
        Column and row of a pixel inside the mark, or None: then the one that fills the middle.
    width
        About how wide it is, px, where that is known; only with ``near``.

    Raises
    ------
    OutlineRefused
        If no mark stands out from the skin there.

    References
    ----------
    Checked on drawn photographs only (``bench/marks.py``), never on photographs outlined by doctors.
    """
    _require(pixels, near)
    window = window_around(pixels, near) if near is None or width is None else window_at(pixels, near, width)
    meant = float(max(window.pixels.shape[:2]))
    for _ in range(_MOST_LOOKS if width is None else 2):
        final, masks, spreads = _seen_in(window)
        wider = wider_window(pixels, window, final)
        if wider is None:
            break
        window = wider
    if not final.any() or spreads < _LEAST_SPREADS:
        raise OutlineRefused(_NOTHING)
    found = _result(window, final, masks, spreads, pixels.shape)
    return replace(found, confidence=found.confidence * _held(found, near, meant, pixels.shape))


def _held(found: Outline, near: tuple[float, float] | None, meant: float, shape: tuple[int, ...]) -> float:
    """Return how far an outline holds a border around what was pointed at, 0 to 1.

    Less where the picture's edge stands in for its border, where the place lies outside of it, and where it is wider
    than the part of the picture (``meant``, px) that the place first gave.
    """
    last = np.array([shape[1] - 1, shape[0] - 1])
    seen = 1 - float(np.any((found.polygon <= 0) | (found.polygon >= last), axis=1).mean())
    if near is None:
        return seen
    border = found.polygon.astype(np.float32)
    outside = max(0.0, -cv2.pointPolygonTest(border, (float(near[0]), float(near[1])), True))
    return seen * max(0.0, 1 - 2 * outside / found.diameter_px) * min(1.0, meant / found.diameter_px)


def _require(pixels: Pixels, near: tuple[float, float] | None) -> None:
    height, width = pixels.shape[:2]
    if min(height, width) < _LEAST_SIDE:
        raise OutlineRefused(f"the picture is {width} x {height} px: a mark and its skin need {_LEAST_SIDE} at least")
    if near is not None and not (0 <= near[0] <= width - 1 and 0 <= near[1] <= height - 1):
        raise OutlineRefused(f"{near[0]:g},{near[1]:g} lies outside the picture of {width} x {height} px")


def _seen_in(window: Window) -> tuple[Mask, dict[str, Mask], float]:
    """Return the mark in a window at working size, the same by each method, and how far it stands out."""
    scale = _SIDE / max(window.pixels.shape[:2])
    view = _View.of(window.pixels, scale)
    column, row = (scale * (place + 0.5) - 0.5 for place in window.near)
    masks = _methods(view, central(view.seen.shape, (column, row)))
    final = _without_tails(_vote(list(masks.values()), view.seen))
    return final, masks, _stands_out(view, final)


def _without_tails(mask: Mask) -> Mask:
    """Return an outline without thin tails, as a hand would draw it: hair and leaks into a shadow."""
    opened = _opened(mask, _TAIL_SHARE * radius_of(mask))
    return main_part(opened, np.ones(mask.shape, bool), mask.astype(np.float32))


def _opened(mask: Mask, radius: float) -> Mask:
    """Return a mask opened with a disk; mirrored at the edge, or a tail that leaves the picture would look wide."""
    reach = round(radius)
    wide = cv2.copyMakeBorder(mask.astype(np.uint8), *(4 * (2 * reach,)), cv2.BORDER_REFLECT)
    opened = cv2.morphologyEx(wide, cv2.MORPH_OPEN, disk(2 * reach + 1))
    inner = slice(2 * reach, 2 * reach + mask.shape[0]), slice(2 * reach, 2 * reach + mask.shape[1])
    return np.asarray(opened[inner] > 0, bool)


@dataclass(frozen=True)
class _View:
    """A window at working size: colors evenly lit, and where skin is seen."""

    rough: Lab
    seen: Mask

    @staticmethod
    def of(pixels: Pixels, scale: float) -> "_View":
        # Hair in a window that is enlarged would be too wide to be found.
        cover = min(1.0, scale * _COVER_SIDE / _SIDE)
        uncovered = uncover(_resized(pixels, cover))
        size = tuple(round(scale * side) for side in pixels.shape[1::-1])
        # The median takes what is left of hair and shine.
        clean = cv2.resize(cv2.medianBlur(uncovered.pixels, 7), size, interpolation=cv2.INTER_AREA)
        seen = cv2.resize(uncovered.seen.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        smooth = cv2.GaussianBlur(clean, (0, 0), 1.5).astype(np.float32) / 255
        return _View(np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.float32), np.asarray(seen, bool))


def _resized(pixels: Pixels, scale: float) -> Pixels:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _methods(view: _View, weight: NDArray[np.float32]) -> dict[str, Mask]:
    """Return the mark by each method."""
    seen = view.seen
    rough = _simple(view.rough, seen, weight)
    first = _vote(list(rough.values()), seen, weight)
    if not first.any():
        raise OutlineRefused(_NOTHING)
    lab = evenly_lit(view.rough, _rather_skin(first, seen))
    even = _simple(lab, seen, weight)
    pixels = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255, 0, 255).astype(np.uint8)
    core = _vote(list(even.values()), seen, weight)
    core = core if core.any() else first
    cut = by_cut(pixels, to_the_rim(lab, core, seen), seen)
    stable = by_stability(lab, cut if cut.any() else core, seen)
    return {
        "blue": even["blue"],
        "cut": cut,
        "stable": stable,
        "rim": to_the_rim(lab, stable, seen),
        "stable cut": by_cut(pixels, stable, seen),
    }


def _simple(lab: Lab, seen: Mask, weight: NDArray[np.float32]) -> dict[str, Mask]:
    ways = {"blue": by_blue, "distance": by_distance, "principal": by_principal}
    return {name: way(lab, seen, weight) for name, way in ways.items()}


def _rather_skin(mask: Mask, seen: Mask) -> Mask:
    skin = far_skin(mask, seen)
    return skin if np.count_nonzero(skin) > 0.05 * np.count_nonzero(seen) else seen & ~mask


def _vote(masks: list[Mask], seen: Mask, weight: NDArray[np.float32] | None = None) -> Mask:
    votes = np.mean(masks, axis=0)
    return main_part(votes > 0.5, seen, votes.astype(np.float32) + 1e-3 if weight is None else weight)


def _stands_out(view: _View, mask: Mask) -> float:
    skin = far_skin(mask, view.seen)
    if not skin.any() or not mask.any():
        return 0.0
    return toward(view.rough, skin, mask)[1]


def overlap(one: Mask, other: Mask) -> float:
    """Return the Dice overlap of two masks of one shape, 0 to 1."""
    both = np.count_nonzero(one) + np.count_nonzero(other)
    return float(2 * np.count_nonzero(one & other) / both) if both else 0.0


def _result(window: Window, final: Mask, masks: dict[str, Mask], spreads: float, shape: tuple[int, ...]) -> Outline:
    height, width = window.pixels.shape[:2]
    smooth = cv2.GaussianBlur(final.astype(np.float32), (0, 0), 1.0)
    soft = np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    mask = soft > 0.5
    diameters = [radius_of(one) for one in masks.values()]
    edges, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    border = max(edges, key=len)[:, 0].astype(float) + np.array([window.left, window.top])
    low, high = border.min(axis=0), border.max(axis=0)
    return Outline(
        left=window.left,
        top=window.top,
        mask=np.asarray(mask, bool),
        polygon=border,
        confidence=overlap(masks["blue"], masks["rim"]) * min(1.0, spreads / _PLAIN_SPREADS),
        agreement={name: overlap(one, final) for name, one in masks.items()},
        size_error_share=float(np.std(diameters, ddof=1) / np.mean(diameters)),
        stands_out=spreads,
        cut_off=bool(low.min() <= 0 or high[0] >= shape[1] - 1 or high[1] >= shape[0] - 1),
    )
