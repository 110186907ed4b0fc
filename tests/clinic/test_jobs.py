import io
import logging
from datetime import timedelta

import pytest
from django.db import OperationalError

from corneum.clinic.jobs import work
from corneum.clinic.jobs.models import Job, State
from corneum.clinic.project.logs import DiscreetFormatter
from corneum.clinic.project.serving import take_step
from tests.clinic.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    return lambda: NOW + timedelta(minutes=1)


@pytest.fixture
def discreet():
    """What the clinic's log says."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger("corneum").addHandler(handler)
    yield written
    logging.getLogger("corneum").removeHandler(handler)


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


def test_a_failure_is_tried_three_times_and_its_place_is_logged_without_what_a_person_said(kinds, discreet):
    def fail(arguments, tell):
        raise ValueError("Zoë")

    kinds["measure"] = fail
    work.ask("measure", {"name": "Zoë"}, now=NOW)
    states = [work.do_next(lambda turn=turn: NOW + timedelta(minutes=turn)).state for turn in range(1, 4)]
    assert states == [State.WAITING, State.WAITING, State.FAILED]
    said = discreet.getvalue()
    assert said.count("tests.clinic.test_jobs:") == 3 and "in fail" in said and "builtins.ValueError" in said
    assert "Zoë" not in said


def test_a_job_that_kills_its_worker_is_not_tried_for_ever(kinds):
    job = work.ask("measure", {}, now=NOW)
    for turn in range(work.TRIES):
        assert work._claimed(NOW + timedelta(minutes=20 * turn)).pk == job.pk
    assert work._claimed(NOW + timedelta(hours=2)) is None
    job.refresh_from_db()
    assert (job.state, job.tries, job.ended) == (State.FAILED, work.TRIES, NOW + timedelta(hours=2))
    assert not work.is_stuck(NOW + timedelta(hours=3))


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


def test_the_worker_goes_on_after_what_fails_outside_of_a_job(kinds, clock, monkeypatch, discreet):
    kinds["count"] = lambda arguments, tell: None
    work.ask("count", {}, now=NOW)
    claimed = work._claimed

    def locked(now):
        raise OperationalError("Zoë")

    monkeypatch.setattr(work, "_claimed", locked)
    assert take_step(lambda: work.do_next(clock)) is None
    said = discreet.getvalue()
    assert "OperationalError" in said and "in locked" in said and "Zoë" not in said
    monkeypatch.setattr(work, "_claimed", claimed)
    assert take_step(lambda: work.do_next(clock)).state == State.DONE


def test_each_step_of_the_worker_lets_go_of_lost_connections(monkeypatch):
    asked = []
    monkeypatch.setattr("django.db.close_old_connections", lambda: asked.append("closed"))
    take_step(lambda: asked.append("done"))
    assert asked == ["closed", "done"]


def test_a_job_that_is_left_waits_again_as_if_it_had_not_begun(kinds, clock):
    def leave(arguments, tell):
        tell("half", 0.5)
        raise SystemExit

    kinds["count"] = leave
    job = work.ask("count", {}, now=NOW)
    with pytest.raises(SystemExit):
        work.do_next(clock)
    job.refresh_from_db()
    assert (job.state, job.tries, job.step, job.done_share) == (State.WAITING, 0, "", 0.0)
    kinds["count"] = lambda arguments, tell: None
    assert work.do_next(clock).state == State.DONE


def test_a_job_that_tells_how_far_it_is_does_not_hang(kinds):
    def after(minutes):
        return NOW + timedelta(minutes=minutes)

    moments = iter([after(0), after(9)])
    seen = []

    def long(arguments, tell):
        tell("half", 0.5)
        seen.extend((work.is_stuck(after(18)), work.is_stuck(after(20))))

    kinds["export"] = long
    work.ask("export", {}, now=NOW)
    work.do_next(lambda: next(moments, after(9)))
    assert seen == [False, True]
