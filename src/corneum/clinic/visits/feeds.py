"""Calendars for elsewhere: secret addresses that can be revoked, and what stands in them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.practice.models import Practice
from corneum.clinic.practice.present import host_of
from corneum.clinic.ui.names import initials
from corneum.clinic.visits.models import HOLDING, CalendarFeed, Visit
from corneum.clinic.visits.queries import TREATING
from corneum.interop import Appointment, agenda_bytes

_BEFORE, _AFTER = timedelta(days=14), timedelta(days=120)


@dataclass(frozen=True)
class Made:
    """A new calendar address.

    Parameters
    ----------
    feed
        Its row.
    token
        The secret of its address: shown once, never kept.
    """

    feed: CalendarFeed
    token: str


def feed_of(practitioner: User) -> CalendarFeed | None:
    """Return the calendar address of a practitioner that is open, if there is one."""
    return CalendarFeed.objects.filter(practitioner=practitioner, revoked_at=None).first()


@transaction.atomic
def make_feed(*, by: User, now: datetime) -> Made:
    """Make a calendar address for one's own visits; the one before it ends."""
    CalendarFeed.objects.filter(practitioner=by, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(practitioner=by, digest=_digest(token), made_at=now)
    record("calendar.opened", by=by, subject=feed, now=now)
    return Made(feed, token)


@transaction.atomic
def revoke_feed(*, by: User, now: datetime) -> None:
    """End one's own calendar address; twice is once."""
    feed = feed_of(by)
    if feed is not None:
        # Two that were made in the same moment end together.
        CalendarFeed.objects.filter(practitioner=by, revoked_at=None).update(revoked_at=now)
        record("calendar.closed", by=by, subject=feed, now=now)


def opened(token: str) -> CalendarFeed | None:
    """Return the calendar that a secret opens: not revoked, of someone who still works here; or None."""
    found = CalendarFeed.objects.filter(digest=_digest(token), revoked_at=None).select_related("practitioner").first()
    if found is None or not found.practitioner.is_active or found.practitioner.role not in TREATING:
        return None
    return found


def agenda(feed: CalendarFeed, now: datetime, practice: Practice) -> bytes:
    """Return the visits of a practitioner as iCalendar: times, rooms and initials, nothing else of any person."""
    host = host_of(practice)
    visits = Visit.objects.filter(
        practitioner=feed.practitioner_id, starts__gte=now - _BEFORE, starts__lt=now + _AFTER, status__in=HOLDING
    ).select_related("client", "room")
    return agenda_bytes(
        _("Visits"),
        [
            Appointment(
                f"{visit.pk}@corneum",
                visit.starts,
                visit.ends,
                initials(visit.client.name),
                place=", ".join(filter(None, (visit.room.name, host.place))),
                about=host.contact,
            )
            for visit in visits
        ],
        made_at=now,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
