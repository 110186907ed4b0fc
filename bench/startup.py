"""How long Python waits for Corneum: importing the library, and the shortest command."""

import subprocess
import sys
import time

from bench.table import Table

ROUNDS = 5
WAITS = {
    "python alone": [sys.executable, "-c", "pass"],
    "import corneum": [sys.executable, "-c", "import corneum"],
    "corneum --version": [sys.executable, "-m", "corneum", "--version"],
}


def main() -> Table:
    medians = {name: _median_s(command) for name, command in WAITS.items()}
    rows: list[dict[str, object]] = [
        {"what": name, "wall s": seconds, "over python alone s": seconds - medians["python alone"]}
        for name, seconds in medians.items()
    ]
    return Table("startup: a new process each time", rows, [f"median of {ROUNDS}"])


def _median_s(command: list[str]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[ROUNDS // 2]
