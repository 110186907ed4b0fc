"""What the board of the day keeps in sight, and which taps are no taps."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake.models import RuleOverride
from corneum.clinic.treatments import refusals
from corneum.clinic.treatments.models import Entry
from corneum.clinic.treatments.present import warnings as beside
from tests.clinic.treatments_fixtures import answer_all, approved_plan, begun, opened, tap


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def plan(client_record, staff):
    return approved_plan(client_record, staff[Role.CLINICIAN])


class _Sheet:
    answers = {"latex.allergy": "yes", "nickel.allergy": "no", "cosmetic.allergy": "yes"}  # noqa: RUF012


def test_allergies_skin_type_and_decisions_stand_beside_the_name(monkeypatch, browse, client_record, plan, by):
    opened(client_record, by)
    page = reverse("treatments:day", args=[client_record.pk])
    assert "No answers handed in" in browse("practitioner").get(page).content.decode()
    monkeypatch.setattr(beside.intake, "answers_of", lambda client_id: _Sheet)
    monkeypatch.setattr(beside.intake, "overrides_of", lambda client_id: [RuleOverride(), RuleOverride()])
    text = browse("practitioner").get(page).content.decode()
    who = text[text.index('class="who"') :].partition("</p>")[0]
    assert "Allergy: latex, skin care or fragrance" in who and "Skin type II" in who and "2 rules overridden" in who
    assert client_record.name in who


def test_other_pages_of_the_record_have_no_such_tags(browse, client_record, plan):
    text = browse("practitioner").get(reverse("treatments:course", args=[client_record.pk])).content.decode()
    assert 'class="warnings"' not in text


@pytest.mark.parametrize(
    ("kind", "zone", "value"),
    [
        ("note", "", {"text": "Calm\x00 skin."}),
        ("pass", "cheek", {"why": "No\x00"}),
        ("check", "", {"name": "lots", "on": False, "why": "none\x00"}),
        ("asked", "", {"rule": "sun.010", "who": "Dr\x00", "said": "go on"}),
        ("answers", "", {"answers": {"sun.recent": "no\x00"}}),
        ("answers", "", {"answers": {"sun.\x00": "no"}}),
        ("setting", "cheek", {"name": "vacuum", "given": "18\x00 kPa"}),
    ],
)
def test_a_text_that_no_database_keeps_is_no_tap(kind, zone, value, client_record, plan, by):
    session = begun(client_record, by)
    before = Entry.objects.count()
    with pytest.raises(refusals.NotATap):
        tap(session, by, kind, zone, **value)
    assert Entry.objects.count() == before


def test_such_a_tap_is_answered_so_that_the_queue_goes_on(browse, client_record, plan, by):
    session = opened(client_record, by)
    address = reverse("treatments:tap", args=[client_record.pk, session.pk])
    data = {"id": str(uuid4()), "kind": "note", "text": "a\x00b"}
    found = browse("practitioner").post(address, data, headers={"Accept": "application/json"})
    said = json.loads(found.content)
    assert found.status_code == 200 and said["status"] == "refused" and "could not be read" in said["why"]


def test_a_planned_setting_tells_what_it_rests_on(browse, client_record, plan, by):
    session = opened(client_record, by)
    answer_all(session, by)
    text = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert 'id="told-cheek-vacuum"' in text and 'id="told-cheek-passes"' in text and "<cite" in text
    assert "/ 2 passes planned" in text
