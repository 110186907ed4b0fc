import pytest
from icalendar import Calendar

from corneum.course import Plan, plan_course
from corneum.interop import Host, calendar_bytes
from tests.course.builders import TODAY, only_coldsore, request


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_course(request(), today=TODAY, samples=20, rules=only_coldsore())


def test_every_entry_is_an_event_on_its_days(plan: Plan) -> None:
    events = list(Calendar.from_ical(calendar_bytes(plan, "practitioner")).walk("VEVENT"))
    assert len(events) == len(plan.calendar)
    for event, entry in zip(events, plan.calendar, strict=True):
        assert event["dtstart"].dt == entry.day
        assert (event["dtend"].dt - (entry.last_day or entry.day)).days == 1
        assert str(event["summary"]) == entry.title


def test_names_of_events_are_each_used_once_and_stay(plan: Plan) -> None:
    for audience in ("client", "practitioner"):
        events = list(Calendar.from_ical(calendar_bytes(plan, audience)).walk("VEVENT"))
        names = [str(event["uid"]) for event in events]
        assert len(set(names)) == len(names)
    assert calendar_bytes(plan) == calendar_bytes(plan)


def test_the_client_sees_no_rows_and_nothing_for_the_practitioner_alone(plan: Plan) -> None:
    text = calendar_bytes(plan, "client").replace(b"\r\n ", b"").decode()
    assert "Rows:" not in text
    assert plan.title not in text
    shown = [entry for entry in plan.calendar if entry.client_text]
    assert text.count("BEGIN:VEVENT") == len(shown)
    assert len(shown) <= len(plan.calendar)


def test_lines_follow_the_standard(plan: Plan) -> None:
    raw = calendar_bytes(plan)
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_who_asks_stands_in_every_event_and_another_language_keeps_its_name(plan: Plan) -> None:
    host = Host("Linden Clinic, 1 Lime Street", "Telephone: 112")
    plain = list(Calendar.from_ical(calendar_bytes(plan)).walk("VEVENT"))
    said = list(Calendar.from_ical(calendar_bytes(plan, host=host, say=str.upper)).walk("VEVENT"))
    for one, other in zip(said, plain, strict=True):
        assert str(one["location"]) == host.place and str(one["description"]).endswith("\nTelephone: 112")
        assert one["uid"] == other["uid"] and str(one["summary"]) == str(other["summary"]).upper()
        assert "location" not in other
