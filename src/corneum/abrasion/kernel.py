"""The fast kernel: every grain of a session books the energy it brings to the skin, tile by tile.

Energy is additive, so the order of impacts does not matter; what the energy removes is worked out afterwards
(decision 0004). Tiles of one color share no cell: threads write without locks, and the sum of each cell is
formed in the same order whatever their number (decision 0005).

Everything is unsigned: Numba adds a test for negative numbers to every signed index.
"""

import numba as nb
import numpy as np

from corneum.abrasion.intrinsics import LANE, add_scaled_row, philox_words

TILE = 64
"""Cells along one edge of a tile."""
SUB = 8
"""Places distinguished inside a cell along one axis."""
GRAIN_BITS = 15
"""log2 of the number of representative grains."""
FOOTPRINTS = 8
"""Footprint sizes distinguished (equal shares of the grains by size)."""
REACH_LIMIT = TILE // 2 - 1
"""Largest reach of a footprint, in cells: the next tile of the same color lies beyond it."""
CHUNK = 512
"""Random counters drawn at a time; each serves two grains."""
WHOLE = 1 << (32 - GRAIN_BITS)
"""Steps of the chance with which a candidate grain is kept."""

_U32, _U64 = np.uint32, np.uint64
_LANE, _TILE_MASK, _SUB_MASK = _U64(LANE), _U32(TILE - 1), _U32(SUB * SUB - 1)
_CELL_MASK, _GRAIN_MASK = _U32(TILE * TILE - 1), _U32((1 << GRAIN_BITS) - 1)
_TILE_BITS, _SUB_BITS, _GRAIN_BITS = _U32(6), _U32(6), _U32(GRAIN_BITS)
_SIZE_BITS = _U32(GRAIN_BITS - 3)
# One workspace with four parts of 2 * CHUNK: separate arrays would keep LLVM from vectorizing the draw.
_HALF, _PRINT, _GRAIN, _CHANCE = _U64(CHUNK), _U64(2 * CHUNK), _U64(4 * CHUNK), _U64(6 * CHUNK)


