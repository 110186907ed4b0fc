"""A clinic as its owner starts it: a process of its own, on a free port, with a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_S = 600


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def environment(database=""):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORNEUM_", "DJANGO_"))}
    return kept | ({"CORNEUM_DATABASE_URL": database} if database else {})


class Clinic:
    """`corneum serve` until it is stopped; what it says is kept beside its folder, and weeks can pass in it."""

    def __init__(self, home, *options, database=""):
        self.home, self.port = Path(home), free_port()
        self.clock = self.home.with_suffix(".days")
        self.days = 0
        self.later(0)
        self.log = self.home.with_suffix(".log")
        self.base = f"http://127.0.0.1:{self.port}"
        place = ("--home", str(self.home), "--port", str(self.port))
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.clinic.browser.clock", "serve", *place, *options],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment(database) | {"TEST_CLOCK": str(self.clock)},
                start_new_session=True,
            )

    def later(self, days):
        """Let days pass."""
        self.days += days
        written = self.clock.with_suffix(".new")
        written.write_text(str(self.days), encoding="ascii")
        written.replace(self.clock)

    @property
    def today(self):
        return datetime.now(UTC).date() + timedelta(days=self.days)

    def __enter__(self):
        try:
            wait_for(self.base, lambda: self.process.poll() is None)
        except RuntimeError as error:
            self.stop()
            raise RuntimeError(self.log.read_text(errors="replace")[-4000:]) from error
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(3)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait_for(base, lives):
    """Return once the clinic answers, and fail when it died or never does."""
    until = time.monotonic() + START_S
    while lives() and time.monotonic() < until:
        try:
            with urlopen(f"{base}/health/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the clinic did not start")
