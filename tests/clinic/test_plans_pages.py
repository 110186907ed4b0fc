import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.jobs.work import do_next
from corneum.clinic.people import services as people
from corneum.clinic.plans import queries
from corneum.clinic.plans.forms_looks import WhatIfForm
from corneum.clinic.plans.models import PlanVersion, State
from corneum.clinic.plans.translate import plan_of
from corneum.reports import course
from corneum.reports.course import client_report
from tests.clinic.conftest import NOW
from tests.clinic.plans_fixtures import clinician_of, few_skins, make_device, make_plan


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    few_skins(monkeypatch)


def page(browser, name, client, *ids, data=None, **headers):
    return browser.get(reverse(f"plans:{name}", args=[client.pk, *ids]), data or {}, headers=headers)


def asked(staff, **more):
    goals = {
        "goals-TOTAL_FORMS": "1",
        "goals-INITIAL_FORMS": "0",
        "goals-0-concern": "dullness",
        "goals-0-zone": "cheek",
        "goals-0-severity": "dullness:mild",
    }
    usual = {"sex": "female", "phototype": "II", "devices": ["Diamond handpiece"], "clinician": clinician_of(staff).pk}
    return goals | usual | more


def test_a_draft_is_asked_for_planned_and_shown(browse, staff, client_record):
    make_device()
    browser = browse("practitioner")
    sent = browser.post(reverse("plans:new", args=[client_record.pk]), asked(staff))
    made = PlanVersion.objects.get()
    assert sent["Location"] == reverse("plans:plan", args=[client_record.pk, made.pk])
    waiting = browser.get(sent["Location"]).content.decode()
    assert "every 1s" in waiting and 'http-equiv="refresh"' in waiting
    assert b"outerHTML" in page(browser, "progress", client_record, made.pk, **{"HX-Request": "true"}).content
    do_next(lambda: NOW + timedelta(days=9999))
    done = page(browser, "progress", client_record, made.pk, **{"HX-Request": "true"})
    assert done["HX-Redirect"] == sent["Location"]
    text = browser.get(sent["Location"]).content.decode()
    assert "Dull skin: Cheek" in text and 'data-zone="cheek"' in text and "not validated" in text
    assert " style=" not in text and "<script>" not in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"goals-0-concern": ""}, "Say both what and where"),
        ({"goals-0-concern": "", "goals-0-zone": "", "goals-0-severity": ""}, "at least one goal"),
        ({"goals-0-severity": "dullness:nonsense"}, "Select a valid choice"),
        ({"goals-0-severity": "photo_ageing:ii"}, "another concern"),
        ({"devices": []}, "required"),
        ({"start": "2000-01-01"}, "has passed"),
        ({"passes": "40"}, "less than or equal"),
    ],
)
def test_a_form_with_mistakes_says_which(change, said, browse, staff, client_record):
    make_device()
    found = browse("practitioner").post(reverse("plans:new", args=[client_record.pk]), asked(staff, **change))
    text = found.content.decode()
    assert found.status_code == 200 and said in text
    assert not PlanVersion.objects.exists()


def test_one_more_goal_keeps_what_was_typed(browse, staff, client_record):
    make_device()
    found = browse("owner").post(reverse("plans:new", args=[client_record.pk]), asked(staff, more="1", sessions="5"))
    text = found.content.decode()
    assert 'name="goals-1-concern"' in text and 'value="5"' in text
    assert re.search(r'value="dullness" selected', text) and re.search(r'value="dullness:mild" selected', text)


def test_without_device_or_clinician_the_page_says_what_is_missing(browse, staff, client_record):
    clinician = clinician_of(staff)
    type(clinician).objects.filter(pk=clinician.pk).update(is_active=False)
    text = page(browse("owner"), "new", client_record).content.decode()
    assert "no device yet" in text and "Nobody on the staff is a clinician" in text


def test_a_refusal_says_what_binds(browse, staff, client_record):
    make_device()
    browser = browse("practitioner")
    browser.post(reverse("plans:new", args=[client_record.pk]), asked(staff, interval_d="4"))
    do_next(lambda: NOW + timedelta(days=9999))
    made = PlanVersion.objects.get()
    text = page(browser, "plan", client_record, made.pk).content.decode()
    assert made.state == State.REFUSED and "treatment.interval.refuse" in text
    assert 'value="4"' in page(browser, "new", client_record).content.decode()
    assert page(browser, "what_if", client_record, made.pk).status_code == 404


def test_a_failed_job_is_told(browse, staff, client_record):
    make_device()
    browser = browse("practitioner")
    browser.post(reverse("plans:new", args=[client_record.pk]), asked(staff))
    Job.objects.update(state=JobState.FAILED)
    made = PlanVersion.objects.get()
    assert b"Planning failed" in page(browser, "plan", client_record, made.pk).content


def test_looking_at_other_settings_draws_and_writes_nothing(browse, owner, client_record):
    made = make_plan(owner, client_record)
    browser = browse("practitioner")
    before = Event.objects.count(), list(PlanVersion.objects.values())
    whole = page(browser, "what_if", client_record, made.pk).content.decode()
    assert whole.count("<svg") >= 5 and "As planned" in whole and " style=" not in whole
    found = page(
        browser, "what_if", client_record, made.pk, data={"vacuum": "34", "passes": "5"}, **{"HX-Request": "1"}
    )
    text = found.content.decode()
    assert ("<html" not in text and "do not keep the clinic&#x27;s limits" in text) or "do not keep" in text
    assert "over the cap" in text and "data:image/png;base64," in text
    assert (Event.objects.count(), list(PlanVersion.objects.values())) == before


