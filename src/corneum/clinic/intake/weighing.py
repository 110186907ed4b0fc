"""What the rules say of a client, kept for the list of a day: which must not screen everybody on it."""

import logging
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from corneum.clinic.intake.models import Sheet, StoredVerdict
from corneum.clinic.intake.queries import newest_sheet, screening_on
from corneum.clinic.intake.questioning import for_staff
from corneum.clinic.jobs.models import Job, State
from corneum.clinic.jobs.work import ask
from corneum.clinic.people.models import Client
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.clinic.visits.hours import local
from corneum.clinic.visits.models import Status, Visit
from corneum.screening import Finding, Screening

JOB = "intake.weigh"
AT_ONCE = 200
"""Clients of one job: others wait behind it."""
_AHEAD = timedelta(days=3)
_NIGHT = time(0, 20)
_COMING = (Status.BOOKED, Status.ARRIVED, Status.IN_ROOM)
_OF_THE_DAY = "on_the_day"

_log = logging.getLogger(__name__)


def weigh(client_id: UUID, now: datetime) -> None:
    """Keep what the rules say now of the newest answers that were handed in, in the transaction of what changed."""
    sheet, today = newest_sheet(client_id), timezone.localdate(now)
    if sheet is not None:
        said = _said(screening_on(sheet, today)) | {"day": today, "rules_digest": rules_in_force().digest()}
        StoredVerdict.objects.update_or_create(client_id=client_id, defaults=said)


def soon(now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when visits begin whose clients are weighed anew every night."""
    first = local(timezone.localdate(now), time())
    return first, first + _AHEAD


def weigh_some(now: datetime) -> bool:
    """Weigh anew whatever is out of date, some clients at once; return whether others wait behind them.

    A client who cannot be weighed is passed over; where that is everyone, nothing is tried again before the night.
    """
    waiting = _out_of_date(now)
    done = [_weighed(client_id, now) for client_id in waiting[:AT_ONCE]]
    return len(waiting) > AT_ONCE and any(done)


def _weighed(client_id: UUID, now: datetime) -> bool:
    try:
        with transaction.atomic():
            # What is read here is not changed before the verdict is kept: each change locks the client first.
            Client.objects.select_for_update().get(pk=client_id)
            weigh(client_id, now)
    except Exception:
        _log.error("client %s was not weighed", client_id, exc_info=True)
        return False
    return True


@transaction.atomic
def weigh_soon(now: datetime) -> Job:
    """Have whatever is out of date weighed anew as soon as there is time; one job waits for it."""
    waiting = Job.objects.filter(kind=JOB, state=State.WAITING)
    if waiting.update(not_before=now):
        return waiting[0]
    return ask(JOB, {}, now=now)


@transaction.atomic
def weigh_at_night(now: datetime) -> Job:
    """Have it weighed anew in the next night: what rules say changes with the days that pass."""
    waiting = Job.objects.filter(kind=JOB, state=State.WAITING).first()
    return waiting or ask(JOB, {}, now=now, not_before=local(timezone.localdate(now) + timedelta(days=1), _NIGHT))


def _out_of_date(now: datetime) -> list[UUID]:
    """Return clients whose verdict is missing or of other rules, and those who come soon with one of another day.

    One more than is weighed at once says that others wait.
    """
    today, digest = timezone.localdate(now), rules_in_force().digest()
    handed_in = Sheet.objects.filter(submitted__isnull=False)
    of_others = handed_in.exclude(client__stored_verdict__rules_digest=digest)
    first, end = soon(now)
    coming = Visit.objects.filter(starts__gte=first, starts__lt=end, status__in=_COMING)
    old = coming.exclude(client__stored_verdict__day=today).filter(client__in=handed_in.values("client_id"))
    ids = [found.order_by().values_list("client_id", flat=True).distinct()[: AT_ONCE + 1] for found in (old, of_others)]
    return list(dict.fromkeys([*ids[0], *ids[1]]))[: AT_ONCE + 1]


def _said(screening: Screening | None) -> dict[str, Any]:
    """Return what is kept of a screening; without a place nothing was screened, so that the place is asked for."""
    if screening is None:
        return {"stops": False, "defers": False, "deferred_until": None, "asks": True}
    found = screening.findings
    defers = [one for one in found if one.verdict == "defer"]
    days = [one.until for one in defers if one.until is not None]
    until: date | None = max(days) if days and len(days) == len(defers) else None
    return {
        "stops": any(one.verdict == "stop" for one in found),
        "defers": bool(defers),
        "deferred_until": until,
        "asks": any(_waits(one) for one in found),
    }


def _waits(finding: Finding) -> bool:
    """Return whether a rule waits for an answer of the client that is not asked on the day itself."""
    book = rules_in_force()
    return finding.kind in ("unanswered", "dont_know") and any(
        not for_staff(book.questions[name]) and book.topics.get(name) != _OF_THE_DAY for name in finding.open_questions
    )
