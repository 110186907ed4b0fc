"""A plan as iCalendar (RFC 5545): every dated entry as an all-day event, the same bytes for the same plan."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from icalendar import Calendar, Event

from corneum.course import CalendarEntry, Plan

Audience = Literal["client", "practitioner"]


@dataclass(frozen=True)
class Host:
    """Who asks a client to come.

    Parameters
    ----------
    place
        Name and address, in one line; empty for none.
    contact
        How to reach them, as a sentence; empty for none.
    """

    place: str = ""
    contact: str = ""


_NOBODY = Host()


def calendar_bytes(
    plan: Plan, audience: Audience = "client", *, host: Host = _NOBODY, say: Callable[[str], str] = str
) -> bytes:
    """Return the calendar of a plan.

    Parameters
    ----------
    plan
        The plan.
    audience
        ``client``: only entries with a text for the client, in plain words and without the person's concerns in the
        titles; ``practitioner``: every entry, with the rows behind it.
    host
        Stands in every entry as its place, and at the end of its text.
    say
        Puts what the plan says into another language; the names of events stay, so that a calendar replaces them.

    Returns
    -------
    bytes
        UTF-8 text of a VCALENDAR; times are dates, so that no time zone is needed.
    """
    told = [entry for entry in plan.calendar if audience == "practitioner" or entry.client_text]
    return _bytes(
        say("Appointments and reminders" if audience == "client" else plan.title),
        [(entry, _description(plan, entry, audience)) for entry in told],
        made_on=plan.made_on,
        key=f"{plan.title}:{plan.made_on}:{audience}",
        host=host,
        say=say,
    )


def reminders_bytes(
    title: str,
    entries: Iterable[CalendarEntry],
    *,
    made_on: date,
    key: str,
    host: Host = _NOBODY,
    say: Callable[[str], str] = str,
) -> bytes:
    """Return dated entries for a client, such as the care after one session.

    Parameters
    ----------
    title
        Of the calendar.
    entries
        With a text for the client; others are left out.
    made_on
        Day on which they were dated.
    key
        Names what they belong to: the same key and entry replace each other in a calendar, and never double.
    host
        Stands in every entry as its place, and at the end of its text.
    say
        Puts what the entries say into another language.

    Returns
    -------
    bytes
        UTF-8 text of a VCALENDAR.
    """
    told = [(entry, entry.client_text) for entry in entries if entry.client_text]
    return _bytes(title, told, made_on=made_on, key=key, host=host, say=say)


def _bytes(
    title: str,
    entries: Iterable[tuple[CalendarEntry, str]],
    *,
    made_on: date,
    key: str,
    host: Host,
    say: Callable[[str], str],
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Corneum//course//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    seen: dict[str, int] = {}
    for entry, text in entries:
        event = _event(entry, made_on, key, seen)
        event.add("summary", say(entry.title))
        event.add("description", "\n".join(part for part in (say(text), host.contact) if part))
        if host.place:
            event.add("location", host.place)
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def _event(entry: CalendarEntry, made_on: date, key: str, seen: dict[str, int]) -> Event:
    event = Event()
    event.add("uid", _uid(entry, key, seen))
    # The day of planning in place of the clock: the same plan gives the same file.
    event.add("dtstamp", datetime.combine(made_on, time(), tzinfo=UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", (entry.last_day or entry.day) + timedelta(days=1))
    event.add("categories", [entry.kind])
    event.add("transp", "OPAQUE" if entry.kind in ("session", "maintenance") else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _description(plan: Plan, entry: CalendarEntry, audience: Audience) -> str:
    if audience == "client":
        return entry.client_text
    parts = [entry.practitioner_text or entry.client_text]
    if entry.kind == "session":
        parts += [
            f"{zone.title}: {zone.settings.label}, {zone.settings.vacuum}, passes: {zone.settings.passes}"
            for zone in plan.zones
        ]
    if entry.rows:
        parts.append(f"Rows: {', '.join(entry.rows)}")
    return "\n".join(part for part in parts if part)


def _uid(entry: CalendarEntry, key: str, seen: dict[str, int]) -> str:
    """Return a name that stays the same when the plan is made again, so that a calendar replaces and never doubles."""
    named = f"{key}:{entry.kind}:{entry.title}:{entry.session}"
    number = seen[named] = seen.get(named, 0) + 1
    return f"{hashlib.sha256(f'{named}:{number}'.encode()).hexdigest()[:32]}@corneum"
