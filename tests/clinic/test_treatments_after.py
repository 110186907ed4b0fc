"""What a client reads at home after a session, and who is to be called for what follows."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake import linking
from corneum.clinic.intake.models import CheckIn
from corneum.clinic.stock.models import Room
from corneum.clinic.treatments import day, refusals, services, services_after
from corneum.clinic.treatments.day import standings
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.present.checks import kept_verdicts
from corneum.clinic.treatments.services import digest_of
from corneum.clinic.treatments.situation import situation_of
from corneum.clinic.visits.models import Recall, Visit
from tests.clinic.conftest import NOW
from tests.clinic.treatments_fixtures import answer_all, approved_plan, begun, on_paper, opened, signed, tap, treated

PAGES = ("own_aftercare", "own_aftercare_ics", "own_aftercare_pdf")


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def plan(client_record, staff):
    return approved_plan(client_record, staff[Role.CLINICIAN])


@pytest.fixture
def at_home(client_record, owner):
    """Return a browser that opened a private link."""

    def opened(scopes):
        _link, token = linking.make_link(by=owner, client=client_record, scopes=scopes, days=7, now=timezone.now())
        browser = Browser()
        browser.post(reverse("intake:open", args=[token]))
        return browser

    return opened


def test_a_client_reads_the_instructions_at_home(at_home, client_record, by, plan):
    signed(client_record, by)
    browser = at_home(["aftercare"])
    page, sheet = reverse("treatments:own_aftercare"), reverse("treatments:own_aftercare_pdf")
    assert page in browser.get(reverse("intake:own")).content.decode()
    shown = browser.get(page).content.decode()
    assert "After your treatment on" in shown and "until " in shown and "Call us, or a doctor" in shown
    assert browser.get(sheet).content.startswith(b"%PDF")
    calendar = browser.get(reverse("treatments:own_aftercare_ics"))
    assert Calendar.from_ical(calendar.content).walk("VEVENT") and b"Zo" not in calendar.content


def test_the_instructions_are_in_the_clients_language(at_home, client_record, by, plan):
    type(client_record).objects.filter(pk=client_record.pk).update(language="de")
    signed(client_record, by)
    shown = at_home(["aftercare"]).get(reverse("treatments:own_aftercare")).content.decode()
    assert 'lang="de"' in shown and "Nach Ihrer Behandlung am 1. März 2027" in shown


@pytest.mark.parametrize("name", PAGES)
def test_no_other_link_and_no_stranger_opens_the_instructions(name, at_home, browse, client_record, by, plan):
    signed(client_record, by)
    path = reverse(f"treatments:{name}")
    assert at_home(["intake", "upload"]).get(path).status_code == 404
    assert Browser().get(path).status_code == browse("owner").get(path).status_code == 404


def test_before_a_session_is_signed_there_are_no_instructions(at_home, client_record, by, plan):
    begun(client_record, by)
    browser = at_home(["aftercare"])
    assert "After your first treatment" in browser.get(reverse("treatments:own_aftercare")).content.decode()
    assert browser.get(reverse("treatments:own_aftercare_pdf")).status_code == 404


def waiting(client):
    """Return why a client is to be called, and when."""
    return dict(Recall.objects.filter(client=client, done_at__isnull=True).values_list("kind", "due_on"))


def test_a_signature_calls_for_the_next_session_once(client_record, by, plan):
    session = signed(client_record, by)
    due = {"course": NOW.date() + timedelta(days=14)}
    assert waiting(client_record) == due
    with pytest.raises(refusals.Sealed):
        services.sign(by=by, session=session, now=NOW + timedelta(hours=2))
    assert waiting(client_record) == due and Recall.objects.count() == 1


def test_nobody_is_called_for_a_session_that_is_booked(client_record, by, plan):
    starts = NOW + timedelta(days=14)
    ends, room = starts + timedelta(hours=1), Room.objects.create(name="A room")
    Visit.objects.create(client=client_record, kind="treatment", starts=starts, ends=ends, practitioner=by, room=room)
    signed(client_record, by)
    assert waiting(client_record) == {}


def test_after_the_last_session_photographs_and_maintenance_are_due(client_record, by, staff):
    plan = approved_plan(client_record, staff[Role.CLINICIAN], sessions=2)
    type(plan).objects.filter(pk=plan.pk).update(request=plan.request | {"course": {"maintenance_weeks": 8}})
    signed(client_record, by)
    later = NOW + timedelta(days=14)
    signed(client_record, by, number=2, now=later)
    weeks = {"photograph": 4, "maintenance": 8}
    assert waiting(client_record) == {kind: later.date() + timedelta(weeks=count) for kind, count in weeks.items()}
    assert Recall.objects.get(kind="course").done_at is not None


def test_at_the_session_of_the_review_the_client_is_called_for_it_until_somebody_looked(client_record, by, plan):
    for number in (1, 2):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
        assert "review" not in waiting(client_record)
    third = NOW + timedelta(days=42)
    signed(client_record, by, number=3, now=third)
    assert waiting(client_record)["review"] == third.date() + timedelta(days=14)
    fields = {"photographs": "changed", "happened": "no", "wishes": "go_on", "decision": "go_on", "why": "Compared."}
    services_after.review(by=by, client=client_record, course=1, fields=fields, now=third)
    assert "review" not in waiting(client_record) and Recall.objects.get(kind="review").done_at == third
    signed(client_record, by, number=4, now=third + timedelta(days=14))
    assert "review" not in waiting(client_record)


@pytest.mark.parametrize(
    ("passes", "said"), [(1, "One pass is planned. A second"), (2, "2 passes are planned. One more")]
)
def test_a_step_up_is_told_in_the_number_of_passes(passes, said, browse, client_record, by, staff):
    approved_plan(client_record, staff[Role.CLINICIAN], passes=passes)
    begun(client_record, by)
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk]), follow=True)
    assert f"{said} needs a reason" in page.content.decode()


def test_who_was_not_treated_is_asked_nothing(client_record, by, plan):
    session = opened(client_record, by)
    tap(session, by, "note", text="Sunburn: not treated today.")
    services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    assert not CheckIn.objects.exists()
    signed(client_record, by, now=NOW + timedelta(days=7))
    assert CheckIn.objects.exists()


def test_the_checks_of_a_sealed_record_never_change(monkeypatch, client_record, by, staff):
    plan = approved_plan(client_record, staff[Role.CLINICIAN])
    later = plan.plan | {"review": plan.plan["review"] | {"session": 6}}
    type(plan).objects.filter(pk=plan.pk).update(plan=later)
    for number in (1, 2, 3):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    session = opened(client_record, by, number=4, now=NOW + timedelta(days=60))
    answer_all(session, by)
    for one in standings(situation_of(session).screening, situation_of(session).state):
        if one.waits:
            tap(session, by, "asked", rule=one.finding.rule.id, who="Dr A.", said="go on")
    on_paper(session, by)
    tap(session, by, "begun")
    treated(session, by)
    sealed = services.sign(by=by, session=session, now=session.opened_at + timedelta(hours=1))
    shown = kept_verdicts(situation_of(sealed))
    assert any("Dr A." in one.heard for one in shown) and digest_of(sealed) == sealed.digest
    fields = {"photographs": "no_change", "happened": "no", "wishes": "go_on", "decision": "go_on", "why": "Fine."}
    later = NOW + timedelta(days=70)
    services_after.review(by=by, client=client_record, course=1, fields=fields, now=later)
    again = Session.objects.get(pk=sealed.pk)
    assert digest_of(again) == sealed.digest
    again.findings = None
    assert kept_verdicts(situation_of(again)) == shown
    # Rules of another version change nothing either.
    monkeypatch.setattr(day, "screened", None)
    assert kept_verdicts(situation_of(Session.objects.get(pk=sealed.pk))) == shown


def test_a_stopped_course_is_not_passed_by_a_new_one_with_the_same_plan(browse, client_record, by, plan):
    for number in (1, 2, 3):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    anew = {"client": client_record, "by": by, "course": 2, "now": NOW + timedelta(days=60)}
    with pytest.raises(refusals.NewPlanNeeded):
        opened(**anew)
    fields = {"photographs": "no_change", "happened": "no", "wishes": "stop", "decision": "stop", "why": "No more."}
    looked = NOW + timedelta(days=50)
    services_after.review(by=by, client=client_record, course=1, fields=fields, now=looked)
    with pytest.raises(refusals.NewPlanNeeded):
        opened(**anew)
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "A new course waits: The course before was stopped" in page and "Begin a new course" not in page
    assert "Session 4 of this course waits: The review stopped this course." in page
    type(plan).objects.filter(pk=plan.pk).update(approved_at=looked + timedelta(days=1))
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "Begin a new course" in page
    opened(**anew)


def test_a_course_that_goes_on_or_is_short_may_begin_anew(client_record, by, plan):
    signed(client_record, by)
    opened(client_record, by, course=2, now=NOW + timedelta(days=30))
