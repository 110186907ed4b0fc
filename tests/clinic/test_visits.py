from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.people import services as people
from corneum.clinic.visits import flags, queries, recalls, services
from corneum.clinic.visits.hours import bounds, local, slot_after, slot_at
from corneum.clinic.visits.models import BookedSlot, Status, Visit, VisitChange
from corneum.clinic.visits.queries import Place
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_device, make_room, make_visit

HOUR = timedelta(hours=1)
FIVE = timedelta(minutes=5)


@pytest.fixture
def room(owner):
    return make_room(owner)


@pytest.fixture
def other(owner):
    fields = {"name": "Ida Klein", "born": date(1990, 1, 2)}
    return people.add_client(by=owner, fields=fields, now=NOW)


@pytest.fixture
def colleague(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def visit(owner, client_record, room):
    return make_visit(owner, client_record, room)


def slots(visit):
    return BookedSlot.objects.filter(visit=visit).count()


def test_a_visit_holds_its_room_device_and_people(owner, client_record, room):
    device = make_device(owner)
    visit = make_visit(owner, client_record, room, device=device)
    assert slots(visit) == 4 * 12
    assert Event.objects.get(action="visit.booked").client_id == client_record.pk


def test_a_taken_room_is_refused_with_who_has_it_and_when_it_is_free(visit, owner, other, colleague, room):
    with pytest.raises(services.Clash) as refused:
        make_visit(colleague, other, room, hours=1.5)
    assert [(one.what, one.visit) for one in refused.value.held] == [("room", visit)]
    assert refused.value.next_free == visit.ends
    assert Visit.objects.count() == 1 and Event.objects.filter(action="visit.booked").count() == 1


def test_a_taken_device_practitioner_or_client_is_refused(owner, client_record, other, colleague, room):
    device, second = make_device(owner), make_room(owner, "Room 2")
    make_visit(owner, client_record, room, device=device)
    for client, by, what in (
        (other, colleague, "device"),
        (other, owner, "practitioner"),
        (client_record, colleague, "client"),
    ):
        with pytest.raises(services.Clash) as refused:
            make_visit(by, client, second, device=device if what == "device" else None)
        assert [one.what for one in refused.value.held] == [what]
    assert make_visit(colleague, other, second).room == second


def test_visits_may_touch_but_not_overlap(visit, colleague, other, room):
    with pytest.raises(services.Clash):
        make_visit(colleague, other, room, hours=2 - 5 / 60, minutes=5)
    with pytest.raises(services.OffGrid):
        make_visit(colleague, other, room, hours=2 - 1 / 60)
    assert make_visit(colleague, other, room, hours=2).starts == visit.ends
    assert make_visit(colleague, other, room, hours=0).ends == visit.starts


@pytest.mark.parametrize("minutes", [0, 3, 7, 485, -5])
def test_a_length_that_cannot_be_is_refused(minutes, owner, client_record, room):
    with pytest.raises(services.OffGrid):
        make_visit(owner, client_record, room, minutes=minutes)


def test_a_day_that_is_over_is_refused_and_an_hour_ago_is_not(owner, client_record, other, colleague, room):
    with pytest.raises(services.InThePast):
        make_visit(owner, client_record, room, hours=-24)
    late = make_visit(owner, client_record, room, hours=-2)
    assert slots(late) == 0
    # Nothing is held of what is over, and still nobody else is put there.
    with pytest.raises(services.Clash):
        make_visit(colleague, other, room, hours=-1.5)
    assert slots(make_visit(colleague, other, room, hours=-0.5)) == 3 * 6


def test_the_database_holds_where_two_book_in_the_same_moment(visit, monkeypatch, colleague, other, room):
    real, asked = services.taken, []

    def blind(*args, **kwargs):
        asked.append(1)
        return [] if len(asked) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(services, "taken", blind)
    with pytest.raises(services.Clash) as refused:
        make_visit(colleague, other, room)
    assert [one.visit for one in refused.value.held] == [visit]
    row = BookedSlot.objects.filter(visit=visit).first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert Visit.objects.count() == 1


def test_the_next_free_time_is_within_the_hours_of_the_clinic(owner, client_record, other, colleague, room):
    evening = NOW.replace(hour=19, minute=0)
    services.book(by=owner, client=client_record, kind="check", place=Place(evening, 30, owner, room), now=NOW)
    place = Place(evening, 60, colleague, room)
    assert queries.next_free(other.pk, place, NOW) == NOW.replace(hour=8, minute=0) + timedelta(days=1)
    assert queries.next_free(other.pk, Place(evening, 30, colleague, room), NOW) == evening + timedelta(minutes=30)
    assert queries.next_free(other.pk, Place(evening, 780, colleague, room), NOW) is None


def test_a_visit_is_moved_and_the_move_undone(visit, owner, client_record, other, colleague, room):
    services.move(by=owner, visit=visit, place=Place(NOW + 3 * HOUR, 45, colleague, room), now=NOW)
    visit.refresh_from_db()
    assert (visit.starts, visit.minutes, visit.practitioner, slots(visit)) == (NOW + 3 * HOUR, 45, colleague, 27)
    change = visit.changes.get(what="moved")
    services.undo(by=owner, visit=visit, change_id=change.pk, now=NOW)
    visit.refresh_from_db()
    assert (visit.starts, visit.minutes, visit.practitioner_id, slots(visit)) == (NOW + HOUR, 60, owner.pk, 36)
    assert services.undo(by=owner, visit=visit, change_id=change.pk, now=NOW).starts == visit.starts
    services.arrive(by=owner, visit=visit, now=NOW)
    with pytest.raises(services.ChangedSince):
        services.undo(by=owner, visit=visit, change_id=change.pk, now=NOW)


def test_a_visit_may_move_within_its_own_time(visit, owner, room):
    services.move(by=owner, visit=visit, place=Place(visit.starts + FIVE, 60, owner, room), now=NOW)
    assert BookedSlot.objects.order_by("slot").first().slot == NOW + HOUR + FIVE


def test_a_cancelled_time_is_free_and_cannot_be_taken_back_once_it_is_booked(visit, owner, other, colleague, room):
    services.cancel(by=owner, visit=visit, now=NOW)
    assert slots(visit) == 0
    change = visit.changes.get(what="cancelled")
    taker = make_visit(colleague, other, room)
    with pytest.raises(services.Clash):
        services.undo(by=owner, visit=visit, change_id=change.pk, now=NOW)
    visit.refresh_from_db()
    assert visit.status == Status.CANCELLED and not VisitChange.objects.get(pk=change.pk).undone
    services.cancel(by=owner, visit=taker, now=NOW)
    services.undo(by=owner, visit=visit, change_id=change.pk, now=NOW)
    assert slots(visit) == 36


def test_a_booking_undone_is_cancelled(visit, owner):
    services.undo(by=owner, visit=visit, change_id=visit.changes.get().pk, now=NOW)
    visit.refresh_from_db()
    assert visit.status == Status.CANCELLED and slots(visit) == 0


def test_the_steps_of_a_visit_and_back(visit, owner):
    at = NOW + HOUR + timedelta(minutes=31)
    services.arrive(by=owner, visit=visit, now=NOW + HOUR)
    services.arrive(by=owner, visit=visit, now=NOW + HOUR)
    services.bring_in(by=owner, visit=visit, now=NOW + HOUR)
    with pytest.raises(services.StepRefused):
        services.cancel(by=owner, visit=visit, now=at)
    with pytest.raises(services.StepRefused):
        services.move(by=owner, visit=visit, place=Place(at, 60, owner, visit.room), now=at)
    done = services.finish(by=owner, visit=visit, now=at)
    # The rest of the time is given back.
    assert done.ends == NOW + HOUR + timedelta(minutes=35)
    said = [event.action for event in Event.objects.filter(subject_id=str(visit.pk)).order_by("id")]
    assert said == ["visit.booked", "visit.arrived", "visit.brought_in", "visit.finished"]
    services.undo(by=owner, visit=visit, change_id=visit.changes.last().pk, now=at)
    visit.refresh_from_db()
    assert (visit.status, visit.minutes) == (Status.IN_ROOM, 60)


def test_a_walk_in_takes_a_free_room_now(visit, owner, client_record, other, colleague, room):
    at = visit.starts + timedelta(minutes=7, seconds=20)
    with pytest.raises(services.NoRoom):
        services.walk_in(
            by=colleague, client=other, kind="check", practitioner=colleague, device=None, minutes=15, now=at
        )
    second = make_room(owner, "Room 2")
    walked = services.walk_in(
        by=colleague, client=other, kind="check", practitioner=colleague, device=None, minutes=15, now=at
    )
    assert (walked.room, walked.status, walked.starts) == (second, Status.ARRIVED, visit.starts + FIVE)
    make_room(owner, "Room 3")
    with pytest.raises(services.Clash):
        services.walk_in(by=owner, client=other, kind="check", practitioner=colleague, device=None, minutes=20, now=at)


def test_what_a_late_visit_uses_is_not_free_now_and_is_free_later(visit, owner, other, colleague, staff, room):
    late = visit.ends + timedelta(minutes=2, seconds=30)
    services.bring_in(by=owner, visit=visit, now=visit.starts)
    following = make_visit(owner, other, room, hours=2)
    walk = {"by": owner, "client": other, "kind": "check", "device": None, "minutes": 15}
    assert queries.free_rooms(slot_at(late), slot_at(late) + HOUR, late) == []
    services.cancel(by=owner, visit=following, now=NOW)
    with pytest.raises(services.NoRoom):
        services.walk_in(**walk, practitioner=colleague, now=late)
    with pytest.raises(services.Clash) as refused:
        make_visit(colleague, other, room, hours=0, minutes=30, now=slot_at(late))
    assert [(one.what, one.visit, one.is_late) for one in refused.value.held] == [("room", visit, True)]
    assert refused.value.next_free == slot_at(late) + FIVE
    make_room(owner, "Room 2")
    with pytest.raises(services.Clash):
        services.walk_in(**walk, practitioner=owner, now=late)
    # Five minutes from now, and tomorrow at this time, nobody is kept away.
    place = Place(slot_at(late) + FIVE, 30, colleague, room)
    soon = services.book(by=owner, client=other, kind="check", place=place, now=late)
    tomorrow = slot_at(late) + timedelta(days=1)
    assert make_visit(owner, other, room, hours=0, now=tomorrow).starts == tomorrow
    with pytest.raises(services.Clash):
        services.move(by=owner, visit=soon, place=Place(slot_at(late), 30, colleague, room), now=late)
    services.finish(by=owner, visit=visit, now=late)
    assert room in queries.free_rooms(slot_at(late), slot_at(late) + FIVE, late)


def test_who_waits_for_a_late_visit_arrives_and_moves_to_another_room(visit, owner, other, room):
    waiting, late = make_visit(owner, other, room, hours=2), visit.ends + timedelta(minutes=7)
    services.bring_in(by=owner, visit=visit, now=visit.starts)
    services.arrive(by=owner, visit=waiting, now=late)
    second = make_room(owner, "Room 2")
    moved = services.move(by=owner, visit=waiting, place=Place(waiting.starts, 60, owner, second), now=late)
    assert (moved.room, services.bring_in(by=owner, visit=moved, now=late).status) == (second, Status.IN_ROOM)


def test_who_is_here_now(visit, owner, client_record, room):
    later = make_visit(owner, client_record, room, hours=4)
    assert queries.current_visit(client_record.pk, NOW) == visit
    services.arrive(by=owner, visit=later, now=NOW)
    assert queries.current_visit(client_record.pk, NOW) == later
    assert queries.current_visit(client_record.pk, NOW + timedelta(days=1)) is None


def test_old_slots_are_cleared_away(visit, owner, other, room):
    later = NOW + timedelta(days=3)
    fresh = make_visit(owner, other, room, now=later)
    assert set(BookedSlot.objects.values_list("visit_id", flat=True)) == {fresh.pk}


@pytest.fixture
def vienna(settings):
    settings.TIME_ZONE = "Europe/Vienna"
    with timezone.override(ZoneInfo("Europe/Vienna")):
        yield


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 3, 27), 24)])
def test_a_day_on_which_the_clock_changes(vienna, day, hours, owner, client_record, room):
    first, last = bounds(day)
    assert last - first == hours * HOUR
    now = first - HOUR
    for starts in (first, last - FIVE):
        services.book(by=owner, client=client_record, kind="check", place=Place(starts, 5, owner, room), now=now)
    assert len(queries.day(day)) == 2
    assert timezone.localtime(local(day, slot_at(NOW).time())).hour == NOW.hour


