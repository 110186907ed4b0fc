"""The map: a zone of skin cut into square cells, and the grains that strike it."""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.intrinsics import LANE
from corneum.abrasion.kernel import FOOTPRINTS, GRAIN_BITS, REACH_LIMIT, SUB, TILE, strike_tiles

MARGIN = TILE // 2
"""Cells around the zone that catch the footprints of grains at its edge."""
DOSE_LIMIT = float(1 << 20)
"""Most grains per cell: beyond it float32 sums lose small grains, and a tile's random counter could wrap."""
# An odd number of 64-byte lines per row keeps the rows of a tile in different sets of the cache.
_ODD_LINE = 16
_PARTS_PER_THREAD = 4


class GridError(ValueError):
    """A map that cannot be made: its pitch, dose, grains or footprints are impossible."""


@dataclass(frozen=True)
class Struck:
    """The energy that grains brought to a zone of skin.

    Parameters
    ----------
    energy_j_m2
        Energy that reached the skin, shape (ny, nx), J/m2.
    impacts
        Number of grains that struck the zone.
    brought_j
        Energy that those grains brought, J: summed grain by grain, apart from the map. The map's energy and
        ``spilled_j`` add up to it, but for the rounding of the map's float32 sums.
    spilled_j
        Part of it that fell beyond the edge of the zone, J.
    """

    energy_j_m2: NDArray[np.float32]
    impacts: int
    brought_j: float
    spilled_j: float


def strike(
    dose: NDArray[np.float32],
    grain_energy_j: NDArray[np.float64],
    stencil: NDArray[np.float32],
    *,
    pitch_um: float,
    seed: int,
    threads: int | None = None,
) -> Struck:
    """Let every grain of a session strike the zone, and return the energy that they brought.

    The number of grains in a cell is Poisson distributed with the dose as mean; each lies anywhere in the cell
    (to an eighth of its edge) and is any of the representative grains. Same seed, same map to the last bit, for
    any number of threads. Doses are resolved to 1/131072 of the largest within 64 by 64 cells.

    Parameters
    ----------
    dose
        Expected grains per cell, shape (ny, nx), at least 0, at most 2**20.
    grain_energy_j
        Energy that each representative grain brings to the skin, shape (2**15,), J, sorted by grain size.
    stencil
        Footprints, shape (8, 8, 8, rows, width), each of sum 1 (`corneum.abrasion.footprint.make_stencil`).
    pitch_um
        Edge of a cell, um.
    seed
        Any integer; only its lower 64 bits count.
    threads
        Threads to use; all cores if None.

    Raises
    ------
    GridError
        If the dose, the pitch, the grains, the footprints or the number of threads is impossible.

    References
    ----------
    Philox counters: Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3. No evidence row: the job is
    physics-free, its inputs carry the rows.
    """
    check_job(dose, grain_energy_j, stencil, pitch_um)
    if threads is not None and threads < 1:
        raise GridError(f"the number of threads must be at least 1, not {threads}")
    ny, nx = dose.shape
    rows, width = stencil.shape[3:]
    cell_m2 = (pitch_um * 1e-6) ** 2
    peaks, counts = candidates(dose, seed)
    down, across = peaks.shape
    energy = np.zeros((down * TILE + 2 * MARGIN, across * TILE + 2 * MARGIN + _ODD_LINE), np.float32)
    books = np.zeros((down * across, 2))
    # Writeable copies where needed: a read-only array is another type to Numba, and would compile once more.
    flat_dose = np.require(dose, np.float32, ["C", "W"])
    flat_stencil = np.require(stencil, np.float32, ["C", "W"]).reshape(-1)
    per_cell = (grain_energy_j / cell_m2).astype(np.float32)
    key0, key1 = np.uint32(seed & 0xFFFFFFFF), np.uint32((seed >> 32) & 0xFFFFFFFF)

    def run(tiles: NDArray[np.int64]) -> None:
        strike_tiles(
            energy, MARGIN, flat_dose, tiles, counts.ravel(), peaks.ravel(), per_cell, flat_stencil,
            rows, width // LANE, key0, key1, books,
        )  # fmt: skip

    _run_by_color(run, counts, threads or os.cpu_count() or 1)
    impacts, brought = books.sum(axis=0)
    inside = energy[MARGIN : MARGIN + ny, MARGIN : MARGIN + nx]
    return Struck(inside, int(impacts), float(brought * cell_m2), _sum_around(energy, ny, nx) * cell_m2)


