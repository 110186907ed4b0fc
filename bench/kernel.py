"""Impacts per second and thread: the kernel against C++ and plain NumPy, in one run."""

import time
from statistics import median

import numpy as np

from bench.jobs import Job, all_jobs
from bench.rivals import COMPILE, Run, cpp_function, run_cpp, run_kernel, run_numpy
from bench.table import Table

ROUNDS = 7
NUMPY_GRAINS = 400_000


def main() -> Table:
    return Table(
        "kernel: million impacts per second and thread (CPU time of one thread, median of interleaved rounds)",
        [_measure(job) for job in all_jobs()],
        [
            f"C++: bench/strike.cpp, {' '.join(COMPILE[:3])}; same counters, tables and counts, and the same map",
            f"NumPy: np.add.at in batches, the same distributions, {NUMPY_GRAINS} grains per round",
        ],
    )


def _measure(job: Job) -> dict[str, object]:
    entrants: dict[str, Run] = {"kernel": run_kernel}
    if cpp_function() is not None:
        entrants["cpp"] = run_cpp
    maps = {name: (job.empty_map(), job.empty_books()) for name in entrants}
    for name, run in entrants.items():
        run(job, *maps[name])
    impacts = float(maps["kernel"][1][:, 0].sum())
    if "cpp" in entrants:
        _assert_same(maps)
    seconds: dict[str, list[float]] = {name: [] for name in [*entrants, "numpy"]}
    rng, numpy_map = np.random.default_rng(0), job.empty_map()
    for turn in range(ROUNDS):
        for name in [*entrants][:: 1 if turn % 2 else -1]:
            start = time.thread_time()
            entrants[name](job, *maps[name])
            seconds[name].append((time.thread_time() - start) / impacts)
        start = time.thread_time()
        struck = run_numpy(job, numpy_map, rng, NUMPY_GRAINS)
        seconds["numpy"].append((time.thread_time() - start) / struck)
    rate = {name: 1e-6 / median(times) for name, times in seconds.items()}
    paired = [cpp / own for cpp, own in zip(seconds.get("cpp", []), seconds["kernel"], strict=False)]
    return {
        "job": job.name,
        "impacts": f"{impacts:.3g}",
        "kernel M/s": rate["kernel"],
        "C++ M/s": rate.get("cpp"),
        "NumPy M/s": rate["numpy"],
        "kernel/C++": median(paired) if paired else None,
        "kernel/NumPy": rate["kernel"] / rate["numpy"],
    }


def _assert_same(maps: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    (own, own_books), (other, other_books) = maps["kernel"], maps["cpp"]
    if not (np.array_equal(own_books[:, 0], other_books[:, 0]) and np.allclose(own, other, rtol=1e-5)):
        raise AssertionError("the C++ version does not do the same job as the kernel")
