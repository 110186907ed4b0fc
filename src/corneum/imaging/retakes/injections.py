"""Changes of known size put into skin in linear light, before a retake: what a measurement must find again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap
from corneum.imaging.retakes.chromophores import SkinColor, change_of, color_like, melanin_for
from corneum.imaging.retakes.light import Linear

_STEPS = 65
"""Doses at which the color of a change is computed; between them it is a straight line."""
_THINNEST_PX = 0.5
"""Standard deviation of the thinnest line that a grid of pixels can carry."""
_FWHM = 2.3548
"""Full width at half height of a Gaussian over its standard deviation."""
_EDGE_SHARE = 0.15
"""Width of a spot's soft edge as a share of its diameter."""
_TRIES = 400
"""Places tried for each spot before the region counts as full."""


@dataclass(frozen=True)
class Mark:
    """One injected spot.

    Parameters
    ----------
    column, row
        Middle, px.
    diameter_mm
        Full width at half contrast.
    contrast
        Share of the luminance lost on its plateau.
    """

    column: float
    row: float
    diameter_mm: float
    contrast: float


@dataclass(frozen=True)
class Injected:
    """A photograph with one known change.

    Parameters
    ----------
    light
        Linear light after the change, shape (height, width, 3).
    mask
        Where and how much of it, 0 to 1, shape (height, width).
    what
        For example ``melanin``.
    size
        Of the full change, in the unit that ``what`` is given in.
    marks
        The spots, where the change is spots.
    """

    light: Linear
    mask: FloatMap
    what: str
    size: float
    marks: tuple[Mark, ...] = field(default=())


class NoRoomForSpots(ValueError):
    """The region is too small for that many spots."""


def patch(shape: tuple[int, int], middle: tuple[float, float], diameter_px: float, edge_share: float = 0.5) -> FloatMap:
    """Return a round soft region, 1 inside and 0 outside, shape (height, width).

    Parameters
    ----------
    shape
        Height and width, px.
    middle
        Column and row, px.
    diameter_px
        Where the region is at one half.
    edge_share
        Width of the soft edge as a share of the diameter.
    """
    rows = np.arange(shape[0], dtype=np.float32)[:, None] - np.float32(middle[1])
    columns = np.arange(shape[1], dtype=np.float32) - np.float32(middle[0])
    inward = 0.5 + (diameter_px / 2 - np.hypot(rows, columns)) / (edge_share * diameter_px)
    ramp = np.clip(inward, 0, 1)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), dtype=np.float32)


def inject_melanin(light: Linear, region: FloatMap, melanin_by: float, skin: SkinColor | None = None) -> Injected:
    """Return skin with more (or less) melanin in a region.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    region
        Share of the change, 0 to 1, shape (height, width).
    melanin_by
        Added volume share of melanosomes in the epidermis.
    skin
        Before the change; None reads it from the region's own color.
    """
    skin = skin or skin_of(light, region)
    return Injected(_colored(light, region, skin, melanin_by, 0.0), region, "melanin", melanin_by)


def inject_redness(light: Linear, region: FloatMap, blood_by: float, skin: SkinColor | None = None) -> Injected:
    """Return skin with more (or less) blood in a region.

    Parameters
    ----------
    light, region, skin
        As in `inject_melanin`.
    blood_by
        Added volume share of blood in the dermis.
    """
    skin = skin or skin_of(light, region)
    return Injected(_colored(light, region, skin, 0.0, blood_by), region, "redness", blood_by)


def skin_of(light: Linear, region: FloatMap) -> SkinColor:
    """Return the skin whose color the region has on average; of the whole picture where the region is empty."""
    weight = np.ascontiguousarray(region, dtype=np.float32)
    total = float(weight.sum())
    if total <= 0:
        return color_like(light.reshape(-1, 3).mean(axis=0, dtype=float))
    return color_like(np.einsum("hw,hwc->c", weight, light, dtype=np.float64) / total)