def candidates(dose: NDArray[np.float32], seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the largest dose and the number of candidate grains of every tile.

    A tile's candidates are Poisson distributed as if its largest dose held in every cell; the kernel keeps each
    with the chance that the dose at its place demands.

    Parameters
    ----------
    dose
        Expected grains per cell, shape (ny, nx).
    seed
        Any integer.

    Returns
    -------
    tuple
        Largest dose and count, both of shape (tiles down, tiles across).
    """
    ny, nx = dose.shape
    down = np.maximum.reduceat(dose, np.arange(0, ny, TILE), axis=0)
    peaks = np.ascontiguousarray(np.maximum.reduceat(down, np.arange(0, nx, TILE), axis=1), np.float32)
    rng = np.random.Generator(np.random.Philox(key=seed % (1 << 64)))
    return peaks, rng.poisson(peaks.astype(np.float64) * (TILE * TILE))


def check_job(
    dose: NDArray[np.float32], grain_energy_j: NDArray[np.float64], stencil: NDArray[np.float32], pitch_um: float
) -> None:
    """Raise `GridError` if the kernel cannot do this job; it checks nothing itself."""
    if not (math.isfinite(pitch_um) and pitch_um > 0):
        raise GridError(f"the pitch must be a positive number of um, not {pitch_um}")
    if dose.ndim != 2 or dose.size == 0:
        raise GridError(f"the dose must be a map with rows and columns, not of shape {dose.shape}")
    low, high = float(dose.min()), float(dose.max())
    if not (low >= 0 and high <= DOSE_LIMIT):
        raise GridError(
            f"the dose must be from 0 to {DOSE_LIMIT:.0f} grains per cell, not {low:g} to {high:g}; "
            "a finer pitch has fewer grains per cell"
        )
    if grain_energy_j.shape != (1 << GRAIN_BITS,) or not 0 <= grain_energy_j.min() <= grain_energy_j.max() < math.inf:
        raise GridError(f"{1 << GRAIN_BITS} grains with finite energies of at least 0 are needed")
    _check_stencil(stencil)


def _check_stencil(stencil: NDArray[np.float32]) -> None:
    rows, width = stencil.shape[-2:] if stencil.ndim == 5 else (0, 0)
    if stencil.shape[:3] != (FOOTPRINTS, SUB, SUB) or rows % 2 != 1 or width != math.ceil(rows / LANE) * LANE:
        raise GridError(f"footprints of shape {stencil.shape} do not come from make_stencil")
    if rows > 2 * REACH_LIMIT + 1:
        raise GridError(f"footprints may reach over {REACH_LIMIT} cells, not {rows // 2}: take a coarser pitch")
    if not (stencil.min() >= 0 and np.allclose(stencil.sum(axis=(3, 4)), 1.0, atol=1e-4)):
        raise GridError("the shares of every footprint must be at least 0 and sum to 1")


def _sum_around(energy: NDArray[np.float32], ny: int, nx: int) -> float:
    middle = energy[MARGIN : MARGIN + ny]
    around = (energy[:MARGIN], energy[MARGIN + ny :], middle[:, :MARGIN], middle[:, MARGIN + nx :])
    return sum(float(part.sum(dtype=np.float64)) for part in around)


def _run_by_color(run: Callable[[NDArray[np.int64]], None], counts: NDArray[np.int64], threads: int) -> None:
    """Run the tiles that hold grains; every second one in each direction at a time, so that none touch."""
    index = np.arange(counts.size).reshape(counts.shape)
    with ThreadPoolExecutor(threads) as pool:
        for color in ((0, 0), (0, 1), (1, 0), (1, 1)):
            tiles = index[color[0] :: 2, color[1] :: 2]
            busy = tiles[counts[color[0] :: 2, color[1] :: 2] > 0]
            parts = np.array_split(busy, min(busy.size, _PARTS_PER_THREAD * threads) or 1)
            list(pool.map(run, parts))
