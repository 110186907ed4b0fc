"""A mark keeps its skin out of plans and of the day of the treatment."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from corneum.clinic.marks import queries, services
from corneum.clinic.plans import services as plans
from corneum.course import plan_course
from tests.clinic.conftest import NOW
from tests.clinic.marks_fixtures import make_mark
from tests.clinic.plans_fixtures import SAMPLES, tables

DAY = NOW.date()


@pytest.fixture
def practitioner(staff):
    return staff["practitioner"]


@pytest.fixture
def clinician(staff):
    return staff["clinician"]


def post(browser, name, *ids, **data):
    return browser.post(reverse(name, args=ids), data)


def test_a_waiting_mark_keeps_its_zone_out_of_the_plan(monkeypatch, practitioner, client_record):
    goals = [{"concern": "dullness", "zone": zone, "severity": "mild"} for zone in ("cheek", "chin")]
    monkeypatch.setattr(plans, "plan_course", partial(plan_course, samples=SAMPLES))
    make_mark(practitioner, client_record, "new")
    make_mark(practitioner, client_record, zone="chin")
    request = tables(client_record, *goals, marks=queries.request_marks(client_record.pk))
    version = plans.plan_draft(by=practitioner, client=client_record, request=request, day=DAY, now=NOW)
    assert [zone["zone"] for zone in version.plan["zones"]] == ["chin"]
    (out,) = [one for one in version.plan["unplanned"] if one["zone"] == "cheek"]
    assert out["kind"] == "mark" and "a doctor has looked" in out["why"]
    assert queries.not_in(version.request, client_record.pk) == ()


def test_an_approved_plan_says_that_a_mark_came_after_it(browse, clinician, practitioner, client_record):
    from tests.clinic.plans_fixtures import make_plan

    plan = make_plan(clinician, client_record, state="approved")
    page = partial(browse("practitioner").get, reverse("plans:plan", args=[client_record.pk, plan.pk]))
    assert b"does not know of" not in page().content
    mark = make_mark(practitioner, client_record, "new")
    assert "does not know of" in page().content.decode() and "New mark of 4.0 mm" in page().content.decode()
    services.end_mark(by=clinician, mark=mark, why="entered by a slip", now=NOW)
    assert b"does not know of" not in page().content


def test_a_draft_takes_the_marks_along(browse, practitioner, client_record, monkeypatch):
    from corneum.clinic.plans.models import PlanVersion
    from tests.clinic.plans_fixtures import make_device

    make_device()
    make_mark(practitioner, client_record, "new", now=NOW - timedelta(days=900))
    clinician = browse("clinician").get("/").wsgi_request.user
    fields = {
        "sex": "female",
        "phototype": "II",
        "devices": ["Diamond handpiece"],
        "clinician": clinician.pk,
        "goals-TOTAL_FORMS": "1",
        "goals-INITIAL_FORMS": "0",
        "goals-0-concern": "dullness",
        "goals-0-zone": "cheek",
        "goals-0-severity": "",
    }
    found = post(browse("practitioner"), "plans:new", client_record.pk, **fields)
    assert found.status_code == 302
    assert PlanVersion.objects.get().request["mark"] == queries.request_marks(client_record.pk)


def test_a_zone_with_a_waiting_mark_is_not_treated_today(browse, practitioner, client_record):
    from corneum.clinic.treatments.situation import situation_of
    from tests.clinic.treatments_fixtures import approved_plan, opened

    approved_plan(client_record, practitioner)
    session = opened(client_record, practitioner)
    mark = make_mark(practitioner, client_record, "new")
    make_mark(practitioner, client_record, zone="forehead")
    now = situation_of(session)
    assert [one.waits for one in now.marks_on("cheek")] == [True] and not now.may_treat("cheek")
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "not treated before a doctor has looked" in page and "leave out 14 mm across" in page
    services.doctor_looked(by=practitioner, mark=mark, day=DAY, now=NOW)
    assert not any(one.waits for one in situation_of(session).marks)
