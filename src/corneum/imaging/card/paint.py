"""A card painted into a picture, with known truth: for tests and for simulated retakes."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card import target
from corneum.imaging.card.layout import Kind, Layout, layout_of
from corneum.imaging.card.light import LEVELS, encode, plain_linear
from corneum.imaging.card.reference import ROWS
from corneum.imaging.photo import Pixels

_FINE = 2
"""Samples a pixel and axis, so that edges are as soft as a camera's."""
_AWAY_MM = 600.0
"""Camera to card: sets how strong the perspective of a tilted card is."""
_BOARD, _FRAME = 0.02, 0.12
"""Reflectance of the board between the patches, and its rim in shares of the patch pitch."""


def placed(
    kind: Kind,
    at: tuple[float, float],
    px_per_mm: float,
    *,
    turn_deg: float = 0.0,
    tilt_deg: float = 0.0,
    nod_deg: float = 0.0,
) -> NDArray[np.float64]:
    """Return where a painted card lies: the homography from mm of its layout to px, shape (3, 3).

    Parameters
    ----------
    kind
        Which card.
    at
        Column and row of its middle, px, pixel centers at whole numbers.
    px_per_mm
        At its middle, facing the camera.
    turn_deg, tilt_deg, nod_deg
        In the plane of the picture (clockwise), about the upright axis, about the level axis.
    """
    width, height = layout_of(kind).size_mm
    turn, tilt, nod = np.radians([turn_deg, tilt_deg, nod_deg])
    about_z = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(nod), -np.sin(nod)], [0, np.sin(nod), np.cos(nod)]])
    spatial = about_z @ about_y @ about_x
    # A point (x, y, 0) of the card, then depth over the camera's distance as the third row.
    flat = spatial[:, [0, 1]]
    view = np.array([[px_per_mm, 0, at[0]], [0, px_per_mm, at[1]], [0, 0, 1]])
    stand = np.column_stack([np.vstack([flat[:2], flat[2] / _AWAY_MM]), [0, 0, 1]])
    to_middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    placing: NDArray[np.float64] = view @ stand @ to_middle
    return placing


def paint_card(
    pixels: Pixels,
    kind: Kind,
    at: tuple[float, float],
    px_per_mm: float,
    *,
    turn_deg: float = 0.0,
    tilt_deg: float = 0.0,
    nod_deg: float = 0.0,
    light: float = 1.0,
    slope_share: tuple[float, float] = (0.0, 0.0),
) -> Pixels:
    """Return a copy of a picture with a card in it, as an ideal sRGB camera sees it in daylight.

    Parameters
    ----------
    pixels
        Shape (height, width, 3).
    kind
        Which card; ``colorchecker`` counts the distance between two patches as 1 mm.
    at, px_per_mm, turn_deg, tilt_deg, nod_deg
        As in `placed`.
    light
        Light on the card: 1 makes a perfect white just 255.
    slope_share
        Change of that light from the card's middle to its right and lower edge, as shares.
    """
    face = _face(layout_of(kind), _FINE * px_per_mm)
    to_px = placed(kind, at, px_per_mm, turn_deg=turn_deg, tilt_deg=tilt_deg, nod_deg=nod_deg)
    across = np.linspace(-1, 1, face.linear.shape[1])[None, :, None] * slope_share[0]
    down = np.linspace(-1, 1, face.linear.shape[0])[:, None, None] * slope_share[1]
    lit = face.linear * (light * (1 + across + down)).astype(np.float32)
    step = 1 / face.px_per_mm
    to_mm = np.array([[step, 0, step / 2 - face.rim_mm], [0, step, step / 2 - face.rim_mm], [0, 0, 1]])
    return _blended(pixels, lit, to_px @ to_mm)


@dataclass(frozen=True)
class _Face:
    """A card seen straight on, in linear light; its rim lies outside the layout's field."""

    linear: NDArray[np.float32]
    px_per_mm: float
    rim_mm: float


def _face(layout: Layout, px_per_mm: float) -> _Face:
    printed = layout.kind == "target"
    rim = 0.0 if printed else _FRAME * layout.size_mm[1] / ROWS
    width, height = (max(1, round((side + 2 * rim) * px_per_mm)) for side in layout.size_mm)
    ground = layout.linear.max() if printed else _BOARD
    face = _Face(np.full((height, width, 3), ground, np.float32), px_per_mm, rim)
    half = np.array(layout.patch_mm) / 2
    for center, color in zip(layout.centers_mm, layout.linear, strict=True):
        _fill(face, center - half, layout.patch_mm, color)
    for box in (*target.markers(), *target.ruler()) if printed else ():
        ink = layout.linear.max(axis=0) if box.level else layout.linear.min(axis=0)
        _fill(face, np.array([box.left_mm, box.top_mm]), (box.width_mm, box.height_mm), ink)
    return face


def _fill(
    face: _Face, corner_mm: NDArray[np.float64], size_mm: tuple[float, float], color: NDArray[np.float64]
) -> None:
    """Lay a rectangle on the face; pixels at its edge are covered in part."""
    starts = (corner_mm + face.rim_mm) * face.px_per_mm
    ends = starts + np.array(size_mm) * face.px_per_mm
    cover = []
    for start, end, many in zip(starts, ends, face.linear.shape[1::-1], strict=True):
        cells = np.arange(many)
        cover.append(np.clip(np.minimum(cells + 1, end) - np.maximum(cells, start), 0, 1))
    rows, columns = np.flatnonzero(cover[1]), np.flatnonzero(cover[0])
    here = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    share = np.outer(cover[1], cover[0])[here][:, :, None].astype(np.float32)
    face.linear[here] += share * (color.astype(np.float32) - face.linear[here])


def _blended(pixels: Pixels, lit: NDArray[np.float32], to_px: NDArray[np.float64]) -> Pixels:
    """Return a copy of the picture with ``lit`` (linear light) laid into it by a homography from its pixels."""
    height, width = lit.shape[:2]
    ends = np.array([(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)])
    outline = cv2.perspectiveTransform(ends[None], to_px)[0]
    low = np.maximum(np.floor(outline.min(axis=0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + 2, np.array(pixels.shape[1::-1]))
    painted = pixels.copy()
    if (high <= low).any():
        return painted
    # Pixel centers stay where they are when the view is shrunk: (x + 0.5) * fine - 0.5.
    shift = (_FINE - 1) / 2
    finer = np.array([[_FINE, 0, shift - _FINE * low[0]], [0, _FINE, shift - _FINE * low[1]], [0, 0, 1]])
    columns, rows = (int(side) for side in high - low)
    fine = (columns * _FINE, rows * _FINE)
    covered = np.ones((height, width), np.float32)
    # The colors go on beyond the rim, so that the rim is not mixed with black twice.
    view = cv2.warpPerspective(lit, finer @ to_px, fine, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.warpPerspective(covered, finer @ to_px, fine, flags=cv2.INTER_LINEAR)[:, :, None]
    seen = cv2.resize(view * share, (columns, rows), interpolation=cv2.INTER_AREA)
    share = cv2.resize(share, (columns, rows), interpolation=cv2.INTER_AREA)[:, :, None]
    here = np.s_[low[1] : high[1], low[0] : high[0]]
    mixed = seen + (1 - share) * plain_linear(np.ascontiguousarray(painted[here]))
    painted[here] = np.where(share > 0, np.rint(encode(mixed) * (LEVELS - 1)), painted[here]).astype(np.uint8)
    return painted
