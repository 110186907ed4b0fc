"""Days of the clinic, in its time zone: also the two a year that have 23 or 25 hours."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone


def local(day: date, at: time) -> datetime:
    """Return a time of a day in the clinic's time zone; one that the clock skips is the moment after it."""
    made = datetime.combine(day, at, tzinfo=timezone.get_current_timezone())
    return made.astimezone(UTC)


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day and of the day after it."""
    return local(day, time()), local(day + timedelta(days=1), time())
