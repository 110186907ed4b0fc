"""A ColorChecker in a photograph: proposed by OpenCV, measured again at full size, and refused if in doubt."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.layout import Layout, layout_of
from corneum.imaging.card.light import LEVELS, decode
from corneum.imaging.card.reference import COLUMNS, ROWS
from corneum.imaging.card.sampling import Patches, read_patches
from corneum.imaging.photo import Pixels

_SIDES = (1000, 2000)
"""Longer side at which the card is looked for: the second only if the first finds none."""
_PROPOSALS = 3
_LONGEST_STRIP = 5.0
"""Longer over shorter side: OpenCV enlarges by the shorter side, and a narrow strip would fill the memory."""
_BOX_PITCH, _BOX_EDGE, _BOX_SIZE = 2.75, 0.125, (16.75, 11.25)
"""OpenCV's model of the chart: pitch, edge before the field of patches, and size, in its own unit."""
_VIEW, _RIM = 32, 16
"""Pixels a pitch, and rim, of the view in which the patches are outlined."""
_APART, _SAME = 25, 0.4
"""Least levels between a patch and the board, and the share of that distance inside which a pixel is patch."""
_AREA = (0.55, 1.05)
"""Smallest and largest area of an outlined patch, in squares of the pitch."""
_LEAST_OUTLINED, _WORST_GRID, _STRAY = 14, 0.05, 0.1
"""Patches that must be outlined; their root mean square distance from the grid and the most of one, in pitches."""
_ROUNDS = 2
_LEAST_PITCH_PX = 8.0
_LONGEST_RATIO = 1.6
"""Of the pitches across and along: a card that is tilted more than about 50 degrees is not read."""
_LEAST_ALIKE, _LEAST_RANGE = 0.88, 8.0
"""Correlation with the published colors in every channel, and white over black in linear light."""
_MOST_SPREAD = 14.0
"""Levels inside a patch (median over the patches)."""


def find_checker(pixels: Pixels) -> tuple[NDArray[np.float64], float] | None:
    """Return where a ColorChecker is: the homography from pitches to px, and the error of its grid in pitches.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    """
    shortest, longest = sorted(pixels.shape[:2])
    if shortest < ROWS * _LEAST_PITCH_PX or longest > _LONGEST_STRIP * shortest:
        return None
    for side in _SIDES:
        factor = min(1.0, side / longest)
        for rough in _proposals(pixels, factor):
            found = _measured(pixels, rough)
            if found is not None:
                return found
        if factor == 1.0:
            break
    return None


def _proposals(pixels: Pixels, factor: float) -> list[NDArray[np.float64]]:
    small = pixels if factor == 1 else cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    detector = cv2.mcc.CCheckerDetector.create()
    if not detector.process(np.ascontiguousarray(small[:, :, ::-1]), cv2.mcc.MCC24, _PROPOSALS):
        return []
    width, height = _BOX_SIZE
    unit = np.array([(0, 0), (width, 0), (width, height), (0, height)])
    field = ((unit - _BOX_EDGE) / _BOX_PITCH).astype(np.float32)
    found = []
    for checker in detector.getListColorChecker():
        # Pixel centers are at whole numbers at both sizes.
        corners = (np.asarray(checker.getBox(), float) + 0.5) / factor - 0.5
        found.append(cv2.getPerspectiveTransform(field, corners.astype(np.float32)).astype(float))
    return found


def _measured(pixels: Pixels, rough: NDArray[np.float64]) -> tuple[NDArray[np.float64], float] | None:
    layout = layout_of("colorchecker")
    to_px, error = rough, np.inf
    for _ in range(_ROUNDS):
        if not _possible(pixels, to_px):
            return None
        nearer = _refitted(pixels, layout, to_px)
        if nearer is None:
            return None
        to_px, error = nearer
    if error > _WORST_GRID or not _possible(pixels, to_px):
        return None
    turned = to_px @ np.array([[-1.0, 0, COLUMNS], [0, -1.0, ROWS], [0, 0, 1]])
    best = max((to_px, turned), key=lambda one: _alike(read_patches(pixels, layout, one), layout))
    patches = read_patches(pixels, layout, best)
    return (best, error) if _is_card(patches, layout) else None


def _refitted(pixels: Pixels, layout: Layout, to_px: NDArray[np.float64]) -> tuple[NDArray[np.float64], float] | None:
    """Return a homography through the patches that stand out, and the error of their grid in pitches."""
    places, seen = _outlined(pixels, to_px)
    if len(places) < _LEAST_OUTLINED:
        return None
    known = layout.centers_mm[places]
    fitted, kept = cv2.findHomography(known, seen, cv2.RANSAC, _STRAY * _pitches(to_px).min())
    nearer, inside = np.asarray(fitted, float), np.asarray(kept, bool).ravel()
    if nearer.shape != (3, 3) or inside.sum() < _LEAST_OUTLINED or np.linalg.det(nearer) <= 0:
        return None
    back = cv2.perspectiveTransform(seen[None, inside], np.linalg.inv(nearer))[0]
    return nearer, float(np.sqrt(np.mean(np.sum((back - known[inside]) ** 2, axis=1))))


