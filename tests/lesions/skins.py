"""A piece of drawn skin with several marks, seen twice: with what changed in between, from nearer, in other light."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.lesions.dermoscopy import MELANIN, TONES, _camera, _noise, _sigmoid, _to_linear

PX_PER_MM = 10.0


@dataclass(frozen=True)
class Spot:
    """A drawn mark: column and row in mm, diameter in mm, density."""

    column: float
    row: float
    diameter_mm: float = 3.0
    density: float = 0.6


@dataclass(frozen=True)
class Zoom:
    """A map of places that stands in for an alignment: larger, and shifted; residual in px."""

    larger: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    residual_px: float = 0.2

    def positions(self, columns: NDArray[np.floating], rows: NDArray[np.floating]):
        return (
            np.asarray(self.larger * columns + self.shift[0], np.float32),
            np.asarray(self.larger * rows + self.shift[1], np.float32),
        )


def piece(spots, *, seed=0, tone="light", size_mm=(40.0, 30.0), zoom: Zoom | None = None) -> NDArray[np.uint8]:
    """Draw skin with marks; the same seed is the same skin, and another zoom another photograph of it."""
    zoom = zoom or Zoom()
    rng = np.random.default_rng([seed, 53])
    shape = round(size_mm[1] * PX_PER_MM), round(size_mm[0] * PX_PER_MM)
    mottle = 0.03 * _noise(rng, shape, 60) + 0.02 * _noise(rng, shape, 15) + 0.01 * np.abs(_noise(rng, shape, 6))
    for spot in spots:
        rows, columns = np.ogrid[: shape[0], : shape[1]]
        away = np.hypot(columns / PX_PER_MM - spot.column, rows / PX_PER_MM - spot.row)
        mottle = mottle + spot.density * _sigmoid((spot.diameter_mm / 2 - away) / 0.12)
    light = _to_linear(np.array(TONES[tone])) * np.exp(-mottle[..., None] * MELANIN)
    moved = np.array([[zoom.larger, 0, zoom.shift[0]], [0, zoom.larger, zoom.shift[1]]])
    seen = cv2.warpAffine(light.astype(np.float32), moved, shape[::-1], borderMode=cv2.BORDER_REFLECT)
    return _camera(np.random.default_rng([seed, round(1e4 * zoom.larger), 54]), seen, sharp=True)
