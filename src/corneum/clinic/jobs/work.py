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
Clock = Callable[[], datetime]


class Refusal(ValueError):
    """A piece of work that cannot be done, and would not be next time; its message is kept, so it tells of nobody."""


_log = logging.getLogger(__name__)
_workers: dict[str, Worker] = {}
TRIES = 3
_LOST_AFTER = timedelta(minutes=10)
"""A job that has told nothing for so long hangs, or belongs to a worker that was killed: it is done again."""


def worker(kind: str) -> Callable[[Worker], Worker]:
    """Register the function that does a kind of job. It must be fit to be done twice."""

    def keep(function: Worker) -> Worker:
        _workers[kind] = function
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

    A failure is kept as its kind only: a message could hold what a person said. A job in which the worker is told to
    stop waits again.
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
        Job.objects.filter(pk=job.pk).update(state=State.DONE, ended=clock(), done_share=1.0, step="", message="")
    # The row is gone where its client was erased meanwhile.
    return Job.objects.filter(pk=job.pk).first() or job


def is_stuck(now: datetime) -> bool:
    """Return whether a job runs that has told nothing for longer than any may."""
    return _silent(now).exists()


def _silent(now: datetime) -> models.QuerySet[Job]:
    silent = Q(heard__lt=now - _LOST_AFTER) | Q(heard=None, started__lt=now - _LOST_AFTER)
    return Job.objects.filter(silent, state=State.RUNNING)


def _claimed(now: datetime) -> Job | None:
    _silent(now).update(state=State.WAITING)
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


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _told(job: Job, step: str, share: float, now: datetime) -> None:
    Job.objects.filter(pk=job.pk).update(step=step[:80], done_share=share, heard=now)


def _given_back(job: Job) -> None:
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    running.update(state=State.WAITING, tries=F("tries") - 1, step="", done_share=0.0)


def _failed(job: Job, error: Exception, now: datetime) -> None:
    _log.error("job %s of kind %s failed: %s", job.pk, job.kind, type(error).__name__)
    # A refusal says in words what is wrong, and would say it again; anything else may pass, and its words may hold what
    # a person said: also those of another ValueError, which repeats what it could not read.
    again = job.tries < TRIES and not isinstance(error, Refusal)
    Job.objects.filter(pk=job.pk).update(
        state=State.WAITING if again else State.FAILED,
        not_before=now + timedelta(seconds=5 * job.tries),
        ended=None if again else now,
        message=str(error)[:500] if isinstance(error, Refusal) else type(error).__name__,
    )
