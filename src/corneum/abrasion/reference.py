"""The kernel's job in plain Python: the same grains at the same places, one after the other, in float64.

It is read to understand the kernel and run to test it; it is some thousand times slower.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.grid import Struck, check_job

_TILE = 64
_STEPS = 2**17


def strike_reference(
    dose: NDArray[np.float32],
    grain_energy_j: NDArray[np.float64],
    stencil: NDArray[np.float32],
    *,
    pitch_um: float,
    seed: int,
) -> Struck:
    """Return what `corneum.abrasion.grid.strike` returns, worked out grain by grain.

    Parameters
    ----------
    dose
        Expected grains per cell, shape (ny, nx).
    grain_energy_j
        Energy that each representative grain brings to the skin, shape (2**15,), J.
    stencil
        Footprints, shape (8, 8, 8, rows, width).
    pitch_um
        Edge of a cell, um.
    seed
        Any integer; only its lower 64 bits count.

    Raises
    ------
    GridError
        As `corneum.abrasion.grid.strike`.

    References
    ----------
    Philox4x32-10: Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3.
    """
    check_job(dose, grain_energy_j, stencil, pitch_um)
    ny, nx = dose.shape
    reach = stencil.shape[3] // 2
    rows = 2 * reach + 1
    wide = np.zeros((ny + 2 * reach, nx + 2 * reach))
    impacts, brought_j = 0, 0.0
    for row, col, sub_y, sub_x, grain in _grains_that_strike(dose, seed):
        energy_j = float(grain_energy_j[grain])
        size = grain * 8 // grain_energy_j.size
        footprint = stencil[size, sub_y, sub_x, :, :rows].astype(np.float64)
        wide[row : row + rows, col : col + rows] += energy_j * footprint
        impacts += 1
        brought_j += energy_j
    zone = wide[reach : reach + ny, reach : reach + nx]
    cell_m2 = (pitch_um * 1e-6) ** 2
    return Struck((zone / cell_m2).astype(np.float32), impacts, brought_j, float(wide.sum() - zone.sum()))


def _grains_that_strike(dose: NDArray[np.float32], seed: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield cell (row, column), place in the cell (y, x in eighths) and representative of every grain."""
    ny, nx = dose.shape
    tiles = [(row0, col0) for row0 in range(0, ny, _TILE) for col0 in range(0, nx, _TILE)]
    peaks = [float(dose[row0 : row0 + _TILE, col0 : col0 + _TILE].max()) for row0, col0 in tiles]
    rng = np.random.Generator(np.random.Philox(key=seed % 2**64))
    counts = rng.poisson(np.array(peaks) * _TILE**2).tolist()
    for tile, ((row0, col0), peak, count) in enumerate(zip(tiles, peaks, counts, strict=True)):
        counters = (np.arange((count + 1) // 2), tile, 0, 0)
        words = philox_reference(counters, (seed % 2**32, (seed >> 32) % 2**32))
        # The four words of a counter are place and choice of two candidates.
        for place, choice in words.T.reshape(-1, 2)[:count].tolist():
            row, col = row0 + place // 2**12 % 64, col0 + place // 2**6 % 64
            limit = math.floor(float(dose[row, col]) * (_STEPS / peak) + 0.5) if row < ny and col < nx else 0
            if choice // 2**15 < limit:
                yield row, col, place // 8 % 8, place % 8, choice % 2**15


def philox_reference(counter: tuple[NDArray[np.int64] | int, ...], key: tuple[int, int]) -> NDArray[np.uint64]:
    """Return the four words of Philox4x32-10.

    Parameters
    ----------
    counter
        Four words of 32 bits; integers or arrays of one shape.
    key
        Two words of 32 bits.

    Returns
    -------
    numpy.ndarray
        Shape (4, ...), each word below 2**32.

    References
    ----------
    Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3; known answers of the Random123 library.

    Examples
    --------
    >>> [f"{int(word):08x}" for word in philox_reference((0, 0, 0, 0), (0, 0))]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    a, b, c, d = np.broadcast_arrays(*(np.asarray(word).astype(np.uint64) for word in counter))
    low = np.uint64(2**32 - 1)
    for step in range(10):
        key_a, key_c = (np.uint64((k + step * w) % 2**32) for k, w in zip(key, (0x9E3779B9, 0xBB67AE85), strict=True))
        from_a, from_c = a * np.uint64(0xD2511F53), c * np.uint64(0xCD9E8D57)
        a, b = (from_c >> np.uint64(32)) ^ b ^ key_a, from_c & low
        c, d = (from_a >> np.uint64(32)) ^ d ^ key_c, from_a & low
    return np.stack([a, b, c, d])