def scatter_spots(
    region: FloatMap, n: int, diameter_mm: float, contrast: float, px_per_mm: float, seed: int
) -> tuple[Mark, ...]:
    """Return spots strewn over a region, two diameters apart and a diameter from its border.

    Parameters
    ----------
    region
        Where spots may lie (above 0.5), shape (height, width).
    n
        How many.
    diameter_mm, contrast
        As in `Mark`.
    px_per_mm
        Of the picture.
    seed
        Same seed, same places.

    Raises
    ------
    NoRoomForSpots
        If they do not fit.
    """
    dice = np.random.default_rng(seed)
    room = cv2.distanceTransform((region > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    rows, columns = np.nonzero(room > diameter_mm * px_per_mm)
    found: list[tuple[float, float]] = []
    for _ in range(_TRIES * n if len(rows) else 0):
        if len(found) == n:
            break
        one = int(dice.integers(len(rows)))
        place = (
            float(columns[one]) + float(dice.uniform(-0.5, 0.5)),
            float(rows[one]) + float(dice.uniform(-0.5, 0.5)),
        )
        if all(np.hypot(place[0] - x, place[1] - y) > 2 * diameter_mm * px_per_mm for x, y in found):
            found.append(place)
    if len(found) < n:
        raise NoRoomForSpots(f"only {len(found)} of {n} spots of {diameter_mm:g} mm fit into the region")
    return tuple(Mark(x, y, diameter_mm, contrast) for x, y in found)


def inject_spots(
    light: Linear, marks: Sequence[Mark], px_per_mm: float, skin: SkinColor | None = None, share: float = 1.0
) -> Injected:
    """Return skin with dark spots of melanin.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    marks
        Where, how large, how dark; negative contrast makes them paler than the skin.
    px_per_mm
        Of the picture.
    skin
        Between the spots; None reads it from around each spot.
    share
        Of each spot's contrast that is put in.
    """
    changed = light.copy()
    mask = np.zeros(light.shape[:2], np.float32)
    for mark in marks:
        size = mark.diameter_mm * px_per_mm
        half = int(np.ceil(size)) + 2
        top, left = max(int(mark.row) - half, 0), max(int(mark.column) - half, 0)
        here = (slice(top, int(mark.row) + half + 1), slice(left, int(mark.column) + half + 1))
        region = patch(mask[here].shape, (mark.column - left, mark.row - top), size, 2 * _EDGE_SHARE)
        local = skin or skin_of(light[here], np.asarray(1 - region, np.float32))
        dose = float(np.sign(mark.contrast)) * melanin_for(local, abs(mark.contrast) * share)
        changed[here] = _colored(changed[here], region, local, dose, 0.0)
        mask[here] = np.maximum(mask[here], region)
    return Injected(changed, mask, "spots", share * (marks[0].contrast if marks else 0.0), tuple(marks))


def fade_spots(light: Linear, marks: Sequence[Mark], px_per_mm: float, share: float) -> Injected:
    """Return injected spots put into clean skin again, with a share of their contrast gone.

    Parameters
    ----------
    light
        The skin before any spot was put in, linear light, shape (height, width, 3).
    marks
        The spots of the first photograph.
    px_per_mm
        Of the picture.
    share
        Of the contrast that fades: 0 leaves them as they were, 1 removes them.
    """
    faded = inject_spots(light, marks, px_per_mm, share=1 - share)
    return Injected(faded.light, faded.mask, "faded spots", share, faded.marks)


def inject_lines(
    light: Linear, lines: Sequence[NDArray[np.floating]], width_mm: float, contrast: float, px_per_mm: float
) -> Injected:
    """Return skin with dark lines: a Gaussian groove that takes all colors alike.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    lines
        Each of shape (points, 2): columns and rows, px.
    width_mm
        Full width at half contrast.
    contrast
        Share of the luminance lost in the middle.
    px_per_mm
        Of the picture.
    """
    mask = drawn_lines((light.shape[0], light.shape[1]), lines, width_mm * px_per_mm)
    return Injected(light * (1 - np.float32(contrast) * mask)[..., None], mask, "lines", contrast)


def drawn_lines(shape: tuple[int, int], lines: Sequence[NDArray[np.floating]], width_px: float) -> FloatMap:
    """Return soft lines, 1 in their middle, shape (height, width): the distance to them through a Gaussian."""
    spread = max(width_px / _FWHM, _THINNEST_PX)
    reach = int(np.ceil(3 * spread)) + 1
    mask = np.zeros(shape, np.float32)
    for line in lines:
        for first, last in pairwise(np.asarray(line, float)):
            low, high = np.minimum(first, last).astype(int) - reach, np.maximum(first, last).astype(int) + reach + 1
            left, top = np.maximum(low, 0)
            here = mask[top : max(int(high[1]), 0), left : max(int(high[0]), 0)]
            rows, columns = np.ogrid[top : top + here.shape[0], left : left + here.shape[1]]
            away, along = last - first, max(float(np.sum((last - first) ** 2)), 1e-9)
            at = np.clip(((columns - first[0]) * away[0] + (rows - first[1]) * away[1]) / along, 0, 1)
            square = (columns - first[0] - at * away[0]) ** 2 + (rows - first[1] - at * away[1]) ** 2
            np.maximum(here, np.exp(-0.5 * square / spread**2), out=here, casting="same_kind")
    return mask


def smooth_texture(light: Linear, region: FloatMap, share: float, px_per_mm: float, above_mm: float = 1.0) -> Injected:
    """Return skin whose fine relief contrast is lower: detail finer than ``above_mm``, in proportion.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    region
        Share of the change, 0 to 1, shape (height, width).
    share
        Of the contrast that goes; negative makes it rougher.
    px_per_mm
        Of the picture.
    above_mm
        Full width at half height of the blur that stays untouched.
    """
    spread = above_mm * px_per_mm / _FWHM
    coarse = np.maximum(cv2.GaussianBlur(light, (0, 0), spread), np.float32(1e-4))
    fine = np.maximum(light / coarse, np.float32(1e-3))
    kept = np.power(fine, (1 - np.float32(share) * region)[..., None])
    return Injected(np.asarray(coarse * kept, dtype=np.float32), region, "texture", share)


def inject_shine(light: Linear, region: FloatMap, added: float) -> Injected:
    """Return skin with a mirror-like reflection of the lamp: white light on top, as a share of a white surface."""
    return Injected(light + (np.float32(added) * region)[..., None], region, "shine", added)


def _colored(light: Linear, region: FloatMap, skin: SkinColor, melanin_by: float, blood_by: float) -> Linear:
    doses = np.linspace(0, 1, _STEPS)
    table = change_of(skin, melanin_by * doses, blood_by * doses).astype(np.float32)
    factor = np.stack([np.interp(region, doses, table[:, color]) for color in range(3)], axis=-1)
    return np.asarray(light * factor, dtype=np.float32)
