"""The jobs that the kernel and its rivals do: all tables and counts are made once, here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import MARGIN, candidates
from corneum.abrasion.kernel import TILE

FACE_CELLS = 70 * TILE  # 4480 x 4480 cells of 50 um: 502 cm2
PATCH_CELLS = 32 * TILE  # 2048 x 2048 cells of 10 um: 4 cm2
KEY = (np.uint32(7), np.uint32(0))


@dataclass(frozen=True)
class Job:
    """A dose on a map, and everything that is needed to let its grains strike."""

    name: str
    dose: NDArray[np.float32]
    peaks: NDArray[np.float32]
    counts: NDArray[np.int64]
    grains: NDArray[np.float32]
    stencil: NDArray[np.float32]

    @property
    def tiles(self) -> NDArray[np.int64]:
        return np.arange(self.counts.size)

    def empty_map(self) -> NDArray[np.float32]:
        down, across = self.counts.shape
        return np.zeros((down * TILE + 2 * MARGIN, across * TILE + 2 * MARGIN + 16), np.float32)

    def empty_books(self) -> NDArray[np.float64]:
        return np.zeros((self.counts.size, 2))


def even_dose(cells: int, grains_per_cell: float) -> NDArray[np.float32]:
    return np.full((cells, cells), grains_per_cell, np.float32)


def stroke_dose(cells: int, grains_per_cell: float, pitch_um: float) -> NDArray[np.float32]:
    """Return parallel strokes of a jet, 4 mm apart, 2.4 mm wide, at a speed that varies along the stroke."""
    x_mm = (np.arange(cells) + 0.5) * pitch_um * 1e-3
    across = np.exp(-0.5 * (((x_mm + 2) % 4 - 2) / 1.2) ** 2)
    along = 1 + 0.3 * np.sin(2 * np.pi * x_mm / 17)
    dose = along[:, None] * across[None, :]
    return np.asarray(dose * (grains_per_cell / dose.mean()), np.float32)


def make_job(name: str, dose: NDArray[np.float32], pitch_um: float) -> Job:
    """Return a job with grains of lognormal energy and contact radii of 25 to 40 um."""
    peaks, counts = candidates(dose, seed=7)
    grains = np.sort(np.random.default_rng(1).lognormal(0.0, 0.6, 1 << 15)).astype(np.float32)
    return Job(name, dose, peaks, counts, grains, make_stencil(np.linspace(25.0, 40.0, 8), pitch_um))


def all_jobs() -> list[Job]:
    return [
        make_job("whole face, 50 um, even", even_dose(FACE_CELLS, 5.0), 50.0),
        make_job("whole face, 50 um, strokes", stroke_dose(FACE_CELLS, 5.0, 50.0), 50.0),
        make_job("patch, 10 um, even", even_dose(PATCH_CELLS, 1.0), 10.0),
        make_job("patch, 10 um, strokes", stroke_dose(PATCH_CELLS, 1.0, 10.0), 10.0),
    ]
