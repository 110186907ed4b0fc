"""Whether the clinic's slow work goes on: what the health page asks."""

from datetime import datetime
from multiprocessing.connection import wait

from corneum.clinic.jobs.work import is_stuck

_ends: list[int] = []


def watch(end: int) -> None:
    """Look after a worker by its sentinel, which every process that is forked afterwards can ask."""
    _ends[:] = [end]


def fault(now: datetime) -> str:
    """Return what is wrong with the slow work, or nothing; asks the database."""
    if is_stuck(now):
        return "a job hangs"
    return "the worker has ended" if _ends and wait(_ends, 0) else ""
