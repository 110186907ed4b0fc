"""The clinic's pages with 100,000 clients, as 20 people use it at once: server time, requests, weight of a page."""

import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlencode

from bench import clinic_pages
from bench.clinic_fill import PASSWORD
from bench.table import Table

CLIENTS = int(os.environ.get("CORNEUM_BENCH_CLIENTS", "100000"))
SECONDS = float(os.environ.get("CORNEUM_BENCH_SECONDS", "60"))
PAUSE_S = float(os.environ.get("CORNEUM_BENCH_PAUSE", "2"))
"""Between two pages of one person, on average: faster than anybody reads."""
USERS, WARM = 20, 2
SERVER_CORES = 2
BAR_MEDIAN_MS, BAR_P99_MS, BAR_WHAT_IF_MS, BAR_WEIGHT_KB = 100.0, 300.0, 500.0, 200.0
_BIN = Path(sys.executable).parent
_WHAT_IF = "what-if fragment"
_SEARCH = "/clients/search/"
_CARE = {
    "today": ("/today/", 3),
    "inbox": ("/inbox/", 2),
    "search": (_SEARCH, 3),
    "pulse": ("/pulse/", 2),
    "record": ("/clients/{client_id}/", 4),
    "consultation": ("/clients/{client_id}/intake/", 3),
    "photographs": ("/clients/{client_id}/photographs/", 3),
    "compare": ("/clients/{client_id}/compare/", 1),
    "marks": ("/clients/{client_id}/marks/", 1),
    "plans": ("/clients/{client_id}/plans/", 1),
    "plan": ("/clients/{client_id}/plans/{plan_id}/", 2),
    _WHAT_IF: ("/clients/{client_id}/plans/{plan_id}/what-if/?zone=cheek&passes={passes}", 2),
    "treatment board": ("/clients/{client_id}/treatment/", 4),
    "signed session": ("/clients/{client_id}/treatment/{session_id}/", 1),
    "course": ("/clients/{client_id}/course/", 2),
    "stock": ("/stock/", 1),
}
PAGES = {
    "reception": {
        "today": ("/today/", 6),
        "calendar": ("/calendar/", 3),
        "recalls": ("/recalls/", 1),
        "clients": ("/clients/", 2),
        "search": (_SEARCH, 5),
        "pulse": ("/pulse/", 2),
        "record": ("/clients/{client_id}/", 4),
        "visits": ("/clients/{client_id}/visits/", 2),
        "consent": ("/clients/{client_id}/consent/", 2),
    },
    "practitioner": _CARE,
    "clinician": _CARE,
    "owner": {
        "today": ("/today/", 2),
        "devices": ("/stock/devices/", 1),
        "outcomes": ("/outcomes/", 1),
        "staff": ("/clinic/staff/", 1),
    },
    "auditor": {
        "audit": ("/audit/", 2),
        "audit of a client": ("/audit/?client_id={client_id}", 1),
        "audit of a day": (f"/audit/?day={date.today():%Y-%m-%d}", 1),
        "audit of an action": ("/audit/?action=plan.approved", 1),
    },
}
"""Per role: page, its address and how often it is opened, as in a day's work."""
_ROLES = (*["reception"] * 5, *["practitioner"] * 9, *["clinician"] * 4, "owner", "auditor")
_WORDS = ("ada", "ber", "cem do", "1961", "kar", "no")


@dataclass
class Seen:
    """What the users saw."""

    server_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    requests: int = 0
    seconds: float = 0.0