def test_a_visit_over_the_change_of_the_clock_lasts_as_long_as_it_says(vienna, owner, client_record, room):
    starts = datetime(2027, 3, 28, 1, 30, tzinfo=ZoneInfo("Europe/Vienna"))
    place = Place(starts, 60, owner, room)
    visit = services.book(by=owner, client=client_record, kind="check", place=place, now=starts)
    assert visit.ends - visit.starts == HOUR and slots(visit) == 36
    assert timezone.localtime(visit.ends).hour == 3


def test_the_grid_of_five_minutes():
    at = datetime(2027, 3, 1, 9, 32, 1, tzinfo=UTC)
    assert (slot_at(at), slot_after(at)) == (at.replace(minute=30, second=0), at.replace(minute=35, second=0))
    assert slot_after(slot_at(at)) == slot_at(at)


def test_a_recall_is_open_once_for_each_reason(owner, client_record, visit):
    first = recalls.recall(by=owner, client=client_record, kind="course", due_on=NOW.date(), now=NOW)
    later = NOW.date() + timedelta(days=9)
    again = services.recall(by=owner, client=client_record, kind="course", due_on=later, now=NOW)
    assert (again.pk, again.due_on) == (first.pk, later)
    assert list(queries.recalls(NOW.date())) == []
    recalls.close(by=owner, recall=again, now=NOW)
    second = recalls.recall(by=owner, client=client_record, kind="course", due_on=later, now=NOW)
    with pytest.raises(recalls.OpenAgain):
        recalls.reopen(by=owner, recall=first, now=NOW)
    recalls.close(by=owner, recall=second, now=NOW)
    assert recalls.reopen(by=owner, recall=first, now=NOW).done_at is None
    with pytest.raises(ValueError):
        recalls.recall(by=owner, client=client_record, kind="nonsense", due_on=later, now=NOW)


def test_a_booking_answers_its_recall(owner, client_record, room):
    due = recalls.recall(by=owner, client=client_record, kind="course", due_on=NOW.date(), now=NOW)
    place = Place(NOW + HOUR, 60, owner, room)
    visit = services.book(by=owner, client=client_record, kind="treatment", place=place, recall=due, now=NOW)
    due.refresh_from_db()
    assert (due.visit, due.done_by) == (visit, owner)


def test_what_is_due_stands_beside_the_visit(visit, owner, client_record, monkeypatch):
    recalls.recall(by=owner, client=client_record, kind="photograph", due_on=NOW.date(), now=NOW)
    monkeypatch.setattr(flags, "_sources", [])
    flags.flags_from(lambda visits, now: {one.pk: [flags.Flag("checks open", kind="checks")] for one in visits})
    assert {flag.kind for flag in flags.flags_of([visit], NOW)[visit.pk]} >= {"photographs", "checks"}
    services.cancel(by=owner, visit=visit, now=NOW)
    visit.refresh_from_db()
    assert flags.flags_of([visit], NOW) == {}
