"""The first call after installation, which compiles the kernel, and the first call of a later process."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Table

CALL = """
import time
import numpy as np
from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import strike
stencil = make_stencil(np.linspace(25.0, 40.0, 8), 50.0)
start = time.perf_counter()
strike(np.ones((9, 9), np.float32), np.full(1 << 15, 1e-6), stencil, pitch_um=50.0, seed=1)
print(time.perf_counter() - start)
"""


def main() -> Table:
    with tempfile.TemporaryDirectory() as folder:
        rows = [_first_call(process, Path(folder)) for process in ("after installation", "a later one")]
    return Table("compilation: the first call of strike() in a new process", rows)


def _first_call(process: str, folder: Path) -> dict[str, object]:
    before = len(list(folder.rglob("*.nbc")))
    done = subprocess.run(
        [sys.executable, "-c", CALL],
        env=os.environ | {"NUMBA_CACHE_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    compiled = len(list(folder.rglob("*.nbc"))) - before
    return {"process": process, "wait s": float(done.stdout), "functions compiled": compiled}