def main() -> Table:
    rows: list[dict[str, object]] = []
    notes = [
        f"{CLIENTS:,} clients; {USERS} people at once, each opens a page every {PAUSE_S:g} s, for {SECONDS:g} s; "
        f"gunicorn as `corneum serve` starts it (2 processes x 8 threads) on {len(_cores())} cores; "
        "the people are played on the same machine",
        "server ms: header Server-Timing, from the first middleware to the last; waiting for a free thread is not",
        f"bars: median {BAR_MEDIAN_MS:g} ms and p99 {BAR_P99_MS:g} ms, what-if fragment {BAR_WHAT_IF_MS:g} ms",
    ]
    has_postgresql = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not has_postgresql:
        notes.append("PostgreSQL: not measured, its programs are not installed")
    for database in ("SQLite", "PostgreSQL") if has_postgresql else ("SQLite",):
        with _url(database) as url, tempfile.TemporaryDirectory(prefix="corneum-bench-") as folder:
            home = Path(folder) / "clinic"
            env = {name: value for name, value in os.environ.items() if not name.startswith("CORNEUM_")}
            env |= {"CORNEUM_DATABASE_URL": url} if url else {}
            made = _filled(home, env)
            with _served(home, env) as port:
                seen = _used(port, made["shown"], PAUSE_S)
                full = _used(port, made["shown"], 0.0)
                notes.append(f"{database}: {_weight(port)}")
                notes += clinic_pages.told(database, _each_page(port, made["shown"]))
            rows += _rows(database, seen)
            notes += _said(database, full, made)
    return Table("clinic: server time of its pages, ms", rows, notes)


@contextmanager
def _url(database: str) -> Iterator[str]:
    if database == "SQLite":
        yield ""
        return
    from tests.clinic.browser.postgres import cluster

    with cluster() as made:
        yield made()


def _filled(home: Path, env: dict[str, str]) -> dict[str, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.clinic_fill", str(home), str(CLIENTS)],
        stdout=subprocess.PIPE,
        env=env,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _served(home: Path, env: dict[str, str]) -> Iterator[int]:
    from socket import create_server

    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(_BIN / "corneum"), "serve", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, preexec_fn=_pin)
    try:
        for _ in range(240):
            try:
                if _got(HTTPConnection("127.0.0.1", port, timeout=30), "/health/", {})[0] == 200:
                    break
            except OSError:
                time.sleep(0.5)
        else:
            raise RuntimeError("the clinic did not start")
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _cores() -> list[int]:
    """Return the cores of the server: two, as in a small clinic, where there are more."""
    there = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return sorted(there)[:SERVER_CORES]


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, _cores())


