"""Appointments as iCalendar (RFC 5545): times, and as few words as the caller gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Appointment:
    """One appointment.

    Parameters
    ----------
    uid
        A name that stays the same when the appointment is moved, so that a calendar replaces and never doubles.
    starts, ends
        With a time zone.
    summary
        What a calendar shows.
    place
        Where it is; empty for nothing.
    about
        What a calendar shows when it is opened; empty for nothing.
    """

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    place: str = ""
    about: str = ""


def agenda_bytes(title: str, appointments: Iterable[Appointment], *, made_at: datetime) -> bytes:
    """Return appointments as a calendar that a program can read again and again.

    Parameters
    ----------
    title
        Of the calendar.
    appointments
        What stands in it. All times are written in UTC, so that no description of a time zone is needed.
    made_at
        When it was made.

    Returns
    -------
    bytes
        UTF-8 text of a VCALENDAR.

    Raises
    ------
    ValueError
        If a time has no time zone.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Corneum//visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for appointment in appointments:
        event = Event()
        event.add("uid", appointment.uid)
        event.add("dtstamp", _utc(made_at))
        event.add("dtstart", _utc(appointment.starts))
        event.add("dtend", _utc(appointment.ends))
        event.add("summary", appointment.summary)
        if appointment.place:
            event.add("location", appointment.place)
        if appointment.about:
            event.add("description", appointment.about)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time of an appointment needs a time zone")
    return moment.astimezone(UTC)
