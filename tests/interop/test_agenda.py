from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from corneum.interop import Appointment, agenda_bytes

MADE = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def test_times_are_written_in_utc_also_where_the_clock_changes() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    days = [datetime(2027, 3, day, 9, tzinfo=vienna) for day in (27, 28)]
    given = [Appointment(f"{day.day}@corneum", day, day.replace(hour=10), "Z. G.") for day in days]
    raw = agenda_bytes("Visits", given, made_at=MADE)
    found = list(Calendar.from_ical(raw).walk("VEVENT"))
    assert [event["dtstart"].dt for event in found] == [
        datetime(2027, 3, 27, 8, tzinfo=UTC),
        datetime(2027, 3, 28, 7, tzinfo=UTC),
    ]
    assert [str(event["uid"]) for event in found] == ["27@corneum", "28@corneum"]
    assert raw == agenda_bytes("Visits", given, made_at=MADE)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 1, 9)
    with pytest.raises(ValueError, match="time zone"):
        agenda_bytes("Visits", [Appointment("a", naive, naive, "")], made_at=MADE)


def test_a_place_and_a_word_stand_in_an_appointment_where_they_are_given() -> None:
    plain = Appointment("a", MADE, MADE, "Z. G.")
    bare, full = (
        next(iter(Calendar.from_ical(agenda_bytes("Visits", [one], made_at=MADE)).walk("VEVENT")))
        for one in (plain, Appointment("a", MADE, MADE, "Z. G.", "Linden Clinic, 1 Lime Street", "Call us."))
    )
    assert (str(full["location"]), str(full["description"])) == ("Linden Clinic, 1 Lime Street", "Call us.")
    assert "location" not in bare and "description" not in bare
