"""A series of 8 sessions on 200 sampled skins, and what a session of it costs."""

import time

from bench.table import Table

ROUNDS = 3
PROTOCOL = """
title = "Eight sessions"
[course]
sessions = 8
interval = "14 d"
[[step]]
zone = "cheek"
area = "25 cm2"
device = "crystal-venturi"
passes = 2
"""


def main() -> Table:
    from corneum.treatment import parse_protocol, simulate

    rows: list[dict[str, object]] = []
    for sessions in (1, 8):
        protocol = parse_protocol(PROTOCOL.replace("sessions = 8", f"sessions = {sessions}"))
        seconds = []
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            simulate(protocol, samples=200)
            seconds.append(time.perf_counter() - start)
        rows.append({"sessions": sessions, "skins": 200, "wall s": sorted(seconds[1:])[ROUNDS // 2]})
    return Table(
        "series: sessions on sampled skins, from protocol to curves", rows, [f"median of {ROUNDS} after warm-up"]
    )
