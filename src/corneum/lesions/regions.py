"""Several ways to tell a mark from its skin; where they agree, the outline can be believed."""

import cv2
import numpy as np

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.photo import Pixels
from corneum.lesions.covers import disk
from corneum.lesions.own_skin import Lab, depth_in, distance, far_skin, radius_of, toward

_LEVELS = 120
_STABLE_SHARE = 0.1
"""A region is a mark's whole extent once raising the level by a spread of the skin takes away less of its area."""
_KEPT_SHARE = 0.95
"""What surely belongs to a mark is not given up again."""
_LOWEST_SPREADS = 0.8
_MOST_SHARE = 0.85
"""A region that fills more of the picture is the picture."""
_MOST_EDGE_SHARE = 0.35
_RIM_SHARE = 0.12
"""Width of the rim in which an outline is moved, share of the radius."""
_RIM_ROUNDS = 4
_CUT_SHARE = 0.2
"""The same for the graph cut, which looks at both sides further out."""


def central(shape: tuple[int, int], near: tuple[float, float]) -> FloatMap:
    """Return how much a place counts: most at ``near`` (column, row)."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    across, down = (columns - near[0]) / (0.28 * shape[1]), (rows - near[1]) / (0.28 * shape[0])
    return np.exp(-(across**2 + down**2)).astype(np.float32)


def main_part(found: Mask, seen: Mask, weight: FloatMap) -> Mask:
    """Return the one part of a mask that weighs most, without holes and specks.

    Parameters
    ----------
    found
        Shape (height, width).
    seen
        Where skin is seen.
    weight
        How much each place counts.
    """
    opened = cv2.morphologyEx((found & seen).astype(np.uint8), cv2.MORPH_OPEN, disk(5))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    if count == 1:
        return np.zeros(found.shape, bool)
    total = np.bincount(labels.ravel(), weights=weight.ravel(), minlength=count).astype(float)
    # Times its mean: a large part along the edge of the picture weighs less than a smaller one in the middle.
    total *= total / np.maximum(stats[:, cv2.CC_STAT_AREA], 1).astype(float)
    total[0] = -1.0
    part = cv2.morphologyEx((labels == int(np.argmax(total))).astype(np.uint8), cv2.MORPH_CLOSE, disk(9))
    return filled(part > 0)


def filled(mask: Mask) -> Mask:
    """Return a mask without holes."""
    whole = np.zeros(mask.shape, np.uint8)
    around, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(whole, around, -1, 1, cv2.FILLED)
    return np.asarray(whole > 0, bool)


def by_blue(lab: Lab, seen: Mask, weight: FloatMap) -> Mask:
    """Return the mark by Otsu's threshold on the blue channel, in which melanin and blood both are dark."""
    dark = np.asarray(-cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)[..., 2], np.float32)
    return main_part(dark > _otsu(dark, seen), seen, weight)


def by_distance(lab: Lab, seen: Mask, weight: FloatMap) -> Mask:
    """Return the mark by Otsu's threshold on the distance from the skin at the edge, whatever its direction."""
    skin = seen & (weight < 0.35)
    far = distance(lab, skin) if skin.any() else np.zeros(seen.shape, np.float32)
    for _ in range(2):
        closer = seen & (far < 3) & (weight < 0.6)
        if np.count_nonzero(closer) < 100:
            break
        far = distance(lab, closer)
    return main_part(far > _otsu(far, seen), seen, weight)


def by_principal(lab: Lab, seen: Mask, weight: FloatMap) -> Mask:
    """Return the mark by Otsu's threshold along the direction in which optical density varies most."""
    density = -np.log(np.maximum(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0.02))
    values = density[seen]
    middle = values.mean(axis=0)
    aim = np.linalg.svd(values[::7] - middle, full_matrices=False)[2][0]
    along = ((density - middle) @ aim).astype(np.float32)
    if float((along * (weight - weight.mean())).sum()) < 0:
        along = -along
    return main_part(along > _otsu(along, seen), seen, weight)


