"""Which function does which kind of job, asking for one, and doing the next one."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q

from corneum.clinic.jobs.models import Job, State

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done."""
Worker = Callable[[dict[str, Any], Progress], None]
Ending = Callable[[dict[str, Any]], None]
Clock = Callable[[], datetime]

_log = logging.getLogger(__name__)
_workers: dict[str, Worker] = {}
_given_up: dict[str, Ending] = {}
TRIES = 3
_LOST_AFTER = timedelta(minutes=10)
"""A job that has told nothing for so long hangs, or belongs to a worker that was killed: it is done again."""


def worker(kind: str) -> Callable[[Worker], Worker]:
    """Register the function that does a kind of job. It must be fit to be done twice."""

    def keep(function: Worker) -> Worker:
        _workers[kind] = function
        return function

    return keep


def on_failed(kind: str) -> Callable[[Ending], Ending]:
    """Register what is done, with its arguments, once a kind of job has failed in every try, however that ended."""

    def keep(function: Ending) -> Ending:
        _given_up[kind] = function
        return function

    return keep


def ask(
    kind: str,
    arguments: dict[str, Any],
    *,
    now: datetime,
    client_id: UUID | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Write a job down, in the transaction of what asks for it; it waits at least until ``not_before``."""
    return Job.objects.create(
        kind=kind, arguments=arguments, asked=now, not_before=not_before or now, client_id=client_id
    )


def do_next(clock: Clock) -> Job | None:
    """Do the oldest job that waits and return it, or None where none does.

    A failure is told to the log only, which says where, and nothing of whom. A job in which the worker is told to stop
    waits again.
    """
    job = _claimed(clock())
    if job is None:
        return None
    try:
        _workers[job.kind](job.arguments, lambda step, share: _told(job, step, share, clock()))
    except Exception as error:
        _failed(job, error, clock())
    except BaseException:
        _given_back(job)
        raise
    else:
        Job.objects.filter(pk=job.pk).update(state=State.DONE, ended=clock(), done_share=1.0, step="")
    # The row is gone where its client was erased meanwhile.
    return Job.objects.filter(pk=job.pk).first() or job


def is_stuck(now: datetime) -> bool:
    """Return whether a job runs that has told nothing for longer than any may."""
    return _silent(now).exists()


def _silent(now: datetime) -> models.QuerySet[Job]:
    silent = Q(heard__lt=now - _LOST_AFTER) | Q(heard=None, started__lt=now - _LOST_AFTER)
    return Job.objects.filter(silent, state=State.RUNNING)


def _claimed(now: datetime) -> Job | None:
    for lost in _silent(now):
        _lost(lost, now)
    with transaction.atomic():
        waiting = Job.objects.select_for_update(skip_locked=_can_skip()).filter(
            state=State.WAITING, not_before__lte=now
        )
        job = waiting.first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, state=State.WAITING)
        if not taken.update(state=State.RUNNING, started=now, heard=now, tries=F("tries") + 1):
            return None
    return Job.objects.filter(pk=job.pk).first()


def _lost(job: Job, now: datetime) -> None:
    # What killed its worker in every try would kill the next one too.
    silent = _silent(now).filter(pk=job.pk)
    if job.tries < TRIES:
        silent.update(state=State.WAITING)
    else:
        _log.error("job %s of kind %s did not come back in any try", job.pk, job.kind)
        _give_up(silent, job, now)


@transaction.atomic
def _give_up(row: models.QuerySet[Job], job: Job, now: datetime) -> None:
    if row.update(state=State.FAILED, ended=now) and job.kind in _given_up:
        _given_up[job.kind](job.arguments)


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _told(job: Job, step: str, share: float, now: datetime) -> None:
    Job.objects.filter(pk=job.pk).update(step=step[:80], done_share=share, heard=now)


def _given_back(job: Job) -> None:
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    running.update(state=State.WAITING, tries=F("tries") - 1, step="", done_share=0.0)


def _failed(job: Job, error: Exception, now: datetime) -> None:
    _log.error("job %s of kind %s failed: %s", job.pk, job.kind, type(error).__name__, exc_info=error)
    row = Job.objects.filter(pk=job.pk)
    if job.tries < TRIES:
        row.update(state=State.WAITING, not_before=now + timedelta(seconds=5 * job.tries))
    else:
        _give_up(row, job, now)
