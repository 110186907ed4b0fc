"""What happens after a session: reactions noted, followed and closed, a course looked back at, a record erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.intake.inbox import tell
from corneum.clinic.intake.models import ItemKind
from corneum.clinic.people.models import Client
from corneum.clinic.treatments import queries, refusals, translate
from corneum.clinic.treatments.models import (
    AdverseEvent,
    AdverseNote,
    Amendment,
    CourseReview,
    Entry,
    Erasure,
    Level,
    Session,
)

_URGENT: Mapping[str, int] = {Level.DOCTOR: 3, Level.EMERGENCY: 4}
"""Levels of reactions that the inbox is told of, and what they are there."""


@transaction.atomic
def add_event(
    *, by: User, client: Client, session: Session | None, fields: dict[str, Any], now: datetime
) -> AdverseEvent:
    """Note a reaction."""
    first = {name: fields[name] for name in ("severity", "level")}
    made = AdverseEvent.objects.create(client=client, session=session, added_at=now, added_by=by, first=first, **fields)
    record("adverse.added", by=by, subject=made, now=now)
    _told(made, "", by, now)
    return made


@transaction.atomic
def follow_event(*, by: User, event: AdverseEvent, fields: dict[str, Any], now: datetime) -> AdverseNote:
    """Note what followed a reaction: looked at again, sent further, over; a new note opens a closed one again.

    Raises
    ------
    ClosedAlready
        If it is closed and the note would close it again.
    """
    locked = AdverseEvent.objects.select_for_update().get(pk=event.pk)
    if locked.closed_at is not None and fields["closes"]:
        raise refusals.ClosedAlready(str(event.pk))
    made = AdverseNote.objects.create(event=locked, at=now, by=by, **fields)
    before = "" if locked.closed_at is not None else locked.level
    locked.severity, locked.level = made.severity, made.level
    locked.follow_up_on = None if made.closes else made.follow_up_on
    locked.closed_at, locked.closed_by = (now, by) if made.closes else (None, None)
    locked.save(update_fields=["severity", "level", "follow_up_on", "closed_at", "closed_by"])
    action = "adverse.closed" if made.closes else "adverse.followed"
    record(action, by=by, subject=locked, now=now)
    _told(locked, before, by, now)
    return made


def _told(event: AdverseEvent, before: str, by: User, now: datetime) -> None:
    """Tell the inbox of a reaction that a doctor must see today, once a level, and call for the next look at it."""
    level = _URGENT.get(event.level)
    if level is not None and event.closed_at is None and event.level != before:
        tell(client=event.client, kind=ItemKind.REACTION, level=level, now=now)
    translate.after_reaction(event.client, queries.next_look(event.client_id), by=by, now=now)


@transaction.atomic
def review(*, by: User, client: Client, course: int, fields: dict[str, Any], now: datetime) -> CourseReview:
    """Keep the look back at a course: it goes on, or it stops."""
    done = [one for one in queries.signed_sessions(client.pk) if one.course == course and one.done]
    rules = ["treatment.course.review", "treatment.end_point"]
    made = CourseReview.objects.create(
        client=client, course=course, after=len(done), rules=rules, at=now, by=by, **fields
    )
    data = {"course": course, "after": made.after}
    record("course.reviewed", by=by, subject=made, now=now, data=data)
    translate.after_review(client, by=by, now=now)
    return made


@transaction.atomic
def erase(*, by: User, client: Client, now: datetime) -> int:
    """Delete every session, reaction and review of a client, and keep only that it was done; return how many rows.

    The database lets nothing go without this leave, which stays.
    """
    Erasure.objects.create(client_id=client.pk, at=now, by=by)
    gone = [
        AdverseNote.objects.filter(event__client=client).delete()[0],
        AdverseEvent.objects.filter(client=client).delete()[0],
        Amendment.objects.filter(session__client=client).delete()[0],
        Entry.objects.filter(session__client=client).delete()[0],
        CourseReview.objects.filter(client=client).delete()[0],
        Session.objects.filter(client=client).delete()[0],
    ]
    record("treatment.erased", by=by, client_id=client.pk, now=now, data={"rows": sum(gone)})
    return sum(gone)
