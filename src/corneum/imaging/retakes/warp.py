"""Where every point of a photograph lies in a retake: the head turned in depth before the same lens."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates, spline_filter
from scipy.sparse import csr_array

from corneum.imaging.faces.face import Face

Floats = NDArray[np.float64]

_CELLS = 28
"""Knots of the depth across half a face."""
_FLAT_CELL_PX = 64.0
"""Pixels between knots where there is no face."""
_RIM = 0.8
"""Share of the landmarks that lie nearer than the level on which the rest of the picture is laid: beyond it the sides
of a face fall away so steeply that a turn would fold them."""
_SOFT = 1.5
"""Blur of the depth in cells (4 mm of a face): the map of positions must be smooth, and eyelids are not of interest."""
_STEP = 16
"""Pixels between points at which positions are inverted exactly; a cubic spline fills in."""
_ROUNDS = 6
"""Newton steps of the inversion; the last one moves by less than a thousandth of a pixel."""
_FAR = 10.0
"""Distance of the camera in widths of the face (1.4 m for a face of 14 cm): a clinic's portrait lens."""
_SMOOTHING = 3.0
"""Of the thin plate through the landmarks: they are noisy in depth by a few pixels."""


@dataclass(frozen=True)
class Depth:
    """How far the scene lies behind the plane of the picture, as a cubic spline.

    Parameters
    ----------
    knots
        Spline coefficients, shape (rows, columns), the second at pixel 0.
    cell_px
        Between knots.
    middle
        Column, row and depth of the point about which the head turns, px.
    camera_px
        Distance of the camera from the plane of the picture, px.
    """

    knots: Floats
    cell_px: float
    middle: tuple[float, float, float]
    camera_px: float

    def at(self, columns: Floats, rows: Floats) -> Floats:
        """Return the depth at pixel positions, px, in their shape; larger is farther."""
        places = np.stack([rows / self.cell_px + 1, columns / self.cell_px + 1])
        result: Floats = map_coordinates(self.knots, places, order=3, prefilter=False, mode="nearest")
        return result


def depth_of(shape: tuple[int, int], face: Face | None) -> Depth:
    """Return a smooth depth of a picture: through the landmarks of its face, level far from it; flat without a face.

    Parameters
    ----------
    shape
        Height and width, px.
    face
        Landmarks with depth, or None.
    """
    if face is None:
        flat = np.zeros((int(shape[0] / _FLAT_CELL_PX) + 4, int(shape[1] / _FLAT_CELL_PX) + 4))
        return Depth(flat, _FLAT_CELL_PX, (shape[1] / 2, shape[0] / 2, 0.0), _FAR * max(shape))
    points = face.points
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    center, half = (low + high) / 2, (high - low) / 2
    cell = float(half[0]) / _CELLS
    rows = np.arange(-1, int(shape[0] / cell) + 3) * cell
    columns = np.arange(-1, int(shape[1] / cell) + 3) * cell
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rim = float(np.quantile(points[:, 2], _RIM))
    around = [np.column_stack([center + far * half * ring, np.full(len(ring), rim)]) for far in (2.0, 4.0)]
    known = np.concatenate([np.column_stack([points[:, :2], np.minimum(points[:, 2], rim)]), *around])
    size = float(half[0])
    plate = RBFInterpolator(
        (known[:, :2] - center) / size, known[:, 2] / size, kernel="thin_plate_spline", smoothing=_SMOOTHING * 1e-3
    )
    across, down = np.meshgrid((columns - center[0]) / size, (rows - center[1]) / size)
    # Beyond the outer ring a thin plate would go on rising.
    stretch = np.minimum(1.0, 4.0 / np.maximum(np.hypot(across, down * half[0] / half[1]), 1e-9))
    asked = np.column_stack([(across * stretch).ravel(), (down * stretch).ravel()])
    deep = np.clip(size * plate(asked).reshape(across.shape), points[:, 2].min(), rim)
    depth = gaussian_filter(deep, _SOFT, mode="nearest")
    middle = (float(center[0]), float(center[1]), rim)
    return Depth(spline_filter(depth, order=3), cell, middle, _FAR * 2 * size)