def _otsu(values: FloatMap, seen: Mask) -> float:
    inside = values[seen]
    low, high = np.percentile(inside, [0.5, 99.5])
    if high <= low:
        return float(high)
    grey = np.clip((inside - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(grey.reshape(-1, 1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(low + (level + 0.5) / 255 * (high - low))


def by_stability(lab: Lab, core: Mask, seen: Mask) -> Mask:
    """Return the widest region around a core whose extent hardly depends on the level that bounds it.

    A dark core in a paler mark is a stable region, and so is the whole mark: the outermost one is taken.

    Parameters
    ----------
    lab
        CIELAB, evenly lit.
    core
        What surely belongs to the mark.
    seen
        Where skin is seen.

    References
    ----------
    Matas et al. 2002, maximally stable extremal regions.
    """
    skin = far_skin(core, seen)
    if not skin.any():
        return core
    far, top = toward(lab, skin, core & seen)
    if top < 3:
        return core
    far = np.asarray(cv2.GaussianBlur(far, (0, 0), 1.0), np.float32)
    step = max(0.2, top / _LEVELS)
    levels = np.arange(_LOWEST_SPREADS, top, step)
    regions = [_around(core, far > level, seen) for level in levels]
    areas = np.maximum([np.count_nonzero(region) for region in regions], 1.0)
    half = max(1, round(0.5 / step))
    loss = np.full(len(levels), np.inf)
    loss[half:-half] = (areas[: -2 * half] - areas[2 * half :]) / areas[half:-half] / (2 * half * step)
    least = _KEPT_SHARE * np.count_nonzero(core)
    for place in np.flatnonzero((loss < _STABLE_SHARE) & (areas >= least)):
        if areas[place] < _MOST_SHARE * np.count_nonzero(seen) and _on_edge(regions[place]) < _MOST_EDGE_SHARE:
            while place + 1 < len(loss) and loss[place + 1] <= loss[place] and areas[place + 1] >= least:
                place += 1
            return main_part(regions[place], seen, np.ones(seen.shape, np.float32))
    return core


def _around(core: Mask, found: Mask, seen: Mask) -> Mask:
    """Return the part of a mask that holds most of a core."""
    opened = cv2.morphologyEx((found & seen).astype(np.uint8), cv2.MORPH_OPEN, disk(5))
    count, labels = cv2.connectedComponents(opened)
    held = np.bincount(labels[core], minlength=count)
    held[0] = 0
    return np.asarray(labels == int(held.argmax()), bool) if held.any() else np.zeros(core.shape, bool)


def _on_edge(region: Mask) -> float:
    return float(np.concatenate([region[0], region[-1], region[:, 0], region[:, -1]]).mean())


def to_the_rim(lab: Lab, mask: Mask, seen: Mask) -> Mask:
    """Return an outline moved to where the color lies halfway between the skin and the mark beside it.

    References
    ----------
    Lankton and Tannenbaum 2008, localized region-based contours.
    """
    for _ in range(_RIM_ROUNDS):
        radius = radius_of(mask)
        inward, outward, width = depth_in(mask), depth_in(~mask), max(3.0, _RIM_SHARE * radius)
        skin = seen & (outward > 0.3 * width) & (outward < 2.5 * width)
        mark = seen & (inward > 0.3 * width) & (inward < 2.5 * width)
        if min(np.count_nonzero(skin), np.count_nonzero(mark)) < 20:
            return mask
        far, _ = toward(lab, skin, mark)
        reach = max(3.0, 0.15 * radius)
        halfway = (_nearby(far, skin, reach) + _nearby(far, mark, reach)) / 2
        moved = np.where((inward < width) & (outward < width), far > halfway, mask) & seen
        smooth = cv2.GaussianBlur(moved.astype(np.float32), (0, 0), 1.5) > 0.5
        new = main_part(smooth, seen, mask.astype(np.float32) + 1e-3)
        if np.count_nonzero(new) < 0.3 * np.count_nonzero(mask):
            return mask
        mask = new
    return mask


def _nearby(values: FloatMap, where: Mask, reach: float) -> FloatMap:
    """Return the mean of the values of a mask near each place."""
    share = where.astype(np.float32)
    near = cv2.GaussianBlur(values * share, (0, 0), reach)
    return np.asarray(near / (cv2.GaussianBlur(share, (0, 0), reach) + 1e-4), np.float32)


def by_cut(pixels: Pixels, mask: Mask, seen: Mask) -> Mask:
    """Return an outline moved to the best cut between the colors on its two sides.

    References
    ----------
    Rother et al. 2004, GrabCut.
    """
    radius, inward, outward = radius_of(mask), depth_in(mask), depth_in(~mask)
    kinds = np.where(mask, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    kinds[inward > _CUT_SHARE * radius] = cv2.GC_FGD
    kinds[(outward > _CUT_SHARE * radius) | ~seen] = cv2.GC_BGD
    rows, columns = np.nonzero(outward < 3 * _CUT_SHARE * radius)
    box = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    part = kinds[box].copy()
    if (part % 2 == 1).all() or (part % 2 == 0).all():
        return mask
    cv2.setRNGSeed(1)
    first, second = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(np.ascontiguousarray(pixels[box]), part, (0, 0, 1, 1), first, second, 2, cv2.GC_INIT_WITH_MASK)
    cut = np.zeros(mask.shape, bool)
    cut[box] = part % 2 == 1
    return main_part(cut, seen, mask.astype(np.float32) + 1e-3)
