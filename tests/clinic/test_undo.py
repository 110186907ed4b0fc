"""A slip of the finger can be taken back: on the day of treatment, in the inbox, and of a clinician's word."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.intake import inbox
from corneum.clinic.intake import queries as intake
from corneum.clinic.intake.models import ItemKind
from corneum.clinic.plans import services as plans
from corneum.clinic.plans.models import State
from corneum.clinic.treatments import queries, refusals, services
from corneum.clinic.treatments.allowed import BEGIN_BACK
from corneum.clinic.treatments.models import Entry
from corneum.clinic.treatments.situation import situation_of
from tests.clinic.conftest import NOW
from tests.clinic.plans_fixtures import few_skins, make_plan
from tests.clinic.treatments_fixtures import answer_all, approved_plan, begun, on_paper, opened, signed, tap, treated


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def doctor(staff):
    return staff[Role.CLINICIAN]


@pytest.fixture
def plan(client_record, doctor):
    return approved_plan(client_record, doctor)


def board(browse, client):
    return browse("practitioner").get(reverse("treatments:day", args=[client.pk])).content.decode()


def undo(session, by, entry, **more):
    return tap(session, by, "undo", entry=str(entry), **more)


def test_a_point_of_the_closing_list_is_not_done_again(browse, client_record, plan, by):
    session = begun(client_record, by)
    tap(session, by, "pass", "cheek")
    tap(session, by, "check", name="photographs", on=True)
    assert "Not done" in board(browse, client_record)
    tap(session, by, "check", name="photographs", on=False)
    point = next(one for one in situation_of(session).points if one.name == "photographs")
    assert not point.done and not point.settled
    tap(session, by, "check", name="lots", on=False, why="nothing opened")
    assert "Not left out" in board(browse, client_record)
    tap(session, by, "check", name="lots", on=False)
    assert not next(one for one in situation_of(session).points if one.name == "lots").settled


def test_before_anything_was_treated_no_point_but_the_note_is_ticked(browse, client_record, plan, by):
    session = opened(client_record, by)
    text = board(browse, client_record)
    list_ = text[text.index('id="finish"') :]
    assert "✓" not in list_ and list_.count("nothing treated yet") == 5
    assert 'class="point settled"' not in list_
    assert session.pk


def test_an_override_and_a_word_of_a_clinician_are_taken_back_while_the_session_is_open(
    browse, client_record, plan, by, doctor
):
    session = opened(client_record, by)
    answer_all(session, by, numbing__used="yes", numbing__wrapped="yes")
    rule = "numbing.010"
    entry = services.override(
        by=doctor, session=session, entry_id=uuid4(), rule=rule, why="Looked at the skin.", now=NOW
    )
    assert rule in queries.state(session).overridden and f"entry={entry.pk}" in board(browse, client_record)
    undo(session, by, entry.pk)
    assert rule not in queries.state(session).overridden and not situation_of(session).may_begin


def test_end_point_and_pain_can_be_cleared(browse, client_record, plan, by):
    session = begun(client_record, by)
    tap(session, by, "pass", "cheek")
    tap(session, by, "end_point", "cheek", word="light")
    tap(session, by, "comfort", "cheek", number=4)
    tap(session, by, "end_point", "cheek", word="")
    tap(session, by, "comfort", "cheek", number="")
    zone = queries.state(session).zone("cheek")
    assert (zone.end_point, zone.comfort) == ("", None)
    assert "kind=comfort&amp;zone=cheek&amp;number=" in board(browse, client_record)


def test_the_beginning_is_taken_back_soon_and_only_while_nothing_was_applied(browse, client_record, plan, by):
    session = begun(client_record, by, now=timezone.now())
    entry = Entry.objects.get(kind="begun")
    assert f"entry={entry.pk}" in board(browse, client_record)
    undo(session, by, entry.pk)
    assert queries.state(session).begun_at is None
    with pytest.raises(refusals.NotBegun):
        tap(session, by, "pass", "cheek")
    tap(session, by, "begun")
    again = Entry.objects.filter(kind="begun").latest("number")
    late = again.tapped_at + BEGIN_BACK + timedelta(seconds=1)
    with pytest.raises(refusals.AppliedAlready):
        undo(session, by, again.pk, now=late)
    tap(session, by, "pass", "cheek")
    with pytest.raises(refusals.AppliedAlready):
        undo(session, by, again.pk)
    assert f"entry={again.pk}" not in board(browse, client_record)


def test_a_sealed_session_stays_sealed(client_record, plan, by):
    session = signed(client_record, by)
    with pytest.raises(refusals.Sealed):
        undo(session, by, Entry.objects.get(kind="begun").pk)


def test_a_sealed_session_tells_what_was_cleared(browse, client_record, plan, by):
    session = begun(client_record, by)
    tap(session, by, "comfort", "cheek", number="")
    tap(session, by, "end_point", "cheek", word="")
    treated(session, by)
    services.sign(by=by, session=session, now=session.opened_at + timedelta(hours=1))
    page = browse("practitioner").get(reverse("treatments:session", args=[client_record.pk, session.pk]))
    assert page.content.decode().count("taken off") == 2


def test_an_approval_is_withdrawn_with_a_reason_and_nobody_is_treated_by_it(browse, client_record, plan, by, doctor):
    with pytest.raises(plans.ReasonNeeded):
        plans.withdraw_approval(by=doctor, version=plan, why="  ", now=NOW)
    session = opened(client_record, by)
    with pytest.raises(plans.InUse):
        plans.withdraw_approval(by=doctor, version=plan, why="Wrong client.", now=NOW)
    treated(session_begun(session, by), by)
    services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    made = plans.withdraw_approval(by=doctor, version=plan, why="Wrong client.", now=NOW)
    assert (made.state, made.approved_by, made.withdrawn_by) == (State.DRAFT, None, doctor)
    event = Event.objects.get(action="plan.approval_withdrawn")
    assert "Wrong" not in str(event.data)
    course = browse("practitioner").get(reverse("treatments:course", args=[client_record.pk])).content.decode()
    assert "No plan is approved" in course
    with pytest.raises(refusals.NoPlan):
        opened(client_record, by, number=2)
    with pytest.raises(plans.NotWaiting):
        plans.withdraw_approval(by=doctor, version=made, why="Again.", now=NOW)


def session_begun(session, by):
    answer_all(session, by)
    on_paper(session, by)
    tap(session, by, "begun")
    return session


def test_a_clinician_withdraws_on_the_page_and_approves_anew(monkeypatch, browse, client_record, doctor):
    few_skins(monkeypatch)
    made = make_plan(doctor, client_record, state=State.APPROVED)
    browser, args = browse("clinician"), [client_record.pk, made.pk]
    page, address = reverse("plans:plan", args=args), reverse("plans:withdraw", args=args)
    assert address in browser.get(page).content.decode()
    assert address not in browse("practitioner").get(page).content.decode()
    refused = browser.post(address, {"withdraw_why": ""}, follow=True).content.decode()
    assert "withdrawn with a reason" in refused
    done = browser.post(address, {"withdraw_why": "A mark was overlooked."}, follow=True).content.decode()
    assert "A mark was overlooked." in done
    made.refresh_from_db()
    assert made.state == State.DRAFT
    newer = make_plan(doctor, client_record)
    plans.approve(by=doctor, version=made, why="Looked again.", now=NOW)
    assert plans.withdraw_approval(by=doctor, version=made, why="Slip.", now=NOW).state == State.REPLACED
    assert newer.state == State.DRAFT


def test_seen_is_undone_within_a_quarter_of_an_hour_by_who_said_it(browse, client_record, staff, by):
    item = inbox.tell(client=client_record, kind=ItemKind.UPLOAD, now=timezone.now())
    browser = browse("practitioner")
    done = browser.post(reverse("intake:seen", args=[item.pk]), {"note": "Called."}, follow=True).content.decode()
    assert reverse("intake:unseen", args=[item.pk]) in done and "Undo" in done
    browse("owner").post(reverse("intake:unseen", args=[item.pk]))
    assert intake.inbox(seen=True)[0]
    assert "Undo" in browser.get(reverse("intake:inbox"), {"seen": "1"}).content.decode()
    browser.post(reverse("intake:unseen", args=[item.pk]))
    ((waiting,), _) = intake.inbox(seen=False)
    assert waiting.seen_by is None and waiting.note == "Called."
    assert Event.objects.filter(action="inbox.seen_undone").count() == 1
    inbox.acknowledge(by=by, item=item, note="", now=NOW)
    with pytest.raises(inbox.TooLate):
        inbox.take_back_seen(by=by, item=item, now=NOW + inbox.SEEN_BACK)
