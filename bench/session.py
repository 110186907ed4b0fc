"""A whole-face session on two threads: wall time and peak memory, in a process of its own."""

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.table import Table

THREADS = 2
ROUNDS = 3


def main() -> Table:
    rows = [json.loads(_child(kind)) for kind in ("even", "strokes")]
    return Table(
        f"session: whole face, 502 cm2 at 50 um, {THREADS} threads",
        rows,
        [f"wall: median of {ROUNDS} calls of strike(), all that it does, after warm-up on another map"],
    )


def _child(kind: str) -> str:
    done = subprocess.run([sys.executable, "-m", "bench.session", kind], capture_output=True, text=True, check=True)
    return done.stdout


def measure(kind: str) -> dict[str, object]:
    from bench.jobs import FACE_CELLS, even_dose, stroke_dose
    from corneum.abrasion.footprint import make_stencil
    from corneum.abrasion.grid import strike

    stencil = make_stencil(np.linspace(25.0, 40.0, 8), 50.0)
    grains = np.sort(np.random.default_rng(1).lognormal(0.0, 0.6, 1 << 15)) * 1e-6
    strike(even_dose(64, 1.0), grains, stencil, pitch_um=50.0, seed=1)
    dose = even_dose(FACE_CELLS, 5.0) if kind == "even" else stroke_dose(FACE_CELLS, 5.0, 50.0)
    seconds, impacts = [], 0
    for seed in range(ROUNDS):
        start = time.perf_counter()
        impacts = strike(dose, grains, stencil, pitch_um=50.0, seed=seed, threads=THREADS).impacts
        seconds.append(time.perf_counter() - start)
    return {
        "dose": kind,
        "impacts": f"{impacts:.4g}",
        "wall s": sorted(seconds)[ROUNDS // 2],
        "peak memory MB": _peak_bytes() / 1e6,
    }


def _peak_bytes() -> int:
    # Linux counts the parent at the time of the fork into ru_maxrss; VmHWM is this program's alone.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
