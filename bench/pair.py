"""`corneum measure` of two photographs of 12 megapixels in a new process: seconds to the table and to the report."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.table import Table

ROUNDS = 3
MEGAPIXELS = 12.0
COMPOSITE = Path(__file__).parent.parent / "examples" / "faces" / "f_wasian.jpg"
TABLE_S, REPORT_S, MEMORY_MB = 8.0, 12.0, 2000.0
"""What a person at the clinic is willing to wait for, and what the smallest machine has to spare."""


def main() -> Table:
    with tempfile.TemporaryDirectory() as folder:
        photographs = _photographs(Path(folder))
        command = [sys.executable, "-m", "corneum", "measure", *photographs]
        # The first run of each also compiles what Python keeps for the next ones.
        tables = [_waited(folder, [*command, "--json"]) for _ in range(1 + ROUNDS)][1:]
        reports = [_waited(folder, [*command, "--output", "report"]) for _ in range(1 + ROUNDS)][1:]
    waits = {"table": (tables, TABLE_S), "report": (reports, REPORT_S)}
    rows = [_row(f"seconds to the {what}", sorted(s for s, _, _ in runs), bar) for what, (runs, bar) in waits.items()]
    rows.append(_row("peak memory, MB", sorted(mb for _, _, mb in (*tables, *reports)), MEMORY_MB))
    busy = " and ".join(f"{sorted(cpu for _, cpu, _ in runs)[ROUNDS // 2]:.1f} s" for runs in (tables, reports))
    return Table(
        f"pair: two photographs of {MEGAPIXELS:.0f} MP, a new process each time, {os.cpu_count()} processors",
        rows,
        [
            f"median of {ROUNDS}, after one run each, with the least and the most; peak of the whole process",
            f"processors busy for {busy}: a run that shares the machine waits longer",
        ],
    )


def _photographs(folder: Path) -> list[str]:
    from corneum.imaging.door import read_photo
    from corneum.imaging.retakes.demo import demo_course, jpeg_of

    made = demo_course(read_photo(COMPOSITE).pixels, date(2026, 1, 12), megapixels=MEGAPIXELS)
    paths = [folder / shot.file for shot in made.shots[:2]]
    for path, shot in zip(paths, made.shots, strict=False):
        path.write_bytes(jpeg_of(shot))
    return [str(path) for path in paths]


def _waited(folder: str, command: list[str]) -> tuple[float, float, float]:
    """Return the seconds until a command ended, those its processors were busy, and its peak memory in MB."""
    keeps = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=keeps | {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")},
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


def _row(what: str, values: list[float], bar: float) -> dict[str, object]:
    middle = values[len(values) // 2]
    return {
        "what": what,
        "measured": middle,
        "least": values[0],
        "most": values[-1],
        "bar": bar,
        "met": "yes" if middle < bar else "MISSED",
    }
