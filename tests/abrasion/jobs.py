"""Jobs for the kernel: footprints that are easy to see through, and grains of known energy."""

import math

import numpy as np
from numpy.typing import NDArray

GRAINS = 1 << 15
EQUAL = np.full(GRAINS, 1e-6)


def varied_grains(seed: int = 0) -> NDArray[np.float64]:
    return np.sort(np.random.default_rng(seed).lognormal(0.0, 0.6, GRAINS)) * 1e-6


def empty_stencil(rows: int) -> NDArray[np.float32]:
    return np.zeros((8, 8, 8, rows, math.ceil(rows / 8) * 8), np.float32)


def point_stencil() -> NDArray[np.float32]:
    """All energy in the cell that was struck: the map counts grains."""
    stencil = empty_stencil(3)
    stencil[..., 1, 1] = 1.0
    return stencil


def random_stencil(rows: int, seed: int) -> NDArray[np.float32]:
    """Footprints without any symmetry."""
    stencil = empty_stencil(rows)
    shares = np.random.default_rng(seed).random((8, 8, 8, rows, rows)) + 0.01
    stencil[..., :rows] = shares / shares.sum(axis=(3, 4), keepdims=True)
    return stencil
