from datetime import timedelta

import pytest

from corneum.clinic.jobs import work
from corneum.clinic.jobs.models import State
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
