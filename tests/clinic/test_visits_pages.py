from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from corneum.clinic.accounts import services as accounts
from corneum.clinic.audit.models import Event
from corneum.clinic.people import services as people
from corneum.clinic.visits import feeds, services
from corneum.clinic.visits.models import BookedSlot, Recall, Status, Visit, VisitChange
from corneum.clinic.visits.queries import Place
from tests.clinic.desk import make_device, make_room, make_visit

HX = {"HX-Request": "true"}


@pytest.fixture
def now():
    """Tomorrow at ten: pages ask the clock themselves."""
    here = timezone.localtime() + timedelta(days=1)
    return here.replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def room(owner):
    return make_room(owner)


@pytest.fixture
def visit(owner, client_record, room, now):
    return make_visit(owner, client_record, room, hours=0, now=now)


def asked(now, owner, room, client, **more):
    return {
        "client": client.pk,
        "kind": "treatment",
        "day": f"{now:%Y-%m-%d}",
        "at": f"{now:%H:%M}",
        "minutes": "60",
        "practitioner": owner.pk,
        "room": room.pk,
        **more,
    }


def day_page(browser, now, **more):
    return browser.get(reverse("visits:today"), {"day": f"{now:%Y-%m-%d}", **more}).content.decode()


def test_the_first_page_is_the_day_and_the_auditor_has_another(browse):
    assert browse("reception").get("/")["Location"] == reverse("visits:today")
    assert browse("auditor").get("/")["Location"] == reverse("audit:events")


def test_an_empty_day_says_what_to_do(browse, now, owner):
    assert "There is no room yet" in day_page(browse("reception"), now)
    room = make_room(owner)
    assert "Nobody is booked" in day_page(browse("reception"), now)
    assert "No visit of this practitioner" in day_page(browse("reception"), now, room=room.pk)


def test_a_day_is_filtered(browse, now, visit, owner, staff):
    browser = browse("reception")
    assert "Zoë Größe" in day_page(browser, now, practitioner=owner.pk)
    assert "Zoë Größe" not in day_page(browser, now, practitioner=staff["practitioner"].pk)
    assert "Zoë Größe" not in day_page(browser, now + timedelta(days=1))
    assert "Zoë Größe" in day_page(browser, now, practitioner="nonsense", room="%")


def test_one_tap_takes_a_visit_on_and_one_takes_it_back(browse, visit, now):
    browser = browse("reception")
    found = browser.post(reverse("visits:status", args=[visit.pk]), {"status": "arrived"}, headers=HX)
    page = found.content.decode()
    assert page.startswith('<li class="visit arrived"') and "<html" not in page
    assert "1 waiting" in page and 'hx-swap-oob="true"' in page
    menu = page.partition("<details")[2].partition("</details>")[0]
    assert reverse("visits:move", args=[visit.pk]) in menu and "Did not come" in menu and "Cancel it" in menu
    change = VisitChange.objects.get(what="arrived")
    assert f'name="change" value="{change.pk}"' in page
    page = browser.post(reverse("visits:undo", args=[visit.pk]), {"change": change.pk}, headers=HX).content.decode()
    assert 'class="visit booked"' in page
    visit.refresh_from_db()
    assert visit.status == Status.BOOKED


def test_without_javascript_the_day_comes_back(browse, visit, now):
    found = browse("reception").post(reverse("visits:status", args=[visit.pk]), {"status": "arrived"})
    assert found["Location"] == f"{reverse('visits:today')}?day={now:%Y-%m-%d}#visit-{visit.pk}"


def test_a_step_that_does_not_follow_is_told(browse, visit):
    browser = browse("reception")
    address = reverse("visits:status", args=[visit.pk])
    page = browser.post(address, {"status": "done"}, headers=HX).content.decode()
    assert 'role="alert"' in page and "does not follow" in page
    assert "does not follow" in browser.post(address, {"status": "done"}, follow=True).content.decode()
    assert browser.post(address, {"status": "nonsense"}).status_code == 400
    page = browser.post(reverse("visits:undo", args=[visit.pk]), {"change": "x"}, headers=HX).content.decode()
    assert "nothing was undone" in page


def test_booking_first_asks_for_whom(browse, client_record, now, room):
    browser = browse("reception")
    address = reverse("visits:book")
    find, asked_for = reverse("visits:find"), {"q": "zoe", "starts": "2027-03-02T11:00"}
    assert client_record.name not in browser.get(address, asked_for).content.decode()
    page = browser.post(find, asked_for).content.decode()
    assert f"{address}?client={client_record.pk}&amp;starts=2027-03-02T11%3A00" in page.replace("%253A", "%3A")
    form = browser.get(address, {"client": client_record.pk, "starts": "2027-03-02T11:00"}).content.decode()
    assert 'value="2027-03-02"' in form and 'value="11:00"' in form
    for nonsense in ({"client": "x"}, {"client": client_record.pk, "starts": "yesterday", "room": "x", "kind": "y"}):
        assert browser.get(address, nonsense).status_code == 200
    assert "<html" in page and client_record.name not in browser.get(find, asked_for).content.decode()
    page = browser.post(find, {"q": "zoe", "for": "walk-in"}, headers=HX).content.decode()
    assert reverse("visits:walk_in") in page and "<html" not in page


