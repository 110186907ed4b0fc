"""A course for three zones on 200 sampled skins, and a what-if for one zone of it."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.table import Table

EXAMPLE = Path(__file__).parents[1] / "examples" / "first-course.toml"
DAY = date(2026, 11, 20)
ROUNDS = 3


def main() -> Table:
    from corneum.course import plan_course, read_request, what_if

    request = read_request(EXAMPLE, today=DAY)
    plan = plan_course(request, today=DAY)
    zone = plan.zones[0]
    rows: list[dict[str, object]] = [
        {
            "what": f"plan, {len(plan.zones)} zones, 200 skins",
            "wall s": _median_s(lambda: plan_course(request, today=DAY)),
        },
        {"what": "what-if, one zone", "wall s": _median_s(lambda: what_if(plan, zone.zone, passes=2))},
    ]
    return Table("course: planning and trying settings", rows, [f"median of {ROUNDS} after warm-up"])


def _median_s(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[ROUNDS // 2]
