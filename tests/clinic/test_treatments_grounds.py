"""What stands against a treatment that is not asked on the day: answers handed in since, and consent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.consent import services as consenting
from corneum.clinic.intake import services as intake
from corneum.clinic.plans import services as plans
from corneum.clinic.plans.models import State
from corneum.clinic.treatments import refusals
from corneum.clinic.treatments.models import Session
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent, make_sheet
from tests.clinic.plans_fixtures import make_plan
from tests.clinic.treatments_fixtures import answer_all, approved_plan, begun, on_paper, opened, tap

BLOCKED = 'value="kind=begun&amp;at=zones" disabled'


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def clinician(staff):
    return staff[Role.CLINICIAN]


@pytest.fixture
def plan(client_record, clinician):
    return approved_plan(client_record, clinician)


def day_page(browse, client):
    return browse("practitioner").get(reverse("treatments:day", args=[client.pk])).content.decode()


def test_a_deferral_by_new_answers_refuses_the_session_until_its_day(client_record, by, plan):
    make_sheet(by, client_record, {"isotretinoin.ever": "yes", "isotretinoin.last_dose": "2027-02-20"})
    with pytest.raises(refusals.RuleStands, match=r"isotretinoin\.010"):
        opened(client_record, by)
    opened(client_record, by, now=NOW + timedelta(days=200))


def test_answers_handed_in_after_the_approval_refuse_the_session(browse, client_record, by, plan):
    rule = "bdd.010"
    assert "Open session 1" in day_page(browse, client_record)
    make_sheet(by, client_record, {"bdd.distress": "yes"}, zones=["neck"])
    with pytest.raises(refusals.RuleStands, match=rule):
        opened(client_record, by)
    page = day_page(browse, client_record)
    assert rule in page and "Open session 1" not in page
    assert reverse("intake:client", args=[client_record.pk]) in page
    address = reverse("treatments:open", args=[client_record.pk])
    told = browse("practitioner").post(address, {"course": 1, "number": 1}, follow=True).content.decode()
    assert rule in told and "go to the consultation" in told and not Session.objects.exists()


def test_answers_handed_in_while_a_session_is_open_refuse_its_beginning(browse, client_record, by, clinician, plan):
    session = opened(client_record, by)
    answer_all(session, by)
    make_sheet(by, client_record, {"bdd.distress": "yes"})
    with pytest.raises(refusals.RuleStands, match=r"bdd\.010"):
        tap(session, by, "begun")
    page = day_page(browse, client_record)
    assert "Stop: Worry about appearance that fills the day" in page
    assert BLOCKED in page
    why = "Spoken to her and her psychologist."
    intake.override(by=clinician, client=client_record, rule="bdd.010", verdict="note", why=why, now=NOW)
    assert "Worry about appearance" not in day_page(browse, client_record)
    on_paper(session, by)
    tap(session, by, "begun")


def test_what_the_day_asks_again_is_left_to_the_day(client_record, by, plan):
    make_sheet(by, client_record, {"coldsore.now": "yes", "numbing.used": "yes"}, zones=["perioral"])
    begun(client_record, by)


def test_a_rule_for_a_zone_that_is_not_planned_refuses_nothing(client_record, by, plan):
    make_sheet(by, client_record, {"fungal.sites": ["chin"]}, zones=["chin"])
    begun(client_record, by)


def test_a_plan_is_not_approved_while_newer_answers_stop_it(browse, client_record, by, clinician):
    version = make_plan(by, client_record)
    make_sheet(by, client_record, {"bdd.distress": "yes"})
    with pytest.raises(plans.RuleStops, match=r"bdd\.010"):
        plans.approve(by=clinician, version=version, why="because", now=NOW)
    address = reverse("plans:approve", args=[client_record.pk, version.pk])
    told = browse("clinician").post(address, {"why": "because"}, follow=True).content.decode()
    assert "Not approved" in told and "bdd.010" in told
    version.refresh_from_db()
    assert version.state == State.DRAFT


def ready(client, by):
    session = opened(client, by)
    answer_all(session, by)
    return session


def test_nothing_begins_without_consent_but_with_a_reason(browse, client_record, by, plan):
    assert "Consent is not in force: treatment, data" in day_page(browse, client_record)
    session = ready(client_record, by)
    page = day_page(browse, client_record)
    assert "Consent missing: treatment, data" in page and "Go on without it" in page and BLOCKED in page
    with pytest.raises(refusals.ConsentMissing):
        tap(session, by, "begun")
    on_paper(session, by)
    page = day_page(browse, client_record)
    assert "Consent missing: treatment, data" in page and "Go on without it" not in page and BLOCKED not in page
    tap(session, by, "begun")


def test_consent_in_force_begins_with_no_further_word(browse, client_record, by, plan):
    for kind in ("treatment", "data"):
        make_consent(by, client_record, kind)
    session = ready(client_record, by)
    page = day_page(browse, client_record)
    assert "Consent missing" not in page and BLOCKED not in page
    tap(session, by, "begun")


def test_consent_that_was_taken_back_is_not_left_out(browse, client_record, by, plan):
    for kind in ("treatment", "data"):
        make_consent(by, client_record, kind)
    consenting.withdraw(by=by, client=client_record, purposes=["treatment"], now=NOW)
    assert "The client took the consent back: treatment" in day_page(browse, client_record)
    session = ready(client_record, by)
    on_paper(session, by)
    page = day_page(browse, client_record)
    assert "Consent withdrawn: treatment" in page and "Go on without it" not in page and BLOCKED in page
    with pytest.raises(refusals.ConsentWithdrawn):
        tap(session, by, "begun")
    make_consent(by, client_record, "treatment")
    tap(session, by, "begun")
