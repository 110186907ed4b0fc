"""Whether the clinic's slow work goes on: what the health page asks."""

from datetime import datetime
from mmap import mmap

from corneum.clinic.jobs.work import is_stuck

_ended = mmap(-1, 1)
"""One byte that all processes share which are forked afterwards: those that answer pages read it."""


def tell(has_ended: bool) -> None:
    """Say whether the worker has ended and is not started anew yet."""
    _ended[0] = has_ended


def fault(now: datetime) -> str:
    """Return what is wrong with the slow work, or nothing; asks the database."""
    if is_stuck(now):
        return "a job hangs"
    return "the worker has ended" if _ended[0] else ""
