"""The clinic's rules: stricter only, signed by a clinician, every version kept, and in force wherever rules speak."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.intake import queries as intake
from corneum.clinic.intake import services as intakes
from corneum.clinic.plans import translate as plans
from corneum.clinic.plans.forms import DraftForm
from corneum.clinic.rules import queries, services
from corneum.clinic.rules.books import book_of, is_stricter
from corneum.clinic.rules.models import RuleVersion
from corneum.clinic.treatments import day
from corneum.clinic.treatments.state import state_of
from corneum.screening import load_rules
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_sheet
from tests.clinic.plans_fixtures import tables
from tests.clinic.rules_fixtures import WHY, sign, stricter

DAY = NOW.date()
LATER = NOW + timedelta(days=30)
EARLIER = {"earlier.any": "yes", "earlier.last": (DAY - timedelta(days=8)).isoformat(), "earlier.sites": ["cheek"]}


@pytest.fixture
def clinician(staff):
    return staff["clinician"]


@pytest.mark.parametrize(
    ("rule", "verdict", "wait_days", "is_so"),
    [
        ("interval.020", "defer", None, True),
        ("interval.020", "defer", 10, True),
        ("interval.020", "defer", 9, False),
        ("interval.020", "stop", None, True),
        ("interval.020", "note", None, False),
        ("interval.020", None, None, False),
        ("interval.020", "stop", 20, False),
        ("interval.010", None, 7, False),
        ("interval.010", None, 8, True),
        ("interval.010", "ask", None, False),
        ("diabetes.010", None, 30, False),
        ("latex.010", "ask", 3, False),
        ("interval.020", "nonsense", None, False),
    ],
)
def test_what_is_stricter(rule, verdict, wait_days, is_so):
    assert is_stricter(load_rules().rule(rule), verdict, wait_days) is is_so


def test_every_override_is_one_that_the_core_reads(clinician):
    stricter(clinician, wait_days=12)
    override = book_of(sign(clinician)).standing("interval.020").override
    assert (override.verdict, override.wait_days, override.why) == ("defer", 12, WHY)
    assert override.who == "The Clinician (Clinician)" and override.when == DAY
    assert override.applied_to(load_rules().rule("interval.020")).when[0].within_days == 12


def test_a_draft_counts_once_a_clinician_has_signed_it(clinician, owner):
    stricter(owner)
    assert queries.book() is load_rules() and queries.in_force() is None
    with pytest.raises(services.RulesRefused, match="clinician"):
        sign(owner)
    made = sign(clinician)
    book = queries.book()
    assert book.standing("interval.020").override.verdict == "defer"
    assert book.standing("latex.010").signed and book.digest() != load_rules().digest()
    assert (made.number, made.signed_by, made.signed_at, queries.draft()) == (1, clinician, NOW, None)
    data = Event.objects.get(action="rules.signed").data
    assert data == {"number": 1, "changes": 1, "limits": []}


def test_who_signs_signs_what_they_saw(clinician, owner):
    stricter(owner)
    seen = services.draft_digest(queries.draft())
    stricter(owner, wait_days=20)
    with pytest.raises(services.ChangedMeanwhile):
        services.sign(by=clinician, seen=seen, text="The rules of this clinic.", now=NOW)
    assert not RuleVersion.objects.exclude(state="draft").exists()


def test_looser_or_without_a_reason_is_refused(owner):
    with pytest.raises(services.RulesRefused, match="never looser"):
        stricter(owner, rule="interval.010", verdict="note")
    with pytest.raises(services.RulesRefused, match="why"):
        services.change_rule(by=owner, rule="interval.020", verdict="stop", wait_days=None, why="x", now=NOW)
    with pytest.raises(services.RulesRefused, match="never looser"):
        services.change_limits(by=owner, limits={"passes": 99}, now=NOW)
    assert queries.draft() is None and not Event.objects.filter(action="rules.drafted").exists()


def test_history_keeps_who_answers_for_what(clinician, owner):
    stricter(owner)
    first = sign(clinician)
    stricter(owner, rule="interval.010", verdict=None, wait_days=9, now=LATER)
    second = sign(clinician, LATER)
    first.refresh_from_db()
    assert (first.state, second.state, queries.before(second)) == ("replaced", "in_force", first)
    assert second.changes["interval.020"]["when"] == DAY.isoformat()
    assert second.changes["interval.010"]["when"] == LATER.date().isoformat()
    assert queries.book(NOW).standing("interval.010").override is None, "a session keeps the rules it was opened with"
    assert queries.book(LATER).standing("interval.010").override.wait_days == 9
    services.reset_rule(by=owner, rule="interval.020", now=LATER)
    services.discard(by=owner, now=LATER)
    assert queries.draft() is None and len(queries.versions()) == 2
    with pytest.raises(TypeError):
        second.save()


def test_rules_as_shipped_can_be_signed_and_signed_again(clinician):
    sign(clinician)
    assert sign(clinician, LATER).number == 2 and queries.book().digest() == load_rules().digest()


def test_a_signature_lapses_with_its_rule_and_a_change_that_is_no_longer_stricter_goes(clinician):
    stricter(clinician)
    made = sign(clinician)
    made.digests["interval.020"] = "another"
    assert book_of(made).standing("interval.020").lapsed
    made.changes["interval.020"]["verdict"] = "note"
    assert book_of(made).standing("interval.020").override is None


# where the rules speak


def test_screening_uses_the_signed_rules(clinician, client_record):
    make_sheet(clinician, client_record, answers=EARLIER)
    was = intake.screening_of(client_record.pk, DAY)
    stricter(clinician, verdict="stop")
    sign(clinician)
    now = intake.screening_of(client_record.pk, DAY)
    assert was.zones["cheek"].verdict == "ask" and now.zones["cheek"].verdict == "stop"
    (found,) = [one for one in now.findings if one.rule.id == "interval.020"]
    assert found.shipped_verdict == "ask" and found.signed


def test_a_stop_of_the_clinic_can_be_decided_for_one_client_until_it_changes(clinician, client_record):
    make_sheet(clinician, client_record, answers=EARLIER)
    override = {"by": clinician, "client": client_record, "rule": "interval.020", "verdict": "ask", "why": "calm skin"}
    with pytest.raises(intakes.OverrideRefused):
        intakes.override(**override, now=NOW)
    stricter(clinician, verdict="stop")
    sign(clinician)
    intakes.override(**override, now=NOW)
    assert intake.screening_of(client_record.pk, DAY).zones["cheek"].verdict == "ask"
    sign(clinician, LATER)
    assert intake.screening_of(client_record.pk, DAY).zones["cheek"].verdict == "ask", "nothing was changed"
    stricter(clinician, verdict="defer", now=LATER)
    sign(clinician, LATER)
    assert intake.screening_of(client_record.pk, DAY).zones["cheek"].verdict == "defer"


def test_plans_use_the_signed_rules_and_limits(clinician, client_record):
    stricter(clinician, verdict="stop")
    services.change_limits(by=clinician, limits={"passes": 2, "barrier_probability": 0.99}, now=NOW)
    sign(clinician)
    stored = plans.standing_overrides(client_record.pk, {})
    assert [(one["rule"], one["verdict"]) for one in stored] == [("interval.020", "stop")]
    book = plans.rules_with(stored)
    assert book.standing("interval.020").override.verdict == "stop" and book.standing("latex.010").signed
    assert plans.rules_with([]).standing("interval.020").override is None
    request = tables(client_record, passes=3, barrier_probability=99.5)
    assert request["clinic"]["limits"] == {"passes": 2, "barrier_probability": 0.995}
    form = DraftForm({"passes": "3", "barrier_probability": "50"}, devices=[], today=DAY)
    assert {"passes", "barrier_probability"} <= set(form.errors)


def test_the_rules_of_the_day_are_the_signed_ones(clinician):
    known = EARLIER | {"earlier.sessions": 1.0}
    was = day.screened(state_of([]), known, ["cheek"], DAY)
    stricter(clinician, verdict="stop")
    sign(clinician)
    now = day.screened(state_of([]), known, ["cheek"], DAY, queries.book(LATER))
    assert was.zones["cheek"].verdict != "stop" and now.zones["cheek"].verdict == "stop"


# pages


def test_the_list_is_searched_without_a_script(browse):
    page = browse("clinician").get(reverse("rules:rules"))
    assert page.content.count(b"rules/rule/") == len(load_rules().rules) and len(page.content) < 200_000
    page = browse("clinician").get(reverse("rules:rules"), {"q": "LATEX allergy"}).content.decode()
    assert "Latex allergy" in page and "Nickel" not in page
    page = browse("clinician").get(reverse("rules:rules"), {"show": "conflicts", "topic": "earlier_sessions"})
    assert b"other view" in page.content and b"Latex" not in page.content
    assert b"No rule is like this." in browse("owner").get(reverse("rules:rules"), {"q": "zzz"}).content
    fragment = browse("owner").get(reverse("rules:rules"), {"q": "latex"}, headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content


def test_sources_that_disagree_stand_side_by_side(browse):
    page = browse("owner").get(reverse("rules:rule", args=["interval.010"])).content.decode()
    assert "Sources that say something else" in page and "wait 10 to 14 days" in page and "PR-013" in page
    assert browse("owner").get(reverse("rules:rule", args=["no.such"])).status_code == 404


def test_a_rule_is_made_stricter_signed_and_found_in_the_history(browse, staff):
    owner, clinician = browse("owner"), browse("clinician")
    address = reverse("rules:rule", args=["interval.020"])
    assert owner.post(address, {"verdict": "note", "why": WHY}).status_code == 422
    assert owner.post(address, {"verdict": "defer", "wait_days": "9", "why": WHY}).status_code == 422
    assert owner.post(address, {"verdict": "defer", "wait_days": "12", "why": WHY}).status_code == 302
    assert owner.post(reverse("rules:limits"), {"passes": "2"}).status_code == 302
    assert owner.post(reverse("rules:limits"), {"passes": "77"}).status_code == 422
    page = owner.get(reverse("rules:draft")).content.decode()
    assert "<ins>defer for 12 days</ins>" in page and "<del>ask</del>" in page and "A clinician signs" in page
    assert owner.post(reverse("rules:sign"), {}).status_code == 404
    seen = clinician.get(reverse("rules:draft")).context["seen"]
    said = {"seen": seen, "text": "The rules of this clinic.", "read": "on"}
    assert clinician.post(reverse("rules:sign"), said | {"read": ""}).status_code == 422
    assert clinician.post(reverse("rules:sign"), said | {"seen": "another"}).status_code == 422
    assert clinician.post(reverse("rules:sign"), said).status_code == 302
    version = queries.in_force()
    assert version.limits == {"passes": 2.0}
    page = owner.get(reverse("rules:version", args=[version.pk])).content.decode()
    assert "defer for 12 days" in page and WHY in page and "The Clinician" in page
    assert "own, stricter rule" in owner.get(address).content.decode()
    assert b"Version 1" in owner.get(reverse("rules:versions")).content
    owner.post(reverse("rules:reset", args=["interval.020"]))
    assert b"<ins>ask</ins>" in owner.get(reverse("rules:draft")).content
    owner.post(reverse("rules:discard"))
    assert queries.draft() is None


def test_reading_writes_nothing(browse):
    for name in ("rules:rules", "rules:draft", "rules:versions"):
        assert browse("clinician").get(reverse(name)).status_code == 200
    assert not RuleVersion.objects.exists() and not Event.objects.exists()


def test_a_clinician_finds_the_rules(browse):
    page = browse("clinician").get(reverse("consent:texts")).content.decode()
    assert reverse("rules:rules") in page


def test_the_consultation_names_the_clinics_rule(browse, clinician, client_record):
    lately = {"earlier.last": (timezone.localdate() - timedelta(days=8)).isoformat()}
    make_sheet(clinician, client_record, answers=EARLIER | lately)
    stricter(clinician, verdict="stop")
    sign(clinician)
    page = browse("practitioner").get(reverse("intake:client", args=[client_record.pk])).content.decode()
    assert "stricter rule" in page and WHY in page and "Overridden by The Clinician" in page


def test_dates_of_overrides_are_days(clinician):
    stricter(clinician)
    assert date.fromisoformat(sign(clinician).changes["interval.020"]["when"]) == DAY


def test_who_decides_otherwise_reads_the_clinics_own_rule(browse, client_record, clinician):
    path = reverse("intake:override", args=[client_record.pk, "interval.020"])
    browser = browse("clinician")
    assert WHY not in browser.get(path).content.decode()
    stricter(clinician, verdict="stop")
    sign(clinician)
    page = browser.get(path).content.decode()
    assert "<strong>stop</strong>" in page and WHY in page and "The Clinician" in page