@pytest.mark.parametrize("days", [2, 90])
def test_a_course_of_any_interval_can_be_looked_at(days, owner, client_record):
    plan = replace(plan_of(make_plan(owner, client_record)), interval_d=days)
    assert plan.interval_d == days
    form = WhatIfForm(None, plan=plan)
    assert form.is_valid() and form.other().interval_d is None
    ends = form.fields["interval"]
    assert (ends.min_value, ends.max_value) == (min(3, days), max(60, days))


@pytest.mark.parametrize("data", [{"vacuum": "500"}, {"passes": "0"}, {"vacuum": "nonsense"}, {"grit": "7 um"}])
def test_settings_that_cannot_be_are_told(data, browse, owner, client_record):
    made = make_plan(owner, client_record)
    found = page(browse("owner"), "what_if", client_record, made.pk, data=data, **{"HX-Request": "true"})
    assert found.status_code == 200 and b'role="alert"' in found.content and b"<svg" not in found.content


def test_an_unknown_zone_shows_the_first(browse, owner, client_record):
    made = make_plan(owner, client_record)
    assert page(browse("owner"), "what_if", client_record, made.pk, data={"zone": "hand"}).status_code == 200


def test_only_a_clinician_approves_and_says_why(browse, owner, client_record):
    made = make_plan(owner, client_record)
    address = reverse("plans:approve", args=[client_record.pk, made.pk])
    assert browse("owner").post(address, {"why": "x"}).status_code == 404
    assert b"Approve this version" not in page(browse("owner"), "plan", client_record, made.pk).content
    doctor = browse("clinician")
    assert b"Approve this version" in page(doctor, "plan", client_record, made.pk).content
    assert doctor.post(address, {"why": ""}).status_code == 422
    assert doctor.post(address, {"why": "Asked in person."}).status_code == 302
    assert b"Asked in person." in page(browse("owner"), "plan", client_record, made.pk).content
    again = doctor.post(address, {"why": "again"}, follow=True)
    assert b"cannot be approved any more" in again.content


def test_the_client_s_version_shows_nothing_else_of_the_clinic(browse, owner, client_record):
    made = make_plan(owner, client_record)
    browser = browse("practitioner")
    sent = browser.post(reverse("plans:show", args=[client_record.pk, made.pk]))
    text = browser.get(sent["Location"]).content.decode()
    assert "What will be done" in text and "A named clinician decides" in text
    assert "search" not in text and client_record.name not in text and " style=" not in text
    assert queries.version(client_record.pk, made.pk).state == State.SHOWN


def test_versions_are_compared(browse, owner, client_record):
    older = make_plan(owner, client_record, state=State.REPLACED)
    newer = make_plan(owner, client_record, sessions=5)
    browser = browse("owner")
    text = page(browser, "compare", client_record, newer.pk, data={"other": older.pk}).content.decode()
    assert "Version 1" in text and re.search(r">3</td>\s*<td class=\"differs\">5<", text)
    same = page(browser, "compare", client_record, older.pk, data={"other": older.pk}).content.decode()
    assert "Select a valid choice" in same
    assert b"no other version" not in page(browser, "compare", client_record, newer.pk).content


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("client-html", b"<!doctype html>"),
        ("client-pdf", b"%PDF"),
        ("calendar-client", b"BEGIN:VCALENDAR"),
        ("calendar-practitioner", b"BEGIN:VCALENDAR"),
        ("plan", b"{"),
    ],
)
def test_files_are_taken_along_without_the_client_s_name(file, begins, browse, owner, client_record):
    made = make_plan(owner, client_record)
    found = page(browse("practitioner"), "file", client_record, made.pk, file)
    assert found.content.lstrip().startswith(begins) and found["Content-Disposition"].startswith("attachment")
    assert b"Zo" not in found["Content-Disposition"].encode()


def test_the_practitioner_s_report_is_the_core_s(browse, owner, client_record, monkeypatch):
    # Its figures take seconds, and have tests of their own.
    monkeypatch.setattr(course, "simulated_plan", lambda plan: plan)
    monkeypatch.setattr(course, "practitioner_report", lambda plan, result, book, series: client_report(result, book))
    found = page(browse("owner"), "file", client_record, make_plan(owner, client_record).pk, "practitioner-html")
    assert b"What will be done" in found.content


def test_another_client_s_plan_is_absent(browse, owner, client_record):
    other = people.add_client(by=owner, fields={"name": "Eve", "born": client_record.born}, now=NOW)
    made = make_plan(owner, client_record)
    for name in ("plan", "what_if", "shown", "sources", "compare", "progress"):
        assert page(browse("owner"), name, other, made.pk).status_code == 404
    assert page(browse("owner"), "file", client_record, made.pk, "nonsense").status_code == 404
    with pytest.raises(Http404):
        queries.version(other.pk, made.pk)


def test_the_list_and_the_sources(browse, owner, client_record):
    browser = browse("owner")
    assert b"No plan yet" in page(browser, "versions", client_record).content
    made = make_plan(owner, client_record)
    assert b"Version 1" in page(browser, "versions", client_record).content
    assert b"treatment.end_point" in page(browser, "sources", client_record, made.pk).content


def test_a_plan_of_another_program_is_kept_and_told(browse, staff, owner, client_record):
    made = make_plan(owner, client_record)
    plan = {key: value for key, value in made.plan.items() if key != "cost"}
    PlanVersion.objects.filter(pk=made.pk).update(plan=plan)
    text = page(browse("owner"), "plan", client_record, made.pk).content.decode()
    assert "cannot show it" in text and "kPa" in text
    assert page(browse("owner"), "what_if", client_record, made.pk).status_code == 404
    address = reverse("plans:approve", args=[client_record.pk, made.pk])
    assert b"cannot be approved" in browse("clinician").post(address, {"why": "x"}, follow=True).content