@nb.njit(cache=True, nogil=True)
def strike_tiles(energy, margin, dose, tiles, counts, peaks, grains, stencil, rows, vectors, key0, key1, books):
    """Book the grains of some tiles; no other thread may work on tiles of another color at the same time.

    Parameters
    ----------
    energy
        Map (float32, C order) with ``margin`` cells on all sides; J/m2 are added in place.
    dose
        Expected grains per cell, shape (ny, nx), float32, C order.
    tiles
        (m,) int64 indices of the tiles to run, row-major.
    counts, peaks
        Candidate grains (int64) and largest dose per cell (float32) of every tile.
    grains
        (2**GRAIN_BITS,) float32 energy that each representative grain brings to the skin, over the cell area, J/m2;
        sorted by size, so that the upper bits of the index name the footprint.
    stencil
        Flat float32 footprints (FOOTPRINTS, SUB, SUB, rows, vectors * LANE), each of sum 1.
    key0, key1
        The seed, two uint32.
    books
        (tiles, 2) float64: grains that struck and energy they brought (J/m2 times cells), added per tile.
    """
    work = np.empty(8 * CHUNK, np.uint32)
    limits = np.empty(TILE * TILE, np.uint32)
    picked = np.empty(CHUNK + 1, np.uint64)
    flat, stride = energy.reshape(-1), energy.shape[1]
    across = (dose.shape[1] + TILE - 1) // TILE
    inset = margin - (rows - 1) // 2
    for tile in tiles:
        candidates = counts[tile]
        if candidates == 0:
            continue
        row0, col0 = tile // across * TILE, tile % across * TILE
        thin = _set_limits(limits, dose, row0, col0, peaks[tile])
        corner = (row0 + inset) * stride + col0 + inset
        for first in range(0, (candidates + 1) // 2, CHUNK):
            left = candidates - 2 * first
            _draw(work, min(CHUNK, (left + 1) // 2), first, tile, key0, key1)
            for half in range(2):
                kept = _pick(picked, work, limits, thin, half * CHUNK, min(CHUNK, (left + 1 - half) // 2))
                books[tile, 0] += kept
                books[tile, 1] += _spread(
                    flat, _U64(corner), _U64(stride), grains, stencil, _U64(rows), _U64(vectors),
                    work, picked, kept,
                )  # fmt: skip


@nb.njit(cache=True, nogil=True)
def _set_limits(limits, dose, row0, col0, peak):
    """Set the chance, of WHOLE, that a candidate is kept in each cell of a tile; return whether any is below 1."""
    scale = WHOLE / np.float64(peak)
    down, wide = min(TILE, dose.shape[0] - row0), min(TILE, dose.shape[1] - col0)
    least = np.int32(WHOLE if down == wide == TILE else 0)
    limits[:] = 0
    for row in range(down):
        line = dose[row0 + row, col0 : col0 + wide]
        for col in range(wide):
            limit = np.int32(line[col] * scale + 0.5)
            limits[row * TILE + col] = limit
            least = min(least, limit)
    return least < WHOLE


@nb.njit(cache=True, nogil=True)
def _draw(work, count, first, tile, key0, key1):
    """Draw place, footprint, grain and chance of two candidates per counter."""
    for lane in range(_U64(count)):
        w0, w1, w2, w3 = philox_words(_U32(first) + _U32(lane), _U32(tile), key0, key1)
        _decode(work, lane, w0, w1)
        _decode(work, lane + _HALF, w2, w3)


@nb.njit(cache=True, inline="always")
def _decode(work, at, place, choice):
    grain = choice & _GRAIN_MASK
    work[at] = (place >> _SUB_BITS) & _CELL_MASK
    work[at + _PRINT] = (grain >> _SIZE_BITS) << _SUB_BITS | (place & _SUB_MASK)
    work[at + _GRAIN] = grain
    work[at + _CHANCE] = choice >> _GRAIN_BITS


@nb.njit(cache=True, nogil=True)
def _pick(picked, work, limits, thin, begin, count):
    """List the candidates that are kept, without a branch, and return how many there are."""
    kept = _U64(0)
    if not thin:
        for i in range(_U64(count)):
            picked[i] = i + _U64(begin)
        return _U64(count)
    for i in range(_U64(begin), _U64(begin + count)):
        picked[kept] = i
        kept += _U64(work[i + _CHANCE] < limits[work[i]])
    return kept


@nb.njit(cache=True, nogil=True)
def _spread(energy, corner, stride, grains, stencil, rows, vectors, work, picked, kept):
    """Add the footprints of the picked grains to the map, and return the sum of their energies."""
    # Constants instead of variables let LLVM unroll the usual footprints (pitch of 20 um and more).
    if vectors == 1:
        if rows == 3:
            return _spread_rows(energy, corner, stride, grains, stencil, _U64(3), _U64(1), work, picked, kept)
        if rows == 5:
            return _spread_rows(energy, corner, stride, grains, stencil, _U64(5), _U64(1), work, picked, kept)
        return _spread_rows(energy, corner, stride, grains, stencil, rows, _U64(1), work, picked, kept)
    if vectors == 2:
        if rows == 9:
            return _spread_rows(energy, corner, stride, grains, stencil, _U64(9), _U64(2), work, picked, kept)
        return _spread_rows(energy, corner, stride, grains, stencil, rows, _U64(2), work, picked, kept)
    return _spread_rows(energy, corner, stride, grains, stencil, rows, vectors, work, picked, kept)


@nb.njit(cache=True, inline="always")
def _spread_rows(energy, corner, stride, grains, stencil, rows, vectors, work, picked, kept):
    total = 0.0
    for n in range(kept):
        i = picked[n]
        brought = grains[work[i + _GRAIN]]
        total += brought
        at = corner + _U64(work[i] >> _TILE_BITS) * stride + _U64(work[i] & _TILE_MASK)
        of = _U64(work[i + _PRINT]) * rows * vectors * _LANE
        for row in range(rows):
            for vector in range(vectors):
                add_scaled_row(energy, at + vector * _LANE, stencil, of + (row * vectors + vector) * _LANE, brought)
            at += stride
    return total