class User:
    """Somebody who has logged in."""

    def __init__(self, port: int, role: str) -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        _, text = self.get("/log-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text.decode())
        assert token is not None
        said = {"csrfmiddlewaretoken": token[1], "username": role, "password": PASSWORD}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._cookie()}
        self.line.request("POST", "/log-in/", urlencode(said), headers)
        answer = self.line.getresponse()
        answer.read()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        assert answer.status == 302, (role, answer.status)
        token = re.search(r'"X-CSRFToken": "(\w+)"', self.get("/me/")[1].decode())
        assert token is not None
        self.token = token[1]

    def get(self, path: str, fragment: bool = False, sent: dict[str, str] | None = None) -> tuple[float, bytes]:
        """Return the milliseconds that a page took on the server, and the page; what is typed is sent as a form."""
        headers = {"Cookie": self._cookie()} | ({"HX-Request": "true"} if fragment else {})
        body = None
        if sent is not None:
            headers |= {"X-CSRFToken": self.token, "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(sent)
        status, ms, text, cookies = _asked(self.line, path, headers, body)
        self._keep(cookies)
        self.status = status
        return ms, text

    def _keep(self, cookies: list[str]) -> None:
        for one in cookies:
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def _asked(
    line: HTTPConnection, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, float, bytes, list[str]]:
    method = "GET" if body is None else "POST"
    try:
        line.request(method, path, body, headers)
        answer = line.getresponse()
    except (RemoteDisconnected, ConnectionError):
        # The server closes a line that is not used for two seconds.
        line.close()
        line.request(method, path, body, headers)
        answer = line.getresponse()
    text = answer.read()
    took = re.search(r"dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
    return answer.status, float(took[1]) if took else float("nan"), text, answer.headers.get_all("Set-Cookie") or []


def _got(line: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    status, _, text, _ = _asked(line, path, headers)
    return status, text


def _used(port: int, shown: object, pause_s: float) -> Seen:
    assert isinstance(shown, list)
    users = [(role, User(port, role)) for role in _ROLES]
    # Both processes read their tables and templates once.
    for role, user in users[::4]:
        for path, _ in PAGES[role].values():
            user.get(_address(path, random.Random(0), shown), sent=_typed(path, random.Random(0)))
    seen, lock, end = Seen(), threading.Lock(), time.perf_counter() + SECONDS

    def work(number: int, role: str, user: User) -> None:
        dice = random.Random(number)
        names, weights = list(PAGES[role]), [weight for _, weight in PAGES[role].values()]
        while time.perf_counter() < end:
            if pause_s:
                time.sleep(dice.expovariate(1 / pause_s))
            name = dice.choices(names, weights)[0]
            path = PAGES[role][name][0]
            fragment = name in (_WHAT_IF, "search", "pulse")
            ms, _ = user.get(_address(path, dice, shown), fragment=fragment, sent=_typed(path, dice))
            with lock:
                seen.server_ms[name].append(ms)
                seen.statuses[name].add(user.status)
                seen.requests += 1

    start = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number, *one)) for number, one in enumerate(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.seconds = time.perf_counter() - start
    return seen


def _each_page(port: int, shown: object) -> list[clinic_pages.Opened]:
    assert isinstance(shown, list)
    records = [f"/clients/{one['client_id']}/" for one in shown[:3]]
    return clinic_pages.open_all({role: User(port, role) for role in PAGES}, ["/today/", "/audit/", *records])


def _address(path: str, dice: random.Random, shown: list[dict[str, str]]) -> str:
    return path.format(**dice.choice(shown), passes=dice.randint(1, 3))


def _typed(path: str, dice: random.Random) -> dict[str, str] | None:
    return {"q": dice.choice(_WORDS)} if path == _SEARCH else None


def _weight(port: int) -> str:
    """Return how much the first page weighs, with its style sheets and scripts."""
    user = User(port, "reception")
    _, page = user.get("/today/")
    linked = dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page.decode()))
    files = [user.get(path)[1] for path in linked]
    plain, packed = (sum(map(len, some)) / 1000 for some in ([page, *files], map(gzip.compress, [page, *files])))
    met = "within" if plain <= BAR_WEIGHT_KB else "MISSED"
    whole = f"{plain:.0f} kB ({packed:.0f} kB packed)"
    return f"first page with style sheets and scripts: {whole}, bar {BAR_WEIGHT_KB:g} kB {met}"


def _rows(database: str, seen: Seen) -> list[dict[str, object]]:
    rows = []
    for name, taken in sorted(seen.server_ms.items()):
        median, p99 = statistics.median(taken), sorted(taken)[min(len(taken) - 1, int(0.99 * len(taken)))]
        bar = BAR_WHAT_IF_MS if name == _WHAT_IF else BAR_MEDIAN_MS
        met = median <= bar and p99 <= max(BAR_P99_MS, bar)
        rows.append(
            {
                "database": database,
                "page": name,
                "n": len(taken),
                "median ms": median,
                "p99 ms": p99,
                "met": "yes"
                if met and seen.statuses[name] == {200}
                else "MISSED"
                if not met
                else f"{seen.statuses[name]}",
            }
        )
    return rows


def _said(database: str, seen: Seen, made: dict[str, dict[str, object]]) -> list[str]:
    rows, seconds = made["rows"], made["seconds"]
    total = sum(int(str(one)) for one in rows.values())
    return [
        f"{database}: {seen.requests / seen.seconds:.0f} requests/s over all pages when nobody pauses",
        f"{database}: {total:,} rows made in {sum(float(str(one)) for one in seconds.values()):.0f} s: "
        + ", ".join(f"{count:,} {name}" for name, count in rows.items()),
    ]


if __name__ == "__main__":
    print(main())
