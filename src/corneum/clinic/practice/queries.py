"""Reading the clinic's own data, and counting days by its clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from corneum.clinic.practice.models import ROW, Practice


def practice() -> Practice:
    """Return the clinic's own row, or one that is not kept yet: the usual hours in the zone of the settings."""
    return Practice.objects.filter(pk=ROW).first() or Practice(time_zone=settings.TIME_ZONE)


def practice_of(request: HttpRequest) -> Practice:
    """Return the row that was read for this request."""
    found = getattr(request, "practice", None)
    return found if isinstance(found, Practice) else practice()


@contextmanager
def clinic_time() -> Iterator[Practice]:
    """Count days by the clinic's clock, where no request does: for the worker and the command line."""
    found = practice()
    with timezone.override(found.zone):
        yield found
