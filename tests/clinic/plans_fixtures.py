"""A clinic with a device and a clinician, and plans of a client, made as the pages make them; the skins are few."""

import json
from functools import cache, partial

from corneum.clinic.plans import services, translate, views_draft
from corneum.clinic.plans.models import PlanVersion, State
from corneum.clinic.stock.models import Device
from corneum.course import plan_course
from tests.clinic.conftest import NOW

DAY = NOW.date()
SAMPLES = 60
"""The fewest that can show the usual limit."""
ANSWERS = {"keloid.ever": "no", "keloid.family": "no", "keloid.sites": []}
"""Without them less is wanted than a diamond tip takes."""
CHEEK = {"concern": "dullness", "zone": "cheek", "severity": "mild"}


def few_skins(monkeypatch):
    monkeypatch.setattr(services, "plan_course", partial(plan_course, samples=SAMPLES))
    monkeypatch.setattr(views_draft, "answers_of", lambda client_id: dict(ANSWERS))


def make_device(label="Diamond handpiece"):
    made = Device.objects.filter(label=label).first()
    return made or Device.objects.create(
        label=label,
        model="diamond",
        vacuum_low="10 kPa",
        vacuum_high="34 kPa",
        vacuum_step="8 kPa",
        grits=["60 um", "100 um"],
        settings={"tip": "6 mm", "load": "0.2 N"},
    )


def tables(client, *goals, **fields):
    """Return the request of a course, as the form makes it."""
    make_device()
    usual = {
        "title": "Dull skin: Cheek",
        "sex": "female",
        "phototype": "II",
        "devices": ["Diamond handpiece"],
        "goals": list(goals) or [CHEEK],
        "clinician": "Dr. Linden",
        "clinic_name": "The clinic",
        "sessions": 3,
    }
    return translate.request_tables(usual | fields, born=client.born, today=DAY, answers=ANSWERS)


@cache
def _planned(request):
    return plan_course(services.checked_request(json.loads(request), today=DAY), today=DAY, samples=SAMPLES).to_dict()


def make_plan(by, client, *, state=State.DRAFT, **fields):
    """Return a version that holds a plan; what is planned is computed once for all tests."""
    request = tables(client, **fields)
    number = PlanVersion.objects.filter(client=client).count() + 1
    approved = {"approved_by": by, "approved_at": NOW} if state == State.APPROVED else {}
    return PlanVersion.objects.create(
        client=client,
        number=number,
        state=state,
        request=request,
        plan=_planned(json.dumps(request)),
        made_by=by,
        made_at=NOW,
        day=DAY,
        program_version="test",
        **approved,
    )


def plan_ids(by, client):
    """Return an id for each address of plans."""
    return {"plan_id": make_plan(by, client).pk, "file": "calendar-client"}


def clinician_of(staff):
    return next(one for one in staff.values() if one.role == "clinician")
