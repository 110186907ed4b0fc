"""The clinic stops when it is told to and leaves nothing half made; the health page tells when slow work has ended."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from django.utils import timezone

from corneum.clinic.jobs.models import Job, State
from corneum.clinic.measured import files as measured
from corneum.clinic.project import watch
from corneum.clinic.project.beside import Beside
from corneum.clinic.reports import files as copies
from tests.clinic.browser.served import Clinic, environment

PATIENCE_S = 300
"""Far more than anything here takes, however busy the machine is; what does not listen takes longer still."""


@pytest.fixture
def worker():
    """A worker in a trial's place, of which a test says when it ends and what time it is."""

    class Trial(Beside):
        now, ended, started = 0.0, False, 0

        def __init__(self):
            super().__init__(None, None, watch.tell, lambda: self.now)

        def _begin(self):
            self.ended, self.started = False, self.started + 1

        def _has_ended(self, patience_s):
            return self.ended

        def ends(self, after=0.0):
            self.now, self.ended = self.now + after, True
            self.look_after()

    made = Trial()
    made.start()
    yield made
    watch.tell(False)


def test_the_health_page_says_that_the_worker_has_ended_until_it_runs_again(worker, browse):
    assert browse().get("/health/").content == b"ok"
    worker.ends()
    found = browse().get("/health/")
    assert (found.status_code, found.content) == (503, b"the worker has ended")
    worker.now += 1
    worker.look_after()
    assert (browse().get("/health/").content, worker.started) == (b"ok", 2)


def test_a_worker_that_ends_again_and_again_is_started_after_longer_pauses(worker):
    def pause():
        worker.ends()
        started, ended = worker.started, worker.now
        while worker.started == started:
            worker.now += 0.5
            worker.look_after()
        return worker.now - ended

    assert [pause() for _ in range(10)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    worker.now += 301
    assert pause() == 1


def test_where_there_is_no_room_for_a_worker_it_is_asked_for_again(worker, monkeypatch):
    def refuse():
        raise BlockingIOError

    worker.ends()
    with monkeypatch.context() as full:
        full.setattr(worker, "_begin", refuse)
        worker.now += 1
        worker.look_after()
    worker.look_after()
    assert worker.started == 1
    worker.now += 2
    worker.look_after()
    assert worker.started == 2


def test_a_worker_that_was_told_to_stop_is_not_started_again(worker):
    worker.ended = True
    worker.tell()
    worker.now += 1000
    worker.look_after()
    assert worker.started == 1


@pytest.mark.parametrize(("silent", "status"), [(9, 200), (11, 503)])
def test_the_health_page_says_that_a_job_hangs(silent, status, browse):
    heard = timezone.now() - timedelta(minutes=silent)
    usual = {"kind": "count", "asked": heard, "not_before": heard}
    Job.objects.create(**usual, state=State.RUNNING, started=heard - timedelta(hours=1), heard=heard)
    Job.objects.create(**usual, state=State.DONE, started=heard, heard=heard - timedelta(days=1))
    assert browse().get("/health/").status_code == status


def until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@pytest.mark.slow
def test_a_worker_that_is_told_to_stop_leaves_its_job_as_if_it_had_not_begun(tmp_path):
    home = tmp_path / "home"
    worker = subprocess.Popen([sys.executable, "-m", "tests.clinic.slow_worker", str(home)], env=environment())
    try:
        until(lambda: (home / "at-it").exists() or worker.poll() is not None)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0
    finally:
        worker.kill()
    assert not (home / "at-it").exists()
    base = sqlite3.connect(home / "clinic.sqlite3")
    found = base.execute("SELECT kind, state, tries, step FROM jobs_job WHERE kind IN ('sleep', 'half made')")
    assert found.fetchall() == [("sleep", "waiting", 0, "")]
    base.close()


def health(clinic):
    try:
        with urlopen(f"{clinic.base}/health/", timeout=PATIENCE_S) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def workers(process):
    """Return the process that does slow work; the others answer pages."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the worker in /proc")
def test_a_clinic_whose_worker_is_killed_starts_another_and_stops_in_time(tmp_path):
    with Clinic(tmp_path / "home") as clinic:
        assert health(clinic) == 200
        killed = workers(clinic.process)
        os.kill(killed[0], signal.SIGKILL)
        until(lambda: set(workers(clinic.process)) - set(killed))
        until(lambda: health(clinic) == 200)
        clinic.process.send_signal(signal.SIGTERM)
        assert clinic.process.wait(PATIENCE_S) == 0


def test_what_a_killed_worker_had_begun_to_write_is_cleared_away(tmp_path, monkeypatch):
    key = uuid4()
    monkeypatch.setattr(measured.photos, "root", lambda: tmp_path)
    for folder in (measured.folder_of(key), measured.folder_of(key).with_name(f".{key}.part")):
        folder.mkdir(parents=True)
        (folder / "baseline.jpg").touch()
    measured.remove_pictures(key)
    assert list((tmp_path / "measured").iterdir()) == []
    monkeypatch.setattr(copies, "root", lambda: tmp_path / "exports")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / f"{key}.unfinished").touch()
    assert not copies.delete(key)
    assert list((tmp_path / "exports").iterdir()) == []
