"""What people and programs send by mistake: days that are none, other people's recalls, buttons pressed twice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.people import services as people
from corneum.clinic.visits import feeds, recalls, services
from corneum.clinic.visits.forms import MoveForm
from corneum.clinic.visits.models import CalendarFeed, Recall, Visit, VisitChange
from corneum.clinic.visits.queries import Place
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_device, make_room, make_visit
from tests.clinic.test_visits_pages import asked

HOUR = timedelta(hours=1)
NEVER = ["0001-01-01", "9999-12-31", "1899-12-31", "2201-01-01"]


@pytest.fixture
def room(owner):
    return make_room(owner)


@pytest.fixture
def visit(owner, client_record, room):
    return make_visit(owner, client_record, room)


@pytest.fixture
def other(owner):
    return people.add_client(by=owner, fields={"name": "Ida Klein", "born": date(1990, 1, 2)}, now=NOW)


@pytest.mark.parametrize("day", NEVER)
def test_days_at_the_ends_of_the_calendar_are_refused_in_words(day, browse, visit, owner, room):
    browser, now = browse("reception"), timezone.localtime()
    for name in ("visits:today", "visits:calendar"):
        for more in ({}, {"span": "week"}):
            page = browser.get(reverse(name), {"day": day, **more})
            assert page.status_code == 200 and "A day from 1900 to 2200." in page.content.decode()
    page = browser.post(reverse("visits:book"), asked(now, owner, room, visit.client, day=day))
    assert page.status_code == 422 and "A day from 1900 to 2200." in page.content.decode()
    offered = {"offered": f"{day}T10:00:00+00:00"}
    page = browser.post(reverse("visits:book"), asked(now, owner, room, visit.client, **offered))
    assert page.status_code == 422
    page = browser.get(reverse("visits:book"), {"client": visit.client_id, "starts": f"{day}T00:00"})
    assert page.status_code == 200
    page = browser.post(reverse("visits:recall_add", args=[visit.client_id]), {"kind": "other", "due_on": day})
    assert page.status_code == 302 and not Recall.objects.exists()


def test_the_first_and_the_last_day_are_shown(browse, room):
    for day in ("1900-01-01", "2200-12-31"):
        for name in ("visits:today", "visits:calendar"):
            for more in ({}, {"span": "week"}):
                assert browse("reception").get(reverse(name), {"day": day, **more}).status_code == 200


def test_very_many_digits_undo_nothing(browse, visit):
    address = reverse("visits:undo", args=[visit.pk])
    for change in ("9" * 5000, "9" * 19, "\u00b2"):
        page = browse("reception").post(address, {"change": change}, headers={"HX-Request": "true"})
        assert page.status_code == 200 and "nothing was undone" in page.content.decode()


def test_a_zero_byte_in_a_lot_number_finds_what_it_would_find_without(browse):
    page = browse("practitioner").get(reverse("visits:treated"), {"lot": "A\0-17"})
    assert page.status_code == 200 and "\0" not in page.content.decode()


def test_a_recall_of_another_client_stays_open(owner, client_record, other, room):
    due = recalls.recall(by=owner, client=other, kind="course", due_on=NOW.date(), now=NOW)
    place = Place(NOW + HOUR, 60, owner, room)
    services.book(by=owner, client=client_record, kind="treatment", place=place, recall=due, now=NOW)
    due.refresh_from_db()
    assert due.done_at is None and due.visit is None


def test_who_came_after_all_takes_the_time_back_where_it_is_free(owner, client_record, other, room, staff, visit):
    due = recalls.recall(by=owner, client=client_record, kind="course", due_on=NOW.date(), now=NOW)
    services.change_status(by=owner, visit=visit, status="missed", now=visit.starts + HOUR / 4)
    assert visit.slots.count() == 0
    late = visit.starts + HOUR / 2
    came = services.arrive(by=owner, visit=visit, now=late)
    due.refresh_from_db()
    assert (came.status, came.slots.count(), due.visit) == ("arrived", 3 * 6, visit)
    services.change_status(by=owner, visit=visit, status="missed", now=late)
    due.refresh_from_db()
    assert due.done_at is None
    make_visit(owner, other, room, hours=0, now=late)
    with pytest.raises(services.Clash):
        services.arrive(by=owner, visit=visit, now=late)
    visit.refresh_from_db()
    assert visit.status == "missed"


def test_the_day_list_offers_the_way_back_from_did_not_come(browse, owner, client_record, room):
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    visit = make_visit(owner, client_record, room, hours=1, now=now - HOUR)
    services.change_status(by=owner, visit=visit, status="missed", now=now - HOUR)
    browser, day = browse("reception"), {"day": f"{timezone.localtime(now):%Y-%m-%d}"}
    page = browser.get(reverse("visits:today"), day).content.decode()
    assert "Came after all" in page and "Undo" not in page
    browser.post(reverse("visits:status", args=[visit.pk]), {"status": "arrived"})
    visit.refresh_from_db()
    assert visit.status == "arrived"


@pytest.mark.parametrize("by", ["room", "practitioner"])
def test_what_was_switched_off_stays_in_the_calendar_and_in_the_form(by, browse, owner, client_record, room, staff):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    second, device, member = make_room(owner, "Annex"), make_device(owner), staff[Role.PRACTITIONER]
    visit = make_visit(owner, client_record, room, hours=0, now=now, device=device, practitioner=member)
    for one in (room, device, member):
        one.is_active = False
        one.save()
    browser, day = browse("reception"), f"{now:%Y-%m-%d}"
    for span in ("day", "week"):
        asked_for = {"day": day, "by": by, "span": span, "of": getattr(visit, by).pk}
        page = browser.get(reverse("visits:calendar"), asked_for).content.decode()
        assert "Zoë Größe" in page and "not bookable" in page
        # Nothing of it is offered as free.
        assert f"&amp;{by}={getattr(visit, by).pk}" not in page
    address = reverse("visits:move", args=[visit.pk])
    page = browser.get(address).content.decode()
    assert page.count("(not bookable)") == 3 and page.count("selected") >= 4
    fields = {**MoveForm.of(visit), "day": day, "at": "15:00"}
    assert browser.post(address, fields).status_code == 302
    visit.refresh_from_db()
    assert (visit.room, visit.device, visit.practitioner) == (room, device, member)
    assert browser.post(address, {**fields, "room": second.pk, "device": ""}).status_code == 302
    assert "(not bookable)" not in browser.get(reverse("visits:book"), {"client": client_record.pk}).content.decode()


def test_of_two_recalls_that_a_visit_answered_the_newer_is_open_again(owner, client_record, room):
    call = {"by": owner, "client": client_record, "kind": "course", "due_on": NOW.date()}
    first = recalls.recall(**call, now=NOW)
    visit = make_visit(owner, client_record, room)
    second = recalls.recall(**call, now=NOW)
    services.cancel(by=owner, visit=visit, now=NOW + HOUR / 4)
    services.undo(by=owner, visit=visit, change_id=visit.changes.last().pk, now=NOW + HOUR / 3)
    assert set(visit.recalls.values_list("pk", flat=True)) == {first.pk, second.pk}
    services.cancel(by=owner, visit=visit, now=NOW + HOUR / 2)
    assert Recall.objects.get(done_at=None) == second


def test_a_booking_from_the_list_is_saved_though_somebody_closed_the_recall(browse, owner, client_record, room):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0)
    due = recalls.recall(by=owner, client=client_record, kind="review", due_on=now.date(), now=timezone.now())
    browser, fields = browse("reception"), asked(now, owner, room, client_record, recall=due.pk)
    for _again in range(2):
        assert browser.post(reverse("visits:book"), fields).status_code == 302
    visit = Visit.objects.get()
    due.refresh_from_db()
    assert (due.visit, due.done_at is None) == (visit, False)
    later = {**fields, "at": "15:00"}
    assert browser.post(reverse("visits:book"), later).status_code == 302
    due.refresh_from_db()
    assert due.visit == visit and Visit.objects.count() == 2
    unknown = browser.post(reverse("visits:book"), {**later, "at": "17:00", "recall": client_record.pk})
    assert unknown.status_code == 422 and "Choose the client again" in unknown.content.decode()


def test_who_is_booked_is_not_called_until_the_visit_is_off(owner, client_record, room):
    course = recalls.recall(by=owner, client=client_record, kind="course", due_on=NOW.date(), now=NOW)
    photograph = recalls.recall(by=owner, client=client_record, kind="photograph", due_on=NOW.date(), now=NOW)
    waiting = lambda: set(Recall.objects.filter(done_at=None).values_list("pk", flat=True))  # noqa: E731
    visit = make_visit(owner, client_record, room)
    assert waiting() == {photograph.pk}
    services.cancel(by=owner, visit=visit, now=NOW)
    assert waiting() == {course.pk, photograph.pk}
    services.undo(by=owner, visit=visit, change_id=visit.changes.last().pk, now=NOW)
    assert waiting() == {photograph.pk}
    services.undo(by=owner, visit=visit, change_id=visit.changes.first().pk, now=NOW)
    assert waiting() == {course.pk, photograph.pk}


def test_booking_twice_is_one_visit(owner, client_record, room, visit):
    again = make_visit(owner, client_record, room)
    assert again == visit and Visit.objects.count() == 1 and Event.objects.filter(action="visit.booked").count() == 1
    with pytest.raises(services.Clash):
        make_visit(owner, client_record, room, minutes=30)


def test_walking_in_twice_is_one_visit(owner, client_record, room):
    asked = {"client": client_record, "kind": "check", "practitioner": owner, "device": None, "minutes": 15}
    first = services.walk_in(by=owner, **asked, now=NOW)
    assert services.walk_in(by=owner, **asked, now=NOW + timedelta(seconds=2)) == first
    assert Event.objects.filter(action="visit.walked_in").count() == 1


def test_moving_to_where_it_is_moves_nothing(owner, visit, room):
    place = Place(visit.starts, visit.minutes, owner, room)
    services.move(by=owner, visit=visit, place=place, now=NOW)
    assert not VisitChange.objects.filter(what="moved").exists()


def test_closing_and_opening_twice_is_told_once(owner, client_record):
    due = recalls.recall(by=owner, client=client_record, kind="course", due_on=NOW.date(), now=NOW)
    for _ in range(2):
        recalls.close(by=owner, recall=due, now=NOW)
    for _ in range(2):
        recalls.reopen(by=owner, recall=due, now=NOW)
    told = Event.objects.filter(action__startswith="recall.").values_list("action", flat=True)
    assert sorted(told) == ["recall.closed", "recall.opened", "recall.set"]


def test_two_feeds_that_were_made_in_one_moment_end_together(owner):
    feeds.make_feed(by=owner, now=NOW)
    made = feeds.make_feed(by=owner, now=NOW)
    CalendarFeed.objects.update(revoked_at=None)
    feeds.revoke_feed(by=owner, now=NOW)
    assert feeds.opened(made.token) is None and not CalendarFeed.objects.filter(revoked_at=None).exists()


def many(owner, count, due_on):
    """Put so many clients on the list, in alphabetical order of their names."""
    for number in range(count):
        fields = {"name": f"Person {number:03d}", "born": date(1980, 1, 1)}
        client = people.add_client(by=owner, fields=fields, now=NOW)
        recalls.recall(by=owner, client=client, kind="course", due_on=due_on, now=NOW)


def test_a_long_list_says_so_and_goes_on(browse, owner):
    today = timezone.localdate()
    many(owner, 60, today - timedelta(days=2))
    many(owner, 55, today)
    browser, address = browse("reception"), reverse("visits:recalls")
    page, pages, seen = browser.get(address).content.decode(), 0, 0
    assert "115 clients are on the list" in page and '<span class="tag stop">60</span>' in page
    while True:
        pages += 1
        seen += page.count('<a class="name"')
        following = page.partition('<a class="button" href="?after=')[2].partition('"')[0]
        if not following:
            break
        page = browser.get(address, {"after": following}).content.decode()
    assert (pages, seen) == (3, 115)
    assert "From the beginning" in page
    assert browser.get(address, {"after": "nonsense", "closed": "x"}).status_code == 200


def test_closing_offers_undo_where_the_list_was(browse, owner, client_record):
    today = timezone.localdate()
    first = recalls.recall(by=owner, client=client_record, kind="other", due_on=today - timedelta(days=9), now=NOW)
    due = recalls.recall(by=owner, client=client_record, kind="course", due_on=today, now=NOW)
    browser = browse("reception")
    found = browser.post(reverse("visits:recall_close", args=[due.pk]), {"after": str(first.pk)})
    assert found["Location"] == f"{reverse('visits:recalls')}?after={first.pk}&closed={due.pk}"
    page = browser.get(found["Location"]).content.decode()
    undo = reverse("visits:recall_open", args=[due.pk])
    assert "No call needed to Zoë Größe: Next session of the course." in page and f'formaction="{undo}"' in page
    browser.post(undo)
    due.refresh_from_db()
    assert due.done_at is None
