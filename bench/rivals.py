"""Those who do the job: the kernel, C++, and plain NumPy."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.jobs import KEY, Job
from corneum.abrasion.grid import MARGIN
from corneum.abrasion.intrinsics import LANE
from corneum.abrasion.kernel import strike_tiles

COMPILE = ("g++", "-O3", "-march=native", "-std=c++17", "-shared", "-fPIC")
Run = Callable[[Job, NDArray[np.float32], NDArray[np.float64]], None]


def run_kernel(job: Job, energy: NDArray[np.float32], books: NDArray[np.float64]) -> None:
    rows, width = job.stencil.shape[3:]
    strike_tiles(
        energy, MARGIN, job.dose, job.tiles, job.counts.ravel(), job.peaks.ravel(), job.grains, job.stencil.ravel(),
        rows, width // LANE, *KEY, books,
    )  # fmt: skip


@cache
def cpp_function() -> Callable[..., None] | None:
    """Return the compiled C++ function, or None where there is no compiler."""
    if shutil.which(COMPILE[0]) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "strike.so"
        subprocess.run([*COMPILE, "-o", str(library), str(Path(__file__).with_name("strike.cpp"))], check=True)
        function = ctypes.CDLL(str(library)).strike_tiles
    pointer, long, integer, word = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int, ctypes.c_uint32
    function.argtypes = [
        pointer, long, long, pointer, long, long, pointer, long, pointer, pointer, pointer, pointer,
        integer, integer, word, word, pointer,
    ]  # fmt: skip
    function.restype = None
    return function


def run_cpp(job: Job, energy: NDArray[np.float32], books: NDArray[np.float64]) -> None:
    function = cpp_function()
    assert function is not None
    tiles, (rows, width) = job.tiles, job.stencil.shape[3:]
    function(
        energy.ctypes.data, energy.shape[1], MARGIN, job.dose.ctypes.data, *job.dose.shape,
        tiles.ctypes.data, tiles.size, job.counts.ctypes.data, job.peaks.ctypes.data,
        job.grains.ctypes.data, job.stencil.ctypes.data, rows, width // LANE, *map(int, KEY), books.ctypes.data,
    )  # fmt: skip


def run_numpy(job: Job, energy: NDArray[np.float32], rng: np.random.Generator, grains: int, batch: int = 50_000) -> int:
    """Let about ``grains`` grains strike with the usual ``np.add.at``, and return how many did."""
    (ny, nx), rows = job.dose.shape, job.stencil.shape[3]
    peak, flat = job.dose.max(), energy.ravel()
    window = (np.arange(rows)[:, None] * energy.shape[1] + np.arange(rows)).ravel()
    prints = job.stencil[..., :rows].reshape(-1, rows * rows)
    struck = 0
    while struck < grains:
        row, col = rng.integers(0, ny, batch), rng.integers(0, nx, batch)
        kept = rng.random(batch, np.float32) * peak <= job.dose[row, col]
        row, col = row[kept], col[kept]
        grain = rng.integers(0, job.grains.size, row.size)
        of = (grain >> 12) * 64 + rng.integers(0, 64, row.size)
        at = (row + MARGIN - rows // 2) * energy.shape[1] + col + MARGIN - rows // 2
        np.add.at(flat, at[:, None] + window, prints[of] * job.grains[grain][:, None])
        struck += row.size
    return struck
