"""The clinic's own data: one row, the clock and the hours that it sets, and where clients and papers show it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.models import Event
from corneum.clinic.practice import services
from corneum.clinic.practice.models import Practice, link_of
from corneum.clinic.practice.queries import clinic_time, practice
from corneum.clinic.practice.zones import usual_zone, zone_choices
from corneum.clinic.project.serving import take_step
from corneum.clinic.visits import queries as visits
from corneum.clinic.visits.feeds import make_feed
from corneum.clinic.visits.grid import Wanted, grid
from corneum.clinic.visits.hours import is_open, local, slot_at
from corneum.clinic.visits.queries import Place
from tests.clinic.conftest import NOW, PASSWORD
from tests.clinic.desk import make_room, make_visit

FIELDS = {
    "name": "Linden Clinic",
    "address": "1 Lime Street\nSampleton",
    "telephone": "+1 202 555 0143",
    "emergency_telephone": "112",
    "email": "desk@clinic.example",
    "time_zone": "Europe/Vienna",
    "opens": time(9),
    "closes": time(17, 30),
    "open_days": "12345",
}
SENT = {**FIELDS, "opens": "09:00", "closes": "17:30", "open_days": list("12345")}
OWN = "practice:own"


@pytest.fixture
def house(owner):
    return services.change(by=owner, fields=FIELDS, now=NOW)


def changed():
    return [event.data["changed"] for event in Event.objects.filter(action="practice.changed").order_by("pk")]


# The row


def test_without_a_row_there_are_the_usual_hours_in_the_zone_of_the_settings(db, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    found = practice()
    assert found._state.adding and not Practice.objects.exists()
    assert (found.opens, found.closes, found.open_days) == (time(8), time(20), "1234567")
    assert found.zone == ZoneInfo("Asia/Tokyo") and found.emergency_telephone == "112"


def test_a_change_is_kept_and_the_log_names_fields_only(house, owner):
    services.change(by=owner, fields={**FIELDS, "telephone": "+1 202 555 0199"}, now=NOW)
    services.change(by=owner, fields={**FIELDS, "telephone": "+1 202 555 0199"}, now=NOW)
    assert practice().telephone == "+1 202 555 0199" and Practice.objects.count() == 1
    assert changed() == [list(FIELDS), ["telephone"]]
    assert "0199" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("wrong", [{"id": 2}, {"opens": time(18)}, {"opens": time(17, 30)}, {"open_days": ""}])
def test_the_database_refuses_what_cannot_be(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.create(**{**FIELDS, **wrong})


def test_the_row_is_never_deleted(house):
    with pytest.raises(TypeError):
        house.delete()


@pytest.mark.parametrize(
    ("number", "link"),
    [("+43 (0)1 234-56", "tel:+43123456"), ("(01) 234/56", "tel:0123456"), ("112", "tel:112"), ("", "")],
)
def test_a_number_is_called_by_a_tap(number, link):
    assert link_of(number) == link


def test_a_zone_that_this_computer_no_longer_knows_is_that_of_the_settings(db):
    assert Practice(time_zone="Nowhere/Nowhere").zone == timezone.get_default_timezone()


def test_a_new_clinic_is_offered_the_zone_of_its_computer(tmp_path, monkeypatch, settings):
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.delenv("CORNEUM_TIME_ZONE", raising=False)
    zones = tmp_path / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Vienna").touch()
    link = tmp_path / "localtime"
    link.symlink_to(zones / "Vienna")
    assert usual_zone(link) == "Europe/Vienna"
    assert usual_zone(tmp_path / "nothing") == settings.TIME_ZONE
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert usual_zone(link) == "Asia/Tokyo"
    settings.TIME_ZONE = "Europe/Rome"
    monkeypatch.setenv("CORNEUM_TIME_ZONE", "Europe/Rome")
    assert usual_zone(link) == "Europe/Rome"


def test_every_zone_that_is_offered_can_be_chosen():
    names = [name for _area, zones in zone_choices() for name, _title in zones]
    assert {"UTC", "Europe/Vienna", "America/Argentina/Buenos_Aires"} <= set(names) and len(names) == len(set(names))
    for name in names:
        ZoneInfo(name)


# The page and the first run


def test_the_owner_changes_it_on_its_page(browse):
    browser = browse("owner")
    assert "This clinic" in browser.get(reverse("accounts:staff")).content.decode()
    assert not Practice.objects.exists()
    assert browser.post(reverse(OWN), SENT)["Location"] == reverse(OWN)
    kept = Practice.objects.get()
    assert {name: getattr(kept, name) for name in FIELDS} == FIELDS
    page = browser.get(reverse(OWN)).content.decode()
    assert 'value="+1 202 555 0143"' in page and 'value="09:00"' in page
    assert '<option value="Europe/Vienna" selected>' in page and page.count(" checked") == 5


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "marked fields"),
        ("telephone", "call us", "Digits"),
        ("telephone", "1\n2", "Digits"),
        ("time_zone", "Nowhere/Nowhere", "not known here"),
        ("time_zone", "../../etc/passwd", "not known here"),
        ("closes", "08:00", "closes after it opens"),
        ("open_days", [], "marked fields"),
        ("open_days", ["9"], "marked fields"),
    ],
)
def test_what_cannot_be_is_refused_in_words(field, value, said, browse):
    found = browse("owner").post(reverse(OWN), {**SENT, field: value})
    assert found.status_code == 422 and said in found.content.decode() and not Practice.objects.exists()


FIRST = {"name": "Ada", "username": "ada", "password": PASSWORD, "clinic-name": "Linden Clinic"}


@pytest.mark.django_db
def test_the_first_run_asks_for_name_telephone_and_zone(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.delenv("CORNEUM_TIME_ZONE", raising=False)
    page = Browser().get(reverse("accounts:first_run")).content.decode()
    assert '<option value="Asia/Tokyo" selected>' in page and 'name="clinic-telephone"' in page
    asked = {**FIRST, "clinic-telephone": "+1 202 555 0143", "clinic-time_zone": "Europe/Vienna"}
    assert Browser().post(reverse("accounts:first_run"), asked)["Location"] == "/"
    kept = practice()
    assert (kept.name, kept.telephone, kept.time_zone) == ("Linden Clinic", "+1 202 555 0143", "Europe/Vienna")
    assert [event.action for event in Event.objects.all()] == ["clinic.set_up"]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"clinic-name": ""}, {"clinic-time_zone": "Nowhere"}, {"clinic-telephone": "no"}])
def test_a_first_run_that_is_refused_makes_nothing(wrong):
    found = Browser().post(reverse("accounts:first_run"), {**FIRST, "clinic-time_zone": "UTC", **wrong})
    assert found.status_code == 200 and not Practice.objects.exists() and not User.objects.exists()


# The clock


def test_a_page_goes_by_the_clock_of_the_clinic(house, browse, owner, client_record):
    visit = make_visit(owner, client_record, make_room(owner))
    page = browse("owner").get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert visit.starts == datetime(2027, 3, 1, 10, 30, tzinfo=UTC) and "11:30 – 12:30" in page
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_request_reads_the_row_once(house, browse, django_assert_max_num_queries):
    browser = browse("owner")
    browser.get(reverse(OWN))
    with django_assert_max_num_queries(100) as asked:
        browser.get(reverse("visits:calendar"))
    assert sum('FROM "practice_practice"' in query["sql"] for query in asked.captured_queries) == 1


def test_the_worker_and_the_command_line_go_by_it_too(house):
    late = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    assert take_step(lambda: timezone.localdate(late)) == date(2027, 3, 2)
    with clinic_time() as found:
        assert timezone.localdate(late) == date(2027, 3, 2) and found == house
    assert timezone.localdate(late) == date(2027, 3, 1)


# Hours


MONDAY, SATURDAY = date(2027, 3, 1), date(2027, 3, 6)


def test_the_calendar_shows_the_hours_of_the_clinic_and_offers_no_time_when_it_is_closed(house):
    with clinic_time():
        before = local(MONDAY, time(6))
        wanted = [Wanted("Monday", MONDAY, []), Wanted("Saturday", SATURDAY, [])]
        shown = grid(wanted, before, house)
        open_day, closed_day = shown.columns
        assert shown.hours == tuple(range(9, 18))
        assert [(cell.starts, cell.ends) for cell in open_day.cells] == [
            (local(MONDAY, time(9)), local(MONDAY, time(17, 30)))
        ]
        assert not open_day.is_closed and closed_day.is_closed and closed_day.cells == ()


def test_the_page_of_the_calendar_says_that_a_day_is_closed(house, browse, owner):
    make_room(owner)
    page = browse("owner").get(reverse("visits:calendar"), {"span": "week", "day": f"{SATURDAY:%Y-%m-%d}"})
    assert page.content.decode().count("<small>closed</small>") == 2


def test_the_next_free_time_lies_within_the_hours(house, owner, client_record):
    with clinic_time():
        friday_evening = local(date(2027, 3, 5), time(17, 15))
        place = Place(friday_evening, 30, owner, make_room(owner))
        assert visits.next_free(client_record.pk, place, friday_evening) == local(date(2027, 3, 8), time(9))
        assert not is_open(friday_evening, friday_evening + timedelta(minutes=30), house)
        # It may be booked all the same.
        assert make_visit(owner, client_record, place.room, now=friday_evening, hours=0, minutes=30).minutes == 30


# Where clients and calendars show it


def test_whoever_comes_too_late_reads_whom_to_call(house):
    page = Browser().get(reverse("intake:open", args=["nothing"])).content.decode()
    assert 'href="tel:+12025550143"' in page and "Linden Clinic" in page and "Sampleton" in page


def test_without_a_number_the_page_says_so_and_the_owner_is_told(browse):
    page = Browser().get(reverse("intake:open", args=["nothing"])).content.decode()
    assert "has entered no telephone number" in page and "tel:" not in page
    missing = "telephone number is missing"
    today = reverse("visits:today")
    assert missing in browse("owner").get(today).content.decode()
    assert missing not in browse("reception").get(today).content.decode()


def test_with_a_number_the_owner_is_not_told(house, browse):
    assert "telephone number is missing" not in browse("owner").get(reverse("visits:today")).content.decode()


def test_the_calendar_elsewhere_names_the_place(house, owner, client_record):
    make_visit(owner, client_record, make_room(owner), now=slot_at(timezone.now()))
    made = make_feed(by=owner, now=timezone.now())
    found = Browser().get(reverse("visits:feed", args=[made.token])).content
    (event,) = Calendar.from_ical(found).walk("VEVENT")
    assert str(event["location"]) == "Room 1, Linden Clinic, 1 Lime Street, Sampleton"
    assert "+1 202 555 0143" in str(event["description"]) and b"Zo" not in found
