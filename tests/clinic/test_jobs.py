from datetime import timedelta

import pytest
from django.db import OperationalError

from corneum.clinic.jobs import work
from corneum.clinic.jobs.models import Job, State
from corneum.clinic.project.serving import take_step
from tests.clinic.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    return lambda: NOW + timedelta(minutes=1)


@pytest.fixture
def kinds(monkeypatch):
    kept = {}
    monkeypatch.setattr(work, "_workers", kept)
    return kept


def test_a_job_is_done_and_tells_how_far(kinds, clock):
    seen = []
    kinds["count"] = lambda arguments, tell: (tell("half", 0.5), seen.append(arguments["to"]))
    work.ask("count", {"to": 3}, now=NOW)
    job = work.do_next(clock)
    assert (job.state, job.done_share, seen) == (State.DONE, 1.0, [3])
    assert work.do_next(clock) is None


def test_a_refusal_is_told_and_not_tried_again(kinds, clock):
    def refuse(arguments, tell):
        raise ValueError("the photograph is too dark")

    kinds["measure"] = refuse
    work.ask("measure", {}, now=NOW)
    job = work.do_next(clock)
    assert (job.state, job.message) == (State.FAILED, "the photograph is too dark")


def test_another_failure_is_tried_three_times_and_told_by_its_kind(kinds):
    def fail(arguments, tell):
        raise RuntimeError("Zoë")

    kinds["measure"] = fail
    work.ask("measure", {}, now=NOW)
    states = [work.do_next(lambda turn=turn: NOW + timedelta(minutes=turn)) for turn in range(1, 4)]
    assert [job.state for job in states] == [State.WAITING, State.WAITING, State.FAILED]
    assert states[-1].message == "RuntimeError"


def test_a_job_of_a_stopped_worker_is_done_again(kinds, clock):
    kinds["count"] = lambda arguments, tell: None
    job = work.ask("count", {}, now=NOW)
    assert work._claimed(clock()).pk == job.pk
    assert work.do_next(clock) is None
    assert work.do_next(lambda: NOW + timedelta(minutes=20)).state == State.DONE


@pytest.mark.parametrize("error", [None, ValueError, RuntimeError])
def test_the_row_of_a_job_may_go_while_it_runs(error, kinds, clock):
    def erase(arguments, tell):
        Job.objects.all().delete()
        tell("half", 0.5)
        if error:
            raise error

    kinds["erase"] = erase
    job = work.ask("erase", {}, now=NOW)
    assert work.do_next(clock).pk == job.pk
    assert work.do_next(clock) is None


def test_the_worker_goes_on_after_what_fails_outside_of_a_job(kinds, clock, monkeypatch, caplog):
    kinds["count"] = lambda arguments, tell: None
    work.ask("count", {}, now=NOW)
    claimed = work._claimed

    def locked(now):
        raise OperationalError("Zoë")

    monkeypatch.setattr(work, "_claimed", locked)
    assert take_step(lambda: work.do_next(clock)) is None
    assert "OperationalError" in caplog.text and "Zoë" not in caplog.text
    monkeypatch.setattr(work, "_claimed", claimed)
    assert take_step(lambda: work.do_next(clock)).state == State.DONE


def test_each_step_of_the_worker_lets_go_of_lost_connections(monkeypatch):
    asked = []
    monkeypatch.setattr("django.db.close_old_connections", lambda: asked.append("closed"))
    take_step(lambda: asked.append("done"))
    assert asked == ["closed", "done"]