def _pitches(to_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return px between the two middle patches across and along."""
    middle = np.array([[(2.5, 2), (3.5, 2), (3, 1.5), (3, 2.5)]], float)
    left, right, top, low = cv2.perspectiveTransform(middle, to_px)[0]
    return np.array([np.linalg.norm(right - left), np.linalg.norm(low - top)])


def _possible(pixels: Pixels, to_px: NDArray[np.float64]) -> bool:
    """Whether a card can lie so: inside the picture, unmirrored, convex, large enough and not too tilted."""
    field = np.array([[(0, 0), (COLUMNS, 0), (COLUMNS, ROWS), (0, ROWS)]], float)
    corners = cv2.perspectiveTransform(field, to_px)[0]
    inside = (corners > -_RIM).all() and (corners < np.array(pixels.shape[1::-1]) + _RIM).all()
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    pitches = _pitches(to_px)
    large = pitches.min() >= _LEAST_PITCH_PX and pitches.max() <= _LONGEST_RATIO * pitches.min()
    return bool(np.isfinite(corners).all() and inside and (turns > 0).all() and large)


def _outlined(pixels: Pixels, to_px: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return which patches stand out from the board, and their middles in px."""
    view_of = np.array([[_VIEW, 0, _RIM - 0.5], [0, _VIEW, _RIM - 0.5], [0, 0, 1]])
    size = (COLUMNS * _VIEW + 2 * _RIM, ROWS * _VIEW + 2 * _RIM)
    to_view = view_of @ np.linalg.inv(to_px)
    view = cv2.warpPerspective(pixels, to_view, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    level = cv2.blur(view, (3, 3)).astype(np.int16)
    crossings = level[_RIM + _VIEW : -_RIM - 1 : _VIEW, _RIM + _VIEW : -_RIM - 1 : _VIEW].reshape(-1, 3)
    board: NDArray[np.float64] = np.median(crossings, axis=0)
    places, middles = [], []
    for place in range(ROWS * COLUMNS):
        row, column = divmod(place, COLUMNS)
        middle = _middle_of_patch(level[row * _VIEW :, column * _VIEW :][: 2 * _RIM + _VIEW, : 2 * _RIM + _VIEW], board)
        if middle is not None:
            places.append(place)
            middles.append(middle + np.array([column, row]) * _VIEW)
    seen = np.array(middles, float).reshape(-1, 2)
    back = cv2.perspectiveTransform(seen[None], np.linalg.inv(to_view))[0] if places else seen
    return np.array(places, int), back


def _middle_of_patch(window: NDArray[np.int16], board: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return column and row of the middle of the even area at a window's middle; None if it is no patch."""
    center = window.shape[0] // 2
    near = window[center - 3 : center + 4, center - 3 : center + 4].reshape(-1, 3)
    color = np.median(near, axis=0)
    apart = np.abs(color - board).max()
    if apart < _APART:
        return None
    off = np.abs(window - color).max(axis=2)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((off < _SAME * apart).astype(np.uint8), connectivity=4)
    mine = labels[center, center]
    if mine == 0 or not _AREA[0] <= stats[mine, cv2.CC_STAT_AREA] / _VIEW**2 <= _AREA[1]:
        return None
    # The soft edge is counted by its share, so that the middle is not tied to whole pixels.
    near_it = cv2.dilate((labels == mine).astype(np.uint8), np.ones((5, 5), np.uint8))
    share = np.clip(1 - off / apart, 0, 1) * near_it
    rows, columns = np.indices(share.shape)
    middle: NDArray[np.float64] = np.array([(share * columns).sum(), (share * rows).sum()]) / share.sum()
    return middle


def _alike(patches: Patches, layout: Layout) -> float:
    """Return the least correlation of a channel with the published colors, in cube roots of linear light."""
    seen, known = np.cbrt(decode(patches.rgb / (LEVELS - 1))), np.cbrt(np.maximum(layout.linear, 0))
    with np.errstate(invalid="ignore"):
        each = [np.corrcoef(seen[:, channel], known[:, channel])[0, 1] for channel in range(3)]
    return float(np.nan_to_num(min(each), nan=-1.0))


def _is_card(patches: Patches, layout: Layout) -> bool:
    grays = decode(patches.rgb[-COLUMNS:] / (LEVELS - 1)).mean(axis=1)
    falling = (np.diff(grays) < 0).all() and grays[0] >= _LEAST_RANGE * grays[-1]
    return bool(falling and np.median(patches.spread) <= _MOST_SPREAD and _alike(patches, layout) >= _LEAST_ALIKE)
