"""Days and times of the clinic, in its time zone: also on the two days a year that have 23 or 25 hours."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from corneum.clinic.practice.models import Practice
from corneum.clinic.ui.days import bounds as bounds
from corneum.clinic.ui.days import local as local
from corneum.clinic.visits.models import SLOT


def slot_at(moment: datetime) -> datetime:
    """Return the start of the slot in which a moment lies."""
    moment = moment.astimezone(UTC)
    return moment - timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)


def slot_after(moment: datetime) -> datetime:
    """Return the first start of a slot that is not before a moment."""
    start = slot_at(moment)
    return start if start == moment else start + SLOT


def is_on_grid(moment: datetime) -> bool:
    """Return whether a moment is the start of a slot."""
    return slot_at(moment) == moment


def is_open(starts: datetime, ends: datetime, practice: Practice) -> bool:
    """Return whether the clinic is usually open all that time; a visit may be booked at any other."""
    day = timezone.localdate(starts)
    begins, closes = hours_of(day, practice)
    return practice.is_open_on(day) and begins <= starts and ends <= closes


def hours_of(day: date, practice: Practice) -> tuple[datetime, datetime]:
    """Return when the clinic opens and closes on a day on which it does."""
    return local(day, practice.opens), local(day, practice.closes)


def week_of(day: date) -> list[date]:
    """Return the days of a week, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]