def test_a_booking_that_clashes_names_the_visit_and_offers_another_time(browse, visit, owner, room, now, client_record):
    browser, address = browse("reception"), reverse("visits:book")
    other = make_room(owner, "Room 2")
    found = browser.post(address, asked(now, owner, room, client_record, kind="check"))
    page = found.content.decode()
    assert found.status_code == 422 and Visit.objects.count() == 1
    assert "Room 1 is taken from 10:00 to 11:00: Treatment, Zoë Größe with The Owner." in page
    offered = page.partition('name="offered" value="')[2].partition('"')[0]
    assert offered.startswith(f"{now:%Y-%m-%d}T11:00")
    found = browser.post(address, asked(now, owner, room, client_record, kind="check", offered=offered))
    assert found.status_code == 302
    assert Visit.objects.latest("starts").starts == visit.ends
    assert "Take Room 2 instead" not in page and other.name not in page.partition("alert")[2].partition("</div>")[0]


def test_another_room_is_offered_where_only_the_room_is_taken(browse, visit, owner, staff, room, now):
    second = make_room(owner, "Room 2")
    client = people.add_client(by=owner, fields={"name": "Ida", "born": date(1990, 1, 2)}, now=now)
    browser, fields = browse("reception"), asked(now, staff["practitioner"], room, client)
    page = browser.post(reverse("visits:book"), fields).content.decode()
    assert "Take Room 2 instead" in page
    assert browser.post(reverse("visits:book"), {**fields, "offered_room": second.pk}).status_code == 302
    assert Visit.objects.get(client=client).room == second


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("at", "09:01", "full five minutes"),
        ("day", "2020-01-01", "That day is over"),
        ("at", "", "marked fields"),
        ("minutes", "61", "marked fields"),
        ("client", "00000000-0000-0000-0000-000000000000", "Choose the client again"),
        ("practitioner", "00000000-0000-0000-0000-000000000000", "marked fields"),
    ],
)
def test_a_booking_that_cannot_be_is_refused(field, value, said, browse, owner, room, client_record, now):
    found = browse("reception").post(reverse("visits:book"), {**asked(now, owner, room, client_record), field: value})
    assert found.status_code == 422 and said in found.content.decode()
    assert not Visit.objects.exists()


def test_reception_and_the_auditor_cannot_be_booked(browse, staff, room, client_record, now):
    for role in ("reception", "auditor"):
        found = browse("reception").post(reverse("visits:book"), asked(now, staff[role], room, client_record))
        assert found.status_code == 422


@pytest.mark.parametrize("day", ["2027-03-28"])
def test_a_time_that_the_clock_skips_is_refused(day, browse, owner, room, client_record, now, settings):
    settings.TIME_ZONE = "Europe/Vienna"
    fields = asked(now, owner, room, client_record, day=day, at="02:30")
    found = browse("reception").post(reverse("visits:book"), fields)
    assert "The clock is changed that night" in found.content.decode()


def test_a_visit_is_moved_on_the_page(browse, visit, owner, room, now):
    browser, address = browse("reception"), reverse("visits:move", args=[visit.pk])
    assert f'value="{now:%Y-%m-%d}"' in browser.get(address).content.decode()
    later = now + timedelta(hours=3)
    fields = {key: value for key, value in asked(later, owner, room, visit.client).items() if key != "client"}
    assert browser.post(address, fields).status_code == 302
    assert "Moved from" in browser.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert 'id="undo-' in day_page(browser, now)
    services.arrive(by=owner, visit=visit, now=now)
    services.bring_in(by=owner, visit=visit, now=now)
    assert browser.post(address, fields).status_code == 422


def test_someone_walks_in(browse, client_record, staff, owner):
    browser, address = browse("practitioner"), reverse("visits:walk_in")
    fields = {"client": client_record.pk, "kind": "check", "minutes": "15", "practitioner": staff["practitioner"].pk}
    assert "No room is free" in browser.post(address, fields).content.decode()
    room = make_room(owner)
    assert browser.get(address, {"client": client_record.pk}).status_code == 200
    assert browser.post(address, fields).status_code == 302
    walked = Visit.objects.get()
    assert (walked.status, walked.room) == (Status.ARRIVED, room)
    assert browser.post(address, fields).status_code == 302 and Visit.objects.count() == 1
    client = people.add_client(by=owner, fields={"name": "Ida", "born": date(1990, 1, 2)}, now=timezone.now())
    found = browser.post(address, fields | {"client": client.pk})
    assert found.status_code == 422 and "No room is free" in found.content.decode()


