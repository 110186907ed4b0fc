"""Read what happened."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from corneum.clinic.audit.models import Event
from corneum.clinic.ui.days import bounds

PAGE = 100


def events(
    *, action: str = "", client_id: UUID | None = None, day: date | None = None, before: int | None = None
) -> QuerySet[Event]:
    """Return the newest events, at most `PAGE`; the next page is before the id of the last one."""
    found = Event.objects.select_related("by")
    if action:
        found = found.filter(action=action)
    if client_id is not None:
        found = found.filter(client_id=client_id)
    if day is not None:
        # By the moments, not by the date of each: so the index is used.
        first, last = bounds(day)
        found = found.filter(at__gte=first, at__lt=last)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found[:PAGE]


def names_of(found: Iterable[Event]) -> dict[str, str]:
    """Return the names of the staff among whom events were done to, by identifier."""
    staff = {event.subject_id for event in found if event.subject_kind == "user"}
    return {str(one.pk): str(one) for one in get_user_model().objects.filter(pk__in=staff)} if staff else {}
