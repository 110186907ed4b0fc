"""Count the clinic's outcomes, beside the pages and once a night, and clear away what is over."""

from datetime import datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.jobs.models import Job, State
from corneum.clinic.jobs.work import Progress, ask
from corneum.clinic.reports.counting.table import outcomes_of
from corneum.clinic.reports.counting.tally import first_year
from corneum.clinic.reports.models import Outcomes
from corneum.clinic.reports.queries import COUNT_JOB

_NIGHT = time(3, 10)


@transaction.atomic
def ask_count(*, by: User, now: datetime) -> Job:
    """Have the outcomes counted now; while that waits already, nothing is added."""
    job = Job.objects.filter(kind=COUNT_JOB, state=State.WAITING, not_before__lte=now).first()
    if job is None:
        job = ask(COUNT_JOB, {}, now=now)
        record("outcomes.asked", by=by, now=now)
    return job


@transaction.atomic
def count_every_night(*, now: datetime) -> Job:
    """Have the outcomes counted in the next night, unless a night waits already."""
    job = Job.objects.filter(kind=COUNT_JOB, state=State.WAITING, not_before__gt=now).first()
    return job or ask(COUNT_JOB, {}, now=now, not_before=_next_night(now))


def count(*, now: datetime, tell: Progress) -> list[int]:
    """Count this year and the last one, and each earlier year that is missing; return which.

    Earlier years stay as they were counted: a number that still changed would tell who was added or erased.
    """
    first, this = first_year(), timezone.localtime(now).year
    if first is None:
        first = this
    there = set(Outcomes.objects.values_list("year", flat=True))
    wanted = [year for year in range(this, first - 1, -1) if year >= this - 1 or year not in there]
    for place, year in enumerate(wanted):
        tell(str(year), place / len(wanted))
        table = outcomes_of(year, now)
        Outcomes.objects.update_or_create(year=year, defaults={"counted_at": now, "table": table})
    return wanted


def clear_sessions() -> None:
    """Delete the sessions that are over: each holds what was last told to somebody, and anybody may begin one."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _next_night(now: datetime) -> datetime:
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), _NIGHT))
    return today if today > now else today + timedelta(days=1)
