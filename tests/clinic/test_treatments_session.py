"""A session from its opening to its seal, and everything that is refused on the way."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.stock.models import Lot, StockMove
from corneum.clinic.stock.services import LotRefused, NotEnough, block
from corneum.clinic.treatments import refusals, services, services_after
from corneum.clinic.treatments.models import Amendment, Entry, Session
from corneum.clinic.treatments.situation import situation_of
from corneum.clinic.visits.services import arrive
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.treatments_fixtures import (
    answer_all,
    approved_plan,
    begun,
    lot,
    on_paper,
    opened,
    signed,
    tap,
    treated,
)


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def clinician(staff):
    return staff[Role.CLINICIAN]


@pytest.fixture
def plan(client_record, clinician):
    return approved_plan(client_record, clinician)


def state(session):
    return situation_of(session).state


def test_a_session_needs_an_approved_plan_and_opens_once(client_record, by, clinician):
    with pytest.raises(refusals.NoPlan):
        opened(client_record, by)
    approved_plan(client_record, clinician)
    session = opened(client_record, by)
    assert [zone["zone"] for zone in session.planned] == ["cheek", "forehead"]
    with pytest.raises(refusals.AlreadyOpen):
        opened(client_record, by)
    with pytest.raises(DatabaseError), transaction.atomic():
        Session.objects.create(client=client_record, plan=session.plan, number=9, opened_at=NOW, opened_by=by)
    assert Event.objects.get(action="treatment.opened").client_id == client_record.pk


def test_the_number_is_the_next_one(client_record, by, plan):
    with pytest.raises(refusals.WrongNumber):
        opened(client_record, by, number=2)


def test_nothing_begins_before_the_questions_are_answered(client_record, by, plan):
    session = opened(client_record, by)
    with pytest.raises(refusals.NothingToTreat):
        tap(session, by, "begun")
    with pytest.raises(refusals.NotBegun):
        tap(session, by, "pass", "cheek")
    answer_all(session, by)
    on_paper(session, by)
    tap(session, by, "begun")
    tap(session, by, "pass", "cheek")
    assert len(state(session).zone("cheek").passes) == 1


def test_a_stop_blocks_until_a_clinician_overrides_it_with_a_reason(client_record, by, clinician, plan):
    session = opened(client_record, by)
    answer_all(
        session,
        by,
        numbing__used="yes",
        numbing__wrapped="yes",
        sun__recent="yes",
        sun__last="2027-02-27",
        sun__sites=["cheek"],
    )
    with pytest.raises(refusals.NothingToTreat):
        tap(session, by, "begun")
    with pytest.raises(refusals.NotATap):
        tap(session, by, "overridden", rule="numbing.010", why="no wrap after all")
    over = {"by": clinician, "session": session, "now": NOW}
    with pytest.raises(refusals.NotATap):
        services.override(entry_id=uuid4(), rule="numbing.010", why="ok", **over)
    services.override(entry_id=uuid4(), rule="numbing.010", why="a wet cloth, not a wrap", **over)
    stands = situation_of(session)
    for rule in [one.finding.rule.id for one in _open(stands)]:
        tap(session, by, "asked", rule=rule, who="Dr A.", said="go on")
    with pytest.raises(refusals.NothingStands):
        services.override(entry_id=uuid4(), rule="numbing.010", why="once more, for no reason", **over)
    on_paper(session, by)
    tap(session, by, "begun")
    assert situation_of(session).may_treat("forehead") and not situation_of(session).may_treat("cheek")
    with pytest.raises(refusals.ZoneBlocked):
        tap(session, by, "pass", "cheek")


def _open(stands):
    from corneum.clinic.treatments.day import standings

    return [one for one in standings(stands.screening, stands.state) if one.waits]


def test_an_answer_that_cannot_be_is_refused(client_record, by, plan):
    session = opened(client_record, by)
    for answers in ({"sun.recent": "perhaps"}, {"sun.last": "2099-01-01"}, {"nobody.asked": "no"}, {}):
        with pytest.raises(refusals.NotATap):
            tap(session, by, "answers", answers=answers)
    assert not Entry.objects.exists()


def test_a_tap_that_comes_twice_is_kept_once(client_record, by, plan):
    session = begun(client_record, by)
    one = uuid4()
    first = tap(session, by, "pass", "cheek", entry_id=one)
    assert tap(session, by, "pass", "cheek", entry_id=one) == first
    with pytest.raises(refusals.OtherTap):
        tap(session, by, "pass", "forehead", entry_id=one)
    assert len(state(session).zone("cheek").passes) == 1
    assert Event.objects.filter(action="treatment.tapped", data__tap=first.number).count() == 1


def test_passes_beyond_the_plan_need_a_reason_and_beyond_the_cap_are_refused(client_record, by, plan):
    session = begun(client_record, by)
    for _ in range(2):
        tap(session, by, "pass", "cheek")
    with pytest.raises(refusals.ReasonNeeded):
        tap(session, by, "pass", "cheek")
    for _ in range(2):
        tap(session, by, "pass", "cheek", why="the clinician asked for it")
    with pytest.raises(refusals.CapReached):
        tap(session, by, "pass", "cheek", why="one more")
    assert len(state(session).zone("cheek").passes) == 4


def test_pinpoint_bleeding_closes_the_zone(client_record, by, plan):
    session = begun(client_record, by)
    tap(session, by, "pass", "cheek")
    bleeding = tap(session, by, "bleeding", "cheek")
    with pytest.raises(refusals.ZoneClosed):
        tap(session, by, "pass", "cheek")
    with pytest.raises(refusals.ReasonNeeded):
        tap(session, by, "undo", entry=str(bleeding.pk))
    tap(session, by, "pass", "forehead")
    tap(session, by, "undo", entry=str(bleeding.pk), why="wrong button")
    tap(session, by, "pass", "cheek")
    assert state(session).retracted[bleeding.pk] == "wrong button"
    with pytest.raises(refusals.CannotUndo):
        tap(session, by, "undo", entry=str(bleeding.pk), why="again")


@pytest.mark.parametrize(("word", "zone", "other"), [("blister", "cheek", True), ("hives", "cheek", False)])
def test_blisters_stop_the_zone_and_hives_all(word, zone, other, client_record, by, plan):
    session = begun(client_record, by)
    tap(session, by, "reaction", zone, word=word, on=True)
    with pytest.raises(refusals.ReactionStops):
        tap(session, by, "pass", zone)
    if other:
        tap(session, by, "pass", "forehead")
    else:
        with pytest.raises(refusals.ReactionStops):
            tap(session, by, "pass", "forehead")


@pytest.mark.parametrize(
    ("name", "given", "up"),
    [
        ("vacuum", "21 kPa", True),
        ("vacuum", "19 kPa", False),
        ("vacuum", "150 mmHg", False),
        ("vacuum", "151 mmHg", True),
        ("speed", "25 mm/s", True),
        ("speed", "40 mm/s", False),
        ("flow", "13 g/min", True),
    ],
)
def test_a_step_up_needs_a_reason(name, given, up, client_record, by, plan):
    session = opened(client_record, by)
    if up:
        with pytest.raises(refusals.ReasonNeeded):
            tap(session, by, "setting", "cheek", name=name, given=given)
    tap(session, by, "setting", "cheek", name=name, given=given, why="as agreed" if up else "")
    assert state(session).zone("cheek").settings[name].given == given


@pytest.mark.parametrize("given", ["20", "-3 kPa", "0 kPa", "20 g", "many kPa", "1e400 kPa"])
def test_a_setting_that_cannot_be_is_refused(given, client_record, by, plan):
    session = opened(client_record, by)
    with pytest.raises(refusals.NotATap):
        tap(session, by, "setting", "cheek", name="vacuum", given=given, why="because")


@pytest.mark.parametrize(
    ("kind", "zone", "value"),
    [
        ("dance", "", {}),
        ("pass", "", {}),
        ("note", "cheek", {"text": "x"}),
        ("comfort", "cheek", {"number": 11}),
        ("comfort", "cheek", {}),
        ("end_point", "cheek", {"word": "lovely"}),
        ("reaction", "cheek", {"word": "swelling", "on": "perhaps"}),
        ("note", "", {"text": "x" * 3000}),
        ("undo", "", {"entry": "x"}),
        ("lot", "", {"lot": "x", "amount": 1}),
        ("check", "", {"name": "weather", "on": True}),
    ],
)
def test_what_is_no_tap_is_refused(kind, zone, value, client_record, by, plan):
    session = begun(client_record, by)
    with pytest.raises(refusals.NotATap):
        tap(session, by, kind, zone, **value)


def test_a_zone_that_is_not_planned_is_refused(client_record, by, plan):
    with pytest.raises(refusals.NotPlanned):
        tap(begun(client_record, by), by, "pass", "chin")


def test_a_lot_is_moved_with_the_tap(client_record, by, owner, plan):
    session = opened(client_record, by)
    tip = lot(owner)
    made = tap(session, by, "lot", lot=str(tip.pk), amount=1)
    assert Lot.objects.get(pk=tip.pk).quantity == 9
    move = StockMove.objects.get(session_id=session.pk)
    assert (move.amount, move.client_id) == (-1, client_record.pk)
    tap(session, by, "undo", entry=str(made.pk))
    assert Lot.objects.get(pk=tip.pk).quantity == 10 and state(session).lots == ()
    with pytest.raises(NotEnough):
        tap(session, by, "lot", lot=str(tip.pk), amount=11)
    block(by=owner, lot=tip, blocked=True, now=NOW)
    with pytest.raises(LotRefused):
        tap(session, by, "lot", lot=str(tip.pk), amount=1)
    assert Entry.objects.filter(kind="lot").count() == 1


def test_an_expired_lot_is_refused(client_record, by, owner, plan):
    session = opened(client_record, by)
    tip = lot(owner, expires_on=date(2027, 3, 2))
    late = NOW + timedelta(days=3)
    with pytest.raises(LotRefused):
        tap(session, by, "lot", lot=str(tip.pk), amount=1, now=late)


def test_time_on_the_skin_runs_by_the_tablet(client_record, by, plan):
    session = begun(client_record, by)
    at = session.opened_at + timedelta(minutes=1)
    late = session.opened_at + timedelta(hours=1)
    tap(session, by, "timer", "cheek", on=True, at=at, now=late)
    tap(session, by, "timer", "cheek", on=False, at=at + timedelta(seconds=90), now=late)
    assert state(session).zone("cheek").seconds == 90
    tap(session, by, "timer", "cheek", on=True, at=late + timedelta(days=1), now=late)
    assert state(session).zone("cheek").running_since == late


def test_signing_waits_for_the_closing_list_and_seals(client_record, by, plan):
    session = begun(client_record, by)
    tap(session, by, "pass", "cheek")
    with pytest.raises(refusals.Unfinished):
        services.sign(by=by, session=session, now=NOW)
    treated(session, by)
    done = services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    assert done.done["cheek"]["passes"] == 2 and done.digest == services.digest_of(done)
    with pytest.raises(refusals.Sealed):
        tap(session, by, "pass", "cheek")
    with pytest.raises(refusals.Sealed):
        services.sign(by=by, session=session, now=NOW)
    assert Event.objects.get(action="treatment.signed").data["digest"] == done.digest


def test_a_confirmed_tap_is_answered_the_same_after_the_seal(client_record, by, plan):
    session = begun(client_record, by)
    one = uuid4()
    first = tap(session, by, "pass", "cheek", entry_id=one)
    treated(session, by)
    services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    assert tap(session, by, "pass", "cheek", entry_id=one) == first


def test_the_database_itself_keeps_a_signed_session(client_record, by, plan):
    session = signed(client_record, by)
    services.amend(by=by, session=session, zone="cheek", text="It was 19 kPa.", why="Misread", now=NOW)
    statements = [
        "UPDATE treatments_session SET number = 7",
        "UPDATE treatments_session SET state = 'open', signed_at = NULL, signed_by_id = NULL",
        "DELETE FROM treatments_session",
        "UPDATE treatments_entry SET zone = 'chin'",
        "DELETE FROM treatments_entry",
        "UPDATE treatments_amendment SET text = ''",
        "DELETE FROM treatments_amendment",
    ]
    for statement in statements:
        with pytest.raises(DatabaseError, match=r"sealed|never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Entry.objects.create(id=uuid4(), session=session, number=999, kind="pass", tapped_at=NOW, at=NOW, by=by)
    with pytest.raises(TypeError):
        Entry.objects.filter(session=session)[0].save()
    with pytest.raises(TypeError):
        Entry.objects.filter(session=session)[0].delete()


def test_taps_of_an_open_session_are_never_changed_either(client_record, by, plan):
    begun(client_record, by)
    for statement in ("UPDATE treatments_entry SET number = number + 100", "DELETE FROM treatments_entry"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_amendment_stands_beside_the_original(client_record, by, plan):
    session = begun(client_record, by)
    words = {"zone": "", "text": "The left side only.", "why": "Forgotten", "now": NOW}
    with pytest.raises(refusals.NotSigned):
        services.amend(by=by, session=session, **words)
    treated(session, by)
    session = services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    digest = services.digest_of(session)
    services.amend(by=by, session=session, **words)
    with pytest.raises(refusals.NotPlanned):
        services.amend(by=by, session=session, **{**words, "zone": "chin"})
    assert Amendment.objects.get().by == by and services.digest_of(session) == digest


def test_last_time_is_carried_forward(client_record, by, plan, clinician):
    session = begun(client_record, by)
    tap(session, by, "setting", "cheek", name="vacuum", given="18 kPa")
    treated(session, by)
    services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    later = NOW + timedelta(days=14)
    second = opened(client_record, by, number=2, now=later)
    cheek = situation_of(second).plan_of("cheek")
    assert str(cheek.start("vacuum")) == "18 kPa" and cheek.start_passes == 1
    with pytest.raises(refusals.ReasonNeeded):
        tap(second, by, "setting", "cheek", name="vacuum", given="20 kPa")
    known = situation_of(second).known
    assert known["earlier.last"] == "2027-03-01" and known["earlier.sites"] == ["cheek", "forehead"]


def test_a_milder_plan_wins_over_last_time(client_record, by, plan, clinician):
    signed(client_record, by)
    approved_plan(client_record, clinician, number=2, vacuum=15.0)
    second = opened(client_record, by, number=2, now=NOW + timedelta(days=14))
    assert str(situation_of(second).plan_of("cheek").start("vacuum")) == "15 kPa"


def test_the_course_waits_for_its_review_and_stops_by_it(client_record, by, clinician, plan):
    for number in (1, 2, 3):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    fourth = {"number": 4, "now": NOW + timedelta(days=60)}
    with pytest.raises(refusals.ReviewDue):
        opened(client_record, by, **fourth)
    fields = {"photographs": "no_change", "happened": "no", "wishes": "go_on", "why": "No change beyond noise."}
    look = {"by": clinician, "client": client_record, "course": 1, "now": NOW + timedelta(days=50)}
    services_after.review(fields=fields | {"decision": "stop"}, **look)
    with pytest.raises(refusals.CourseStopped):
        opened(client_record, by, **fourth)
    services_after.review(fields=fields | {"decision": "go_on"}, **{**look, "now": NOW + timedelta(days=55)})
    session = opened(client_record, by, **fourth)
    assert situation_of(session).known["earlier.review_open"] == "no"


def test_less_than_a_week_after_the_last_session_waits(client_record, by, plan):
    signed(client_record, by)
    session = opened(client_record, by, number=2, now=NOW + timedelta(days=4))
    answer_all(session, by)
    with pytest.raises(refusals.NothingToTreat):
        tap(session, by, "begun")


def test_only_an_erasure_deletes(client_record, by, owner, plan):
    signed(client_record, by)
    assert services_after.erase(by=owner, client=client_record, now=NOW) > 10
    assert not Session.objects.exists() and not Entry.objects.exists()
    assert Event.objects.filter(action="treatment.erased", client_id=client_record.pk).exists()


def test_signing_ends_the_visit_of_who_was_never_said_to_be_in_the_room(client_record, by, plan):
    visit = make_visit(by, client_record, make_room(by), hours=0)
    arrive(by=by, visit=visit, now=NOW)
    session = signed(client_record, by)
    assert session.visit == visit
    visit.refresh_from_db()
    assert visit.status == "done"