def test_the_calendar_by_room_practitioner_and_week(browse, visit, owner, room, now):
    browser, address = browse("reception"), reverse("visits:calendar")
    day = {"day": f"{now:%Y-%m-%d}"}
    for more in ({"by": "room"}, {"by": "practitioner"}, {"span": "week"}):
        page = browser.get(address, {**day, **more}).content.decode()
        assert "Zoë Größe" in page and "style=" not in page
    page = browser.get(address, {**day, "span": "week", "by": "practitioner", "of": owner.pk}).content.decode()
    assert "at-25 for-12 held booked" in page
    assert f"?starts={now:%Y-%m-%d}T11:00&amp;practitioner={owner.pk}" in page
    assert browser.get(address, {"day": "x", "span": "y", "by": "z", "of": "%"}).status_code == 200


def test_a_calendar_feed_says_initials_and_rooms_only_and_can_be_ended(browse, visit, owner, room):
    services.book(
        by=owner, client=visit.client, kind="check", place=Place(visit.ends, 15, owner, room), now=visit.starts
    )
    services.cancel(by=owner, visit=visit, now=visit.starts)
    browser = browse("owner")
    page = browser.post(reverse("visits:feed_make")).content.decode()
    address = page.partition('readonly value="')[2].partition('"')[0].removeprefix("http://testserver")
    assert address.endswith(".ics")
    found = Browser().get(address)
    assert found["Content-Type"].startswith("text/calendar") and found["Cache-Control"] == "no-store"
    events = list(Calendar.from_ical(found.content).walk("VEVENT"))
    assert [str(event["summary"]) for event in events] == ["Z. G."]
    assert str(events[0]["location"]).startswith("Room 1")
    for word in ("Zoë", "Gr", "check", "Check", str(visit.client_id)):
        assert word not in found.content.decode()
    again = browser.get(reverse("visits:feeds")).content.decode()
    assert ".ics" not in again
    browser.post(reverse("visits:feed_revoke"))
    assert Browser().get(address).status_code == 404
    assert Browser().get(reverse("visits:feed", args=["nonsense"])).status_code == 404


def test_a_calendar_ends_with_its_owner_and_with_a_new_one(browse, staff, owner, now):
    member = staff["practitioner"]
    first, second = feeds.make_feed(by=member, now=now), feeds.make_feed(by=member, now=now)
    assert feeds.opened(first.token) is None
    assert Browser().get(reverse("visits:feed", args=[second.token])).status_code == 200
    accounts.change_member(by=owner, member=member, name="P", role="practitioner", is_active=False, now=now)
    assert Browser().get(reverse("visits:feed", args=[second.token])).status_code == 404


def test_recalls_are_booked_closed_and_opened_again(browse, client_record, owner, room, now):
    browser = browse("reception")
    assert "Nobody is to be called" in browser.get(reverse("visits:recalls")).content.decode()
    add = reverse("visits:recall_add", args=[client_record.pk])
    browser.post(add, {"kind": "maintenance", "due_on": "2001-01-01"})
    assert not Recall.objects.exists()
    browser.post(add, {"kind": "maintenance", "due_on": f"{timezone.localdate():%Y-%m-%d}"})
    due = Recall.objects.get()
    assert "Zoë Größe" in browser.get(reverse("visits:recalls")).content.decode()
    assert "1 recall is due" in browser.get(reverse("visits:today")).content.decode()
    browser.post(reverse("visits:recall_close", args=[due.pk]))
    assert "Done today" in browser.get(reverse("visits:recalls")).content.decode()
    browser.post(reverse("visits:recall_open", args=[due.pk]))
    fields = asked(now, owner, room, client_record, recall=due.pk)
    assert browser.post(reverse("visits:book"), fields).status_code == 302
    due.refresh_from_db()
    assert due.visit == Visit.objects.get()


def test_the_visits_of_a_client(browse, visit, client_record):
    page = browse("reception").get(reverse("visits:of_client", args=[client_record.pk])).content.decode()
    assert "To come" in page and "Treatment" in page


def test_looking_writes_nothing(browse, visit, client_record):
    before = (Event.objects.count(), VisitChange.objects.count(), BookedSlot.objects.count())
    browser = browse("owner")
    for name in ("today", "calendar", "book", "walk_in", "find", "recalls", "feeds", "treated"):
        assert browser.get(reverse(f"visits:{name}")).status_code == 200
    for name in ("visit", "move"):
        assert browser.get(reverse(f"visits:{name}", args=[visit.pk])).status_code == 200
    for name in ("status", "undo"):
        assert browser.get(reverse(f"visits:{name}", args=[visit.pk])).status_code == 405
    assert (Event.objects.count(), VisitChange.objects.count(), BookedSlot.objects.count()) == before


@pytest.mark.parametrize("name", ["today", "calendar"])
def test_queries_do_not_grow_with_visits(
    name, browse, visit, owner, client_record, room, now, django_assert_max_num_queries
):
    browser = browse("reception")
    make_device(owner)
    address, day = reverse(f"visits:{name}"), {"day": f"{now:%Y-%m-%d}"}
    for number in range(1, 7):
        make_visit(owner, client_record, room, hours=number, now=now)
    browser.get(address, day)
    with django_assert_max_num_queries(22):
        browser.get(address, day)