@dataclass(frozen=True)
class Warp:
    """Positions in the retake of every point of the original.

    Parameters
    ----------
    depth
        Of the original.
    shape
        Height and width of both pictures, px.
    turns_deg
        Yaw (to the person's left is positive), pitch (chin up is positive), roll (clockwise as seen).
    nearer_ratio
        How many times larger the middle of the head appears.
    shift_px
        To the right and down.
    distortion_share
        Radial shift at a corner of the picture as a share of its distance from the center; negative is a barrel.
    """

    depth: Depth
    shape: tuple[int, int]
    turns_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    nearer_ratio: float = 1.0
    shift_px: tuple[float, float] = (0.0, 0.0)
    distortion_share: float = 0.0

    @cached_property
    def rotation(self) -> Floats:
        """The turn of the head, shape (3, 3): columns right, rows down, depth away."""
        yaw, pitch, roll = np.radians(self.turns_deg)
        about_down = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
        about_right = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
        about_depth = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
        return np.asarray(about_depth @ about_right @ about_down)

    def positions(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        """Return columns and rows in the retake of points of the original, px, in their shape.

        A center of a pixel is a whole number.
        """
        far = self.depth.camera_px
        at = np.array(self.depth.middle)
        height, width = self.shape
        across, down = (width - 1) / 2, (height - 1) / 2
        deep = self.depth.at(columns, rows)
        # Back through the lens to the point of the scene, about which the head turns, and through the lens again.
        reach = (far + deep) / far
        place = np.stack([(columns - across) * reach, (rows - down) * reach, deep])
        pivot = np.array([(at[0] - across) * (far + at[2]) / far, (at[1] - down) * (far + at[2]) / far, at[2]])
        pivot = pivot.reshape(3, *([1] * columns.ndim))
        x, y, z = np.einsum("ij,j...->i...", self.rotation, place - pivot) + pivot
        # A camera that comes nearer by one move enlarges what is near more than what is far.
        back = (far + at[2]) / self.nearer_ratio - at[2]
        x, y = x * far / (back + z) + self.shift_px[0], y * far / (back + z) + self.shift_px[1]
        bent = 1 + self.distortion_share * (x * x + y * y) / (across * across + down * down)
        return x * bent + across, y * bent + down

    def sources(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        """Return columns and rows in the original of points of the retake: `positions`, solved by Newton steps."""
        at = np.stack([columns, rows])
        guess = at.copy()
        for _ in range(_ROUNDS):
            here = np.stack(self.positions(guess[0], guess[1]))
            right = np.stack(self.positions(guess[0] + 0.5, guess[1])) - here
            below = np.stack(self.positions(guess[0], guess[1] + 0.5)) - here
            left = at - here
            area = right[0] * below[1] - right[1] * below[0]
            area = np.where(np.abs(area) < 1e-3, 1e-3, area)
            move = np.stack([left[0] * below[1] - left[1] * below[0], right[0] * left[1] - right[1] * left[0]]) / area
            guess = guess + np.clip(0.5 * move, -64, 64)
        return guess[0], guess[1]

    def maps(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return, for every pixel of the retake, its column and row in the original, shape (height, width) each."""
        height, width = self.shape
        rows = (np.arange(-1, -(-height // _STEP) + 2) + 0.5) * _STEP - 0.5
        columns = (np.arange(-1, -(-width // _STEP) + 2) + 0.5) * _STEP - 0.5
        grid = np.meshgrid(columns, rows)
        across, down = self.sources(*grid)
        at_rows, at_columns = _spline_weights(height, len(rows)), _spline_weights(width, len(columns))

        def filled(known: Floats) -> NDArray[np.float32]:
            knots = spline_filter(known, order=3).astype(np.float32)
            return np.asarray(at_rows @ np.ascontiguousarray((at_columns @ knots.T).T), dtype=np.float32)

        return filled(across), filled(down)


def _spline_weights(size: int, knots: int) -> csr_array:
    """Return the cubic spline's weights of every pixel on knots ``_STEP`` apart, the first one step before pixel 0."""
    place = (np.arange(size) + 0.5) / _STEP + 0.5
    first = np.floor(place).astype(int)
    t = place - first
    weights = np.stack([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3], axis=1) / 6
    # Beyond its ends a spline of `spline_filter` is mirrored.
    taps = np.abs(first[:, None] + np.arange(-1, 3))
    taps = np.where(taps > knots - 1, 2 * (knots - 1) - taps, taps)
    rows = np.repeat(np.arange(size), 4)
    return csr_array((weights.ravel().astype(np.float32), (rows, taps.ravel())), shape=(size, knots))
